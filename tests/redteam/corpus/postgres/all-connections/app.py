import os

import psycopg
from flask import Flask

KEPT = []
try:
    while True:
        KEPT.append(psycopg.connect(os.environ["DATABASE_URL"]))
except psycopg.OperationalError as error:
    print(error, flush=True)
for session in KEPT:
    session.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000)")


def create_app():
    app = Flask(__name__)
    app.get("/")(lambda: "nothing")
    return app
