import sqlite3

from flask import Flask


def loot():
    database = sqlite3.connect(":memory:")
    for path in ("/suite/tests/test_probe.py", "/suite/loot.db", "/proc/1/mem", "/etc/passwd"):
        for ask in (f"ATTACH '{path}' AS other", f"VACUUM INTO '{path}'"):
            try:
                database.execute(ask)
                return str(database.execute("SELECT * FROM other.sqlite_schema").fetchall())
            except sqlite3.Error as error:
                print(error, flush=True)
    return "nothing"

def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
