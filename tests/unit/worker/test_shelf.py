"""Exercises as they were published."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from backyard.catalog.models import ExerciseVersion
from backyard.worker import shelf as module
from backyard.worker.shelf import Shelf
from grader.loading import LOCK, BrokenExercise
from tests.unit.publishing.conftest import Press, press

__all__ = ["press"]  # a fixture

ID = "demo/small"


def publish(press: Press, title: str = "An") -> str:
    """Publish the exercise under a title; returns its content hash."""
    press.write(An=title)
    press.publish()
    return press.row().content_hash


def test_a_version_is_read_once(press: Press) -> None:
    content_hash, shelf = publish(press), Shelf(press.sessions)
    assert shelf.get(ID, content_hash) is shelf.get(ID, content_hash)


def test_each_submission_gets_the_version_that_it_was_handed_in_for(press: Press) -> None:
    first, second = publish(press), publish(press, "Another")
    shelf = Shelf(press.sessions)
    assert shelf.get(ID, first).metadata.title == "An exercise"
    assert shelf.get(ID, second).metadata.title == "Another exercise"


def test_where_that_is_not_there_it_is_the_present_one(press: Press) -> None:
    publish(press)
    shelf = Shelf(press.sessions)
    assert shelf.get(ID, "0" * 64).metadata.title == "An exercise"
    publish(press, "Another")
    assert shelf.get(ID, "0" * 64).metadata.title == "Another exercise"


def test_a_folder_that_changes_or_vanishes_is_nothing_to_it(press: Press) -> None:
    content_hash = publish(press)
    (press.root / ID).rename(press.root / "gone")
    assert Shelf(press.sessions).get(ID, content_hash).id == ID


def test_what_was_never_published_is_broken(press: Press) -> None:
    with pytest.raises(BrokenExercise, match="No version of it is published"):
        Shelf(press.sessions).get("demo/none", "0" * 64)


def test_what_another_backyard_checked_is_taken_at_its_word(press: Press) -> None:
    content_hash = publish(press)
    [version] = press.versions()
    lock = json.dumps(json.loads(version.files[LOCK]) | {"checked": "of another kind"})
    with press.sessions.begin() as session:
        session.execute(update(ExerciseVersion).values(files=version.files | {LOCK: lock}))
    assert len(Shelf(press.sessions).get(ID, content_hash).tests) == 2


def test_it_does_not_grow_for_ever(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    shelf = Shelf(press.sessions)
    for title in ("One", "Two", "Three"):
        shelf.get(ID, publish(press, title))
    assert len(shelf._loaded) <= 2
