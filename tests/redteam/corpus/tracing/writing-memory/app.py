import ctypes
import os

from flask import Flask

LIBC = ctypes.CDLL(None, use_errno=True)
PROCESS_VM_WRITEV = 311


def loot():
    data = ctypes.create_string_buffer(b"forged")
    local = (ctypes.c_void_p * 2)(ctypes.addressof(data), 6)
    remote = (ctypes.c_void_p * 2)(0x400000, 6)
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        if os.stat(f"/proc/{pid}").st_uid == os.getuid():
            continue
        if LIBC.syscall(PROCESS_VM_WRITEV, pid, local, 1, remote, 1, 0) >= 0:
            return "through"
        try:
            open(f"/proc/{pid}/mem", "wb")
            return "through"
        except OSError as error:
            print(error, flush=True)
    return "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
