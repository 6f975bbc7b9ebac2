"""`backyard worker`."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack
from threading import Event
from typing import Final

import click
import structlog
from sqlalchemy.orm import Session, sessionmaker

from backyard.config import ConfigurationError, Settings, load_settings
from backyard.queue.embedded import EmbeddedQueue
from backyard.worker.background import Background
from backyard.worker.database import open_checked
from backyard.worker.dead import LOOK, release_from_the_dead
from backyard.worker.grading import Grading
from backyard.worker.health import BEAT, Health
from backyard.worker.leases import RENEWAL, Leases
from backyard.worker.logs import configure_logs
from backyard.worker.patience import PatientPools
from backyard.worker.periodic import Periodic
from backyard.worker.publishing import Publishing
from backyard.worker.regrading import Regrading
from backyard.worker.shelf import Shelf
from backyard.worker.slots import Slots
from backyard.worker.trying import Trying
from grader.compiling import Compiler
from grader.grading import Grader
from sandbox.demand import Demand
from sandbox.docker import DockerProvider
from sandbox.docker.owner import owner_is_gone, owner_label
from sandbox.environment import load_environments
from sandbox.errors import EngineUnavailable, SandboxError
from sandbox.interface import Provider
from sandbox.pool import Pool

SWEEP: Final = 60.0
"""Seconds between two searches for sandboxes that nobody owns."""

TRYING: Final = 0.1
"""Seconds between two looks for somebody who wants to try something."""

TENDING: Final = 10.0
"""Seconds between two looks at the warm sandboxes: what died is replaced, what is spare ended."""

log: Final = structlog.get_logger()


@click.command("worker")
@click.option(
    "--slots",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="How many submissions are graded at once.",
)
def worker_command(slots: int) -> None:
    """Grade submissions until told to stop (SIGTERM or Ctrl-C).

    What is being graded then is finished first, for at most 30 seconds.
    """
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    configure_logs()
    try:
        settings = load_settings()
        sessions = open_checked(settings.database)
        provider = DockerProvider()
    except (ConfigurationError, SandboxError) as error:
        raise click.ClickException(str(error)) from None
    work(settings, sessions, provider, slots, stopping)


def work(
    settings: Settings,
    sessions: sessionmaker[Session],
    provider: Provider,
    slots: int,
    stopping: Event,
) -> None:
    """Grade with `slots` threads in sandboxes of `provider` until `stopping` is set."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    queue = EmbeddedQueue(sessions)
    health = Health(name, provider.check, sessions, process=owner_label())
    leases = Leases(queue)
    with ExitStack() as stack:
        sweep = _sweeper(provider)
        sweep()
        environments = load_environments()
        demand = Demand(environments, settings.pool_memory_mb)
        pool = stack.enter_context(Pool(provider, environments, demand))
        health.beat()
        stack.callback(health.farewell)
        stack.enter_context(Periodic("sign of life", BEAT, health.beat))
        stack.enter_context(Periodic("sweep", SWEEP, sweep))
        stack.enter_context(
            Periodic("the dead", LOOK, lambda: release_from_the_dead(sessions, owner_is_gone))
        )
        stack.enter_context(Periodic("pool", TENDING, pool.tend))
        stack.enter_context(Periodic("leases", RENEWAL, leases.renew))
        shelf, compiler = Shelf(sessions), Compiler(pool)
        grading = Grading(queue, shelf.get, Grader(pool, compiler).grade, health.beat)
        threads = Slots(name, queue, grading, leases, health, stopping)
        threads.start(slots)
        patient = PatientPools(provider, sessions, stopping)
        publishing = Publishing(sessions, settings.exercises_dir, patient)
        regrading = Regrading(sessions, shelf, patient, compiler)
        background = Background([publishing.take_one, regrading.take_some], health, stopping)
        background.start()
        trying = Trying(sessions, shelf.get, pool, stopping, settings.tryouts, name)
        beside = Background([trying.take_one], health, stopping, idle=TRYING)
        beside.start()
        log.info("worker is ready", worker=name, slots=slots)
        stopping.wait()
        log.info("worker stops", worker=name)
        threads.finish()
        background.finish()
        beside.finish()
        trying.finish()


def _sweeper(provider: Provider) -> Callable[[], None]:
    def sweep() -> None:
        try:
            if count := provider.sweep():
                log.info("removed sandboxes that nobody owned", count=count)
        except EngineUnavailable as error:
            log.warning("nothing was swept", why=str(error))

    return sweep
