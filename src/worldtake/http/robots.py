"""What hosts allow robots to read (RFC 9309): fetched once a day, obeyed, and where it cannot be read, nothing is."""

from __future__ import annotations

import asyncio
import time
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego
from yarl import URL

from worldtake.errors import FetchError, RefusedAddressError
from worldtake.http.guard import shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from worldtake.http.responses import Response

#: How long rules are kept, in seconds (RFC 9309: at most 24 hours).
KEPT_SECONDS = 24 * 3600.0
#: How long it is remembered that rules could not be read, in seconds.
FAILURE_SECONDS = 10 * 60.0
#: What is read of a file (RFC 9309: at least 500 KiB); the rest is left out.
MAX_BYTES = 512 * 1024
#: Lines of a file; one with more is taken as unread, for half of it might allow what the other half forbids.
MAX_LINES = 20_000
#: Files longer than this are parsed in a thread, so that other calls go on; 64 KB take 20 ms.
THREAD_BYTES = 64 * 1024
#: Longest pause that a file may ask for, in seconds; longer ones are cut to it.
MAX_DELAY_SECONDS = 60.0
#: Sitemaps of a file that are handed on, and the longest address of one.
MAX_SITEMAPS = 100
SITEMAP_LETTERS = 2000
#: Hosts whose rules are kept, and lines of them all together; beyond that the oldest are forgotten.
HOSTS_KEPT = 10_000
LINES_KEPT = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host allows."""

    #: The rules; None where everything is allowed.
    parsed: Protego | None = None
    #: Why nothing may be read for now; empty where the rules could be read.
    unread: str = ""
    #: The same where the way to the rules leads to an address that is not called.
    refused: str = ""
    #: Pause that the host asks for between calls, in seconds; 0 where it asks for none.
    delay: float = 0.0
    #: Addresses of the sitemaps that the file names.
    sitemaps: tuple[str, ...] = ()
    #: Lines of the file.
    lines: int = 0
    #: End of validity on the monotonic clock, in seconds.
    until: float


class RobotsBook:
    """Keep the rules of each host; `read` fetches an address without asking for rules, and cuts it at `MAX_BYTES`."""

    def __init__(self, agent: str, read: Callable[[URL], Awaitable[Response]]) -> None:
        self._agent = agent
        self._read = read
        self._rules: dict[str, Rules] = {}
        self._lines = 0
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def delay(self, url: URL) -> float:
        """Return the pause that the host asks for between calls, in seconds; 0 where it asks for none.

        Raises:
            RefusedAddressError: if the host forbids the address.
            FetchError: if the rules cannot be read for now.
        """
        rules = await self._readable(url)
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(str(url), self._agent):
            msg = f"{shown(url)} is not read: {_file(url)} forbids it to {self._agent}; ask the outlet"
            raise RefusedAddressError(msg, "robots")
        return rules.delay

    async def sitemaps(self, url: URL) -> tuple[str, ...]:
        """Return the sitemaps that the host of `url` names.

        Raises:
            RefusedAddressError: if the host may not be called.
            FetchError: if the rules cannot be read for now.
        """
        return (await self._readable(url)).sitemaps

    def known_delay(self, url: URL) -> float:
        """Return the pause that the host is known to ask for, in seconds; 0 where nothing is known."""
        rules = self._rules.get(str(url.origin()))
        return rules.delay if rules else 0.0

    async def _readable(self, url: URL) -> Rules:
        rules = await self._rules_for(url)
        if rules.refused:
            msg = f"{shown(url)} is not read: {_file(url)} cannot be: {rules.refused}"
            raise RefusedAddressError(msg)
        if rules.unread:
            msg = f"{shown(url)} is not read for now: {_file(url)} {rules.unread}; it is tried again later"
            left = max(0.0, rules.until - time.monotonic())
            raise FetchError(msg, "robots-unread", retry_after_seconds=left)
        return rules

    async def _rules_for(self, url: URL) -> Rules:
        origin = str(url.origin())
        kept = self._rules.get(origin)
        if kept is not None and kept.until > time.monotonic():
            return kept
        lock = self._locks.get(origin)
        if lock is None:
            lock = self._locks[origin] = asyncio.Lock()
        async with lock:
            kept = self._rules.get(origin)
            if kept is None or kept.until <= time.monotonic():
                kept = await self._fetched(url)
                self._keep(origin, kept)
            return kept

    def _keep(self, origin: str, rules: Rules) -> None:
        before = self._rules.pop(origin, None)
        self._lines += rules.lines - (before.lines if before else 0)
        self._rules[origin] = rules
        while len(self._rules) > 1 and (len(self._rules) > HOSTS_KEPT or self._lines > LINES_KEPT):
            oldest = self._rules.pop(next(iter(self._rules)))
            self._lines -= oldest.lines

    async def _fetched(self, url: URL) -> Rules:
        try:
            response = await self._read(url.origin() / "robots.txt")
        except RefusedAddressError as error:
            return Rules(refused=str(error), until=time.monotonic() + FAILURE_SECONDS)
        except FetchError as error:
            if error.outcome == "held":
                raise
            return _unread(f"failed ({error})")
        if response.status >= 500 or response.status == 429:  # noqa: PLR2004 HTTP's own numbers
            return _unread(f"answers {response.status}", response.retry_after_seconds)
        until = time.monotonic() + KEPT_SECONDS
        if response.status != 200:  # noqa: PLR2004 the same
            return Rules(until=until)
        text = response.body[:MAX_BYTES].decode("utf-8", "replace")
        lines = len(text.splitlines())
        if lines > MAX_LINES:
            return _unread(f"has more than {MAX_LINES} lines")
        slow = len(text) > THREAD_BYTES
        parsed = await asyncio.to_thread(Protego.parse, text) if slow else Protego.parse(text)
        return Rules(
            parsed=parsed,
            delay=min(float(parsed.crawl_delay(self._agent) or 0.0), MAX_DELAY_SECONDS),
            sitemaps=_sitemaps(parsed, url),
            lines=lines,
            until=until,
        )


def _unread(reason: str, retry_after_seconds: float | None = None) -> Rules:
    pause = max(FAILURE_SECONDS, retry_after_seconds or 0.0)
    return Rules(unread=reason, until=time.monotonic() + pause)


def _sitemaps(parsed: Protego, url: URL) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for address in parsed.sitemaps:
        if len(address) > SITEMAP_LETTERS or len(found) >= MAX_SITEMAPS:
            continue
        try:
            there = url.origin().join(URL(address))
        except ValueError:
            continue
        if there.scheme in {"http", "https"} and there.raw_host and there.user is None:
            found[str(there)] = None
    return tuple(found)


def _file(url: URL) -> str:
    return f"{url.origin()}/robots.txt"
