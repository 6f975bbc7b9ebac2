"""From frames to a report: what is a pass, and all that never is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from grader.judging import JudgeError, Transcript
from grader.verdict import Outcome, Report, Verdict
from sandbox.protocol import Frame
from tests.unit.grader.examples import (
    FIRST,
    PASSES,
    SECOND,
    TESTS,
    collected,
    end,
    exercise,
    told,
)


def judged(frames: Iterable[Frame]) -> Report:
    transcript = Transcript(exercise())
    for frame in frames:
        transcript.add(frame)
    return transcript.report({"tests": 0.5})


def judge_error(frames: Iterable[Frame]) -> str:
    with pytest.raises(JudgeError) as caught:
        judged(frames)
    return str(caught.value)


def both(first: str, second: str, **changes: Any) -> list[Frame]:
    return [collected(), told(FIRST, first, **changes), told(SECOND, second, **changes), end()]


def test_all_tests_passed_is_a_pass() -> None:
    report = judged(PASSES)
    assert (report.verdict, report.score, report.message) == (Verdict.PASSED, 100, "")
    assert (report.exercise, report.content_hash) == ("demo/small", "c" * 64)
    assert report.phases == {"tests": 0.5, "subject": 0.0}


def test_tests_may_come_in_any_order_and_are_told_in_the_exercises() -> None:
    report = judged([collected(reversed(TESTS)), told(SECOND), told(FIRST), end()])
    assert report.verdict is Verdict.PASSED
    assert [test.id for test in report.tests] == [FIRST, SECOND]


def test_title_points_and_visibility_are_the_exercises_not_the_suites() -> None:
    lies: dict[str, Any] = {"title": "Free points", "points": 1000, "visible": True}
    report = judged([collected(), told(FIRST, **lies), told(SECOND, **lies), end()])
    assert [(t.title, t.points, t.visible) for t in report.tests] == [
        ("The first.", 1, True),
        ("The second.", 3, False),
    ]


@pytest.mark.parametrize("outcome", ["failed", "error", "skipped"])
def test_whatever_is_not_passed_fails(outcome: str) -> None:
    report = judged(both("passed", outcome))
    assert (report.verdict, report.score) == (Verdict.FAILED, 25)
    assert report.tests[1].outcome is Outcome(outcome)


def test_a_missing_test_is_never_a_pass() -> None:
    assert f"never reported {SECOND}" in judge_error([collected(), told(FIRST), end()])


def test_an_unknown_test_is_a_judge_error() -> None:
    said = judge_error([*PASSES[:-1], told("test_it.py::test_forged"), end()])
    assert "'test_it.py::test_forged', which is none of its tests" in said


@pytest.mark.parametrize("first", ["passed", "failed"])
@pytest.mark.parametrize("second", ["passed", "failed"])
def test_a_test_told_twice_is_a_judge_error(first: str, second: str) -> None:
    assert "twice" in judge_error([collected(), told(FIRST, first), told(FIRST, second)])


@pytest.mark.parametrize("kept", range(len(PASSES)))
def test_without_an_end_there_is_no_verdict(kept: int) -> None:
    transcript = Transcript(exercise())
    for frame in PASSES[:kept]:
        transcript.add(frame)
    assert not transcript.complete
    with pytest.raises(JudgeError, match="has no end"):
        transcript.report({})


def test_an_end_alone_is_never_a_pass() -> None:
    assert "never reported" in judge_error([end()])


@pytest.mark.parametrize(
    "tests",
    [(), TESTS[:1], (*TESTS, TESTS[0])],
    ids=["none", "too few", "one twice"],
)
def test_a_suite_that_collects_other_tests_is_a_judge_error(tests: tuple[Any, ...]) -> None:
    said = judge_error([collected(tests), *PASSES[1:]])
    assert f"collected other tests than were checked: {len(tests)}, not 2" in said
    assert "backyard check demo/small" in said


def test_a_broken_suite_is_a_judge_error() -> None:
    broken = {"type": "broken", "message": "SyntaxError in test_it.py"}
    assert "SyntaxError in test_it.py" in judge_error([broken, end("suite_failed")])
    assert "SyntaxError in test_it.py" in judge_error([*PASSES[:-1], broken, end()])


def test_a_frame_of_unknown_type_is_a_judge_error() -> None:
    assert "unknown type 'verdict'" in judge_error([{"type": "verdict", "verdict": "passed"}])


@pytest.mark.parametrize("reason", ["suite_failed", "", "passed", "Finished"])
def test_an_end_for_any_other_reason_is_a_judge_error(reason: str) -> None:
    said = judge_error([*PASSES[:-1], end(reason, "its words")])
    assert f"ended as {reason!r}: its words" in said


@pytest.mark.parametrize(
    ("reason", "verdict", "words"),
    [
        ("timeout", Verdict.TIMEOUT, "stopped after 5 s"),
        ("out_of_memory", Verdict.OUT_OF_MEMORY, "more memory"),
        ("output_limit", Verdict.OUTPUT_LIMIT, "printed more than 1 MiB"),
    ],
)
@pytest.mark.parametrize("kept", range(len(PASSES)))
def test_a_limit_has_a_verdict_of_its_own_whatever_passed_before(
    reason: str, verdict: Verdict, words: str, kept: int
) -> None:
    report = judged([*PASSES[:kept], end(reason)])
    assert report.verdict is verdict
    assert words in report.message


def test_tests_that_never_ran_are_told_as_such() -> None:
    report = judged([collected(), told(FIRST), end("timeout")])
    assert [test.outcome for test in report.tests] == [Outcome.PASSED, Outcome.NOT_RUN]
    assert (report.points, report.max_points) == (1, 4)


def test_all_that_did_not_pass_timed_out_is_a_timeout() -> None:
    frames = [collected(), told(FIRST), told(SECOND, "failed", timed_out=True), end()]
    assert judged(frames).verdict is Verdict.TIMEOUT


def test_a_timeout_beside_another_failure_is_a_failure() -> None:
    frames = [collected(), told(FIRST, "failed"), told(SECOND, "failed", timed_out=True), end()]
    assert judged(frames).verdict is Verdict.FAILED


def test_a_passed_test_that_says_it_timed_out_makes_no_timeout() -> None:
    assert judged(both("passed", "passed", timed_out=True)).verdict is Verdict.PASSED


def test_a_subject_that_never_came_up_is_crashed_with_its_own_words() -> None:
    frames = [
        collected(),
        {"type": "crashed", "message": "ImportError: \x1b[31mred"},
        told(FIRST, "error"),
        end(),
    ]
    report = judged(frames)
    assert report.verdict is Verdict.CRASHED
    assert report.message == "ImportError: \\x1b[31mred"
    assert report.score == 0


def test_a_crash_is_never_a_pass_even_if_every_test_passed() -> None:
    assert judged([*PASSES[:-1], {"type": "crashed", "message": "x"}, end()]).verdict is (
        Verdict.CRASHED
    )


def test_a_limit_counts_before_a_crash() -> None:
    frames = [collected(), {"type": "crashed", "message": "x"}, end("out_of_memory")]
    assert judged(frames).verdict is Verdict.OUT_OF_MEMORY


def test_an_exercise_without_tests_is_never_passed() -> None:
    transcript = Transcript(exercise(tests=()))
    for frame in (collected(()), end()):
        transcript.add(frame)
    report = transcript.report({})
    assert (report.verdict, report.score) == (Verdict.FAILED, 0)


def test_what_a_test_says_is_cleaned() -> None:
    exchange = {"kind": "sql", "rows": [["\x1b[2J", None]], "row_count": 1}
    frame = told(FIRST, message="a\x00b", output="\u202eevil", exchanges=[exchange])
    result = Transcript(exercise()).add(frame)
    assert result is not None
    assert (result.message, result.output) == ("a\\x00b", "\\u202eevil")
    assert result.exchanges == ({"kind": "sql", "rows": [["\\x1b[2J", None]], "row_count": 1},)


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "test"},
        {"type": "test", "id": FIRST},
        told(FIRST, "triumphant"),
        told(FIRST, seconds="soon"),
        told(FIRST, exchanges=None),
        {"type": "collected"},
        {"type": "collected", "tests": [{}]},
        {"type": "crashed"},
        {"type": "broken"},
    ],
    ids=lambda frame: "-".join(map(str, frame))[:30],
)
def test_a_frame_of_the_wrong_shape_is_a_judge_error(frame: Frame) -> None:
    judge_error([frame])


def test_an_end_without_a_reason_is_a_judge_error() -> None:
    judge_error([*PASSES[:-1], {"type": "end"}])


def test_waiting_for_the_subject_is_added_up() -> None:
    frames = [collected(), told(FIRST, subject_seconds=0.25), told(SECOND, subject_seconds=0.5)]
    assert judged([*frames, end()]).phases["subject"] == 0.75
