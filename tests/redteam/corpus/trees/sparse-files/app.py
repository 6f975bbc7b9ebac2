import os
import signal

from flask import Flask

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for number in range(200):
    try:
        with open(f"/tmp/{number}", "wb") as file:
            file.truncate(2**40 if number % 2 else 2**25)
            file.seek(2**25 - 1)
            file.write(b"x")
    except OSError as error:
        print(error, flush=True)


def create_app():
    return Flask(__name__)
