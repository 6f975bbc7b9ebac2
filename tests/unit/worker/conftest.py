"""A queue in memory, an exercise without files, and graders that do as the test says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from backyard.queue.interface import Claim
from backyard.queue.memory import Entry, MemoryQueue
from backyard.submissions.lifecycle import Kind
from backyard.worker.grading import Grading
from grader.exercise import Difficulty, Exercise, Metadata, Subject, SubjectKind
from grader.frames import Way
from grader.grading import Watcher
from grader.verdict import Outcome, Report, Test, TestResult, Verdict
from tests.unit.queue.conftest import Clock

TESTS = (Test("test_a", "It adds"), Test("test_b", "It lists"))
FILES = {"app.py": "def create_app(): ..."}


def an_exercise() -> Exercise:
    """An exercise with two tests."""
    metadata = Metadata(
        title="Books",
        summary="Keep books over HTTP.",
        difficulty=Difficulty.INTRO,
        skills=("http",),
        environment="python",
        files=("app.py",),
        subject=Subject(kind=SubjectKind.HTTP, app="app:create_app"),
    )
    return Exercise(
        track="flask",
        slug="books-crud",
        metadata=metadata,
        statement="",
        starter=FILES,
        suite={},
        tests=TESTS,
        hints=(),
        accepted={},
        wrong={},
        content_hash="c" * 64,
    )


def results(outcome: Outcome = Outcome.PASSED) -> tuple[TestResult, ...]:
    """A result of each test."""
    return tuple(TestResult(test.id, test.title, test.points, False, outcome) for test in TESTS)


def passes(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
    """A grader that lets everything pass."""
    watcher.phase("tests")
    for result in results():
        watcher.test(result)
    return Report(exercise.id, exercise.content_hash, Verdict.PASSED, results())


def fails_us(exercise: Exercise, files: Mapping[str, str], watcher: Watcher) -> Report:
    """A grader whose sandbox breaks every time."""
    tests = results(Outcome.NOT_RUN)
    return Report(exercise.id, exercise.content_hash, Verdict.JUDGE_ERROR, tests, "it broke")


@dataclass
class Bench:
    """A worker's parts around a queue in memory; tests replace what they are about."""

    clock: Clock
    queue: MemoryQueue
    grade: Callable[[Exercise, Mapping[str, str], Watcher], Report] = passes
    find: Callable[[str, str], Exercise] = field(default=lambda *wanted: an_exercise())
    engine_is_there: bool = True
    ways: list[Way] = field(default_factory=list)

    def hand_in(self, kind: Kind = Kind.SUBMIT) -> Entry:
        """A submission."""
        return self.queue.entries[self.queue.put(1, "flask/books-crud", FILES, kind=kind)]

    def claim(self) -> Claim:
        """The next claim, which must be there."""
        claim = self.queue.claim("worker")
        assert claim is not None
        return claim

    @property
    def grading(self) -> Grading:
        """The part under test."""
        return Grading(self.queue, self.find, self._grade, lambda: self.engine_is_there)

    def _grade(
        self, exercise: Exercise, files: Mapping[str, str], watcher: Watcher, way: Way
    ) -> Report:
        self.ways.append(way)
        return self.grade(exercise, files, watcher)


@pytest.fixture
def bench() -> Bench:
    """Everything works."""
    clock = Clock()
    return Bench(clock, MemoryQueue(clock, clock.ticks))
