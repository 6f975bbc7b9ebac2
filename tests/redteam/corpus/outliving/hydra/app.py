import os
import socket

from flask import Flask, request

NAME = "\0kept"


def keep(token):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(NAME)
    listener.listen()
    if os.fork() == 0:
        while True:
            try:
                if os.fork():
                    os._exit(0)
                os.fork()
                os.setsid()
            except OSError:
                listener.settimeout(0.01)
                try:
                    listener.accept()[0].sendall(token)
                except OSError:
                    pass


def found():
    with socket.socket(socket.AF_UNIX) as end:
        try:
            end.connect(NAME)
            return end.recv(100)
        except OSError as error:
            print("nobody:", error, flush=True)
            return "nothing"


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
