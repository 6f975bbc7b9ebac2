"""What an exercise is: the data, and the rules that `exercise.toml` must keep.

Pure data: nothing in this module does I/O. `grader.loading` reads the folders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from grader.names import FILE_NAME, LONGEST, MOST_FILES, MOST_PATTERNS, PATTERN, Wanted
from grader.verdict import Test, Verdict

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

FileName = Annotated[str, StringConstraints(pattern=f"^{FILE_NAME}$", max_length=LONGEST)]
NamePattern = Annotated[str, StringConstraints(pattern=f"^{PATTERN}$", max_length=LONGEST)]
Word = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=40)]
ExerciseId = Annotated[str, StringConstraints(pattern=f"^{SLUG}/{SLUG}$", max_length=121)]


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
    PYTHON = "python"
    COMMAND = "command"


class Isolation(StrEnum):
    """What separates one test's application from the next one's.

    `application`: it is made anew, by its own files and settings, in the process that served the
    test before. `process`: in a new process. `shared`: tests run in the learner's own process, as
    those do that import the learner's module; such a verdict can be forged, and instructors are
    told.
    """

    APPLICATION = "application"
    PROCESS = "process"
    SHARED = "shared"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Subject(_Strict):
    """`[subject]`: how the suite reaches what the learner hands in.

    An `http` subject names `app`, or `start` with `port` or `socket`. `sql` and `schema` name a
    `file`, `python` and `command` nothing: their tests do.
    """

    kind: SubjectKind
    """What the learner hands in, and so how the suite reaches it."""
    app: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")] | None = None
    """Module and factory, or module and application: WSGI's or ASGI's."""
    start: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """A command, in whatever language, that serves on `port` or `socket`."""
    port: Annotated[int, Field(ge=1024, le=65535)] | None = None
    """Of 127.0.0.1, in an environment with the loopback."""
    socket: FileName | None = None
    """The path of a Unix socket below the learner's folder."""
    file: FileName | None = None
    """The file that is run."""
    threads: Annotated[int, Field(ge=1, le=32)] = 1
    """How many requests an `app` answers at once. More than one is for races."""
    isolation: Isolation = Isolation.APPLICATION
    """What separates one test's application from the next one's."""

    @model_validator(mode="after")
    def _names_its_entry(self) -> Subject:
        named = {name for name in _ENTRIES if getattr(self, name) is not None}
        if named not in _ENTRIES_OF[self.kind]:
            ways = " or ".join(_words(way) for way in _ENTRIES_OF[self.kind])
            raise ValueError(f"a subject of kind {self.kind} names {ways}, not {_words(named)}")
        if self.threads > 1 and self.app is None:
            raise ValueError("`threads` is for subjects with `app`")
        if self.isolation is Isolation.SHARED and self.kind is not SubjectKind.PYTHON:
            raise ValueError('isolation "shared" is for subjects of kind python')
        return self


_ENTRIES: Final = ("app", "start", "port", "socket", "file")
_ENTRIES_OF: Final[Mapping[SubjectKind, tuple[set[str], ...]]] = {
    SubjectKind.HTTP: ({"app"}, {"start", "port"}, {"start", "socket"}),
    SubjectKind.SQL: ({"file"},),
    SubjectKind.SCHEMA: ({"file"},),
    SubjectKind.PYTHON: (set(),),
    SubjectKind.COMMAND: (set(),),
}


def _words(names: set[str]) -> str:
    return " and ".join(f"`{name}`" for name in _ENTRIES if name in names) or "none of these"


class Limits(_Strict):
    """`[limits]`: seconds for the whole run, and for each test that sets none by its mark."""

    seconds: Annotated[float, Field(gt=0, le=120)] = 15.0
    """For the whole run."""
    test_seconds: Annotated[float, Field(gt=0, le=60)] = 4.0
    """For each test that has no mark of its own."""


class WrongSolution(_Strict):
    """`[wrong.NAME]`: exactly the tests that `solutions/wrong/NAME` fails, and its verdict."""

    fails: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of tests, such as `test_create.py::test_it_answers_201`."""
    verdict: Verdict = Verdict.FAILED
    """What it is judged as a whole."""


class Equivalent(_Strict):
    """`[[equivalent]]`: a change of an accepted solution that no test can notice, and why."""

    change: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    """The changed line as `backyard check --mutants` prints it, after its `+`, or after its `-`
    where the change only takes lines away."""
    reason: Annotated[str, StringConstraints(min_length=10, max_length=400)]
    """Why no test can notice it."""


class Metadata(_Strict):
    """`exercise.toml`, checked. An unknown key is an error."""

    title: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    """What the exercise is called."""
    summary: Annotated[str, StringConstraints(min_length=10, max_length=200)]
    """One sentence for the catalogue."""
    difficulty: Difficulty
    """How hard, in the learner's eyes."""
    skills: Annotated[tuple[Word, ...], Field(min_length=1)]
    """What it trains: lower-case words, joined by hyphens."""
    after: Annotated[tuple[ExerciseId, ...], Field(max_length=8)] = ()
    """Exercises of the same folder, as `track/slug`, that should come before this one. It is advice
    for learners: they may begin with any."""
    environment: Word
    """A folder below sandbox/images, such as `python` or `postgres`."""
    files: Annotated[tuple[FileName, ...], Field(min_length=1, max_length=MOST_FILES)]
    """What the learner hands in, in the order of the editor's tabs."""
    may_add: Annotated[tuple[NamePattern, ...], Field(max_length=MOST_PATTERNS)] = ()
    """Names of further files that learners may hand in, such as `*.py` or `templates/*.html`: `*`
    stands for any characters but `/`, once in each part. With `files` they may be 20."""
    subject: Subject
    """How the suite reaches it."""
    limits: Limits = Limits()
    """How long a run may take."""
    points: Annotated[int, Field(gt=0)] | None = None
    """What all tests together are worth, where it is to be held to that."""
    equivalent: tuple[Equivalent, ...] = ()
    """Changes of an accepted solution that no test can notice."""
    wrong: Mapping[Word, WrongSolution] = Field(default_factory=dict)
    """What each folder below solutions/wrong/ fails."""

    @model_validator(mode="after")
    def _subject_is_submitted(self) -> Metadata:
        if self.subject.file is not None and self.subject.file not in self.files:
            raise ValueError(f"subject.file {self.subject.file!r} is not one of `files`")
        if len(set(self.files)) != len(self.files):
            raise ValueError("`files` names a file twice")
        if len(set(self.after)) != len(self.after):
            raise ValueError("`after` names an exercise twice")
        return self

    @model_validator(mode="after")
    def _more_may_be_added(self) -> Metadata:
        if self.may_add and self.subject.isolation is Isolation.SHARED:
            raise ValueError('`may_add` is not for isolation "shared": it would read a conftest.py')
        if self.may_add and len(self.files) >= MOST_FILES:
            raise ValueError(f"`may_add` allows nothing: `files` has {MOST_FILES} already")
        for pattern in self.may_add:
            if pattern in self.files:
                raise ValueError(f"`may_add` names {pattern!r}, which is one of `files`")
        return self

    @property
    def wanted(self) -> Wanted:
        """The names that a submission may have."""
        return Wanted(self.files, self.may_add)


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
