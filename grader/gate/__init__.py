"""The gate: an exercise proves itself before a learner sees it.

Its accepted solutions score 100 %, its starter loads and does not pass, each wrong solution fails
the very tests that it is meant to fail, all of that in any order of the tests, and nothing that
learners see gives the answer away.
"""

from __future__ import annotations

from grader.gate.checking import AT_ONCE, Gate, GateResult, check, look_at_pages
from grader.gate.collecting import NotCollected, collect
from grader.gate.folder import read
from grader.gate.mutation import Mutation
from grader.gate.order import out_of_order
from grader.gate.problem import Problem
from grader.gate.progress import Progress
from grader.gate.slots import Slots, Stopped

__all__ = [
    "AT_ONCE",
    "Gate",
    "GateResult",
    "Mutation",
    "NotCollected",
    "Problem",
    "Progress",
    "Slots",
    "Stopped",
    "check",
    "collect",
    "look_at_pages",
    "out_of_order",
    "read",
]
