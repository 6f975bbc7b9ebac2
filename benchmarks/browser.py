"""What a learner's browser sees: `python -m benchmarks.browser`.

Serves a real site, worker and sandboxes, opens the exercise page in Chromium, clicks, and takes the
browser's own clock: from the click to the frame in which the first test's result is on the screen.
Also weighs the pages: all bytes that come over the wire for each, compressed as a proxy would.
"""

from __future__ import annotations

import gzip
import json
import re
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import click
from playwright.sync_api import Page, Response

from benchmarks.site import ROOT
from tests.browser.chromium import launched
from tests.browser.server import Site, prepare_site, serving

EXERCISE: Final = "flask/books-crud"
RATES: Final = {f"BACKYARD_{kind}_RATE": "1000 per minute" for kind in ("RUN", "SUBMIT")}
ROUNDS: Final = 20
REST: Final = 2.0
"""Seconds between two clicks, in which the pool fills again and the machine comes to rest."""

PAGES: Final = ("/", "/exercises", f"/exercises/{EXERCISE}", "/submissions", "/profile", "/account")

WATCH: Final = """
button => new Promise(done => {
  let began = 0;
  const result = document.querySelector("#result");
  const watcher = new MutationObserver(() => {
    if (!began || !result.querySelector("[data-test]:not([data-outcome=pending])")) return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(now => done(now - began)));
  });
  document.querySelector(button).addEventListener("click", event => {
    began = event.timeStamp;
    watcher.observe(result, {childList: true, subtree: true});
  }, {once: true, capture: true});
})
"""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def main(as_json: bool) -> None:
    """Print milliseconds from click to first test, and the pages' weights in kB (1000 bytes)."""
    with tempfile.TemporaryDirectory(prefix="backyard-") as folder:
        site = prepare_site(Path(folder))
        site = replace(site, environment={**site.environment, **RATES})
        with serving(site), launched() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            _log_in(page, site)
            figures = {kind: _clicks(page, site, kind) for kind in ("run", "submit")}
            weights = {path: _weight(page, site.url + path) for path in PAGES}
    if as_json:
        click.echo(json.dumps({"click_to_first_test_ms": figures, "weight_kb": weights}, indent=2))
        return
    for kind, found in figures.items():
        click.echo(f"{kind:8} median {found['median']:6.0f} ms   p95 {found['p95']:6.0f} ms")
    for path, weight in weights.items():
        click.echo(f"{path:32} {weight:7.1f} kB")


def _log_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/login")
    page.get_by_label("Username or email address").fill("admin")
    page.get_by_label("Password").fill(site.admin_password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").wait_for()


def _clicks(page: Page, site: Site, kind: str) -> dict[str, float]:
    """Median and 95th percentile of `ROUNDS` clicks, after two that nobody counts."""
    page.goto(f"{site.url}/exercises/{EXERCISE}")
    page.locator(".cm-content").first.wait_for()
    solution = ROOT / "exercises" / EXERCISE / "solutions" / "accepted" / "reference" / "app.py"
    page.locator(".cm-content").first.fill(solution.read_text())
    times = [_one_click(page, kind) for _ in range(ROUNDS + 2)][2:]
    return {"median": median(times), "p95": quantiles(times, n=20)[-1]}


def _one_click(page: Page, kind: str) -> float:
    time.sleep(REST)
    button = f"[data-action={kind}]"
    page.evaluate(f"button => {{ window.taken = ({WATCH})(button); return null }}", button)
    page.locator(button).click()
    milliseconds = page.evaluate("() => window.taken")
    page.locator(".verdict-word").wait_for()
    return float(milliseconds)


def _weight(page: Page, url: str) -> float:
    """Kilobytes of all answers, texts of which are compressed as gzip does."""
    bodies: list[bytes] = []

    def note(response: Response) -> None:
        if not re.search(r"/(events|state|draft)$", response.url) and response.ok:
            bodies.append(response.body())

    context = page.context.browser.new_context(storage_state=page.context.storage_state())  # type: ignore[union-attr]
    fresh = context.new_page()
    fresh.on("response", note)
    fresh.goto(url, wait_until="networkidle")
    context.close()
    return sum(len(gzip.compress(body, 6)) for body in bodies) / 1000


if __name__ == "__main__":
    main()
