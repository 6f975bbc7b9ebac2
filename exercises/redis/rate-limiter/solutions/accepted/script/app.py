"""A forecast that each client may ask for so many times a minute, counted by a script in Redis."""

import functools
import os

from flask import Flask, abort, jsonify, make_response, request
from redis import Redis

COUNT = """
local limit = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or 10)
local count = tonumber(redis.call('GET', KEYS[1]) or 0)
if count < limit then
    count = redis.call('INCR', KEYS[1])
else
    count = limit + 1
end
if redis.call('TTL', KEYS[1]) == -1 then
    redis.call('EXPIRE', KEYS[1], 60)
end
return {limit, count, redis.call('TTL', KEYS[1])}
"""

app = Flask(__name__)
redis = Redis.from_url(os.environ["REDIS_URL"])
count = redis.register_script(COUNT)


def limited(view):
    """Let a view be asked as often as its client may."""

    @functools.wraps(view)
    def guarded():
        key = request.headers.get("X-Api-Key", "")
        if key == "":
            abort(make_response(jsonify(error="no key"), 401))
        limit, used, ttl = count(keys=[f"rate:{key}", "limits"], args=[key])
        refused = used > limit
        answer = make_response((jsonify(error="too many"), 429) if refused else view())
        answer.headers["X-RateLimit-Limit"] = str(limit)
        answer.headers["X-RateLimit-Remaining"] = "0" if refused else str(limit - used)
        if refused:
            answer.headers["Retry-After"] = str(ttl)
        return answer

    return guarded


@app.get("/health")
def health():
    return jsonify(status="ok")


@app.get("/forecast")
@limited
def forecast():
    return jsonify(forecast="rain later")


def create_app():
    return app
