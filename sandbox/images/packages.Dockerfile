# An image of Debian's packages on top of another one, for environments without a Dockerfile.
ARG PARENT
FROM ${PARENT}
ARG PACKAGES
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${PACKAGES} \
    && apt-get clean && rm -rf /var/lib/apt/lists/* \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
