import socket

from flask import Flask

PLACES = [("169.254.169.254", 80), ("172.17.0.1", 2375), ("10.0.0.1", 53), ("192.0.2.1", 443),
          ("255.255.255.255", 67)]


def loot():
    for place in PLACES:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(socket.AF_INET, kind) as end:
                    end.settimeout(0.1)
                    end.connect(place)
                    return "through"
            except OSError as error:
                print(error, flush=True)
    try:
        socket.getaddrinfo("example.org", 80)
        return "through"
    except OSError as error:
        print(error, flush=True)
    return "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
