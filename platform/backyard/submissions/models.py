"""The tables of submissions, of our attempts at grading them, and of what came out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import Base, utcnow
from backyard.submissions.lifecycle import Ending, Kind, SubmissionState
from grader.verdict import Outcome, TestResult, Verdict


def new_id() -> str:
    """A random UUID as 32 hexadecimal digits."""
    return uuid.uuid4().hex


def _exactly_when(state: SubmissionState, *columns: str) -> str:
    """SQL: each of `columns` is set in `state` and in no other."""
    return " AND ".join(f"(state = '{state}') = ({column} IS NOT NULL)" for column in columns)


class Submission(Base):
    """What a learner handed in, or ran; this row is the truth of what becomes of it.

    Points and score of a run are those of the visible tests, and nobody sees them.
    `files` maps names to texts. `content_hash` is the exercise's in the catalogue when this was
    handed in; the learner's page may have been older. While it runs, `attempt_token` says who may
    write, until `lease_until`. `not_before` delays a retry. Both are seconds of the machine's own
    clock (`time.monotonic`), which all workers share and nobody sets: a step of the time of day
    neither ends a lease nor draws it out. `tries` counts the attempts that used
    up a try. `claimed_at` is when it was last taken, `finished_at` when it was graded or cancelled.
    `again_of` is the submission that this one hands in again, after a failure of ours or a
    cancelling; that is possible once.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint(
            _exactly_when(SubmissionState.RUNNING, "attempt_token", "lease_until"),
            name="running_is_leased",
        ),
        CheckConstraint(
            _exactly_when(SubmissionState.DONE, "verdict", "points", "max_points", "score"),
            name="done_has_verdict",
        ),
        CheckConstraint(
            "(state IN ('done', 'cancelled')) = (finished_at IS NOT NULL)",
            name="over_has_time",
        ),
        CheckConstraint("points BETWEEN 0 AND max_points", name="points_in_range"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_in_range"),
        CheckConstraint("verdict <> 'judge_error' OR points = 0", name="judge_error_has_no_points"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index("ix_submissions_waiting", "state", "created_at"),
        Index("ix_submissions_running", "user_id", "state", "lease_until"),
        Index("ix_submissions_served", "user_id", "claimed_at"),
        Index("ix_submissions_history", "user_id", "created_at"),
        Index("ix_submissions_of_exercise", "user_id", "exercise_id", "created_at", "verdict"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id))
    content_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[Kind] = mapped_column(default=Kind.SUBMIT)
    files: Mapped[dict[str, str]]
    state: Mapped[SubmissionState] = mapped_column(default=SubmissionState.QUEUED)
    phase: Mapped[str] = mapped_column(String(20), default="")
    attempt_token: Mapped[str | None] = mapped_column(String(32), unique=True)
    lease_until: Mapped[float | None]
    not_before: Mapped[float | None]
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    finished_at: Mapped[datetime | None]
    again_of: Mapped[str | None] = mapped_column(
        ForeignKey("submissions.id", ondelete="SET NULL"), unique=True
    )
    verdict: Mapped[Verdict | None]
    points: Mapped[int | None]
    max_points: Mapped[int | None]
    score: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text, default="")

    @property
    def is_run(self) -> bool:
        """Whether it is not handed in, but only run on the visible tests."""
        return self.kind is Kind.RUN

    @property
    def is_done(self) -> bool:
        """Whether it has its verdict."""
        return self.state is SubmissionState.DONE

    @property
    def is_over(self) -> bool:
        """Whether it is graded or cancelled: nothing more comes."""
        return self.state.is_over

    @property
    def may_come_again(self) -> bool:
        """Whether one click hands in the same again: we failed, or it was cancelled."""
        return self.state is SubmissionState.CANCELLED or self.verdict is Verdict.JUDGE_ERROR


class Attempt(Base):
    """One try of ours at grading a submission. `ending` is empty while it runs.

    `worker` and `cause` are for operators. `content_hash` is that of the exercise it was graded
    with. `phases` maps to seconds: `queued` (from handing in to
    this attempt), the grader's phases (`grader.verdict.Report`), `store` (writing it all down).
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL)",
            name="ended_has_ending",
        ),
        CheckConstraint(
            "(verdict IS NOT NULL) = (ending IS NOT NULL AND ending = 'graded')",
            name="graded_has_verdict",
        ),
        Index("ix_attempts_endings", "ending", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey(Submission.id, ondelete="CASCADE"))
    token: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[int]
    worker: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime] = mapped_column(default=utcnow)
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]
    verdict: Mapped[Verdict | None]
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    phases: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)


class TestResultRow(Base):
    """How one test went in one attempt, in the words of `grader.verdict.TestResult`.

    Rows are added as tests end, so their ids tell the order; `position` is the suite's own order.
    """

    __tablename__ = "test_results"
    __table_args__ = (
        UniqueConstraint("attempt_id", "test_id"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("seconds >= 0", name="seconds_not_negative"),
    )
    __test__ = False  # pytest would otherwise take the class for a test case

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"))
    position: Mapped[int]
    test_id: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    points: Mapped[int]
    visible: Mapped[bool]
    outcome: Mapped[Outcome]
    seconds: Mapped[float]
    message: Mapped[str] = mapped_column(Text)
    exchanges: Mapped[list[dict[str, Any]]]
    output: Mapped[str] = mapped_column(Text)

    @property
    def result(self) -> TestResult:
        """The row in the grader's own words."""
        return TestResult(
            id=self.test_id,
            title=self.title,
            points=self.points,
            visible=self.visible,
            outcome=self.outcome,
            seconds=self.seconds,
            message=self.message,
            exchanges=tuple(self.exchanges),
            output=self.output,
        )


class WorkerStatus(Base):
    """A sign of life that a worker renews every two seconds. `detail` is for operators.

    `process` names the worker's process, so that others on the machine can tell it is gone.
    """

    __tablename__ = "worker_status"

    worker: Mapped[str] = mapped_column(String(120), primary_key=True)
    seen_at: Mapped[datetime]
    engine_ok: Mapped[bool]
    process: Mapped[str] = mapped_column(String(200), default="")
    detail: Mapped[str] = mapped_column(Text, default="")
