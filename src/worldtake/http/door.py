"""Call addresses: every call of worldtake to the network goes through a `Door`.

Each hop of a redirect is a call of its own: checked, paced, and asked for in robots.txt. Nothing is retried here; an error
says what happened, and who calls decides.
"""

from __future__ import annotations

import asyncio
import email.utils
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import aiohttp
from yarl import URL

from worldtake import __version__
from worldtake.errors import FetchError, RefusedAddressError
from worldtake.http.bodies import ACCEPTED, TooLargeError, read_body
from worldtake.http.guard import (
    GuardedResolver,
    checked_url,
    guarded_socket,
    is_named,
    is_public,
    permitted,
)
from worldtake.http.pace import Pace
from worldtake.http.responses import Response
from worldtake.http.robots import RobotsBook

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

#: Name under which robots.txt files address worldtake.
AGENT = "worldtake"
#: Longest pause that a host may ask for by Retry-After, in seconds; longer ones are cut to it.
MAX_HOLD_SECONDS = 24 * 3600.0
#: Bytes read from a connection at a time.
PIECE_BYTES = 64 * 1024

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_WAITS = frozenset({429, 503})


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSettings:
    """How the network is called."""

    #: Hosts that may be called though their addresses are not public; `*.x` for all under x.
    allow_hosts: tuple[str, ...] = ()
    #: Least time between two calls to one host, in seconds.
    pace_seconds: float = 1.0
    #: The same for hosts in `allow_hosts`, in seconds.
    allowed_pace_seconds: float = 0.0
    #: Whether robots.txt is asked for and obeyed.
    robots: bool = True
    #: Calls in hand at one time, and those to one host.
    concurrency: int = 32
    host_concurrency: int = 2
    #: Longest body, packed or unpacked.
    max_bytes: int = 10_000_000
    #: Redirects followed.
    max_redirects: int = 5
    #: Longest waits, in seconds: to connect, between two pieces of an answer, for one whole hop.
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    total_seconds: float = 60.0
    #: Where to reach who runs this worldtake, said to every host; None says nothing.
    contact: str | None = None

    def user_agent(self) -> str:
        """Return what is said to hosts."""
        return f"{AGENT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")


