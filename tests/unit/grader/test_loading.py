"""Exercises read from folders, and what is said of a folder that is none."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from grader.loading import (
    LOCK,
    SIZE_LIMIT,
    BrokenExercise,
    exercise_folders,
    load_exercise,
    load_unlocked,
    write_lock,
)
from grader.verdict import Test
from tests.unit.grader.examples import FIRST, FOLDER, SECOND, SUITE, TESTS, TOML, in_folder

Changes = dict[str, str | None]


def locked(root: Path, changes: Changes | None = None, tests: tuple[Test, ...] = TESTS) -> Path:
    """An exercise's folder with the list that the gate would write."""
    folder = in_folder(root, changes)
    write_lock(folder, replace(load_unlocked(folder), tests=tests))
    return folder


def broken(folder: Path) -> str:
    with pytest.raises(BrokenExercise) as caught:
        load_exercise(folder)
    return str(caught.value)


def test_a_whole_folder_is_an_exercise(tmp_path: Path) -> None:
    exercise = load_exercise(locked(tmp_path))
    assert (exercise.id, exercise.metadata.title) == ("demo/small", "An exercise")
    assert exercise.statement == "# An exercise\n"
    assert exercise.starter == {"app.py": "# start here\n"}
    assert exercise.suite == {"test_it.py": SUITE}
    assert exercise.hints == ("Think.\n", "Think again.\n")
    assert exercise.accepted == {"reference": {"app.py": "# right\n"}}
    assert exercise.wrong == {"lazy": {"app.py": "# lazy\n"}}
    assert [(t.id, t.title, t.points, t.visible) for t in exercise.tests] == [
        (FIRST, "The first.", 1, True),
        (SECOND, "The second.", 3, False),
    ]


def test_visible_tests_carry_their_own_source_and_hidden_ones_none(tmp_path: Path) -> None:
    visible, hidden = load_exercise(locked(tmp_path)).tests
    assert visible.source is not None
    assert visible.source.startswith("def test_first(client):")
    assert "test_second" not in visible.source
    assert hidden.source is None


def test_a_visible_test_of_a_class_or_with_parameters_is_found(tmp_path: Path) -> None:
    suite = "class TestIt:\n    def test_deep(self):\n        pass\n"
    test = Test("test_it.py::TestIt::test_deep[x-1]", "Deep.", visible=True)
    [loaded] = load_exercise(locked(tmp_path, {"tests/test_it.py": suite}, (test,))).tests
    assert loaded.source == "def test_deep(self):\n        pass"


def test_a_lock_that_names_a_test_that_is_not_there_is_broken(tmp_path: Path) -> None:
    missing = Test("test_it.py::test_gone", "Gone.", visible=True)
    assert "test_it.py has no test test_gone" in broken(locked(tmp_path, tests=(missing,)))


@pytest.mark.parametrize("name", ["test_gone.py::test_first", "test_first", "", "a::[b]::c"])
def test_a_lock_that_names_a_file_that_is_not_there_is_broken(tmp_path: Path, name: str) -> None:
    folder = locked(tmp_path, tests=(Test(name, "Gone.", visible=True),))
    assert "has no test" in broken(folder)


def test_a_suite_for_a_newer_python_is_broken_here_and_takes_nothing_down(tmp_path: Path) -> None:
    folder = locked(tmp_path, {"tests/test_it.py": "def test_first[T]](): pass\n"})
    assert "test_it.py can't be read by the Python that runs here" in broken(folder)


def test_of_two_tests_of_one_name_the_visible_one_is_shown(tmp_path: Path) -> None:
    suite = "".join(f"class Test{x}:\n    def test_it(self):\n        '{x}'\n" for x in "AB")
    test = Test("test_it.py::TestB::test_it", "It.", visible=True)
    [loaded] = load_exercise(locked(tmp_path, {"tests/test_it.py": suite}, (test,))).tests
    assert loaded.source == "def test_it(self):\n        'B'"


