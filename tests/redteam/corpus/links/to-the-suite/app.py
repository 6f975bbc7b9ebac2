import os

from flask import Flask


def loot():
    os.symlink("/suite", "/learner/way")
    for call, *arguments in (
        (os.listdir, "/learner/way"),
        (os.listdir, "/learner/way/tests"),
        (os.chmod, "/learner/way", 0o777),
        (os.rename, "/suite", "/learner/suite"),
        (os.link, "/suite/tests/test_probe.py", "/learner/test_probe.py"),
        (os.open, "/learner/way/tests/test_probe.py", os.O_RDONLY),
        (os.open, "/proc/self/cwd/../way/tests/test_probe.py", os.O_RDONLY),
    ):
        try:
            call(*arguments)
            return "got through by " + call.__name__
        except OSError as error:
            print(error, flush=True)
    return "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
