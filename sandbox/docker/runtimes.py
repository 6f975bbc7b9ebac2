"""Which OCI runtime sandboxes get, and what is known of it. Data in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.docker.walls import GVISOR, Costs

RUNTIME_SETTING: Final = "BACKYARD_RUNTIME"


class UnknownRuntime(Exception):
    """The engine has no runtime of that name; the message says which it has."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """One runtime of an engine: its name there, and whether it is gVisor's runsc."""

    name: str
    is_gvisor: bool

    @property
    def costs(self) -> Costs:
        """What it takes out of a sandbox's limits."""
        return GVISOR if self.is_gvisor else Costs()


def choose(wanted: str | None, info: Mapping[str, Any]) -> Runtime:
    """Return the runtime that `wanted` names, or the engine's default.

    `info` is what the engine answers to /info: `Runtimes` holds by name the program's `path` or
    containerd's `runtimeType` (Docker Engine API, "Get system information"). Raises UnknownRuntime.
    """
    known: Mapping[str, Any] = info.get("Runtimes") or {}
    name = wanted or str(info.get("DefaultRuntime", ""))
    if wanted and wanted not in known:
        raise UnknownRuntime(
            f"the Docker engine knows no runtime {wanted!r}, which is what {RUNTIME_SETTING} asks "
            f"for; it knows: {', '.join(sorted(known))}. docs/operating.md says how to add one"
        )
    details = known.get(name) or {}
    told = " ".join([name, *(str(details.get(key, "")) for key in ("path", "runtimeType"))])
    return Runtime(name, is_gvisor="runsc" in told)
