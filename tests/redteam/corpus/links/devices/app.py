import os
import stat

from flask import Flask


def loot():
    for number, (major, minor) in enumerate([(1, 1), (8, 0), (254, 0), (259, 0), (10, 237)]):
        for kind in (stat.S_IFBLK, stat.S_IFCHR):
            try:
                os.mknod(f"/tmp/device{number}", 0o600 | kind, os.makedev(major, minor))
                os.open(f"/tmp/device{number}", os.O_RDONLY)  # in gVisor one can be made by anybody
                return "through"
            except OSError as error:
                print(error, flush=True)
    for name in ("mem", "kmem", "port", "kmsg", "sda", "vda", "kvm", "loop-control"):
        try:
            os.open(f"/dev/{name}", os.O_RDWR)
            return "through"
        except OSError as error:
            print(error, flush=True)
    return "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
