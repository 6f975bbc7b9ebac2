"""Several workers on one SQLite file, for real: threads and processes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from backyard.catalog.models import Progress
from backyard.queue.embedded import EmbeddedQueue
from backyard.submissions.models import Submission
from tests.unit.queue.conftest import Clock, EmbeddedHarness
from tests.unit.queue.reports import a_report

DRAIN = """
import sys, time
from backyard.queue.embedded import EmbeddedQueue
from backyard.worker.database import open_database
from tests.unit.queue.reports import a_report
queue, misses = EmbeddedQueue(open_database(sys.argv[1])), 0
while misses < 20:
    if claim := queue.claim("process"):
        print(claim.submission_id)
        queue.renew(claim)
        queue.finish(claim, a_report())
        misses = 0
    else:
        misses += 1
        time.sleep(0.005)
"""


def drain(queue: EmbeddedQueue) -> list[str]:
    """Claim and finish until nothing has come for a while; return the ids."""
    ids, misses = [], 0
    while misses < 20:
        claim = queue.claim("thread")
        if claim is None:
            misses += 1
            continue
        misses = 0
        queue.finish(claim, a_report())
        ids.append(claim.submission_id)
    return ids


def test_threads_never_share_a_submission(sessions: sessionmaker[Session]) -> None:
    harness = EmbeddedHarness(sessions, Clock())
    ids = [harness.put(user) for user in (1, 2, 3) for _ in range(20)]
    with ThreadPoolExecutor(6) as pool:
        drained = list(pool.map(drain, [EmbeddedQueue(sessions)] * 6))
    assert Counter(chain.from_iterable(drained)) == Counter(ids)


def test_processes_never_share_a_submission(sessions: sessionmaker[Session]) -> None:
    harness = EmbeddedHarness(sessions, Clock())
    ids = [harness.put(user) for user in (1, 2, 3) for _ in range(20)]
    engine = sessions.kw["bind"]
    assert isinstance(engine, Engine)
    command = [sys.executable, "-c", DRAIN, str(engine.url)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    graded = [line for worker in workers for line in worker.communicate(timeout=60)[0].split()]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert Counter(graded) == Counter(ids)
    with sessions() as session:
        assert session.scalar(select(func.count()).where(Submission.verdict == "passed")) == 60
        assert session.scalar(select(func.count()).select_from(Progress)) == 3