@pytest.mark.parametrize("name", ["Small", "two words", "a_b", "-a", "1st", "a--b", "ä"])
def test_a_name_that_fits_no_address_is_refused(tmp_path: Path, name: str) -> None:
    folder = locked(tmp_path)
    renamed = folder.rename(folder.with_name(name))
    assert f"The folder {name!r} must be lower-case words" in broken(renamed)
    track = tmp_path / name
    (tmp_path / "demo").rename(track)
    assert f"The folder {name!r} must be lower-case words" in broken(track / name)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"exercise.toml": TOML.replace("title", "tilte")}, "exercise.toml: tilte: Extra inputs"),
        ({"exercise.toml": TOML.replace("title", "tilte")}, "exercise.toml: title: Field required"),
        ({"exercise.toml": "title: x"}, "exercise.toml is not TOML: "),
        ({"exercise.toml": None}, "exercise.toml is missing."),
        ({"README.md": None}, "README.md is missing."),
        ({"starter/app.py": None}, "starter/ has no files, but `files`"),
        ({"starter/extra.py": ""}, "starter/ has app.py, extra.py, but `files`"),
        ({"solutions/accepted/reference/app.py": None, "solutions/accepted/reference/a.py": ""},
         "solutions/accepted/reference/ has a.py, but `files` in exercise.toml says app.py."),
    ],
)  # fmt: skip
def test_a_broken_folder_says_what_to_mend(tmp_path: Path, changes: Changes, words: str) -> None:
    assert words in broken(in_folder(tmp_path, changes))


def test_an_error_of_the_whole_says_so(tmp_path: Path) -> None:
    twice = TOML.replace('files = ["app.py"]', 'files = ["app.py", "app.py"]')
    said = broken(in_folder(tmp_path, {"exercise.toml": twice}))
    assert "exercise.toml: the whole: " in said


