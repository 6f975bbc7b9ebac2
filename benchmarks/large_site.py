"""Fills a database as a site's looks after a few years."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert

from backyard.accounts.models import Role, User, new_session_key
from backyard.accounts.services import register
from backyard.catalog.models import ExerciseRow, ExerciseVersion, Progress
from backyard.cohorts.models import Cohort, Membership
from backyard.db import Base, db, utcnow
from backyard.portfolio.models import Portfolio, ShownSolution
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from grader.exercise import Difficulty
from grader.verdict import Outcome, Verdict

PASSWORD: Final = "four quiet apple trees"
PEOPLE: Final = {"ada": Role.LEARNER, "teacher": Role.INSTRUCTOR, "boss": Role.ADMIN}

LEARNERS: Final = 300
TRACKS: Final = 20
TESTS: Final = 8
SHOWN: Final = 30
"""Solutions in ada's portfolio."""

BATCH: Final = 5000
HASH: Final = "a" * 64
SUBMISSION: Final = f"{0:032x}"
"""One of ada's, to t0/e0, which passed."""

CODE: Final = "".join(
    f'@app.get("/books/{n}")\ndef book_{n}():\n    return {{"id": {n}, "title": "Emma"}}\n\n\n'
    for n in range(20)
)
STATEMENT: Final = "# A title\n\n" + "Build **it** with `care`, as the table says.\n\n" * 40

Row = dict[str, Any]


def fill(exercises: int, submissions: int) -> None:
    """Store it all, and commit. Every tenth submission is ada's up to a thousand."""
    people = {
        name: register(name, f"{name}@example.org", PASSWORD, r) for name, r in PEOPLE.items()
    }
    _store(ExerciseRow, (_exercise(number) for number in range(exercises)))
    _store(ExerciseVersion, (_version(number) for number in range(exercises)))
    _store(User, (_learner(number) for number in range(LEARNERS)))
    ada = people["ada"].id
    cohort = Cohort(id=1, name="Spring", owner_id=people["teacher"].id)
    db.session.add(cohort)
    db.session.commit()
    members = [ada, *range(1000, 1000 + LEARNERS)]
    _store(Membership, ({"cohort_id": 1, "user_id": m, "joined_at": utcnow()} for m in members))
    handed_in = _Submissions(exercises, ada)
    for make, model in (
        (handed_in.submission, Submission),
        (handed_in.attempt, Attempt),
    ):
        _store(model, map(make, range(submissions)))
    _store(TestResultRow, (r for n in range(submissions) for r in handed_in.results(n)))
    _store(Progress, handed_in.progress(submissions))
    _portfolio(ada, handed_in, submissions)


