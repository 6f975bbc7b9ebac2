"""What becomes of the exercises of a folder."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from backyard.catalog.models import ExerciseRow, ExerciseVersion
from backyard.publishing.outcome import What
from backyard.publishing.run import Publisher
from backyard.publishing.tables import Origin
from grader.gate import GateResult
from grader.loading import LOCK, read_folder
from sandbox.errors import EngineUnavailable
from tests.unit.publishing.conftest import Press, proves, refuses

ELSEWHERE = Origin("https://example.org/exercises.git", "abc123", 1)


def test_an_exercise_whose_tests_share_the_learners_process_is_not_forge_proof(
    press: Press,
) -> None:
    press.write()
    press.publish()
    assert press.row().forge_proof
    press.write(checked=True, **{'"http"\napp = "app:app"': '"python"\nisolation = "shared"'})
    press.publish()
    assert not press.row().forge_proof


def test_a_version_holds_every_file_and_says_where_it_comes_from(press: Press) -> None:
    folder = press.write()
    press.publish(origin=ELSEWHERE)
    [version] = press.versions()
    assert version.files == read_folder(folder)
    assert LOCK in version.files
    assert (version.number, version.content_hash) == (1, press.row().content_hash)
    assert (version.source, version.source_commit) == (ELSEWHERE.source, "abc123")
    assert version.published_by == 1


def test_a_second_time_changes_nothing(press: Press) -> None:
    press.write()
    press.publish()
    assert press.publish() == {"demo/small": "unchanged, version 1"}
    assert len(press.versions()) == 1


def test_other_content_is_another_version_and_the_one_before_stays(press: Press) -> None:
    press.write()
    press.publish()
    press.write(An="Another")
    assert press.publish() == {"demo/small": "published as version 2"}
    assert press.row().title == "Another exercise"
    first, second = press.versions()
    assert press.row().content_hash == second.content_hash
    assert 'title = "An exercise"' in first.files["exercise.toml"]


def test_what_was_published_before_comes_back_under_its_number(press: Press) -> None:
    for title in ("An", "Another", "An"):
        press.write(An=title)
        said = press.publish()
    assert said == {"demo/small": "published as version 1"}
    assert press.row().content_hash == press.versions()[0].content_hash
    assert len(press.versions()) == 2


def test_an_exercise_whose_folder_is_gone_is_retired_and_kept(press: Press) -> None:
    folder = press.write()
    press.publish()
    moved = folder.rename(press.root / "aside")
    assert press.publish() == {"demo/small": "retired: it is not there any more"}
    assert not press.row().is_open
    assert press.publish() == {}
    moved.rename(folder)
    assert press.publish() == {"demo/small": "published as version 1"}
    assert press.row().is_open


def test_a_folder_that_breaks_takes_nothing_down(press: Press) -> None:
    press.write("demo/other")
    folder = press.write()
    press.publish()
    (folder / "README.md").unlink()
    assert press.publish() == {
        "demo/other": "unchanged, version 1",
        "demo/small": "left out: README.md is missing.",
    }
    row = press.row()
    assert (row.broken_reason, row.is_open) == ("README.md is missing.", True)
    press.write()
    press.publish()
    assert press.row().broken_reason is None


def test_an_exercise_that_was_never_sound_is_there_for_its_author(press: Press) -> None:
    press.write(checked=False, title="titel")
    assert press.publish()["demo/small"].startswith("left out: exercise.toml: title: ")
    row = press.row()
    assert (row.title, row.is_open) == ("demo/small", False)
    assert row.broken_reason


@pytest.mark.parametrize("name", ["Two words", "a" * 61])
def test_a_name_that_fits_no_address_gets_no_row(press: Press, name: str) -> None:
    press.write(f"demo/{name}", checked=False)
    [said] = press.publish().values()
    assert said.startswith("left out: The folder ")
    with press.sessions() as session:
        assert session.query(ExerciseRow).count() == 0


def test_without_a_gate_nothing_is_published_unproved(press: Press) -> None:
    press.write(checked=False)
    assert press.publish() == {"demo/small": f"left out: {LOCK} is missing."}
    assert press.versions() == []


def test_what_was_not_checked_goes_through_the_gate(press: Press) -> None:
    press.write(checked=False)
    assert press.publish(proves) == {"demo/small": "published as version 1"}
    assert press.row().points == 4
    assert LOCK in press.versions()[0].files


def test_what_the_gate_refuses_is_left_out_with_all_reasons(press: Press) -> None:
    press.write(checked=False)
    said = press.publish(refuses)
    assert said == {"demo/small": "left out: starter/: It passes.\ntests/: It is empty."}
    assert press.versions() == []


def test_what_was_checked_is_not_checked_again(press: Press) -> None:
    press.write()
    assert press.publish(refuses) == {"demo/small": "published as version 1"}


def test_what_is_published_already_is_not_checked_again(press: Press) -> None:
    press.write(checked=False)
    press.publish(proves)
    assert press.publish(refuses) == {"demo/small": "unchanged, version 1"}


def test_what_is_published_stays_so_where_the_gate_computes_another_proof(press: Press) -> None:
    folder = press.write()
    press.publish()
    lock = folder / LOCK
    stale = json.dumps(json.loads(lock.read_text()) | {"checked": "of another kind"})
    lock.write_text(stale)
    with press.sessions.begin() as session:
        files = press.versions()[0].files | {LOCK: stale}
        session.execute(update(ExerciseVersion).values(files=files))
    assert press.publish(refuses) == {"demo/small": "unchanged, version 1"}


def test_what_the_gate_reads_off_the_folder_is_told_with_its_place(press: Press) -> None:
    (press.write(checked=False, title="titel") / "notes.txt").write_text("")
    [said] = press.publish(proves).values()
    assert "exercise.toml:2: `titel` is no key of an exercise." in said


def test_a_newer_list_of_tests_takes_the_place_of_the_old_one(press: Press) -> None:
    folder = press.write()
    press.publish()
    lock = folder / LOCK
    lock.write_text(lock.read_text().replace("The first.", "The very first."))
    assert press.publish() == {"demo/small": "unchanged, version 1"}
    assert press.row().tests[0]["title"] == "The very first."
    assert "The very first." in press.versions()[0].files[LOCK]


def test_another_source_can_not_take_an_exercise_over(press: Press) -> None:
    press.write()
    press.publish()
    press.write(An="Another")
    [said] = press.publish(origin=ELSEWHERE).values()
    assert said.startswith("left out: the site's own folder has published an exercise of this")
    assert (press.row().title, press.row().broken_reason) == ("An exercise", None)


def test_what_was_never_published_belongs_to_nobody(press: Press) -> None:
    press.write(checked=False)
    press.publish()
    press.write()
    assert press.publish(origin=ELSEWHERE) == {"demo/small": "published as version 1"}
    assert press.row().source == ELSEWHERE.source


def test_only_exercises_of_the_same_source_are_retired(press: Press) -> None:
    folder = press.write()
    press.publish()
    folder.rename(folder.with_name("other"))
    press.publish(origin=ELSEWHERE)
    assert press.row().is_open
    assert press.row("demo/other").is_open


def test_the_easiest_come_first_whatever_they_come_from(press: Press) -> None:
    press.write("demo/a", easy="hard")
    press.write("demo/b", easy="intro")
    press.publish()
    (press.root / "demo").rename(press.root / "aside")
    press.write("demo/c", easy="medium")
    press.publish(origin=ELSEWHERE)
    order = sorted((press.row(f"demo/{slug}").position, slug) for slug in "abc")
    assert [slug for _, slug in order] == ["b", "c", "a"]


def test_each_is_told_as_it_comes(press: Press) -> None:
    press.write("demo/a")
    press.write("demo/b")
    press.publish()
    told = [(outcome.exercise_id, outcome.what) for outcome in press.told]
    assert told == [
        ("demo/a", What.CHECKING),
        ("demo/a", What.PUBLISHED),
        ("demo/b", What.CHECKING),
        ("demo/b", What.PUBLISHED),
    ]


def test_when_the_engine_goes_away_what_is_published_stays_so(press: Press) -> None:
    def away(exercise: object) -> GateResult:
        raise EngineUnavailable("no socket")

    press.write("demo/a")
    press.write("demo/b", checked=False)
    with pytest.raises(EngineUnavailable):
        press.publish(away)
    assert press.row("demo/a").is_open


def test_a_statement_that_breaks_a_rule_is_left_out_though_the_list_of_tests_holds(
    press: Press,
) -> None:
    folder = press.write()
    (folder / "README.md").write_text("No heading.\n")
    assert "README.md" in press.publish()["demo/small"]
    assert press.versions() == []


def test_a_list_of_tests_from_elsewhere_may_have_to_be_proved(press: Press) -> None:
    press.write()
    publisher = Publisher(press.sessions, ELSEWHERE, refuses, trusts_lists=False)
    [outcome] = publisher.run(press.root)
    assert outcome.what is What.LEFT_OUT
    assert "It passes." in outcome.reason


SKILLS = 'skills = ["http"]'


def test_what_should_come_before_is_published_with_it(press: Press) -> None:
    press.write("demo/first")
    press.write(checked=True, **{SKILLS: f'{SKILLS}\nafter = ["demo/first"]'})
    press.publish()
    assert press.row().after == ["demo/first"]
    assert press.row("demo/first").after == []


def test_an_exercise_that_comes_after_nothing_that_is_there_is_left_out(press: Press) -> None:
    press.write()
    press.publish()
    press.write(checked=True, **{SKILLS: f'{SKILLS}\nafter = ["demo/gone"]'})
    [said] = press.publish().values()
    assert "left out: exercise.toml: `after` names demo/gone, which is not among" in said
    assert (press.row().after, press.row().is_open) == ([], True)


def test_exercises_that_wait_for_each_other_are_both_left_out(press: Press) -> None:
    press.write("demo/first", checked=True, **{SKILLS: f'{SKILLS}\nafter = ["demo/small"]'})
    press.write(checked=True, **{SKILLS: f'{SKILLS}\nafter = ["demo/first"]'})
    said = press.publish()
    assert all("goes round in a circle" in words for words in said.values())
    assert len(said) == 2
