"""How long the server takes for each page of a large site: `python -m benchmarks.pages`.

Makes a database of 200 exercises, 300 learners and 100,000 submissions in a temporary folder, asks
for each page many times with Flask's test client (no network, no browser), and prints median and
95th percentile of the server's time and the number of statements.
"""

from __future__ import annotations

import gc
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from backyard import create_app
from backyard.config import Settings
from backyard.db import db
from backyard.setup import prepare
from benchmarks.large_site import PASSWORD, PEOPLE, SUBMISSION, fill

ROUNDS: Final = 60
"""How often each page is asked for; the pages take turns."""

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "nobody": ("/", "/exercises", "/exercises?q=query&difficulty=medium", "/p/ada", "/p/ada/t0/e0"),
    "ada": (
        "/",
        "/exercises",
        "/exercises?state=tried",
        "/exercises/t0/e0",
        "/submissions",
        "/submissions?page=9",
        f"/submissions/{SUBMISSION}",
        "/profile",
        "/portfolio",
        "/cohorts",
        "/cohorts/1",
    ),
    "teacher": (
        "/cohorts/1",
        "/teaching",
        "/teaching/exercises/t0/e0",
        f"/submissions/{SUBMISSION}",
    ),
    "boss": ("/", "/admin/failures"),
}


@dataclass(slots=True)
class Measured:
    """One page: server times in milliseconds, of them what the processor was used for (the rest is
    waiting, on a busy machine for other programs); statements of the last time, bytes of HTML."""

    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0


def measure(app: Flask) -> dict[tuple[str, str], Measured]:
    """Ask for every page `ROUNDS` times, and a few times before that."""
    clients = {name: _client(app, name) for name in PAGES}
    found = {(name, path): Measured() for name, paths in PAGES.items() for path in paths}
    with app.app_context():
        engine = db.engine
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *all_of_it: sent.append(all_of_it[2]))
    for turn in range(-3, ROUNDS):
        for (name, path), measured in found.items():
            sent.clear()
            start, began = time.perf_counter(), time.process_time()
            answer = clients[name].get(path)
            used, taken = time.process_time() - began, time.perf_counter() - start
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code} to {name}.")
            measured.statements, measured.size = len(sent), len(answer.data)
            if turn >= 0:
                measured.times.append(1000 * taken)
                measured.cpu.append(1000 * used)
    return found


def _client(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    if name in PEOPLE:
        page = client.get("/login").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        fields = {"csrf_token": token[1] if token else "", "name": name, "password": PASSWORD}
        if client.post("/login", data=fields).status_code != 302:
            raise RuntimeError(f"{name} can't log in.")
    return client


def table(found: Mapping[tuple[str, str], Measured]) -> Iterator[str]:
    """The results as a Markdown table."""
    yield "| page | as | median ms | p95 ms | p95 ms of CPU | statements | HTML kB |"
    yield "|---|---|---|---|---|---|---|"
    for (name, path), one in found.items():
        p95, cpu = quantiles(one.times, n=20)[-1], quantiles(one.cpu, n=20)[-1]
        shown = path.replace(SUBMISSION, "<id>")
        yield (
            f"| `{shown}` | {name} | {median(one.times):.1f} | {p95:.1f} | {cpu:.1f} "
            f"| {one.statements} | {one.size / 1000:.0f} |"
        )


@click.command()
@click.option("--submissions", default=100_000, show_default=True)
@click.option("--exercises", default=200, show_default=True)
def main(submissions: int, exercises: int) -> None:
    """Fill, measure, print."""
    with tempfile.TemporaryDirectory(prefix="backyard-pages-") as folder:
        root = Path(folder)
        (root / "exercises").mkdir()
        settings = Settings(instance=root / "instance", exercises_dir=root / "exercises")
        prepare(settings, lambda line: None)
        app = create_app(settings)
        start = time.monotonic()
        with app.app_context():
            fill(exercises, submissions)
        click.echo(f"{submissions} submissions in {time.monotonic() - start:.0f} s")
        gc.collect()
        gc.freeze()  # what filling left behind is nothing that a web process would look through
        for line in table(measure(app)):
            click.echo(line)


if __name__ == "__main__":
    main()
