import os

NESTS = b'{"crashed": ' + b"[" * 9000 + b"]" * 9000 + b"}"
for fd in range(3, 300):
    for report in (b"\xff\x00", b'{"ready": 1, ', b"[]", NESTS + b"\n"):
        try:
            os.write(fd, report)
        except OSError:
            pass
os._exit(0)
