"""The window: what is kept in Redis, and for how long. Time is moved by changing the keys."""

import random
import time

import pytest
from station import a_key, ask, number, statuses


def test_the_count_is_in_redis(client, redis):
    """The key `rate:K` holds the number of requests."""
    key = a_key()
    for n in range(1, 4):
        ask(client, key)
        assert redis.get(f"rate:{key}") == str(n), f"After {n} requests rate:{key} must be {n}."


def test_the_count_of_others_is_believed(client, redis):
    """What another process has counted in `rate:K` counts."""
    key, count = a_key(), random.randint(4, 8)
    redis.set(f"rate:{key}", count, ex=50)
    answer = ask(client, key)
    assert number(answer, "X-RateLimit-Remaining") == 9 - count, f"{count} were counted before."
    got = statuses(client, key, 11 - count)
    assert got == [200] * (9 - count) + [429] * 2, f"{count} requests were counted before."


def test_a_window_lasts_sixty_seconds(client, redis):
    """The first request of a window gives the key 60 seconds to live."""
    key, began = a_key(), time.monotonic()
    ask(client, key)
    left = redis.pttl(f"rate:{key}")
    passed = 1000 * (time.monotonic() - began)
    assert left <= 60_000, "A window has 60 seconds, and no more."
    assert left >= 60_000 - passed - 10, "A window has 60 seconds, and no less."


@pytest.mark.points(2)
def test_later_requests_leave_the_window_alone(client, redis):
    """Neither a request that is let through nor a refused one prolongs the window."""
    for count in (3, 10):
        key, left = a_key(), random.randint(20, 40)
        redis.set(f"rate:{key}", count, ex=left)
        statuses(client, key, 2)
        ttl = redis.pttl(f"rate:{key}")
        assert ttl > 0, "The key must keep its time to live."
        assert ttl <= left * 1000, f"The window was to end in {left} s, and so it must."


@pytest.mark.points(2)
def test_retry_after_tells_when_the_window_ends(client, redis):
    """Retry-After is what is left of the window."""
    for left in random.sample(range(5, 60), 3):
        key = a_key()
        redis.set(f"rate:{key}", 10, ex=left)
        answer = ask(client, key)
        assert answer.status_code == 429, "The limit is reached here."
        told, still = number(answer, "Retry-After"), redis.pttl(f"rate:{key}") // 1000
        assert still <= told <= left, f"The window ends in {left} s, but Retry-After is {told}."


@pytest.mark.points(2)
def test_after_the_window_a_new_one_begins(client, redis):
    """When the window has ended, the client starts anew, with a whole window."""
    key = a_key()
    assert statuses(client, key, 11)[-1] == 429, "The limit is reached here."
    redis.pexpire(f"rate:{key}", 1)
    while redis.exists(f"rate:{key}"):
        pass
    answer = ask(client, key)
    assert answer.status_code == 200, "A new window has begun."
    assert number(answer, "X-RateLimit-Remaining") == 9, "It is the new window's first request."
    assert redis.ttl(f"rate:{key}") > 0, "The new window must end, too."


@pytest.mark.points(2)
def test_nobody_is_locked_out_for_ever(client, redis):
    """A count without a time to live gets a whole window to live, whether it is reached or not."""
    for count, status in ((4, 200), (10, 429)):
        key, began = a_key(), time.monotonic()
        redis.set(f"rate:{key}", count)
        answer = ask(client, key)
        assert answer.status_code == status, f"A count of {count} counts as usual."
        left = redis.pttl(f"rate:{key}")
        passed = 1000 * (time.monotonic() - began)
        assert left > 0, "The key was there without a time to live, and must get one."
        assert 60_000 - passed - 10 <= left <= 60_000, "It must get a whole window to live."
    assert 0 < number(answer, "Retry-After") <= 60, "Retry-After must tell of the new window."
