"""What a learner may hand in, and the sentence for what is refused."""

from __future__ import annotations

import pytest

from grader.names import Wanted
from grader.submission import FILE_LIMIT, TOTAL_LIMIT, InvalidSubmission, check_files

TWO = Wanted(("app.py", "lib/models.py"))
MANY = tuple(f"file{number}.py" for number in range(6))


ONE = Wanted(("app.py",))


def refused(*files: tuple[str, bytes], wanted: Wanted = ONE) -> str:
    with pytest.raises(InvalidSubmission) as caught:
        check_files(wanted, files)
    return str(caught.value)


def test_the_files_are_given_as_texts_in_the_exercises_order() -> None:
    texts = check_files(TWO, [("lib/models.py", b"x = 1\n"), ("app.py", "é".encode())])
    assert list(texts.items()) == [("app.py", "é"), ("lib/models.py", "x = 1\n")]


def test_a_byte_order_mark_is_left_out_at_the_start_alone() -> None:
    data = "\ufeffSELECT '\ufeff'".encode()
    assert check_files(Wanted(("query.sql",)), [("query.sql", data)]) == {
        "query.sql": "SELECT '\ufeff'"
    }


def test_an_empty_file_is_a_file() -> None:
    assert check_files(ONE, [("app.py", b"")]) == {"app.py": ""}


def test_line_ends_become_ours() -> None:
    assert check_files(ONE, [("app.py", b"a\r\nb\rc\n")]) == {"app.py": "a\nb\nc\n"}


@pytest.mark.parametrize(
    "name",
    ["other.py", "APP.PY", "app.py ", "./app.py", "../app.py", "/app.py", "/etc/passwd", "", "a\\b",
     "lib/../app.py", "conftest.py"],
)  # fmt: skip
def test_a_name_that_is_not_the_exercises_is_refused(name: str) -> None:
    said = refused(("app.py", b""), (name, b""))
    assert said == f"{name!r} is not a file of this exercise. It takes: app.py."


def test_a_name_with_a_nul_is_refused_and_spelled_out() -> None:
    said = refused(("app.py\x00.txt", b""))
    assert "\x00" not in said
    assert "x00.txt' is not a file of this exercise." in said


def test_a_name_that_plays_with_the_reader_is_spelled_out() -> None:
    said = refused(("\u202eyp.ppa\x1b[2J", b""))
    assert said.isascii()
    assert "\x1b" not in said


def test_a_long_name_is_told_in_part() -> None:
    assert len(refused(("x" * 100_000, b""))) < 200


def test_a_name_twice_is_refused() -> None:
    said = refused(("app.py", b"one"), ("app.py", b"two"))
    assert said == "The file app.py was sent twice. Send each file once."


def test_a_missing_file_is_named() -> None:
    said = refused(("app.py", b""), wanted=TWO)
    assert said == "Missing: lib/models.py. Send every file of the exercise."


def test_no_file_at_all_is_refused() -> None:
    assert refused().startswith("Missing: app.py.")


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert len(check_files(ONE, [("app.py", b"x" * FILE_LIMIT)])["app.py"]) == FILE_LIMIT
    said = refused(("app.py", b"x" * (FILE_LIMIT + 1)))
    assert said == "app.py has 262,145 bytes; at most 262,144 are allowed."


def test_bytes_are_counted_and_not_characters() -> None:
    assert "at most" in refused(("app.py", "é".encode() * FILE_LIMIT))


def test_all_files_together_have_a_limit() -> None:
    four = [(name, b"x" * FILE_LIMIT) for name in MANY[:4]]
    assert len(check_files(Wanted(MANY[:4]), four)) == 4
    said = refused(*four, (MANY[4], b"x"), wanted=Wanted(MANY[:5]))
    assert said == f"The files have 1,048,577 bytes together; at most {TOTAL_LIMIT:,} are allowed."


@pytest.mark.parametrize(
    "data", [b"\xff", b"abc\xfe\xffdef", "grün".encode("latin-1"), b"\xed\xa0\x80", b"\xc0\x80"]
)
def test_what_is_not_utf_8_is_refused(data: bytes) -> None:
    said = refused(("app.py", data))
    assert said.startswith("app.py is not UTF-8 text (byte ")
    assert said.endswith("Save it as UTF-8 and send it again.")


def test_utf_16_is_refused() -> None:
    assert "not UTF-8" in refused(("app.py", "x = 1".encode("utf-16")))


def test_a_nul_inside_a_file_is_refused() -> None:
    said = refused(("app.py", b"x = 1\x00"))
    assert said == "app.py holds a NUL character. Send it as plain text."


def test_a_file_too_many_is_refused_before_its_content_is_looked_at() -> None:
    assert "not a file of this exercise" in refused(("other.py", b"\xff" * 10_000_000))


def test_what_was_added_comes_after_the_exercises_own_files() -> None:
    wanted = Wanted(("app.py",), ("*.py",))
    texts = check_files(wanted, [("z.py", b"z"), ("app.py", b"a"), ("b.py", b"b")])
    assert list(texts.items()) == [("app.py", "a"), ("z.py", "z"), ("b.py", "b")]


def test_files_that_were_added_count_for_the_limits() -> None:
    wanted = Wanted(("app.py",), ("*.py",))
    sent = [("app.py", b""), *((name, b"x" * FILE_LIMIT) for name in MANY[:5])]
    assert "bytes together" in refused(*sent, wanted=wanted)
    assert "at most 262,144" in refused(("x.py", b"x" * (FILE_LIMIT + 1)), wanted=wanted)
    assert "was sent twice" in refused(("x.py", b""), ("x.py", b""), wanted=wanted)


def test_a_hundred_thousand_names_are_counted_and_not_looked_at() -> None:
    wanted = Wanted(("app.py",), ("*.py",))
    sent = [(f"{number}.py", b"\xff") for number in range(100_000)]
    assert refused(*sent, wanted=wanted) == "These are 100,000 files; at most 20 are allowed."
