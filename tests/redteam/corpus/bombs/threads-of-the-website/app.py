import os
import socket
import time
from pathlib import Path

WEBSITE = 73


def threads():
    """How many threads the website has."""
    processes = [p for p in Path("/proc").glob("[0-9]*") if p.stat().st_uid == WEBSITE]
    return sum(len(os.listdir(process / "task")) for process in processes)


def attack():
    kept = []
    for _ in range(150):
        end = socket.socket()
        end.setblocking(False)
        end.connect_ex(("127.0.0.1", 8000))
        kept.append(end)
    most, ends_at = 0, time.monotonic() + 3
    while time.monotonic() < ends_at:
        most = max(most, threads())
        time.sleep(0.1)
    print("connections:", len(kept), "threads:", most > 4, flush=True)
    return "through" if most > 40 else "few threads"
