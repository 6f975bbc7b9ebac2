"""The walls of a sandbox, judged by what a program that was run as a learner tells of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sandbox.doctor.findings import Finding, Status

TRIED: Final = ("rights", "network", "others", "files", "kernel", "processes", "largest")
"""The tries of `program.py` whose answers are judged. `memory` is judged by its verdict."""

MOST_PROCESSES: Final = 64
MOST_FILE_BYTES: Final = 32 * 2**20
FIRST_UID: Final = 1_000_000
"""What runner/privileges.py grants, and where docker/walls.py lets learners' uids begin."""

REFUSED: Final = ("EPERM", "EACCES")

ADVICE: Final = (
    "Don't let learners submit until this is mended; docs/security.md says what it is for."
)

HARMLESS: Final = {"its environment read", "its descriptors listed"}
"""What gVisor of 2022 lets everybody do. Secrets are in no environment, and a descriptor's name
opens nothing."""

Told = Mapping[str, Mapping[str, Any]]
_Judged = tuple[bool | Status, str]
"""Whether the wall holds, or what else to say of it, and what was found."""


def judge_walls(told: Told) -> list[Finding]:
    """Judge each wall. `told` are the answers by the name of the try."""
    return [_judge(name, judge, told) for name, judge in _WALLS.items()]


def judge_memory_wall(verdict: str, message: str) -> Finding:
    """Judge the limit of memory by the verdict on a program that takes more than there is."""
    if verdict == "out_of_memory":
        return Finding("wall: memory", Status.OK, "who takes more than the limit is ended")
    told = f"a program that takes all memory was judged {verdict}. {message}".strip()
    return Finding("wall: memory", Status.FAIL, told, ADVICE)


def _judge(name: str, judge: Callable[[Told], _Judged], told: Told) -> Finding:
    try:
        holds, found = judge(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"the program in the sandbox did not tell ({error!r})"
        return Finding(f"wall: {name}", Status.UNKNOWN, what)
    if not isinstance(holds, Status):
        holds = Status.OK if holds else Status.FAIL
    return Finding(f"wall: {name}", holds, found, ADVICE if holds is Status.FAIL else "")


def _network(told: Told) -> _Judged:
    interfaces = set(told["network"]["interfaces"]) - {"lo"}
    made = [name for name, said in told["network"]["sockets"].items() if said == "done"]
    problems = [f"interface {name}" for name in sorted(interfaces)]
    problems += [f"sockets of {name}" for name in made]
    return not problems, ", ".join(problems) or "no interface, and Unix sockets only"


def _root(told: Told) -> _Judged:
    writable = list(told["files"]["writable"])
    if writable:
        return False, f"can be written: {', '.join(writable)}"
    if not told["files"]["root_read_only"]:
        return False, "the root file system is mounted to be written"
    return True, "mounted read-only, and nothing but its own folders can be written"


def _capabilities(told: Told) -> _Judged:
    had = {name: bits for name, bits in told["rights"]["capabilities"].items() if int(bits, 16)}
    return bool(told["rights"]["capabilities"]) and not had, f"{had}" if had else "none"


def _identity(told: Told) -> _Judged:
    uids = set(told["rights"]["uid"])
    holds = min(uids) >= FIRST_UID and told["rights"]["become root"] in REFUSED
    return holds, f"uid {min(uids)}, and becoming root: {told['rights']['become root']}"


def _no_new_privileges(told: Told) -> _Judged:
    value = told["rights"]["no_new_privileges"]
    return value == 1, "set" if value == 1 else "not set"


def _seccomp(told: Told) -> _Judged:
    mode = told["rights"]["seccomp"]
    return mode == "2", f"mode {mode or 'not told'}"


def _others(told: Told) -> _Judged:
    if not told["others"]["met"]:
        return Status.UNKNOWN, "no process of others was seen, so nothing could be tried on them"
    return _reached(told["others"]["rest"])


def _runner(told: Told) -> _Judged:
    done = told["others"]["first"]
    if done is None:
        return Status.UNKNOWN, "it was not seen, so nothing could be tried on it"
    return _reached(done)


def _reached(done: Sequence[str]) -> _Judged:
    if not done:
        return Status.OK, "can be neither traced, nor read, nor signalled"
    if set(done) <= HARMLESS:
        return Status.WARNING, f"{', '.join(done)}; nothing secret is in that, as Backyard has it"
    return Status.FAIL, ", ".join(done)


def _suite(told: Told) -> _Judged:
    said = told["files"]["suite"]
    return said in REFUSED, f"entering it: {said}"


def _kernel(told: Told) -> _Judged:
    writable = list(told["kernel"]["writable"])
    return not writable, ", ".join(writable) or "none can be written"


def _set_user_id(told: Told) -> _Judged:
    found = list(told["files"]["set_user_id"])
    return not found, ", ".join(found) or "none"


def _processes(told: Told) -> _Judged:
    made, stopped = told["processes"]["made"], told["processes"]["stopped"]
    return made <= MOST_PROCESSES and stopped == "EAGAIN", f"{made} more could be started"


def _file_size(told: Told) -> _Judged:
    size, stopped = told["largest"]["bytes"], told["largest"]["stopped"]
    return size <= MOST_FILE_BYTES and stopped == "EFBIG", f"{size // 2**20} MiB could be written"


_WALLS: Final[Mapping[str, Callable[[Told], _Judged]]] = {
    "network": _network,
    "root": _root,
    "user": _identity,
    "capabilities": _capabilities,
    "no-new-privileges": _no_new_privileges,
    "seccomp": _seccomp,
    "the runner, PID 1": _runner,
    "others' processes": _others,
    "the suite's folder": _suite,
    "the kernel's settings": _kernel,
    "set-uid programs": _set_user_id,
    "processes": _processes,
    "file size": _file_size,
}
