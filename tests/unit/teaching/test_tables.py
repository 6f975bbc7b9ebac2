"""Every constraint of what teachers ask for refuses what it is there to refuse."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from backyard.db import Base, utcnow
from backyard.teaching.models import Publication
from backyard.teaching.tasks import TaskState
from tests.unit.web.conftest import Site

NOW = utcnow()
LEASED = {"state": TaskState.RUNNING, "token": "t", "lease_until": 1.0}
DONE = {"state": TaskState.DONE, "finished_at": NOW}
FAILED = {"state": TaskState.FAILED, "finished_at": NOW, "reason": "No such repository."}


GOOD: dict[str, Base] = {
    "a wish": Publication(),
    "one in hand": Publication(**LEASED),
    "one that is granted": Publication(**DONE),
    "one that failed": Publication(**FAILED),
}


def bad(constraint: str, **fields: Any) -> tuple[str, list[Base]]:
    return constraint, [Publication(**fields)]


BAD: dict[str, tuple[str, list[Base]]] = {
    "one that waits and is held": bad("running_is_leased", token="t"),
    "one in hand without a lease": bad("running_is_leased", **LEASED | {"lease_until": None}),
    "one in hand without a token": bad("running_is_leased", **LEASED | {"token": None}),
    "one that is over at no time": bad("over_has_time", state=TaskState.DONE),
    "one that waits and is over": bad("over_has_time", finished_at=NOW),
    "a failure for no reason": bad("failed_has_reason", **FAILED | {"reason": ""}),
    "a success for a reason": bad("failed_has_reason", **DONE, reason="It failed."),
    "tries below zero": bad("tries_not_negative", tries=-1),
    "a source without a name": bad("source_is_named", source=""),
    "a wish of nobody": bad("FOREIGN KEY", requested_by=999),
    "two with one token": ("publications.token", [Publication(**LEASED), Publication(**LEASED)]),
}


@pytest.mark.parametrize("row", GOOD.values(), ids=GOOD.keys())
def test_the_database_takes(site: Site, row: Base) -> None:
    site.add(row)


@pytest.mark.parametrize(("constraint", "rows"), BAD.values(), ids=BAD.keys())
def test_the_database_refuses(site: Site, constraint: str, rows: list[Base]) -> None:
    *good, refused = rows
    for row in good:
        site.add(row)
    with pytest.raises(IntegrityError, match=constraint):
        site.add(refused)
