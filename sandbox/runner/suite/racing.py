"""`race`: many requests at once, so that lost updates and double bookings show."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, Final

import httpx

MOST: Final = 50
"""Requests of one race: each has a thread of the suite's."""


class Race:
    """`race(20, "POST", "/seats/1")`, or `race([request, …])` with requests of
    `client.build_request`. The exercise says by `threads` how many the server answers at once."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def __call__(
        self,
        runners: int | Sequence[httpx.Request],
        method: str = "GET",
        url: str = "/",
        **request: Any,
    ) -> list[httpx.Response]:
        """Send all requests at the same moment; return the answers in the requests' order.

        `request` is what `client.build_request` takes. Raises what `client.send` does.
        """
        if isinstance(runners, int):
            build = self._client.build_request
            runners = [build(method, url, **request) for _ in range(runners)]
        if not 2 <= len(runners) <= MOST:
            raise ValueError(f"a race has 2 to {MOST} requests")
        start = Barrier(len(runners))

        def run(request: httpx.Request) -> httpx.Response:
            start.wait()
            return self._client.send(request)

        with ThreadPoolExecutor(len(runners)) as executor:
            return list(executor.map(run, runners))