class Door:
    """Call the network: `async with Door(DoorSettings()) as door: await door.fetch(url)`."""

    def __init__(self, settings: DoorSettings, clock: Callable[[], datetime] = _now) -> None:
        self._settings = settings
        self._clock = clock
        self._pace = Pace()
        self._robots = RobotsBook(AGENT, self._robots_file)
        self._places = asyncio.Semaphore(settings.concurrency)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        limits = self._settings
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(limits.allow_hosts),
            socket_factory=guarded_socket,
            limit=limits.concurrency,
            limit_per_host=limits.host_concurrency,
            ttl_dns_cache=60,
        )
        timeout = aiohttp.ClientTimeout(
            total=limits.total_seconds,
            sock_connect=limits.connect_seconds,
            sock_read=limits.read_seconds,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": limits.user_agent(), "Accept-Encoding": ACCEPTED},
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
    ) -> Response:
        """Return the answer of `url`, of whatever status, redirects followed.

        Raises:
            RefusedAddressError: if `url` or a hop is not public, not http, or forbidden by robots.txt.
            FetchError: if the call fails: name, connection, time-out, too large, too many redirects.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return await self._followed(url, headers, robots=self._settings.robots)

    async def _robots_file(self, url: URL) -> Response:
        return await self._followed(str(url), {"Accept": "text/plain, */*;q=0.1"}, robots=False)

    async def _followed(self, url: str, headers: dict[str, str], *, robots: bool) -> Response:
        here = checked_url(url, self._settings.allow_hosts)
        permanent: list[bool] = []
        for _ in range(self._settings.max_redirects + 1):
            delay = await self._robots.delay(here) if robots else 0.0
            response = await self._hop(here, headers, delay)
            target = response.headers.get("location")
            if response.status not in _REDIRECTS or not target:
                return replace(response, redirected_permanently=bool(permanent) and all(permanent))
            permanent.append(response.status in _PERMANENT)
            here = self._next_hop(here, target)
        msg = f"{url} leads through more than {self._settings.max_redirects} redirects; look at it in a browser"
        raise FetchError(msg)

    def _next_hop(self, here: URL, target: str) -> URL:
        try:
            there = here.join(URL(target))
        except ValueError as error:
            msg = f"{here} redirects to {target[:200]!r}, which is no address"
            raise FetchError(msg) from error
        return checked_url(str(there), self._settings.allow_hosts)

    async def _hop(self, url: URL, headers: dict[str, str], delay: float) -> Response:
        host = url.host or ""
        held = self._pace.held_seconds(host)
        if held:
            msg = f"{url} is not called: {host} asked to be left alone for {held:.0f} s more"
            raise FetchError(msg)
        named = is_named(host, self._settings.allow_hosts)
        pace = self._settings.allowed_pace_seconds if named else self._settings.pace_seconds
        await self._pace.turn(host, max(pace, delay))
        token = permitted.set(named)
        try:
            async with self._places:
                return await self._called(url, headers)
        finally:
            permitted.reset(token)

    async def _called(self, url: URL, headers: dict[str, str]) -> Response:
        limits = self._settings
        try:
            return await self._answer(url, headers)
        except TooLargeError as error:
            msg = f"{url} is longer than {limits.max_bytes} bytes; raise max_bytes if it is meant"
            raise FetchError(msg) from error
        except TimeoutError as error:
            msg = (
                f"{url} took too long (connect {limits.connect_seconds:g} s, pause {limits.read_seconds:g} s, "
                f"whole {limits.total_seconds:g} s); it is tried again later"
            )
            raise FetchError(msg) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            reason = str(error) or type(error).__name__
            msg = f"{url} cannot be read: {reason}; it is tried again later"
            raise FetchError(msg) from error

    async def _answer(self, url: URL, headers: dict[str, str]) -> Response:
        if self._session is None:
            message = "a Door is used inside `async with`"
            raise RuntimeError(message)
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            self._check_peer(answer)
            found: dict[str, str] = {}
            for name, value in answer.headers.items():
                found.setdefault(name.lower(), value)
            body = b""
            if answer.status not in _REDIRECTS and answer.status != _NOT_MODIFIED:
                pieces = answer.content.iter_chunked(PIECE_BYTES)
                encoding = found.get("content-encoding", "")
                body = await read_body(pieces, encoding, self._settings.max_bytes)
            return Response(
                url=str(url),
                status=answer.status,
                headers=found,
                body=body,
                not_modified=answer.status == _NOT_MODIFIED,
                fetched=self._clock(),
                retry_after_seconds=self._held(url, answer.status, found),
            )

    @staticmethod
    def _check_peer(answer: aiohttp.ClientResponse) -> None:
        connection = answer.connection
        transport = connection.transport if connection else None
        peer = transport.get_extra_info("peername") if transport else None
        if peer and not (is_public(peer[0]) or permitted.get()):
            msg = f"{answer.url} is not read: it answered from {peer[0]}, which is not public"
            raise RefusedAddressError(msg)

    def _held(self, url: URL, status: int, headers: dict[str, str]) -> float | None:
        seconds = _retry_after(headers.get("retry-after"), self._clock())
        if status not in _WAITS or seconds is None:
            return None
        self._pace.hold(url.host or "", seconds)
        return seconds


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Return a `Retry-After` in seconds from `now`; None where there is none or it cannot be read."""
    if not value:
        return None
    if value.strip().isdecimal():
        return min(float(value), MAX_HOLD_SECONDS)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (aware - now).total_seconds()), MAX_HOLD_SECONDS)
