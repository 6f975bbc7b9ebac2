"""Whose turn it is: the fair order of waiting submissions, as SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Double,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from backyard.submissions.lifecycle import FAR, SubmissionState
from backyard.submissions.models import Submission

NOW: Final[BindParameter[float]] = bindparam("now", type_=Double())
"""The machine's own clock in seconds, to be given when a statement made here is executed."""


def is_free() -> ColumnElement[bool]:
    """Whether a submission may be claimed: it waits, or its worker let the lease run out.

    A moment further ahead than any can be set is of before the machine's last start, when its
    clock began anew: it holds nothing.
    """
    rested = or_(Submission.not_before.is_(None), is_over(Submission.not_before))
    waits = and_(Submission.state == SubmissionState.QUEUED, rested)
    lost = and_(Submission.state == SubmissionState.RUNNING, is_over(Submission.lease_until))
    return or_(waits, lost)


def is_over(moment: SQLColumnExpression[float | None]) -> ColumnElement[bool]:
    """Whether a moment of the machine's own clock has come, or is of before its last start."""
    return or_(moment <= NOW, moment > NOW + FAR)


def _running() -> ScalarSelect[int]:
    other = aliased(Submission)
    return (
        select(func.count())
        .where(
            other.user_id == Submission.user_id,
            other.state == SubmissionState.RUNNING,
            other.lease_until > NOW,
        )
        .scalar_subquery()
    )


def _last_served() -> ScalarSelect[datetime | None]:
    other = aliased(Submission)
    return (
        select(func.max(other.claimed_at))
        .where(other.user_id == Submission.user_id)
        .scalar_subquery()
    )


def _next_free() -> Select[str]:
    return (
        select(Submission.id)
        .where(is_free())
        .order_by(
            _running(),
            _last_served().nulls_first(),
            Submission.created_at,
            Submission.id,
        )
        .limit(1)
    )


NEXT_FREE: Final = _next_free()
"""The id of the submission to claim next, or no row. Takes `now`.

The user with the fewest running comes first, then the one served longest ago, then the oldest
submission: one who hands in twenty delays nobody. Made once, as idle workers ask all the time.
"""


def place_in_line(submission_id: str) -> Select[int]:
    """How many waiting submissions go first, this one included: 1 is next, 0 is not waiting.

    An estimate, as later submissions by others may still overtake: everybody's first comes before
    anybody's second, and what a user has running counts as that user's first.
    """
    queued = Submission.state == SubmissionState.QUEUED
    turn = func.row_number().over(
        partition_by=Submission.user_id, order_by=(queued, Submission.created_at, Submission.id)
    )
    unfinished = Submission.state.in_([SubmissionState.QUEUED, SubmissionState.RUNNING])
    line = (
        select(Submission.id, Submission.created_at, queued.label("queued"), turn.label("turn"))
        .where(unfinished)
        .cte("line")
    )
    me = line.alias("me")
    mine = tuple_(me.c.turn, me.c.created_at, me.c.id)
    theirs = tuple_(line.c.turn, line.c.created_at, line.c.id)
    return (
        select(func.count())
        .select_from(line)
        .join(me, me.c.id == submission_id)
        .where(line.c.queued, me.c.queued, theirs <= mine)
    )
