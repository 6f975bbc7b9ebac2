"""Mutants of Python: mutmut's operators, and a few that suit small programs. Pure.

Left out is what no test could or should notice: docstrings, annotations, imports, what is logged,
and the wording of messages, which is anything with a space in it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

import libcst as cst
import libcst.matchers as m
from mutmut.mutation import mutators

from grader.mutants.mutant import Mutant, mutant

Operator = Callable[[Any], Iterable[cst.CSTNode]]

_LOGS: Final = {"log", "logger", "logging", "warnings"}
_MAIN: Final = m.If(test=m.Comparison(left=m.Name("__name__")))
_POINTLESS: Final = (
    m.Annotation()
    | m.Import()
    | m.ImportFrom()
    | m.TypeAlias()
    | m.Expr(m.SimpleString() | m.ConcatenatedString())
    | _MAIN
)


def python_mutants(file: str, text: str) -> Iterator[Mutant]:
    """Yield the mutants of a Python file; none where it can't be read."""
    try:
        module = cst.parse_module(text)
    except cst.ParserSyntaxError:
        return
    seen = {text}
    for node in _nodes(module):
        for kind, operator in _OPERATORS:
            for changed in operator(node) if isinstance(node, kind) else ():
                code = _code(module, node, changed)
                if code not in seen and _is_python(code):
                    seen.add(code)
                    yield mutant(file, text, code)


class _Sites(cst.CSTVisitor):
    """Collects the nodes that are worth a change."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if m.matches(node, _POINTLESS) or _is_logging(node):
            return False
        self.found.append(node)
        return True


def _nodes(module: cst.Module) -> list[cst.CSTNode]:
    sites = _Sites()
    module.visit(sites)
    return sites.found


def _is_logging(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Expr) or not isinstance(node.value, cst.Call):
        return False
    names = m.findall(node.value.func, m.Name())
    return any(isinstance(name, cst.Name) and name.value in _LOGS for name in names)


def _code(module: cst.Module, node: cst.CSTNode, changed: Any) -> str:
    result = module.deep_replace(node, changed)
    return result.code if isinstance(result, cst.Module) else module.code


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def _text(node: cst.SimpleString) -> Iterable[cst.BaseString]:
    """mutmut's first change of a string, but of no wording."""
    return () if " " in node.value else islice(mutators.operator_string(node), 1)


def _without_keyword(node: cst.Call) -> Iterator[cst.Call]:
    """Leave an argument out that has a name, and so perhaps a default."""
    for n, argument in enumerate(node.args):
        if argument.keyword is not None:
            rest = [*node.args[:n], *node.args[n + 1 :]]
            if rest and n == len(node.args) - 1:
                rest[-1] = rest[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
            yield node.with_changes(args=rest)


def _negated(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    """Turn a condition round that holds nothing which mutmut changes."""
    if not m.matches(node.test, m.Comparison() | m.BooleanOperation() | m.UnaryOperation()):
        test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


def _not_called(node: cst.Expr) -> Iterator[Any]:
    """Leave a statement out that is but a call."""
    if m.matches(node.value, m.Call() | m.Await(m.Call())):
        yield cst.Pass()


def _undecorated(node: cst.FunctionDef | cst.ClassDef) -> Iterator[cst.CSTNode]:
    """Leave a decorator out."""
    for n in range(len(node.decorators)):
        rest = [*node.decorators[:n], *node.decorators[n + 1 :]]
        yield node.with_changes(decorators=rest)


_OPERATORS: Final[tuple[tuple[Any, Operator], ...]] = (
    (cst.BaseNumber, mutators.operator_number),
    (cst.SimpleString, _text),
    (cst.Name, mutators.operator_name),
    (cst.AugAssign, mutators.operator_augmented_assignment),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.Call, mutators.operator_symmetric_string_methods_swap),
    (cst.Call, mutators.operator_unsymmetrical_string_methods_swap),
    (cst.Call, _without_keyword),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.Match, mutators.operator_match),
    (cst.IfExp, mutators.operator_if_exp),
    ((cst.If, cst.While, cst.CompIf), _negated),
    (cst.Expr, _not_called),
    ((cst.FunctionDef, cst.ClassDef), _undecorated),
)
