"""A forecast that is limited.

Wrong: between the look at the count and the change of it there is room for others.
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
        count = int(store.get(f"rate:{client}") or 0) + 1
        left = hit(store, f"rate:{client}")[1]
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
    with store.pipeline() as pipeline:
        pipeline.incr(key)
        pipeline.expire(key, WINDOW, nx=True)
        pipeline.ttl(key)
        count, _, left = pipeline.execute()
    return count, left
