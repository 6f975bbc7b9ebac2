"""A queue in this process's memory: the fake beside the embedded one, for tests and trials."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from backyard.db import utcnow
from backyard.queue.interface import Claim, LeaseLost, Setback
from backyard.submissions.lifecycle import FAR, LEASE, Ending, Kind, SubmissionState
from backyard.submissions.models import new_id
from grader.verdict import Report, TestResult, Verdict


@dataclass
class Entry:
    """One submission, and what has been written about it.

    `endings` are those of its attempts, oldest first; `results` maps test ids to results.
    """

    id: str
    user_id: int
    exercise_id: str
    content_hash: str
    files: Mapping[str, str]
    created_at: datetime
    kind: Kind = Kind.SUBMIT
    state: SubmissionState = SubmissionState.QUEUED
    token: str | None = None
    lease_until: float | None = None
    not_before: float | None = None
    claimed_at: datetime | None = None
    tries: int = 0
    phase: str = ""
    endings: list[Ending | None] = field(default_factory=list)
    results: dict[str, TestResult] = field(default_factory=dict)
    report: Report | None = None
    cause: str = ""


class MemoryQueue:
    """A `backyard.queue.interface.Queue` that forgets everything with its process."""

    def __init__(
        self,
        clock: Callable[[], datetime] = utcnow,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.entries: dict[str, Entry] = {}
        self._clock = clock
        self._ticks = ticks
        self._lock = Lock()

    def put(
        self,
        user_id: int,
        exercise_id: str,
        files: Mapping[str, str],
        content_hash: str = "",
        kind: Kind = Kind.SUBMIT,
    ) -> str:
        """Add a submission and return its id."""
        entry = Entry(new_id(), user_id, exercise_id, content_hash, files, self._clock(), kind)
        self.entries[entry.id] = entry
        return entry.id

    def claim(self, worker: str) -> Claim | None:
        """Take the next submission; `worker` is not kept."""
        with self._lock:
            now = self._ticks()
            free = [entry for entry in self.entries.values() if _is_free(entry, now)]
            if not free:
                return None
            return _take(min(free, key=lambda entry: self._turn(entry, now)), self._clock(), now)

    def renew(self, claim: Claim) -> None:
        """Hold on to `claim` for another `LEASE`. Raises LeaseLost."""
        with self._lock:
            self._held(claim).lease_until = self._ticks() + LEASE

    def check(self, claim: Claim) -> None:
        """Only look whether `claim` still holds. Raises LeaseLost."""
        with self._lock:
            self._held(claim)

    def cancel(self, submission_id: str) -> bool:
        """What `backyard.submissions.cancelling.cancel` does to rows."""
        with self._lock:
            entry = self.entries[submission_id]
            if entry.state.is_over:
                return False
            entry.state, entry.not_before = SubmissionState.CANCELLED, None
            entry.endings = [ending or Ending.CANCELLED for ending in entry.endings]
            entry.token = entry.lease_until = None
            entry.phase = ""
            return True

    def phase(self, claim: Claim, name: str) -> None:
        """Keep how far the grading is. Raises LeaseLost."""
        with self._lock:
            self._held(claim).phase = name

    def tests(self, claim: Claim, results: Mapping[int, TestResult]) -> None:
        """Keep results. Raises LeaseLost."""
        with self._lock:
            self._held(claim).results.update({result.id: result for result in results.values()})

    def release(self, claim: Claim, setback: Setback) -> None:
        """Put the submission back. Raises LeaseLost."""
        with self._lock:
            entry = self._held(claim)
            entry.state = SubmissionState.QUEUED
            entry.not_before = self._ticks() + setback.pause
            entry.tries -= 0 if setback.ending.counts else 1
            _let_go(entry, setback.ending, setback.cause)

    def finish(self, claim: Claim, report: Report, cause: str = "") -> None:
        """Keep the verdict. Raises LeaseLost."""
        with self._lock:
            entry = self._held(claim)
            entry.state = SubmissionState.DONE
            entry.report = report
            reported = {result.id: result for result in report.tests}
            is_ours = report.verdict is Verdict.JUDGE_ERROR  # then what was streamed stays
            entry.results = reported | entry.results if is_ours else entry.results | reported
            _let_go(entry, Ending.with_verdict(report.verdict), cause)

    def _held(self, claim: Claim) -> Entry:
        entry = self.entries[claim.submission_id]
        if entry.token != claim.token:
            raise LeaseLost(claim.submission_id)
        return entry

    def _turn(self, entry: Entry, now: float) -> tuple[int, float, datetime, str]:
        theirs = [other for other in self.entries.values() if other.user_id == entry.user_id]
        served = [other.claimed_at.timestamp() for other in theirs if other.claimed_at]
        running = sum(other.token is not None and not _is_free(other, now) for other in theirs)
        return running, max(served, default=0.0), entry.created_at, entry.id


def _is_free(entry: Entry, now: float) -> bool:
    if entry.state is SubmissionState.QUEUED:
        return entry.not_before is None or _is_over(entry.not_before, now)
    return entry.lease_until is not None and _is_over(entry.lease_until, now)


def _is_over(moment: float, now: float) -> bool:
    return moment <= now or moment > now + FAR


def _take(entry: Entry, now: datetime, ticks: float) -> Claim:
    entry.endings = [ending or Ending.LOST for ending in entry.endings] + [None]
    entry.state = SubmissionState.RUNNING
    entry.token, entry.lease_until = new_id(), ticks + LEASE
    entry.claimed_at, entry.not_before, entry.phase = now, None, ""
    entry.tries += 1
    number = len(entry.endings)
    job = entry.exercise_id, entry.content_hash, entry.files, entry.kind
    return Claim(entry.id, entry.token, number, entry.tries, *job)


def _let_go(entry: Entry, ending: Ending, cause: str) -> None:
    entry.token = entry.lease_until = None
    entry.phase, entry.cause = "", cause
    entry.endings[-1] = ending
