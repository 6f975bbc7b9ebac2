# The last layer of every environment: our program on top of its dependencies.
ARG PARENT
FROM ${PARENT}
COPY sandbox /opt/backyard/lib/python3.13/site-packages/sandbox
# Compiled here because the root is read-only at run time; never checked against
# the sources, because nothing can change them.
RUN /opt/backyard/bin/python -m compileall -q --invalidation-mode unchecked-hash \
    /opt/backyard/lib/python3.13/site-packages/sandbox
# -u: what a learner prints is to be seen though their process is killed in the end.
ENTRYPOINT ["/opt/backyard/bin/python", "-I", "-u", "-m", "sandbox.runner"]
