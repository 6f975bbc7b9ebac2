"""Imports run one way: backyard → grader → sandbox, and nothing of ours into the runner."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE_ROOTS = (ROOT / "platform", ROOT)
OURS = ("backyard", "grader", "sandbox")

# What decides a verdict takes data and returns data.
PURE = tuple(
    f"grader.{name}"
    for name in (
        "exercise",
        "frames",
        "judging",
        "names",
        "parsing",
        "submission",
        "text",
        "verdict",
    )
)
# The worker's process and the commands of an operator; all else may be loaded by the web's.
ENGINE_SIDE = ("backyard.worker", "backyard.commands", "backyard.serve")
OUTSIDE = {"io", "os", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "time", "urllib"}
INPUT_OUTPUT_CALLS = {"open", "print", "input"}


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for root in SOURCE_ROOTS:
        for package in OURS:
            for path in (root / package).rglob("*.py"):
                parts = path.relative_to(root).with_suffix("").parts
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text())


@cache
def imports(module: str) -> frozenset[str]:
    """All that a module's file imports, wherever in it the statement stands."""
    return frozenset(name for node in ast.walk(tree(module)) for name in _names(module, node))


def _names(module: str, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = node.module or ""
        if node.level:
            is_package = modules()[module].name == "__init__.py"
            above = module.split(".")[: len(module.split(".")) - node.level + is_package]
            source = ".".join([*above, *filter(None, [node.module])])
        yield source
        yield from (f"{source}.{alias.name}" for alias in node.names)


def reached(start: str) -> set[str]:
    """All that is imported when a module is, directly or through others of ours."""
    seen: set[str] = set()
    waiting = {start}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        packages = {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
        below = imports(name) if name in modules() else frozenset()
        waiting |= (below | packages) - seen
    return seen


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def offences(package: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{module} imports {name}"
        for module in modules()
        if within(module, package)
        for name in imports(module)
        if any(within(name, other) for other in forbidden)
    ]


def feature(module: str) -> str:
    """The folder of the web application that a module is in; a module beside them is itself."""
    return ".".join(module.split(".")[:2])


def features() -> Mapping[str, set[str]]:
    """Which features each of them imports from."""
    web = {module for module in modules() if within(module, "backyard")}
    graph: dict[str, set[str]] = {feature(module): set() for module in web}
    for module in web:
        known = {feature(name) for name in imports(module)} & graph.keys()
        graph[feature(module)] |= known - {feature(module)}
    return graph


def cycle_in(graph: Mapping[str, set[str]]) -> list[str]:
    """A way from some node back to itself, or nothing."""
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_are_modules_to_look_at() -> None:
    assert {module.split(".")[0] for module in modules()} == set(OURS)
    assert "sandbox.protocol" in reached("sandbox.runner.__main__")


def test_features_of_the_web_import_one_another_one_way() -> None:
    assert "backyard.catalog" in features()["backyard.workbench"]
    assert cycle_in(features()) == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: set(imports(module)) & modules().keys() - {module} for module in modules()}
    assert cycle_in(graph) == []


def test_a_cycle_would_be_found() -> None:
    assert cycle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []


def test_the_sandbox_knows_neither_the_grader_nor_the_web() -> None:
    assert offences("sandbox", ("grader", "backyard")) == []


def test_the_grader_knows_no_web_and_no_database() -> None:
    web = ("backyard", "flask", "flask_sqlalchemy", "sqlalchemy", "werkzeug", "jinja2")
    assert offences("grader", web) == []


def test_the_runner_imports_nothing_of_ours_but_itself_and_the_protocol() -> None:
    ours = {
        name
        for module in modules()
        if within(module, "sandbox.runner")
        for name in imports(module)
        if within(name, "sandbox") and name in modules()
    }
    assert {name for name in ours if not within(name, "sandbox.runner")} <= {
        "sandbox",
        "sandbox.protocol",
    }


def test_the_protocol_imports_nothing_of_ours() -> None:
    assert offences("sandbox.protocol", OURS) == []


def test_the_web_never_loads_what_can_reach_the_docker_engine() -> None:
    web = [name for name in modules() if within(name, "backyard")]
    web = [name for name in web if not any(within(name, other) for other in ENGINE_SIDE)]
    engine = ("docker", "sandbox.docker", "sandbox.images")
    found = {name: [other for other in engine if other in reached(name)] for name in web}
    assert "backyard.application" in found
    assert {name: others for name, others in found.items() if others} == {}


@pytest.mark.parametrize("module", PURE)
def test_what_decides_a_verdict_does_no_input_or_output(module: str) -> None:
    names = imports(module)
    assert not {name for name in names if name.split(".")[0] in OUTSIDE}
    assert not names & {"pathlib", "pathlib.Path"}
    calls = {
        node.func.id
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & INPUT_OUTPUT_CALLS
