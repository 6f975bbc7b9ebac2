"""A forecast that is limited.

Wrong: it counts, and looks at what all others have counted by then.
"""

import os

import redis
from flask import Flask, request

LIMIT = 10
WINDOW = 60


def create_app():
    app = Flask(__name__)
    store = redis.Redis.from_url(os.environ["REDIS_URL"])

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.get("/forecast")
    def forecast():
        client = request.headers.get("X-Api-Key")
        if not client:
            return {"error": "Send your key in the header X-Api-Key."}, 401
        limit = int(store.hget("limits", client) or LIMIT)
        count, left = hit(store, f"rate:{client}")
        headers = {
            "X-RateLimit-Limit": limit,
            "X-RateLimit-Remaining": max(limit - count, 0),
        }
        if count > limit:
            headers["Retry-After"] = left
            return {"error": "That was too much. Try again later."}, 429, headers
        return {"forecast": "sunny"}, 200, headers

    return app


def hit(store, key):
    """Count one request; return how many there were, and the seconds left of the window."""
    store.incr(key)
    store.expire(key, WINDOW, nx=True)
    return int(store.get(key)), store.ttl(key)
