"""PostgreSQL: a server of the sandbox's own, on a copy of the cluster that the image holds."""

from __future__ import annotations

import pwd
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Final

from sandbox.runner.services.address import POSTGRES_DIRECTORY
from sandbox.runner.services.starting import Starting, launch, start_apart, until_well

TEMPLATE: Final = Path("/var/lib/postgresql/template")
DATA: Final = Path("/run/cluster/data")

LAST_WORDS: Final = "ALTER ROLE suite PASSWORD '{password}'; ALTER ROLE postgres NOLOGIN"
"""What the superuser does before a learner's program runs."""

OOM_BACKEND: Final = "900"
"""Badness of a server process that works for a session: it goes before the postmaster does."""


def start() -> Starting:
    """Begin to start the server. Its secret is the password of the role `suite`."""
    return start_apart("PostgreSQL", pwd.getpwnam("postgres").pw_uid, _bring_up)


def _bring_up(complaints: int) -> str:
    _start_server(complaints)
    return _set_password()


def _start_server(complaints: int) -> None:
    shutil.copytree(TEMPLATE, DATA, symlinks=True)
    DATA.chmod(0o700)
    badness = {
        "PG_OOM_ADJUST_FILE": "/proc/self/oom_score_adj",
        "PG_OOM_ADJUST_VALUE": OOM_BACKEND,
    }
    launch(["postgres", "-D", str(DATA)], complaints, badness)


def _set_password() -> str:
    """Give the role `suite` a password, once the server answers, and return it.

    From then on nobody can log in as the superuser: who may is for the kernel to say (`peer`), and
    gVisor's of 2022 says yes to everybody.
    """
    password = secrets.token_urlsafe(24)
    until_well(lambda: _psql(LAST_WORDS.format(password=password)))
    return password


def _psql(statement: str) -> str:
    """Run one statement as the superuser; return what went wrong. A small program: psycopg, which
    takes longer to import than the server to start, is for the suite's process alone."""
    command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname=postgres"]
    done = subprocess.run(
        [*command, f"--host={POSTGRES_DIRECTORY}", "--username=postgres"],
        input=statement,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr
