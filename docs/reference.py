"""Makes docs/reference.md of the code's own words: `python -m docs.reference`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from grader.exercise import Metadata
from grader.gate import contents, judgements, secrets, statement, suite
from grader.gate.order import out_of_order
from sandbox.environment import load_environments
from sandbox.runner.suite.budget import QueryBudget
from sandbox.runner.suite.calling import Call, Expected, Thing
from sandbox.runner.suite.fixtures.data import DataFixtures
from sandbox.runner.suite.fixtures.programs import ProgramFixtures, Source
from sandbox.runner.suite.fixtures.services import ServiceFixtures
from sandbox.runner.suite.fixtures.web import WebFixtures
from sandbox.runner.suite.plans import Plan, Planner
from sandbox.runner.suite.query import Query
from sandbox.runner.suite.racing import Race
from sandbox.runner.suite.reporting import MARKS
from sandbox.runner.suite.rows import Rows
from sandbox.runner.suite.running import Completed, Run
from sandbox.runner.suite.shared import Asking
from sandbox.runner.suite.website import Asked, Page, Website

FILE: Final = Path(__file__).with_name("reference.md")

HEAD: Final = """\
# Reference for authors

Made by `python -m docs.reference` from the code that it is about. [authoring.md](authoring.md) is
where to begin.
"""

PLUGINS: Final = (WebFixtures, ProgramFixtures, DataFixtures, ServiceFixtures)
NONE: Final = "none"

INTERNAL: Final = {"hands"}
"""Fixtures that others are made of."""

GIVEN: Final = (
    Race, Call, Thing, Expected, Run, Completed, Query, Rows, QueryBudget, Planner, Plan,
    Website, Page, Asked, Source, Asking,
)  # fmt: skip
"""What the fixtures give, but for what libraries document themselves."""

RULES: Final = (
    (out_of_order,), contents.RULES, statement.RULES, secrets.RULES, suite.RULES, judgements.RULES,
)  # fmt: skip


def reference() -> str:
    """Return the whole text."""
    parts = (HEAD, *_keys(), *_fixtures(), *_marks(), *_gate(), *_environments())
    return "\n".join(parts)


def _keys() -> Iterator[str]:
    """The keys of exercise.toml, table by table, of its JSON Schema."""
    schema = Metadata.model_json_schema()
    yield "## exercise.toml\n"
    yield "Editors that know JSON Schema take `exercises/exercise.schema.json`.\n"
    others = schema["$defs"]
    yield from _table_of("At the top", schema, others)
    for name in ("Subject", "Limits", "WrongSolution", "Equivalent"):
        yield from _table_of(_first(others[name]["description"]), others[name], others)


def _table_of(title: str, table: dict[str, Any], others: dict[str, Any]) -> Iterator[str]:
    yield f"**{title}**\n"
    yield "| key | where it is left out | meaning |\n|---|---|---|"
    required = table.get("required", ())
    for key, rule in table["properties"].items():
        told = "(required)" if key in required else _default(rule)
        yield f"| `{key}` | {told} | {_meaning(rule, others)} |"
    yield ""


def _meaning(rule: dict[str, Any], others: dict[str, Any]) -> str:
    """The key's own words, or those of the type that it names, and what it may be."""
    named = others.get(rule.get("$ref", "").rpartition("/")[2], {})
    told = _line(rule.get("description") or named.get("description"))
    return f"{told} One of {_codes(named['enum'])}." if "enum" in named else told


def _default(rule: dict[str, Any]) -> str:
    default = rule.get("default")
    return "" if default in (None, [], {}) or isinstance(default, dict) else f"`{default}`"


def _fixtures() -> Iterator[str]:
    yield "## Fixtures\n"
    yield "| fixture | gives |\n|---|---|"
    for plugin in PLUGINS:
        for name, function in vars(plugin).items():
            if hasattr(function, "_fixture_function") and name not in INTERNAL:
                yield f"| `{name}` | {_line(inspect.getdoc(function._fixture_function))} |"
    yield "\n## What they give\n"
    for kind in GIVEN:
        yield from _kind(kind)


def _kind(kind: type) -> Iterator[str]:
    yield f"### {kind.__name__}\n"
    yield f"{_text(kind)}\n"
    for name, member in vars(kind).items():
        if isinstance(member, property):
            yield f"- `.{name}`: {_line(inspect.getdoc(member.fget))}"
        elif _is_public(name, member):
            function = inspect.unwrap(getattr(member, "__func__", member))
            shown = "" if name == "__call__" else f".{name}"
            yield f"- `{shown}{_signature(function)}`: {_line(inspect.getdoc(function))}"
    yield ""


def _is_public(name: str, member: object) -> bool:
    is_method = inspect.isfunction(member) or isinstance(member, staticmethod)
    own = name == "__call__" or not name.startswith("_")
    return is_method and own and name not in ("ask", "reference", "rows")


def _signature(function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    kept = [parameter for name, parameter in signature.parameters.items() if name != "self"]
    shown = str(signature.replace(parameters=kept))
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", shown)  # annotations are texts


def _marks() -> Iterator[str]:
    yield "## Marks\n"
    for mark in MARKS:
        name, _, meaning = mark.partition(": ")
        yield f"- `@pytest.mark.{name}`: {meaning}"
    yield ""


def _gate() -> Iterator[str]:
    yield "## What the gate asks for\n"
    for rule in (rule for rules in RULES for rule in rules):
        yield f"- {_line(inspect.getdoc(rule))}"
    yield ""


def _environments() -> Iterator[str]:
    yield "## Environments\n"
    yield "| environment | services | memory | imported while warm |\n|---|---|---|---|"
    for name, environment in load_environments().items():
        warm = _codes(environment.preload)
        yield (
            f"| `{name}` | {_codes(environment.services) or NONE} | {environment.memory_mb} MiB "
            f"| {warm or NONE} |"
        )


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _text(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "")


def _first(text: str) -> str:
    return text.partition("\n\n")[0]


def _line(text: str | None) -> str:
    """A docstring as one line of Markdown."""
    return " ".join((text or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(reference())
