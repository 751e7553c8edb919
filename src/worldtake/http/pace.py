"""No more calls to one host than its pace allows, and none while it asks to be left alone."""

from __future__ import annotations

import asyncio

#: Hosts whose next turns are kept; past ones are forgotten beyond that.
HOSTS_KEPT = 10_000


class Pace:
    """Hand out turns, host by host; times are those of the event loop's clock, in seconds."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}

    async def turn(self, host: str, pace_seconds: float) -> None:
        """Wait until `host` may be called again, and take that turn."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next.get(host, now))
        self._forget_past(now)
        self._next[host] = at + pace_seconds
        if at > now:
            await asyncio.sleep(at - now)

    def hold(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds` from now."""
        self._held[host] = asyncio.get_running_loop().time() + seconds

    def held_seconds(self, host: str) -> float:
        """Return for how long `host` is still to be left alone; 0 if it is not."""
        until = self._held.get(host)
        if until is None:
            return 0.0
        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            del self._held[host]
        return max(0.0, left)

    def _forget_past(self, now: float) -> None:
        if len(self._next) > HOSTS_KEPT:
            self._next = {host: at for host, at in self._next.items() if at > now}
