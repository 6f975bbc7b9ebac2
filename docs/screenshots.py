"""Makes the pictures that README shows: `.venv/bin/python -m docs.screenshots`, after `make setup`.

It serves a site of its own, fails an exercise and tries another as a learner would, and photographs
the pages.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser.chromium import launched
from tests.browser.people import Person
from tests.browser.server import prepare_site, serving
from tests.browser.watch import Watch

HERE = Path(__file__).parent
EXERCISES = HERE.parent / "exercises"
EXERCISE = "flask/books-crud"
MISTAKE = EXERCISES / EXERCISE / "solutions/wrong/put-keeps-the-year/app.py"
TRIED = "sql/top-customers"
QUERY = EXERCISES / TRIED / "solutions/accepted/reference/query.sql"


def photograph(learner: Person, picture: Path) -> None:
    """Fail the exercise, and save the page with its first failed test in sight."""
    learner.register()
    learner.solve(EXERCISE, MISTAKE.read_text(), "Failed")
    learner.page.wait_for_timeout(1_000)  # until it has scrolled there
    learner.page.screenshot(path=picture)


def photograph_console(learner: Person, picture: Path) -> None:
    """Try the other exercise, and save the page with rows and plan."""
    learner.open_exercise(TRIED)
    learner.paste(QUERY.read_text())
    learner.page.get_by_role("tab", name="Try it").click()
    learner.page.get_by_role("button", name="Ask my query").click()
    learner.page.locator(".plan-step").first.wait_for()
    learner.page.screenshot(path=picture)


def main() -> None:
    """Write docs/exercise-page.png and docs/try-it.png, 1440 by 900 pixels, in light colours."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(prepare_site(Path(folder) / "instance")) as site,
        launched() as browser,
        browser.new_context(
            viewport={"width": 1440, "height": 900}, color_scheme="light"
        ) as context,
    ):
        learner = Person(site, context.new_page(), Watch(context, site.url), "ada")
        photograph(learner, HERE / "exercise-page.png")
        photograph_console(learner, HERE / "try-it.png")


if __name__ == "__main__":
    main()
