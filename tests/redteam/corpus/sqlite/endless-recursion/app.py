import sqlite3

from flask import Flask


def loot():
    ask = "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT max(i) FROM t"
    return str(sqlite3.connect(":memory:").execute(ask).fetchall())

def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
