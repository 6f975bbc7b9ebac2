import sqlite3

from flask import Flask


def loot():
    database = sqlite3.connect("/tmp/loot.db", isolation_level=None)
    database.execute("PRAGMA temp_store_directory = '/learner'")
    database.execute("CREATE TABLE t (b)")
    try:
        while True:
            database.execute("INSERT INTO t VALUES (randomblob(1000000))")
    except sqlite3.Error as error:
        print(error, flush=True)
    return "nothing"

def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
