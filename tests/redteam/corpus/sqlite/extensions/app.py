import sqlite3

from flask import Flask


def loot():
    with open("/tmp/forger.so", "wb") as file:
        file.write(open("/bin/true", "rb").read())
    database = sqlite3.connect(":memory:")
    try:
        database.enable_load_extension(True)
        for name in ("/tmp/forger.so", "/suite/forger.so", "libc.so.6"):
            try:
                database.load_extension(name)
                return "loaded"
            except sqlite3.Error as error:
                print(error, flush=True)
    except AttributeError as error:
        print(error, flush=True)
    return "nothing"

def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
