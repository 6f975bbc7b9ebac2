"""What an exercise is: the data, and the rules that `exercise.toml` must keep.

Pure data: nothing in this module does I/O. `grader.loading` reads the folders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from grader.verdict import Test, Verdict

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
FILE_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*"

FileName = Annotated[str, StringConstraints(pattern=f"^{FILE_NAME}$", max_length=120)]
Word = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=40)]


class Difficulty(StrEnum):
    """How hard, in the learner's eyes."""

    INTRO = "intro"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class SubjectKind(StrEnum):
    """What the learner hands in, and so how the suite reaches it."""

    HTTP = "http"
    SQL = "sql"
    SCHEMA = "schema"


class Isolation(StrEnum):
    """What separates one test's application from the next one's.

    `application`: it is made anew, by its own files and settings, in the process that served the
    test before. `process`: in a new process.
    """

    APPLICATION = "application"
    PROCESS = "process"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Subject(_Strict):
    """`[subject]`: an `http` subject names `app` (`module:factory_or_app`), the others a `file`."""

    kind: SubjectKind
    app: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")] | None = None
    file: FileName | None = None
    isolation: Isolation = Isolation.APPLICATION

    @model_validator(mode="after")
    def _names_its_entry(self) -> Subject:
        wanted, other = ("app", "file") if self.kind is SubjectKind.HTTP else ("file", "app")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise ValueError(f"a subject of kind {self.kind} has `{wanted}` and no `{other}`")
        return self


class Limits(_Strict):
    """`[limits]`: seconds for the whole run, and for each test that sets none by its mark."""

    seconds: Annotated[float, Field(gt=0, le=120)] = 15.0
    test_seconds: Annotated[float, Field(gt=0, le=60)] = 4.0


class WrongSolution(_Strict):
    """`[wrong.NAME]`: exactly the tests that `solutions/wrong/NAME` fails, and its verdict."""

    fails: Annotated[tuple[str, ...], Field(min_length=1)]
    verdict: Verdict = Verdict.FAILED


class Metadata(_Strict):
    """`exercise.toml`, checked. An unknown key is an error."""

    title: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    summary: Annotated[str, StringConstraints(min_length=10, max_length=200)]
    difficulty: Difficulty
    skills: Annotated[tuple[Word, ...], Field(min_length=1)]
    environment: Word
    files: Annotated[tuple[FileName, ...], Field(min_length=1, max_length=20)]
    subject: Subject
    limits: Limits = Limits()
    wrong: Mapping[Word, WrongSolution] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _subject_is_submitted(self) -> Metadata:
        if self.subject.file is not None and self.subject.file not in self.files:
            raise ValueError(f"subject.file {self.subject.file!r} is not one of `files`")
        if len(set(self.files)) != len(self.files):
            raise ValueError("`files` names a file twice")
        return self


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, whole. Texts are UTF-8 decoded; mappings go from file name to text.

    `content_hash` (SHA-256, hex) changes with anything that can change a verdict or a page.
    `suite` holds the files of tests/. `tests` is what the suite must report, no more, no less.
    """

    track: str
    slug: str
    metadata: Metadata
    statement: str
    starter: Mapping[str, str]
    suite: Mapping[str, str]
    tests: tuple[Test, ...]
    hints: tuple[str, ...]
    accepted: Mapping[str, Mapping[str, str]]
    wrong: Mapping[str, Mapping[str, str]]
    content_hash: str

    @property
    def id(self) -> str:
        """`track/slug`, the name that people use."""
        return f"{self.track}/{self.slug}"

    @property
    def max_points(self) -> int:
        """Points of all its tests."""
        return sum(test.points for test in self.tests)
