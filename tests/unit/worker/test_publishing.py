"""The worker grants wishes to publish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from backyard.catalog.models import ExerciseRow
from backyard.publishing.outcome import Outcome, What
from backyard.submissions.tasks import Desk, TaskLost, TaskState
from backyard.teaching.models import Publication
from backyard.worker.patience import PatientPools
from backyard.worker.publishing import Publishing
from sandbox.errors import EngineUnavailable
from sandbox.fake import FakeProvider
from tests.unit.grader.gate.test_checking import FAILS_BOTH, FAILS_SECOND, PASSED, scripted
from tests.unit.publishing.conftest import Press, press
from tests.unit.publishing.repositories import commit

__all__ = ["press"]  # a fixture


MEANT = {"# right\n": PASSED, "# lazy\n": FAILS_SECOND, "# start here\n": FAILS_BOTH}
"""How sandboxes judge the solutions of the small exercise, by their texts."""


class Office:
    """Publishing, and its wishes."""

    def __init__(self, press: Press) -> None:
        self.provider = FakeProvider(scripted(judged=MEANT))
        self.stopping = Event()
        self.press = press
        pools = PatientPools(self.provider, press.sessions, self.stopping)
        self.publishing = Publishing(press.sessions, press.root, pools)

    def ask(self, **fields: object) -> int:
        """A wish; returns its id."""
        row = Publication(requested_by=1, **fields)
        with self.press.sessions.begin() as session:
            session.add(row)
        return row.id

    def row(self, publication_id: int) -> Publication:
        with self.press.sessions() as session:
            return session.get_one(Publication, publication_id)

    def grant(self, **fields: object) -> Publication:
        """Ask, have it done, and return what is there then."""
        publication_id = self.ask(**fields)
        assert self.publishing.take_one()
        return self.row(publication_id)


@pytest.fixture
def office(press: Press) -> Office:
    return Office(press)


def test_nothing_is_asked_for_and_nothing_done(office: Office) -> None:
    assert not office.publishing.take_one()


def test_what_proves_itself_is_published_in_the_name_of_who_asked(
    office: Office, press: Press
) -> None:
    press.write(checked=False)
    done = office.grant()
    assert done.state is TaskState.DONE
    assert done.outcomes == [Outcome("demo/small", What.PUBLISHED, 1).as_dict()]
    [version] = press.versions()
    assert (version.published_by, version.source) == (1, "site")
    assert all(sandbox.destroyed for sandbox in office.provider.started)


def test_what_the_gate_refuses_is_told_with_its_reasons(office: Office, press: Press) -> None:
    folder = press.write(checked=False)
    (folder / "solutions/wrong/lazy/app.py").write_text("# right\n")
    done = office.grant()
    assert done.state is TaskState.DONE
    [outcome] = map(Outcome.from_dict, done.outcomes)
    assert outcome.what is What.LEFT_OUT
    assert "solutions/wrong/lazy: It is judged passed" in outcome.reason


def test_a_repository_is_published_with_its_commit(
    office: Office, press: Press, tmp_path: Path
) -> None:
    press.root = tmp_path / "team"
    press.write()
    name = commit(press.root)
    done = office.grant(source=str(press.root))
    assert (done.state, done.source_commit) == (TaskState.DONE, name)
    assert press.versions()[0].source == str(press.root)


def test_a_repository_that_is_not_there_is_said_in_a_sentence(office: Office) -> None:
    failed = office.grant(source="/no/such")
    assert failed.state is TaskState.FAILED
    assert failed.reason.startswith("git says: fatal: ")


def test_a_repository_without_exercises_is_said_in_a_sentence(
    office: Office, tmp_path: Path
) -> None:
    commit(tmp_path / "team", {"README.md": ""})
    assert "holds no exercise" in office.grant(source=str(tmp_path / "team")).reason


def test_while_the_engine_is_away_it_waits_and_counts_nothing(office: Office, press: Press) -> None:
    press.write("demo/checked")
    press.write(checked=False)
    office.provider.available = False
    waits = office.grant()
    assert (waits.state, waits.tries) == (TaskState.QUEUED, 0)
    assert press.row("demo/checked").is_open
    office.provider.available = True
    assert office.publishing.take_one()
    assert office.row(waits.id).state is TaskState.DONE


def test_a_worker_that_stops_puts_it_back(office: Office, press: Press) -> None:
    press.write(checked=False)
    office.stopping.set()
    assert office.grant().state is TaskState.QUEUED


def test_one_that_kills_every_worker_is_given_up(office: Office) -> None:
    failed = office.grant(tries=3)
    assert (failed.state, failed.reason) == (
        TaskState.FAILED,
        "Gave up: the worker was lost 3 times.",
    )


def test_a_bug_of_ours_fails_it_and_is_said_to_be_ours(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("backyard.worker.publishing.opened", breaks)
    assert office.grant().reason == "Something broke on our side: RuntimeError."


def test_who_has_lost_it_stops(
    office: Office, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.write("demo/a")
    press.write("demo/b")
    write = Desk[Publication].write
    calls = iter([write, write])

    def lost(*arguments: object, **values: object) -> None:
        usual: Callable[..., None] | None = next(calls, None)
        if usual is None:
            raise TaskLost(1)
        usual(*arguments, **values)

    monkeypatch.setattr(Desk, "write", lost)
    office.ask()
    with pytest.raises(TaskLost):
        office.publishing.take_one()
    with press.sessions() as session:
        assert session.get(ExerciseRow, "demo/b") is None


def test_no_sandbox_is_taken_while_a_submission_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True, True])
    looks: list[object] = []

    def waits(*_: object) -> bool:
        looks.append(len(office.provider.started))
        return next(answers, False)

    monkeypatch.setattr("backyard.worker.patience.somebody_waits", waits)
    pools = PatientPools(office.provider, office.press.sessions, office.stopping)
    with pools.opened("python") as pool:
        pool.discard(pool.take("python"))
        office.stopping.set()
        with pytest.raises(EngineUnavailable):
            pool.take("python")
    assert len(looks) == 4
