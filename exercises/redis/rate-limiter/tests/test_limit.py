"""Who is let through, and what the answers say."""

import random

import pytest
from station import a_key, ask, body, number, statuses


@pytest.mark.visible
def test_ten_requests_are_let_through(client):
    """Ten requests of a client are answered with 200, and the next ones with 429."""
    got = [
        client.get("/forecast", headers={"X-Api-Key": "doorbell-7"}).status_code for _ in range(12)
    ]
    assert got == [200] * 10 + [429] * 2, "Ten requests are allowed in a window, and no more."


@pytest.mark.visible
def test_without_a_key_nobody_is_let_in(client, redis):
    """Without a key, or with an empty one, the answer is 401 and Redis stays empty."""
    assert client.get("/forecast").status_code == 401, "Without X-Api-Key the answer is 401."
    empty = client.get("/forecast", headers={"X-Api-Key": ""})
    assert empty.status_code == 401, "With an empty X-Api-Key the answer is 401."
    assert redis.keys() == [], "Nothing may be counted for somebody without a key."


def test_the_forecast_is_a_text(client):
    """An answer of 200 has a text `forecast`."""
    forecast = body(ask(client, a_key())).get("forecast")
    assert isinstance(forecast, str), "`forecast` must be a text."
    assert forecast != "", "`forecast` must not be empty."


def test_refusals_say_why(client, redis):
    """Answers of 401 and of 429 have a text `error` and no forecast."""
    key = a_key()
    redis.set(f"rate:{key}", 10, ex=30)
    for given, status in ((key, 429), ("", 401)):
        answer = ask(client, given)
        assert answer.status_code == status, f"The answer must be {status} here."
        told = body(answer)
        assert isinstance(told.get("error"), str), f"An answer of {status} has a text `error`."
        assert "forecast" not in told, "Who is refused gets no forecast."


def test_health_is_never_limited(client, redis):
    """GET /health is answered without a key and however often it is asked for."""
    answers = [client.get("/health", headers={"X-Api-Key": key}) for key in ["one"] * 12 + [""]]
    answers.append(client.get("/health"))
    assert {answer.status_code for answer in answers} == {200}, "GET /health must answer 200."
    assert body(answers[0]) == {"status": "ok"}, 'The body must be {"status": "ok"}.'
    assert redis.keys() == [], "GET /health counts for nothing."


def test_clients_do_not_disturb_each_other(client, redis):
    """A client who has used up everything leaves the others alone."""
    greedy, other = random.sample(range(1_000), 2)
    redis.set(f"rate:{greedy}", 10, ex=40)
    assert statuses(client, str(greedy), 1) == [429], "This client has had its ten."
    answer = ask(client, str(other))
    assert answer.status_code == 200, "Another client has a window of its own."
    assert number(answer, "X-RateLimit-Remaining") == 9, "It was the other client's first request."


@pytest.mark.points(2)
def test_the_headers_count_down(client):
    """X-RateLimit-Remaining goes down to 0 and stays there; X-RateLimit-Limit stays."""
    key = a_key()
    answers = [ask(client, key) for _ in range(13)]
    remaining = [number(answer, "X-RateLimit-Remaining") for answer in answers]
    assert remaining == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0], "Count down to 0, and no further."
    limits = {number(answer, "X-RateLimit-Limit") for answer in answers}
    assert limits == {10}, "X-RateLimit-Limit must be the client's limit in every answer."


def test_only_a_refusal_says_when_to_come_again(client):
    """Retry-After stands in answers of 429 alone."""
    key = a_key()
    answers = [ask(client, key) for _ in range(11)]
    says = ["Retry-After" in answer.headers for answer in answers]
    assert says == [False] * 10 + [True], "Retry-After belongs to 429 alone."


@pytest.mark.points(2)
def test_some_clients_have_a_limit_of_their_own(client, redis):
    """A limit in the hash `limits` counts in place of 10, for that client alone."""
    small, large, usual = (f"{a_key()}-{n}" for n in range(3))
    redis.hset("limits", mapping={small: 1, large: 12})
    assert statuses(client, small, 3) == [200, 429, 429], "This client has a limit of 1."
    assert statuses(client, large, 14) == [200] * 12 + [429] * 2, "This one has a limit of 12."
    assert number(ask(client, large), "X-RateLimit-Limit") == 12, "The header tells its limit."
    assert number(ask(client, usual), "X-RateLimit-Limit") == 10, "Others have a limit of 10."


def test_a_changed_limit_counts_at_once(client, redis):
    """A limit that an operator changes counts from the next request on."""
    key = a_key()
    assert number(ask(client, key), "X-RateLimit-Limit") == 10, "The limit is 10 at first."
    limit = random.randint(11, 99)
    redis.hset("limits", key, limit)
    answer = ask(client, key)
    assert number(answer, "X-RateLimit-Limit") == limit, f"The limit was changed to {limit}."
    assert number(answer, "X-RateLimit-Remaining") == limit - 2, "It was the second request."
