import socket

from flask import Flask

FAMILIES = ["AF_VSOCK", "AF_NETLINK", "AF_PACKET", "AF_ALG", "AF_BLUETOOTH", "AF_CAN", "AF_TIPC",
            "AF_RDS", "AF_X25", "AF_AX25", "AF_APPLETALK", "AF_QIPCRTR"]


def loot():
    made = []
    for name in FAMILIES:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(getattr(socket, name), kind).close()
                made.append(name)
            except OSError:
                continue
    print("made:", made, flush=True)
    return "through" if made else "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
