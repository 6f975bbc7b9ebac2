import os
import subprocess

from flask import Flask

ME = os.getuid()
CALLS = [os.setuid, os.seteuid, lambda uid: os.setresuid(uid, uid, uid), os.setfsuid
         if hasattr(os, "setfsuid") else os.setuid, lambda uid: os.setreuid(uid, uid)]
PROGRAMS = ["su - -c", "setpriv --reuid=0", "unshare -r", "chroot / ", "newgrp", "runuser -c"]


def loot():
    refused = 0
    for uid in (0, ME + 1, 70):
        for call in CALLS:
            try:
                call(uid)
            except OSError:
                refused += 1
    for program in PROGRAMS:
        command = f"{program} cat /suite/tests/test_probe.py"
        done = subprocess.run(command, shell=True, capture_output=True, text=True)
        if "SECRET" in done.stdout:
            return done.stdout.partition('SECRET = "')[2][:32]
    try:
        return open("/suite/tests/test_probe.py").read().partition('SECRET = "')[2][:32]
    except OSError:
        print("refused:", refused, flush=True)
        return "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
