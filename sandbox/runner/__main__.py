"""PID 1 of a sandbox: warm up, say so, take a job, and end."""

from __future__ import annotations

import signal
import sys

from sandbox.protocol import read_frame, write_frame
from sandbox.runner import services
from sandbox.runner.settings import Settings
from sandbox.runner.supervisor import Supervisor
from sandbox.runner.warm import warm

STDIN, STDOUT = 0, 1


def main() -> None:
    """Serve one submission, or the gate's runs one after another. A host that goes away before it
    sends a job ends the sandbox.

    The suite's process is forked first, bare, and warms itself beside this one. So what pytest
    needs is in its memory alone: what is forked for the learner later is the smaller, and quicker.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that Python handles by itself
    settings = Settings.parse(sys.argv[1])
    starting = services.start(settings.services)
    supervisor = Supervisor(settings)
    supervisor.start_suite({name: service.secret_fd for name, service in starting.items()})
    warm(settings.preload, loopback=settings.loopback)
    if settings.preload:
        supervisor.fork_spare()
    for service in starting.values():
        service.wait()
    supervisor.await_suite()
    write_frame(STDOUT, {"type": "ready"})
    again = True
    while again and (job := read_frame(STDIN)) is not None:
        end = supervisor.run(job)
        write_frame(STDOUT, end)
        again = end["again"]


if __name__ == "__main__":
    main()
