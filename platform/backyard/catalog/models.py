"""The tables of exercises, of their versions, and of where learners stand with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, defer, mapped_column

from backyard.accounts.models import User
from backyard.db import Base, utcnow
from grader.exercise import Difficulty
from grader.names import Wanted

SITE: Final = "site"
"""The source that is the site's own folder of exercises."""


class ExerciseRow(Base):
    """One exercise as the web application knows it. Rows are never deleted.

    All of it is copied from the version with the same `content_hash`, which is empty before the
    first is published. `files` are the names that a submission must have, in order; `starter`
    their first texts; `may_add` patterns of names that it may have besides. `tests` are mappings
    with the fields of `grader.verdict.Test`, in the suite's order. `after` are the ids of exercises
    that should come before it; some may be retired by now. `hints` and `statement` are Markdown.
    `position` orders a track. `source` is where it was first published from: `SITE`, a folder's
    path or a repository's address.
    `forge_proof` is False where tests run in the learner's own process.
    `kind` is the word of `grader.exercise.SubjectKind`, empty before the first version.
    `retired` says that it is not there any more. `broken_reason` is why the last try to publish it
    failed; learners go on with the version before.
    """

    __tablename__ = "exercises"
    __table_args__ = (
        CheckConstraint("id = track || '/' || slug", name="id_is_track_and_slug"),
        CheckConstraint("points >= 0", name="points_not_negative"),
    )

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    track: Mapped[str] = mapped_column(String(60))
    slug: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(String(200), default="")
    difficulty: Mapped[Difficulty] = mapped_column(default=Difficulty.INTRO)
    skills: Mapped[list[str]] = mapped_column(default=list)
    after: Mapped[list[str]] = mapped_column(default=list)
    points: Mapped[int] = mapped_column(default=0)
    statement: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[str]] = mapped_column(default=list)
    may_add: Mapped[list[str]] = mapped_column(default=list)
    starter: Mapped[dict[str, str]] = mapped_column(default=dict)
    hints: Mapped[list[str]] = mapped_column(default=list)
    tests: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(Text, default=SITE)
    broken_reason: Mapped[str | None] = mapped_column(Text)
    retired: Mapped[bool] = mapped_column(default=False)
    forge_proof: Mapped[bool] = mapped_column(default=True)

    @property
    def wanted(self) -> Wanted:
        """The names that a submission may have."""
        return Wanted(tuple(self.files), tuple(self.may_add))

    @property
    def has_visible_tests(self) -> bool:
        """Whether there is something that learners can run before they hand in."""
        return any(test["visible"] for test in self.tests)

    @property
    def is_published(self) -> bool:
        """Whether there is a version of it."""
        return self.content_hash != ""

    @property
    def is_open(self) -> bool:
        """Whether learners can work on it."""
        return self.is_published and not self.retired


class ExerciseVersion(Base):
    """An exercise as it was published once: all its files by name, its list of tests among them.

    Rows are never deleted, and submissions find theirs by `content_hash`. `source_commit` is git's,
    empty for a folder. `published_by` is empty where it was done on the command line.
    """

    __tablename__ = "exercise_versions"
    __table_args__ = (
        UniqueConstraint("exercise_id", "content_hash"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("length(content_hash) = 64", name="content_hash_length"),
        CheckConstraint("source <> ''", name="source_is_named"),
    )

    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str]]
    source: Mapped[str] = mapped_column(Text)
    source_commit: Mapped[str] = mapped_column(String(64), default="")
    published_by: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    published_at: Mapped[datetime] = mapped_column(default=utcnow)


WITHOUT_TEXTS: Final = tuple(
    defer(column)
    for column in (ExerciseRow.statement, ExerciseRow.starter, ExerciseRow.hints, ExerciseRow.tests)
)
"""Options of a query for lists of exercises: they show none of what is long."""


class Progress(Base):
    """A learner's best on one exercise; each verdict updates it in its own transaction.

    Best is most points. `reached_at` is when the first submission that reached it was handed in,
    `passed_at` the same of the first that passed.
    """

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint("points BETWEEN 0 AND max_points", name="points_in_range"),
        CheckConstraint("best_score BETWEEN 0 AND 100", name="best_score_in_range"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id), primary_key=True)
    best_score: Mapped[int]
    points: Mapped[int]
    max_points: Mapped[int]
    reached_at: Mapped[datetime]
    passed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
