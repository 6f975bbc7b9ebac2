"""The rules that exercise.toml keeps, and the words for those who break them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.verdict import Verdict
from tests.unit.grader.examples import SUBJECT, exercise, metadata

SQL = {"kind": "sql", "file": "query.sql"}


def refused(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        metadata(**changes)
    return str(caught.value)


def test_limits_have_defaults() -> None:
    assert metadata(limits={}).limits.seconds == 15
    assert metadata(limits={}).limits.test_seconds == 4


def test_a_wrong_solution_is_meant_to_fail_unless_it_says_otherwise() -> None:
    wrong = metadata(wrong={"a": {"fails": ["x"]}, "b": {"fails": ["x"], "verdict": "crashed"}})
    assert wrong.wrong["a"].verdict is Verdict.FAILED
    assert wrong.wrong["b"].verdict is Verdict.CRASHED


@pytest.mark.parametrize(
    "changes",
    [
        {"tilte": "A typo"},
        {"subject": SUBJECT | {"entry": "app:app"}},
        {"limits": {"second": 5}},
        {"wrong": {"lazy": {"fails": ["x"], "verdcit": "failed"}}},
    ],
)
def test_an_unknown_key_is_an_error_wherever_it_stands(changes: dict[str, Any]) -> None:
    assert "Extra inputs are not permitted" in refused(**changes)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (
            {"kind": "http"},
            "`app` or `start` and `port` or `start` and `socket`, not none of these",
        ),
        (SUBJECT | {"file": "app.py"}, "not `app` and `file`"),
        (SUBJECT | {"start": ["./serve"], "port": 8000}, "not `app` and `start` and `port`"),
        ({"kind": "http", "start": ["./serve"]}, "not `start`"),
        ({"kind": "http", "start": [], "port": 8000}, "at least 1 item"),
        ({"kind": "http", "start": ["./serve"], "port": 80}, "greater than or equal to 1024"),
        ({"kind": "http", "start": ["./serve"], "port": 8000, "threads": 2}, "`threads` is for"),
        ({"kind": "sql"}, "a subject of kind sql names `file`, not none of these"),
        ({"kind": "schema", "app": "a:b"}, "a subject of kind schema names `file`, not `app`"),
        ({"kind": "python", "file": "a.py"}, "python names none of these, not `file`"),
        ({"kind": "command", "isolation": "shared"}, '"shared" is for subjects of kind python'),
        (SQL, "subject.file 'query.sql' is not one of `files`"),
        ({"kind": "cobol", "file": "app.py"}, "'http', 'sql', 'schema', 'python' or 'command'"),
        ({"kind": "http", "app": "app.py"}, "String should match pattern"),
        ({"kind": "http", "app": "app:create_app()"}, "String should match pattern"),
    ],
)
def test_a_subject_names_its_entry_and_nothing_else(subject: dict[str, Any], words: str) -> None:
    assert words in refused(subject=subject)


def test_a_subject_of_rows_names_a_file_that_is_handed_in() -> None:
    assert metadata(subject=SQL, files=["query.sql"]).subject.file == "query.sql"


@pytest.mark.parametrize(
    "name",
    ["/app.py", "../app.py", "a/../b.py", "a//b.py", "a/", ".env", "-rf", "a b.py", "a\nb", "ä.py",
     "app.py\n", "", "a\\b.py", "x" * 121, "lib/.hidden"],
)  # fmt: skip
def test_a_files_name_is_plain_and_stays_in_its_folder(name: str) -> None:
    assert "files" in refused(files=[name])


def test_files_may_stand_in_folders() -> None:
    assert metadata(files=["app.py", "lib/models_2.py"]).files == ("app.py", "lib/models_2.py")


def test_there_is_one_file_at_least_and_none_twice() -> None:
    assert "at least 1 item" in refused(files=[])
    assert "names a file twice" in refused(files=["app.py", "app.py"])


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x"},
        {"summary": "short"},
        {"difficulty": "impossible"},
        {"skills": []},
        {"skills": ["Two Words"]},
        {"environment": "../python"},
        {"limits": {"seconds": 0}},
        {"limits": {"seconds": 10_000}},
        {"limits": {"test_seconds": -1}},
        {"wrong": {"Not a slug": {"fails": ["x"]}}},
        {"wrong": {"lazy": {"fails": []}}},
        {"wrong": {"lazy": {"fails": ["x"], "verdict": "beaten"}}},
    ],
)
def test_a_value_that_makes_no_sense_is_refused(changes: dict[str, Any]) -> None:
    assert next(iter(changes)) in refused(**changes)


def test_an_exercise_is_named_by_track_and_slug_and_knows_its_points() -> None:
    assert (exercise().id, exercise().max_points) == ("demo/small", 4)


def test_patterns_of_names_that_may_be_added_are_names_with_stars() -> None:
    patterns = ["*.py", "templates/*.html", "test_*", "*/*", "x.md", "a*b/c"]
    assert metadata(may_add=patterns).wanted.may_add == tuple(patterns)


@pytest.mark.parametrize(
    "pattern",
    ["../*.py", "/*", ".*", "-*", "*/../x", "**", "a*b*c", "*.p?", "[ab].py", "x y*", "", "*\n",
     "x" * 121, "*/", "./*"],
)  # fmt: skip
def test_a_pattern_that_could_lead_elsewhere_is_refused(pattern: str) -> None:
    assert "may_add.0" in refused(may_add=[pattern])


def test_there_are_at_most_eight_patterns() -> None:
    assert "at most 8 items" in refused(may_add=[f"{number}*" for number in range(9)])


def test_where_no_more_fit_none_may_be_added() -> None:
    files = ["app.py", *(f"f{number}.py" for number in range(19))]
    assert "`files` has 20 already" in refused(files=files, may_add=["*.py"])
    assert metadata(files=files[:19], may_add=["*.py"]).may_add


def test_a_pattern_that_is_one_of_the_files_is_refused() -> None:
    files = ["app.py", "more.py"]
    assert "names 'more.py', which is one of `files`" in refused(files=files, may_add=["more.py"])
    assert metadata(files=files, may_add=["mor*.py"]).may_add


def test_tests_that_share_the_learners_process_allow_no_more_files() -> None:
    subject = {"kind": "python", "isolation": "shared"}
    assert "`may_add` is not for isolation" in refused(subject=subject, may_add=["*.py"])
