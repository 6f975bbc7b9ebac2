"""The choice of an OCI runtime, from what the engine says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.docker.runtimes import UnknownRuntime, choose
from sandbox.docker.walls import GVISOR, Costs

INFO: dict[str, Any] = {
    "DefaultRuntime": "runc",
    "Runtimes": {
        "runc": {"path": "runc"},
        "careful": {"path": "/usr/bin/runsc", "runtimeArgs": ["--network=none"]},
        "shim": {"runtimeType": "io.containerd.runsc.v1"},
        "crun": {"path": "/usr/bin/crun"},
    },
}


def test_without_a_wish_the_engines_default_is_taken() -> None:
    assert choose(None, INFO).name == "runc"
    assert choose(None, INFO).costs == Costs(tasks=1, memory_mb=0)


def test_gvisor_is_known_by_its_program_whatever_its_name_is() -> None:
    assert [name for name in INFO["Runtimes"] if choose(name, INFO).is_gvisor] == [
        "careful",
        "shim",
    ]
    assert choose(None, INFO | {"DefaultRuntime": "careful"}).costs == GVISOR


def test_a_runtime_that_the_engine_lacks_is_named_with_those_that_it_has() -> None:
    wanted = r"no runtime 'runcs', .*BACKYARD_RUNTIME.* it knows: careful, crun, runc, shim\."
    with pytest.raises(UnknownRuntime, match=wanted):
        choose("runcs", INFO)


def test_an_engine_that_tells_of_no_runtimes_can_still_be_used() -> None:
    assert choose(None, {}).costs == Costs()
