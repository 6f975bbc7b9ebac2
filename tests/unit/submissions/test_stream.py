"""The same events as a server-sent stream."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import delete
from werkzeug.wrappers import Response

from backyard.accounts.models import User
from backyard.db import db
from backyard.submissions import stream
from backyard.submissions.events import Cursor, Teller
from backyard.submissions.render import Renderer
from backyard.submissions.sources import Sources
from backyard.submissions.stream import StreamSlots, follow
from tests.unit.submissions.conftest import Site, a_report, a_result


def blocks(answer: Response) -> Iterator[str]:
    """The stream's blocks as they come, without the one that sets the pause."""
    pieces = (piece.decode() for piece in answer.iter_encoded())
    assert next(pieces) == "retry: 500\n\n"
    yield from pieces


def parse(block: str) -> tuple[str, str, dict[str, object]]:
    """Id, name and data of an event's block."""
    lines = block.rstrip("\n").split("\n")
    fields = dict(line.split(": ", 1) for line in lines)
    return fields["id"], fields["event"], json.loads(fields["data"])


def test_a_stream_tells_everything_and_ends_with_the_verdict(site: Site) -> None:
    submission = site.graded()
    with site.client("owner").get(f"/submissions/{submission}/events") as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        names = [parse(block)[1] for block in blocks(answer)]
    assert names == ["reset", "state", "test", "test", "verdict"]


def test_a_stream_ends_when_its_submission_vanishes_with_the_account(site: Site) -> None:
    submission = site.hand_in()
    with site.client("owner").get(f"/submissions/{submission}/events") as answer:
        events = blocks(answer)
        assert parse(next(events))[2]["state"] == "queued"
        with site.app.app_context():
            db.session.execute(delete(User).where(User.username == "owner"))
            db.session.commit()
        assert list(events) == []


def test_events_come_as_they_happen(site: Site) -> None:
    submission = site.hand_in()
    with site.client("owner").get(f"/submissions/{submission}/events") as answer:
        events = map(parse, blocks(answer))
        assert next(events)[2]["state"] == "queued"
        claim = site.claim()
        assert [next(events)[1], next(events)[1]] == ["reset", "state"]
        site.queue.tests(claim, {0: a_result(0)})
        assert next(events)[2]["id"] == "test_a"
        site.queue.finish(claim, a_report())
        assert [name for _, name, _ in events] == ["state", "test", "verdict"]


def test_who_comes_back_hears_the_rest(site: Site) -> None:
    submission = site.graded()
    client = site.client("owner")
    with client.get(f"/submissions/{submission}/events") as answer:
        story = list(map(parse, blocks(answer)))
    headers = {"Last-Event-ID": story[2][0]}
    with client.get(f"/submissions/{submission}/events", headers=headers) as answer:
        assert list(map(parse, blocks(answer))) == story[3:]


def test_who_has_heard_the_verdict_is_told_not_to_come_back(site: Site) -> None:
    submission = site.graded()
    client = site.client("owner")
    with client.get(f"/submissions/{submission}/events") as answer:
        last = parse(list(blocks(answer))[-1])[0]
    answer = client.get(f"/submissions/{submission}/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 204


def test_a_stream_ends_after_its_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LENGTH", 0.2)
    submission = site.hand_in()
    with site.client("owner").get(f"/submissions/{submission}/events") as answer:
        assert len(list(blocks(answer))) == 1


def test_a_silent_stream_says_that_it_is_alive(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.1)
    monkeypatch.setattr(stream, "LENGTH", 0.5)
    submission = site.hand_in()
    with site.client("owner").get(f"/submissions/{submission}/events") as answer:
        assert ": still here\n\n" in list(blocks(answer))


def test_between_two_looks_a_stream_holds_no_connection(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = site.hand_in()
    with site.app.test_request_context():
        pool = db.engine.pool
        held = []
        monkeypatch.setattr(
            "backyard.submissions.stream.time.sleep",
            lambda seconds: held.append(pool.checkedout()),  # type: ignore[attr-defined]
        )
        monkeypatch.setattr(stream, "LENGTH", 0.2)
        teller = Teller(submission, Renderer(site.app.jinja_env, "", "", Sources((), "")))
        list(follow(db.engine, teller, Cursor()))
    assert set(held) == {0}


def test_an_open_stream_holds_no_connection_either(site: Site) -> None:
    submission = site.hand_in()
    with site.app.app_context():
        pool = db.engine.pool
    with site.client("owner").get(f"/submissions/{submission}/events") as answer:
        next(blocks(answer))
        assert pool.checkedout() == 0  # type: ignore[attr-defined]


def test_one_user_can_not_take_all_streams() -> None:
    few = StreamSlots(total=3, each=2)
    assert [few.take(1), few.take(1), few.take(1)] == [True, True, False]
    assert [few.take(2), few.take(2)] == [True, False]
    few.free(1)
    assert few.take(2)


def test_who_gets_no_stream_is_told_so_and_can_poll(site: Site) -> None:
    submission = site.hand_in()
    client = site.client("owner")
    open_streams: list[Response] = [
        client.get(f"/submissions/{submission}/events") for _ in range(4)
    ]
    assert client.get(f"/submissions/{submission}/events").status_code == 503
    assert client.get(f"/submissions/{submission}/state").status_code == 200
    for answer in open_streams:
        answer.close()
    with client.get(f"/submissions/{submission}/events") as answer:
        assert answer.status_code == 200
