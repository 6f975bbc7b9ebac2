"""An instructor publishes from a repository, and has old submissions graded anew."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.looks import accessibility_problems, overflow
from tests.browser.people import Person
from tests.browser.repository import ONLY_GREETS, Repository, served

PATIENCE_MS: Final = 240_000
"""For work behind the submissions: the gate starts a sandbox for each solution."""

_numbers = itertools.count(1)


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    """One of its own for each test: an exercise belongs to where it was first published from."""
    with served(tmp_path, f"hello-{next(_numbers)}") as repository:
        yield repository


def publish(admin: Person, repository: Repository) -> Locator:
    """Publish from the repository; returns the outcomes, once there are some."""
    admin.page.get_by_role("link", name="Teaching").click()
    admin.page.get_by_label("Address of a git repository").fill(repository.address)
    admin.page.get_by_role("button", name="Publish from there").click()
    live = admin.page.locator("#live")
    expect(live).to_contain_text("Done", timeout=PATIENCE_MS)
    return live.get_by_role("row")


def press(person: Person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).click()


def look(person: Person) -> None:
    """See that the page is whole and can be read by everybody."""
    assert (overflow(person.page), accessibility_problems(person.page)) == (0, [])


@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_repository_to_a_regrade_that_is_undone(
    cast: Cast, repository: Repository, width: int
) -> None:
    admin = cast("admin", viewport={"width": width, "height": 800})
    ada = cast("ada")
    exercise = f"team/{repository.slug}"
    repository.commit(broken=True)
    admin.log_in(admin.site.admin_password)
    outcomes = publish(admin, repository)
    expect(outcomes.filter(has_text=exercise).first).to_contain_text("Published as version 1")
    expect(outcomes.filter(has_text="-broken")).to_contain_text("This is not TOML")
    look(admin)
    admin.open("/teaching")
    row = admin.page.get_by_role("row", name=f"{exercise}-broken")
    expect(row).to_contain_text("Broken, and not published.")
    look(admin)

    ada.register()
    ada.solve(exercise, ONLY_GREETS)
    repository.commit(parts_too=True)
    outcomes = publish(admin, repository)
    expect(outcomes.filter(has_text=exercise).first).to_contain_text("Published as version 2")

    admin.open(f"/teaching/exercises/{exercise}")
    look(admin)
    press(admin, "Regrade")
    expect(admin.page.get_by_text("Nothing has changed yet")).to_be_visible(timeout=PATIENCE_MS)
    change = admin.page.get_by_role("row", name=ada.name)
    expect(change).to_contain_text("Passed 1 of 1 points")
    expect(change).to_contain_text("Failed 1 of 2 points")
    look(admin)

    def ada_reads(word: str, score: str) -> None:
        ada.page.get_by_role("link", name="History").click()
        expect(ada.page.get_by_role("row", name=f"Hello {repository.slug}")).to_contain_text(word)
        ada.page.get_by_role("row").get_by_role("link").first.click()
        expect(ada.result).to_contain_text(score)

    ada_reads("Passed", "1 of 1 points")
    press(admin, "Apply")
    expect(admin.page.get_by_text("The new verdicts count now.")).to_be_visible()
    look(admin)
    ada_reads("Failed", "1 of 2 points")
    expect(ada.page.get_by_text("Graded with version 2 of the exercise.")).to_be_visible()
    expect(ada.page.get_by_role("heading", name="Verdicts")).to_be_visible()
    look(ada)
    press(admin, "Undo")
    expect(admin.page.get_by_text("The old verdicts count again.").first).to_be_visible()
    ada_reads("Passed", "1 of 1 points")
    expect(ada.page.get_by_text("It is at version 2 now")).to_be_visible()


def test_a_repository_that_can_not_be_had_is_said_in_a_sentence(cast: Cast) -> None:
    admin = cast("admin", color_scheme="dark")
    admin.log_in(admin.site.admin_password)
    admin.watch.expect("status of 422")
    admin.open("/teaching")
    address = admin.page.get_by_label("Address of a git repository")
    address.fill("https://ada:secret@example.org/exercises.git")
    press(admin, "Publish from there")
    expect(admin.page.get_by_text("Leave names and passwords out")).to_be_visible()
    look(admin)
    address.fill("git://127.0.0.1:1/none")
    press(admin, "Publish from there")
    expect(admin.page.locator("#live")).to_contain_text("Failed", timeout=PATIENCE_MS)
    expect(admin.page.get_by_text("git says: fatal:")).to_be_visible()
    look(admin)


def test_without_scripts_one_loads_the_page_again(cast: Cast) -> None:
    admin = cast("admin", java_script_enabled=False)
    admin.log_in(admin.site.admin_password)
    admin.open("/teaching")
    press(admin, "Publish from the site's folder")
    done = admin.page.get_by_role("row", name="flask/books-crud").get_by_text(
        "Unchanged, version 1"
    )
    for _ in range(100):
        if done.is_visible():
            break
        admin.page.wait_for_timeout(300)
        admin.page.reload()
    expect(done).to_be_visible()
