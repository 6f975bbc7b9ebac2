import os
import socket
import time


def hoard():
    """Fill the loopback's small buffers, unread and mostly unaccepted, until the end."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)
    kept = []
    while len(kept) < 200:
        end = socket.create_connection(listener.getsockname())
        end.setblocking(False)
        kept.append(end)
        try:
            while True:
                end.send(b"x" * 10_000)
        except OSError:
            pass
        if len(kept) > 100:
            kept.append(listener.accept()[0])
    time.sleep(60)


def attack():
    for _ in range(6):  # 900 connections: too few to harm the host
        if os.fork() == 0:
            hoard()
    time.sleep(60)
