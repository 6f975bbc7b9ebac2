"""`plan`: how PostgreSQL would run a statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import psycopg

from sandbox.runner.suite.postgres import at_line, explain_error
from sandbox.runner.suite.query import Session
from sandbox.runner.suite.recorder import Recorder, cut

EXPLAIN: Final = "EXPLAIN (FORMAT JSON) "


class PlanFailed(AssertionError):
    """The learner's SQL has no plan; the message is PostgreSQL's."""


class Plan:
    """PostgreSQL's plan of one statement, as `EXPLAIN` gives it.

    `nodes` are the plan's nodes, outermost first, with the keys of `EXPLAIN (FORMAT JSON)`;
    `cost` is the planner's estimate for the whole, in its own units.
    """

    def __init__(self, root: dict[str, Any]) -> None:
        self.nodes = list(_walk(root))
        self.cost = float(root["Total Cost"])

    @property
    def indexes(self) -> set[str]:
        """The names of the indexes that it uses."""
        return {node["Index Name"] for node in self.nodes if "Index Name" in node}

    def scans(self, table: str) -> list[str]:
        """The types of the nodes that read `table`, such as `Seq Scan` or `Index Scan`."""
        return [node["Node Type"] for node in self.nodes if node.get("Relation Name") == table]

    def __repr__(self) -> str:
        return "\n".join(_line(node) for node in self.nodes)


class Planner:
    """`plan(sql)`: the plan of a statement of the learner's, with the learner's rights."""

    def __init__(self, session: Session, recorder: Recorder) -> None:
        self.session = session  # where such a statement is run
        self._recorder = recorder

    def __call__(self, sql: str) -> Plan:
        """Return the plan of the one statement in `sql`, which is not run. Raises PlanFailed."""
        text = sql.strip().removesuffix(";")
        try:
            with self.session() as connection, psycopg.Cursor(connection) as cursor:
                # in binary, since that takes a single statement (psycopg, "Binary parameters")
                found = cursor.execute(f"{EXPLAIN}{text}".encode(), binary=True).fetchone()
        except psycopg.Error as error:
            where = at_line(EXPLAIN + text, error)
            words = f"PostgreSQL has no plan for your statement{where}. {explain_error(error)}"
            raise PlanFailed(words) from None
        assert found is not None, "EXPLAIN answers with one row"
        [told] = found[0]
        if not isinstance(told, dict):  # but words on why there is none
            raise PlanFailed(f"PostgreSQL has no plan for your statement: {told}.")
        plan = Plan(told["Plan"])
        self._recorder.add({"kind": "plan", "statement": cut(text), "plan": cut(repr(plan))})
        return plan


def _walk(node: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    yield {**node, "Depth": depth, "Plans": None}
    for child in node.get("Plans", ()):
        yield from _walk(child, depth + 1)


def _line(node: dict[str, Any]) -> str:
    """One line, much as psql shows it."""
    what = node["Node Type"]
    if "Index Name" in node:
        what += f" using {node['Index Name']}"
    if "Relation Name" in node:
        what += f" on {node['Relation Name']}"
    conditions = [f"{name}: {node[name]}" for name in ("Index Cond", "Filter") if name in node]
    costs = f"cost={node['Startup Cost']:.2f}..{node['Total Cost']:.2f} rows={node['Plan Rows']}"
    return f"{'  ' * node['Depth']}{what}  ({costs})" + "".join(f"  {c}" for c in conditions)
