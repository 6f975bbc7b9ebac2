"""Requests that come at the same moment."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from station import a_key, number

THREADS = 16
"""So many requests are answered at once, as exercise.toml says."""


def answers_of(race, redis, key, count):
    """Have so many requests meet: those that only read go on, and those that write wait until as
    many wait as can."""
    redis.client_pause(5_000, all=False)
    try:
        with ThreadPoolExecutor(1) as executor:
            headers = {"X-Api-Key": key}
            running = executor.submit(race, count, "GET", "/forecast", headers=headers)
            wait_for_waiting(redis, min(count, THREADS), running)
            redis.client_unpause()
            return running.result()
    finally:
        redis.client_unpause()


def wait_for_waiting(redis, count, running):
    """Return when so many requests wait for Redis, or when it seems that they never will."""
    deadline = time.monotonic() + 2
    while not running.done() and time.monotonic() < deadline:
        if sum("b" in client["flags"] for client in redis.client_list()) >= count:
            return
        time.sleep(0.002)


@pytest.mark.points(3)
@pytest.mark.timeout(15)
def test_exactly_ten_of_many_are_let_through(race, redis):
    """Of 30 requests at the same moment exactly 10 are let through."""
    answers = answers_of(race, redis, a_key(), 30)
    got = sorted(answer.status_code for answer in answers)
    assert got == [200] * 10 + [429] * 20, f"{got.count(200)} of 30 were let through, not 10."


@pytest.mark.points(2)
@pytest.mark.timeout(15)
def test_the_last_places_go_to_few(race, redis):
    """Where few requests are left in a window, no more are let through at the same moment."""
    key, limit, left = a_key(), random.randint(20, 30), random.randint(2, 5)
    redis.hset("limits", key, limit)
    redis.set(f"rate:{key}", limit - left, ex=50)
    answers = answers_of(race, redis, key, 20)
    got = [answer.status_code for answer in answers].count(200)
    assert got == left, f"{left} requests were left in the window, but {got} were let through."


@pytest.mark.points(2)
@pytest.mark.timeout(15)
def test_no_two_answers_say_the_same(race, redis):
    """Requests at the same moment each have another number in X-RateLimit-Remaining."""
    answers = answers_of(race, redis, a_key(), 10)
    got = sorted(number(answer, "X-RateLimit-Remaining") for answer in answers)
    assert got == list(range(10)), "Ten requests leave 9, 8, 7, …, 0 remaining, each once."
