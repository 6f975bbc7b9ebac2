"""What stands in the editor when a learner opens an exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from sqlalchemy import select

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.models import Submission

LANGUAGES: Final[Mapping[str, str]] = {
    ".css": "css",
    ".html": "html",
    ".js": "javascript",
    ".json": "json",
    ".md": "markdown",
    ".py": "python",
    ".sql": "sql",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
}


@dataclass(frozen=True, slots=True)
class EditorFile:
    """One file in the editor: its text now, and the one that Reset brings back."""

    name: str
    text: str
    language: str
    starter: str


def last_submission(user: User, row: ExerciseRow) -> Submission | None:
    """What the learner handed in, or ran, last for this exercise."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.user_id == user.id, Submission.exercise_id == row.id)
        .order_by(Submission.created_at.desc())
        .limit(1)
    )


def editor_files(row: ExerciseRow, texts: Mapping[str, str]) -> tuple[EditorFile, ...]:
    """The exercise's files with these texts by name; where there is none, the starter's."""
    return tuple(
        EditorFile(
            name=name,
            text=texts.get(name, row.starter.get(name, "")),
            language=LANGUAGES.get(PurePosixPath(name).suffix, "text"),
            starter=row.starter.get(name, ""),
        )
        for name in row.files
    )
