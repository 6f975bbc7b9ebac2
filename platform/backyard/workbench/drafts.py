"""Keeping what stands in a learner's editor, without one tab writing over what another saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import db, utcnow
from backyard.workbench.models import Draft
from grader.submission import InvalidSubmission, check_files

UNREADABLE: Final = (
    "This is no draft: it takes JSON with the revision that it comes after as `base`, and every "
    "file's text by name as `files`."
)


class Sent(BaseModel):
    """A draft as a browser sends it; `base` is the revision that it knows, 0 for none."""

    model_config = ConfigDict(strict=True, extra="forbid")

    base: Annotated[int, Field(ge=0, le=2**31 - 1)]
    files: dict[str, str]


class Overtaken(Exception):
    """Another tab or machine has saved meanwhile. `draft` is what it saved; None where nothing is
    kept any more, as after a restored backup."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__("This exercise was changed in another tab or on another machine.")
        self.draft = draft


def read(body: object) -> Sent:
    """The draft in a request's JSON. Raises InvalidSubmission, with a sentence."""
    try:
        return Sent.model_validate(body)
    except ValidationError:
        raise InvalidSubmission(UNREADABLE) from None


def draft_of(user: User, exercise: ExerciseRow) -> Draft | None:
    """What is kept of the learner's work on this exercise."""
    return db.session.get(Draft, (user.id, exercise.id), populate_existing=True)


def save(user: User, exercise: ExerciseRow, sent: Sent) -> int:
    """Keep a draft, commit, and return its revision: one above the base.

    Raises Overtaken where the base is not what is kept now, and grader.submission.InvalidSubmission
    for files that could not be handed in. Then nothing is changed.
    """
    encoded = [(name, _encoded(text)) for name, text in sent.files.items()]
    texts = dict(check_files(exercise.wanted, encoded))
    begins = sent.base == 0
    kept = (_insert if begins else _update)(user, exercise, texts, sent.base)
    if not kept:
        raise Overtaken(draft_of(user, exercise))
    return sent.base + 1


def _encoded(text: str) -> bytes:
    """Half a character, which JSON can hold, becomes bytes that the check refuses as no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def _insert(user: User, exercise: ExerciseRow, texts: Mapping[str, str], base: int) -> bool:
    db.session.add(Draft(user_id=user.id, exercise_id=exercise.id, files=dict(texts)))
    try:
        db.session.commit()
    except IntegrityError:  # there is one already
        db.session.rollback()
        return False
    return True


def _update(user: User, exercise: ExerciseRow, texts: Mapping[str, str], base: int) -> bool:
    """One statement, so that of two saves at the same time only one finds its base."""
    mine = (Draft.user_id == user.id, Draft.exercise_id == exercise.id)
    statement = (
        update(Draft)
        .where(*mine, Draft.revision == base)
        .values(files=dict(texts), revision=base + 1, updated_at=utcnow())
        .execution_options(synchronize_session=False)
    )
    done = cast("CursorResult[Any]", db.session.execute(statement)).rowcount == 1
    db.session.commit()
    return done
