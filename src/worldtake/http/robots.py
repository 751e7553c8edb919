"""What hosts allow robots to read (RFC 9309): fetched once a day, obeyed, and where it cannot be read, nothing is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from worldtake.errors import FetchError, RefusedAddressError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from yarl import URL

    from worldtake.http.responses import Response

#: How long rules are kept, in seconds (RFC 9309: at most 24 hours).
KEPT_SECONDS = 24 * 3600.0
#: How long it is remembered that rules could not be read, in seconds.
FAILURE_SECONDS = 10 * 60.0
#: Longest file that is read (RFC 9309: at least 500 KiB).
MAX_BYTES = 512 * 1024
#: Longest pause that a file may ask for, in seconds; longer ones are cut to it.
MAX_DELAY_SECONDS = 60.0
#: Hosts whose rules are kept; beyond that all are forgotten.
HOSTS_KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host allows."""

    #: The rules; None where everything is allowed.
    parsed: Protego | None
    #: Why nothing may be read for now; empty where the rules could be read.
    unread: str
    #: End of validity on the event loop's clock, in seconds.
    until: float


class RobotsBook:
    """Keep the rules of each host; `read` fetches an address without asking for rules."""

    def __init__(self, agent: str, read: Callable[[URL], Awaitable[Response]]) -> None:
        self._agent = agent
        self._read = read
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def delay(self, url: URL) -> float:
        """Return the pause that the host asks for between calls, in seconds; 0 where it asks for none.

        Raises:
            RefusedAddressError: if the host forbids the address.
            FetchError: if the rules cannot be read for now.
        """
        rules = await self._rules_for(url)
        if rules.unread:
            msg = f"{url} is not read for now: {url.origin()}/robots.txt {rules.unread}; it is tried again later"
            raise FetchError(msg)
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(str(url), self._agent):
            msg = f"{url} is not read: {url.origin()}/robots.txt forbids it to {self._agent}; ask the outlet"
            raise RefusedAddressError(msg)
        return min(float(rules.parsed.crawl_delay(self._agent) or 0.0), MAX_DELAY_SECONDS)

    async def _rules_for(self, url: URL) -> Rules:
        origin = str(url.origin())
        async with self._locks.setdefault(origin, asyncio.Lock()):
            now = asyncio.get_running_loop().time()
            kept = self._rules.get(origin)
            if kept is None or kept.until <= now:
                if len(self._rules) > HOSTS_KEPT:
                    self._rules.clear()
                kept = self._rules[origin] = await self._fetched(url, now)
            return kept

    async def _fetched(self, url: URL, now: float) -> Rules:
        try:
            response = await self._read(url.origin() / "robots.txt")
        except RefusedAddressError:
            raise
        except FetchError as error:
            return Rules(parsed=None, unread=f"failed ({error})", until=now + FAILURE_SECONDS)
        if response.status >= 500 or response.status == 429:  # noqa: PLR2004 HTTP's own numbers
            unread = f"answers {response.status}"
            return Rules(parsed=None, unread=unread, until=now + FAILURE_SECONDS)
        text = response.body[:MAX_BYTES].decode("utf-8", "replace")
        parsed = Protego.parse(text) if response.status == 200 else None  # noqa: PLR2004 the same
        return Rules(parsed=parsed, unread="", until=now + KEPT_SECONDS)
