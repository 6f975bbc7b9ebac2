"""Makes the picture that README shows: `.venv/bin/python docs/screenshots.py`, after `make setup`.

It serves a site of its own, fails an exercise as a learner would, and photographs the page.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser.chromium import launched
from tests.browser.people import Person
from tests.browser.server import prepare_site, serving
from tests.browser.watch import Watch

HERE = Path(__file__).parent
EXERCISE = "flask/books-crud"
MISTAKE = HERE.parent / "exercises" / EXERCISE / "solutions/wrong/put-keeps-the-year/app.py"


def photograph(learner: Person, picture: Path) -> None:
    """Fail the exercise, and save the page with its first failed test in sight."""
    learner.register()
    learner.solve(EXERCISE, MISTAKE.read_text(), "Failed")
    learner.page.wait_for_timeout(1_000)  # until it has scrolled there
    learner.page.screenshot(path=picture)


def main() -> None:
    """Write docs/exercise-page.png, 1280 by 800 pixels, in light colours."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(prepare_site(Path(folder) / "instance")) as site,
        launched() as browser,
        browser.new_context(
            viewport={"width": 1280, "height": 800}, color_scheme="light"
        ) as context,
    ):
        learner = Person(site, context.new_page(), Watch(context, site.url), "ada")
        photograph(learner, HERE / "exercise-page.png")


if __name__ == "__main__":
    main()
