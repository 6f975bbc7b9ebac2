import os
import stat

from flask import Flask


def loot():
    special = []
    for top, folders, names in os.walk("/"):
        if top in ("/proc", "/sys"):
            folders.clear()
        for name in names:
            path = os.path.join(top, name)
            mode = os.lstat(path).st_mode
            if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID):
                special.append(path)
    print("special programs:", special, flush=True)
    return "through" if special else "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
