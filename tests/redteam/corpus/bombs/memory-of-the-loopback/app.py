import socket
import time


def pair():
    """Both ends of a connection, with buffers as large as they come."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**22)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        near = socket.socket()
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**22)
        near.connect(listener.getsockname())
        return near, listener.accept()[0]


def fill(end):
    """Send what nobody reads; return how much of it the kernel holds."""
    end.setblocking(False)
    held = 0
    try:
        while True:
            held += end.send(b"x" * 100_000)
    except OSError:
        return held


def attack():
    ends = [end for _ in range(20) for end in pair()]  # 200 MB: too little to harm the host
    held = sum(map(fill, ends))
    time.sleep(0.3)
    print("connections:", len(ends) // 2, flush=True)
    return "through" if held > 2**24 else f"{held} bytes held"
