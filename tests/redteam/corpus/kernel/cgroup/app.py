from pathlib import Path

from flask import Flask

NAMES = ("memory.limit_in_bytes", "memory.max", "pids.max", "cgroup.procs", "tasks",
         "release_agent", "notify_on_release", "cgroup.kill", "cgroup.freeze", "devices.allow")


def loot():
    refused = 0
    for folder in [Path("/sys/fs/cgroup"), *Path("/sys/fs/cgroup").glob("*/")]:
        for name in NAMES:
            try:
                (folder / name).write_text("1")
                return "through"
            except OSError:
                refused += 1
        try:
            (folder / "forged").mkdir()
            return "through"
        except OSError:
            refused += 1
    print("refused:", refused > 10, flush=True)
    return "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
