"""The corpus: hostile submissions, one folder each. README.md says what is in a folder."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from grader.exercise import Exercise, Limits
from grader.loading import load_exercise
from grader.verdict import Verdict
from tests.redteam.probes import PROBES

CORPUS: Final = Path(__file__).parent / "corpus"
EXERCISES: Final = Path(__file__).resolve().parents[2] / "exercises"
DESCRIPTION: Final = "attack.toml"


class Description(BaseModel):
    """`attack.toml`, checked. An unknown key is an error.

    `shows` are words that the learner must read of the run: they prove that it really tried.
    `send` lists (name, file) or (name, file, times) where other names than the files' own are
    handed in, or a file's text many times over. `slow` ones take 2 s or more; after a `bomb` an
    honest submission is graded at once. `hole` says why the attack succeeds today.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    tries: str = Field(min_length=20)
    holds: str = Field(min_length=20)
    exercise: str
    verdicts: tuple[Verdict, ...] = Field(min_length=1)
    shows: tuple[str, ...] = ()
    limits: Limits | None = None
    send: tuple[tuple[str, str] | tuple[str, str, int], ...] = ()
    slow: bool = False
    bomb: bool = False
    hole: str | None = None

    @field_validator("verdicts")
    @classmethod
    def _is_no_success(cls, verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
        if {Verdict.PASSED, Verdict.JUDGE_ERROR} & set(verdicts):
            raise ValueError("an attack neither passes nor makes the judge fail")
        return verdicts


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack. `files` are what is handed in: pairs of a name and its bytes."""

    name: str
    description: Description
    files: tuple[tuple[str, bytes], ...]

    def exercise(self) -> Exercise:
        """Return the exercise that is attacked; a probe has new secrets each time."""
        name = self.description.exercise
        exercise = PROBES[name]() if name in PROBES else load_exercise(EXERCISES / name)
        if self.description.limits is None:
            return exercise
        limits = {"limits": self.description.limits}
        return replace(exercise, metadata=exercise.metadata.model_copy(update=limits))


def load_corpus(root: Path = CORPUS) -> list[Attack]:
    """Return every attack below `root`, sorted by name: `kind/name`.

    Raises pydantic.ValidationError for a description that is not right.
    """
    return [_load(path.parent, root) for path in sorted(root.glob(f"*/*/{DESCRIPTION}"))]


def _load(folder: Path, root: Path) -> Attack:
    raw: dict[str, Any] = tomllib.loads((folder / DESCRIPTION).read_text())
    description = Description.model_validate(raw)
    names = sorted(path.name for path in folder.iterdir() if path.name != DESCRIPTION)
    send = description.send or tuple((name, name) for name in names)
    files = tuple(
        (name, (folder / file).read_bytes() * (times[0] if times else 1))
        for name, file, *times in send
    )
    return Attack(folder.relative_to(root).as_posix(), description, files)
