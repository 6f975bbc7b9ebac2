"""A forecast that each client may ask for so many times a minute."""

import os

import redis
from flask import Flask


def create_app():
    app = Flask(__name__)
    store = redis.Redis.from_url(os.environ["REDIS_URL"])

    @app.get("/forecast")
    def forecast():
        # TODO: who asks, how often were they here, and may they?
        return {"forecast": "sunny"}

    # TODO: GET /health
    # `store` is what talks to Redis: store.ping(), store.get("key"), …

    return app
