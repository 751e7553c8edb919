"""No more calls to one host, or to one registered domain, than their paces allow, and none while a host asks to be left alone.

A pace is counted from when the former call began to be answered (or failed) to when the next one is begun: a server never sees
two calls closer than that, however long names, connections and the way there take. So where there is a pace, no call begins
before the former one is answered.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

#: Hosts and domains that are remembered; of more, those that are called rarely are forgotten.
HOSTS_KEPT = 10_000
#: Longest time that a host is remembered for its pace alone, in seconds; no pace is longer (robots.txt's delays are cut to 60).
REMEMBERED_SECONDS = 120.0
#: What is said of a host that has as many calls in hand as it may: look again after so many seconds.
FULL_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a call goes, and how often it may."""

    #: Name of the host.
    host: str
    #: What of it somebody registered; empty where the domain has no pace.
    domain: str
    #: Whether a setting names it (`allow_hosts`).
    named: bool
    #: Least time between two calls to the host, in seconds; 0 where there is none.
    host_seconds: float
    #: The same for all hosts of the domain.
    domain_seconds: float


class _Queue:
    """The calls of one host, or of one domain."""

    __slots__ = ("last", "lock", "places", "unanswered")

    def __init__(self, places: int) -> None:
        #: When the former call began to be answered.
        self.last = float("-inf")
        #: Held by the call whose turn it is until it is answered.
        self.lock = asyncio.Lock()
        #: For calls in hand, bodies included; not used of a domain.
        self.places = asyncio.Semaphore(places)
        #: Calls that wait, or are in hand and not yet answered.
        self.unanswered = 0

    def wait_seconds(self, seconds: float, now: float) -> float:
        """Return how long a further call would have to wait, as far as can be known."""
        if not seconds:
            return 0.0
        return (seconds * self.unanswered) if self.unanswered else self.last + seconds - now

    def is_idle(self, now: float) -> bool:
        """Tell whether it can be forgotten."""
        return not (self.unanswered or self.places.locked()) and (
            self.last + REMEMBERED_SECONDS < now
        )


class Turn:
    """The right to make one call: say `answered` when the answer begins, and `end` in every case."""

    __slots__ = ("_granted", "_locked", "_paced", "_queues")

    def __init__(self, paced: list[tuple[_Queue, float]]) -> None:
        self._paced = paced
        self._queues = [queue for queue, _ in paced]
        self._locked: list[_Queue] = []
        self._granted = False
        for queue in self._queues:
            queue.unanswered += 1

    async def wait(self) -> None:
        """Wait until host and domain, in this order, let the call pass."""
        for queue, seconds in self._paced:
            if seconds:
                await queue.lock.acquire()
                self._locked.append(queue)
                while (left := queue.last + seconds - time.monotonic()) > 0:  # noqa: ASYNC110 sleep may end early
                    await asyncio.sleep(left)
        self._granted = True

    def answered(self) -> None:
        """Let the next call count its pace from now."""
        now = time.monotonic()
        for queue in self._queues:
            queue.unanswered -= 1
            if self._granted:
                queue.last = now
        for queue in self._locked:
            queue.lock.release()
        self._queues, self._locked = [], []

    def end(self) -> None:
        """Give the turn back; the call has been read, or has failed."""
        self.answered()
        self._paced[0][0].places.release()


class Pace:
    """Hand out turns, and keep who is to be left alone; times are of the monotonic clock."""

    def __init__(self, host_concurrency: int) -> None:
        self._host_concurrency = host_concurrency
        self._queues: dict[Hashable, _Queue] = {}
        self._held: dict[str, float] = {}
        self._sweep_at = HOSTS_KEPT

    async def turn(self, spot: Spot) -> Turn:
        """Wait until `spot` may be called, and take that turn."""
        host = self._queue(spot.host)
        paced = [(host, spot.host_seconds)]
        if spot.domain_seconds:
            paced.append((self._queue((spot.domain,)), spot.domain_seconds))
        turn = Turn(paced)
        try:
            await host.places.acquire()
        except BaseException:
            turn.answered()
            raise
        try:
            await turn.wait()
        except BaseException:
            turn.end()
            raise
        return turn

    def wait_seconds(self, spot: Spot) -> float:
        """Return how long `spot` could not be called, as far as can be known; 0 where it could be now."""
        now = time.monotonic()
        wait = self.held_seconds(spot.host)
        host = self._queues.get(spot.host)
        if host is not None:
            wait = max(wait, host.wait_seconds(spot.host_seconds, now))
            if host.places.locked():
                wait = max(wait, FULL_SECONDS)
        domain = self._queues.get((spot.domain,)) if spot.domain_seconds else None
        return max(wait, domain.wait_seconds(spot.domain_seconds, now)) if domain else wait

    def hold(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds` from now."""
        now = time.monotonic()
        if len(self._held) >= HOSTS_KEPT:
            soonest = sorted(self._held.items(), key=lambda each: each[1])
            self._held = dict(soonest[HOSTS_KEPT // 10 :])
        self._held[host] = max(now + seconds, self._held.get(host, now))

    def held_seconds(self, host: str) -> float:
        """Return for how long `host` is still to be left alone; 0 if it is not."""
        if not self._held:
            return 0.0
        left = self._held.get(host, 0.0) - time.monotonic()
        if left <= 0:
            self._held.pop(host, None)
        return max(0.0, left)

    def _queue(self, key: Hashable) -> _Queue:
        queue = self._queues.get(key)
        if queue is None:
            if len(self._queues) >= self._sweep_at:
                self._forget()
            queue = self._queues[key] = _Queue(self._host_concurrency)
        return queue

    def _forget(self) -> None:
        now = time.monotonic()
        kept = {key: queue for key, queue in self._queues.items() if not queue.is_idle(now)}
        self._queues = kept
        self._sweep_at = max(HOSTS_KEPT, 2 * len(kept))
