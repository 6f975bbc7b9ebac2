"""A user's submissions, with their files and results, for the download of all their data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.db import db
from backyard.submissions.models import Attempt, Submission, TestResultRow

TOGETHER: Final = 50
"""Submissions that are read at once: a file may have 256 KiB."""

OF_SUBMISSION: Final = (
    *("id", "kind", "exercise_id", "created_at", "finished_at", "state", "verdict"),
    *("points", "max_points", "score", "message", "again_of"),
)
OF_ATTEMPT: Final = ("number", "started_at", "ended_at", "ending", "verdict")
OF_TEST: Final = ("title", "outcome", "points", "seconds", "message", "exchanges", "output")


def export_submissions(user: User) -> Iterator[Entry]:
    """A folder for each submission, oldest first. What a page does not show is not in it."""
    mine = select(Submission.id).where(Submission.user_id == user.id)
    ids = db.session.scalars(mine.order_by(Submission.created_at, Submission.id)).all()
    for start in range(0, len(ids), TOGETHER):
        yield from _some(ids[start : start + TOGETHER])


def _some(ids: Sequence[str]) -> Iterator[Entry]:
    rows = db.session.scalars(select(Submission).where(Submission.id.in_(ids)))
    attempts = _attempts(ids)
    latest = [of_one[-1].id for of_one in attempts.values()]
    results = _results(latest)
    for row in sorted(rows, key=lambda one: ids.index(one.id)):
        of_one = attempts.get(row.id, [])
        yield from _folder(row, of_one, results.get(of_one[-1].id, []) if of_one else [])


def _attempts(ids: Sequence[str]) -> Mapping[str, Sequence[Attempt]]:
    found = defaultdict(list)
    wanted = select(Attempt).where(Attempt.submission_id.in_(ids)).order_by(Attempt.number)
    for attempt in db.session.scalars(wanted):
        found[attempt.submission_id].append(attempt)
    return found


def _results(attempt_ids: Sequence[int]) -> Mapping[int, Sequence[TestResultRow]]:
    found = defaultdict(list)
    wanted = select(TestResultRow).where(TestResultRow.attempt_id.in_(attempt_ids))
    for result in db.session.scalars(wanted.order_by(TestResultRow.position)):
        found[result.attempt_id].append(result)
    return found


def _folder(
    row: Submission, attempts: Iterable[Attempt], results: Iterable[TestResultRow]
) -> Iterator[Entry]:
    when, exercise = row.created_at.strftime("%Y-%m-%d-%H%M%S"), row.exercise_id.replace("/", "-")
    folder = f"submissions/{when}-{exercise}-{row.id[:8]}"
    data = _picked(row, OF_SUBMISSION)
    data["attempts"] = [_picked(attempt, OF_ATTEMPT) for attempt in attempts]
    data["tests"] = [_picked(result, OF_TEST) for result in results]
    yield Entry(f"{folder}/submission.json", as_json(data))
    for name, text in row.files.items():
        yield Entry(f"{folder}/files/{name}", text)


def _picked(row: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