def test_a_link_is_refused_wherever_it_points(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    (folder / "tests" / "shadow.py").symlink_to("/etc/shadow")
    assert broken(folder) == "shadow.py is a link. An exercise holds plain files only."


def test_a_linked_folder_is_refused(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    (folder / "more").symlink_to(tmp_path)
    assert "more is a link" in broken(folder)


@pytest.mark.parametrize("name", ["exercise.toml", "tests/test_it.py", "starter/app.py", LOCK])
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, name: str) -> None:
    folder = locked(tmp_path)
    (folder / name).write_bytes(b"\xff\xfe\x00x")
    assert f"{Path(name).name} can't be read as UTF-8 text" in broken(folder)


def test_what_tools_leave_behind_is_no_part_of_an_exercise(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    before = load_exercise(folder)
    (folder / "tests" / "__pycache__").mkdir()
    (folder / "tests" / "__pycache__" / "test_it.pyc").write_bytes(b"\xff")
    (folder / ".DS_Store").write_bytes(b"\xff")
    assert load_exercise(folder) == before


def test_tests_that_were_never_checked_are_refused(tmp_path: Path) -> None:
    assert broken(in_folder(tmp_path)) == f"{LOCK} is missing."


@pytest.mark.parametrize(
    "change", ["tests/test_it.py", "starter/app.py", "solutions/wrong/lazy/app.py"]
)
def test_what_changed_since_it_was_checked_is_refused(tmp_path: Path, change: str) -> None:
    folder = locked(tmp_path)
    (folder / change).write_text("# changed\n")
    said = broken(folder)
    assert said.startswith("The exercise has changed since it was checked.")
    assert "backyard check demo/small" in said


def test_other_limits_than_those_checked_are_refused(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    settings = folder / "exercise.toml"
    settings.write_text(re.sub(r"(?m)^seconds = .*$", "seconds = 3", settings.read_text()))
    assert broken(folder).startswith("The exercise has changed since it was checked.")


@pytest.mark.parametrize("change", ["README.md", "hints/1.md"])
def test_a_change_that_no_verdict_hangs_on_leaves_the_list_good(
    tmp_path: Path, change: str
) -> None:
    folder = locked(tmp_path)
    (folder / change).write_text("# changed\n")
    load_exercise(folder)


@pytest.mark.parametrize(
    "lock",
    ["", "[]", "{}", "null", '{"suite": 1}', '{"tests": []}', "7", "{"],
)
def test_a_list_that_makes_no_sense_is_refused(tmp_path: Path, lock: str) -> None:
    folder = locked(tmp_path)
    (folder / LOCK).write_text(lock)
    assert "Run `backyard check demo/small`." in broken(folder)


def test_a_list_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    lock = json.loads((folder / LOCK).read_text())
    lock["tests"][0]["bonus"] = 100
    (folder / LOCK).write_text(json.dumps(lock))
    assert f"{LOCK} can't be read" in broken(folder)


@pytest.mark.parametrize("name", [name for name in FOLDER if name != "exercise.toml"])
def test_every_file_counts_in_the_content_hash(tmp_path: Path, name: str) -> None:
    before = load_unlocked(in_folder(tmp_path / "a")).content_hash
    changed = in_folder(tmp_path / "b", {name: f"{FOLDER[name]}# changed\n"})
    assert load_unlocked(changed).content_hash != before


def test_a_moved_line_between_files_changes_the_content_hash(tmp_path: Path) -> None:
    one = in_folder(tmp_path / "a", {"hints/1.md": "ab", "hints/2.md": "c"})
    other = in_folder(tmp_path / "b", {"hints/1.md": "a", "hints/2.md": "bc"})
    assert load_unlocked(one).content_hash != load_unlocked(other).content_hash


def test_checking_again_does_not_change_the_content_hash(tmp_path: Path) -> None:
    before = load_unlocked(in_folder(tmp_path)).content_hash
    assert load_exercise(locked(tmp_path)).content_hash == before


def test_a_folder_larger_than_an_exercise_may_be_is_refused(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    (folder / "tests" / "data.txt").write_text("x" * SIZE_LIMIT)
    assert broken(folder) == "The files are larger than 4,194,304 bytes together."


def test_a_vanished_folder_is_broken(tmp_path: Path) -> None:
    assert broken(tmp_path / "demo" / "gone").startswith("gone can't be read: ")


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    name = "a" * 61
    folder = locked(tmp_path).rename(tmp_path / "demo" / name)
    assert broken(folder) == f"The folder {name!r} must have 60 characters at most."


def test_only_folders_that_hold_an_exercise_are_found(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    (tmp_path / "notes" / "drafts").mkdir(parents=True)
    (tmp_path / "exercise.toml").write_text(TOML)
    assert exercise_folders(tmp_path) == {"demo/small": folder}
    assert exercise_folders(tmp_path / "none") == {}


def test_the_shipped_exercises_are_whole() -> None:
    folders = exercise_folders(Path(__file__).resolve().parents[3] / "exercises")
    assert {load_exercise(folder).id for folder in folders.values()} == set(folders)
    assert {"flask/books-crud", "schema/library-loans", "sql/top-customers"} <= set(folders)


MORE = TOML.replace('files = ["app.py"]', 'files = ["app.py"]\nmay_add = ["*.py"]')


def test_solutions_may_have_what_learners_may_add(tmp_path: Path) -> None:
    more = {"solutions/accepted/reference/a.py": "# more\n", "solutions/wrong/lazy/b.py": ""}
    exercise = load_unlocked(in_folder(tmp_path, {"exercise.toml": MORE, **more}))
    assert exercise.accepted == {"reference": {"app.py": "# right\n", "a.py": "# more\n"}}
    assert exercise.wrong == {"lazy": {"app.py": "# lazy\n", "b.py": ""}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starter/more.py": ""}, "starter/ has app.py, more.py, but `files`"),
        ({"solutions/wrong/lazy/x.sql": ""}, "says app.py, and allows *.py."),
        ({"solutions/wrong/lazy/App.py": ""}, "could not be handed in. "),
        ({"solutions/wrong/lazy/app.py": None, "solutions/wrong/lazy/b.py": ""}, "lazy/ has b.py,"),
    ],
)
def test_no_folder_has_more_than_could_be_handed_in(
    tmp_path: Path, changes: Changes, words: str
) -> None:
    assert words in broken(in_folder(tmp_path, {"exercise.toml": MORE, **changes}))
