"""How many TCP sockets there are in this sandbox: what they hold may count for no cgroup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

MOST: Final = 400
"""TCP sockets of a sandbox, both ends of each connection. With `sandbox.docker.walls.TCP_BUFFER`
they hold 13 MiB when all are full."""

LOOK_SECONDS: Final = 0.005
"""How often to look. Two processors fill about 80 sockets, 2.7 MiB, in a millisecond (measured
with the red team's sockets-of-the-loopback)."""

_COUNTS: Final = Path("/proc/net/sockstat")  # proc(5); of this network alone but for `mem`


def too_many_sockets() -> bool:
    """Whether there are more than `MOST`. Where the runtime shows no number there are not."""
    try:
        found = re.search(r"^TCP: inuse (\d+)", _COUNTS.read_text(), re.MULTILINE)
    except OSError:
        return False
    return found is not None and int(found[1]) > MOST
