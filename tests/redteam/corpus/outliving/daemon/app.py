import os
import signal
import socket

from flask import Flask, request

NAME = "\0kept"


def keep(token):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(NAME)
    listener.listen()
    if os.fork() == 0:
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        if os.fork():
            os._exit(0)
        while True:
            listener.accept()[0].sendall(token)


def found():
    with socket.socket(socket.AF_UNIX) as end:
        try:
            end.connect(NAME)
        except OSError as error:
            print(error, flush=True)
            return "nothing"
        return end.recv(100)


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