def _store(model: type[Base], rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        db.session.execute(insert(model), batch)
        db.session.commit()


def _exercise_id(number: int) -> str:
    return f"t{number % TRACKS}/e{number}"


def _exercise(number: int) -> Row:
    track, slug = _exercise_id(number).split("/")
    return {
        "id": f"{track}/{slug}",
        "track": track,
        "slug": slug,
        "position": number,
        "title": f"The exercise of number {number}",
        "summary": "Find with one query who spent the most, with ties and all who never came.",
        "difficulty": list(Difficulty)[number % 4],
        "skills": [track, f"skill-{number % 30}", f"skill-{number % 17}-b", "backend"],
        "after": [_exercise_id(number - TRACKS)] if number % 3 and number >= TRACKS else [],
        "points": 2 * TESTS,
        "statement": STATEMENT,
        "files": ["app.py"],
        "starter": {"app.py": CODE},
        "hints": ["Look closely."],
        "tests": [_test(place) for place in range(TESTS)],
        "content_hash": HASH,
    }


def _test(place: int) -> Row:
    title = f"What is right in place {place} comes out."
    return {
        "id": f"t.py::{place}",
        "title": title,
        "points": 2,
        "visible": True,
        "source": CODE[:500],
    }


def _version(number: int) -> Row:
    return {
        "exercise_id": _exercise_id(number),
        "number": 1,
        "content_hash": HASH,
        "files": {"README.md": STATEMENT},
        "source": "site",
    }


def _learner(number: int) -> Row:
    name = f"learner{number}"
    return {
        "id": 1000 + number,
        "username": name,
        "email": f"{name}@example.org",
        "password_hash": "x",
        "session_key": new_session_key(),
    }


class _Submissions:
    """Submissions by number; each is made again by the same number alone."""

    def __init__(self, exercises: int, ada: int) -> None:
        self._exercises = exercises
        self._ada = ada
        self._now = utcnow()

    def who(self, number: int) -> int:
        """Ada first and often, then everybody in turn."""
        mine = number % 10 == 0 and number < 10_000
        return self._ada if mine else 1000 + number % LEARNERS

    def exercise(self, number: int) -> str:
        return _exercise_id(number // 10 % self._exercises)

    def passed(self, number: int) -> bool:
        return number == 0 or random.Random(number).random() < 0.4

    def when(self, number: int) -> datetime:
        return self._now - timedelta(minutes=10 * number)

    def submission(self, number: int) -> Row:
        passed, when = self.passed(number), self.when(number)
        points = 2 * TESTS if passed else 2
        return {
            "id": f"{number:032x}",
            "user_id": self.who(number),
            "exercise_id": self.exercise(number),
            "content_hash": HASH,
            "files": {"app.py": CODE[: 1000 + number % 500]},
            "state": SubmissionState.DONE,
            "verdict": Verdict.PASSED if passed else Verdict.FAILED,
            "points": points,
            "max_points": 2 * TESTS,
            "score": 100 * points // (2 * TESTS),
            "created_at": when,
            "claimed_at": when,
            "finished_at": when,
        }

    def attempt(self, number: int) -> Row:
        return {
            "id": number + 1,
            "submission_id": f"{number:032x}",
            "token": f"{number:032x}",
            "number": 1,
            "worker": "worker",
            "started_at": self.when(number),
            "ended_at": self.when(number),
            "ending": Ending.GRADED,
            "verdict": Verdict.PASSED if self.passed(number) else Verdict.FAILED,
            "content_hash": HASH,
            "phases": {"queued": 0.1, "tests": 0.5},
        }

    def results(self, number: int) -> Iterator[Row]:
        passed = self.passed(number)
        for place in range(TESTS):
            good = passed or place == 0
            yield {
                "attempt_id": number + 1,
                "position": place,
                "test_id": f"t.py::{place}",
                "title": f"What is right in place {place} comes out.",
                "points": 2,
                "visible": True,
                "outcome": Outcome.PASSED if good else Outcome.FAILED,
                "seconds": 0.1,
                "message": "" if good else "assert 200 == 201",
                "exchanges": [],
                "output": "",
            }

    def progress(self, submissions: int) -> Iterator[Row]:
        """What the verdicts leave; the best of each learner and exercise."""
        best: dict[tuple[int, str], int] = {}
        for number in range(submissions):
            key = (self.who(number), self.exercise(number))
            if key not in best or (self.passed(number) and not self.passed(best[key])):
                best[key] = number
        for (user_id, exercise_id), number in best.items():
            row, when = self.submission(number), self.when(number)
            yield {
                "user_id": user_id,
                "exercise_id": exercise_id,
                "best_score": row["score"],
                "points": row["points"],
                "max_points": row["max_points"],
                "reached_at": when,
                "passed_at": when if self.passed(number) else None,
                "updated_at": when,
            }


def _portfolio(ada: int, handed_in: _Submissions, submissions: int) -> None:
    db.session.add(Portfolio(user_id=ada, is_public=True))
    db.session.commit()
    shown: dict[str, str] = {}
    for number in range(0, min(submissions, 10_000), 10):
        if handed_in.passed(number) and len(shown) < SHOWN:
            shown.setdefault(handed_in.exercise(number), f"{number:032x}")
    rows = ({"user_id": ada, "exercise_id": e, "submission_id": s} for e, s in shown.items())
    _store(ShownSolution, rows)
