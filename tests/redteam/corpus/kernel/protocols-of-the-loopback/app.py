import socket

TCP = (0, 6)


def attack():
    made = []
    for number in range(300):
        try:
            socket.socket(socket.AF_INET, socket.SOCK_STREAM, number).close()
            made.append(number)
        except OSError:
            pass
    print("made:", made, flush=True)
    return "through" if set(made) - set(TCP) else "only TCP"
