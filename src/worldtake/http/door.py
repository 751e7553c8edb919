"""Call addresses: every call of worldtake to the network goes through a `Door`.

Each hop of a redirect is a call of its own: checked, paced, and asked for in robots.txt. Nothing is retried here; an error
says what happened and which outcome that is (`worldtake.http.outcomes`), and who calls decides.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import functools
import io
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from worldtake import __version__
from worldtake.errors import FetchError, RefusedAddressError
from worldtake.http import robots as rules
from worldtake.http.bodies import (
    ACCEPTED,
    PIECE_BYTES,
    TooLargeError,
    TruncatedError,
    read_body,
)
from worldtake.http.domains import registered_domain
from worldtake.http.failures import BrokenOffError, failure
from worldtake.http.guard import (
    GuardedResolver,
    checked_url,
    guarded_socket,
    is_named,
    is_public,
    permitted,
    shown,
)
from worldtake.http.pace import HOSTS_KEPT, Pace, Spot, Turn
from worldtake.http.responses import Response, media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from aiohttp.abc import AbstractResolver

#: Name under which robots.txt files address worldtake.
AGENT = "worldtake"
#: Longest pause that a host may ask for by Retry-After, in seconds; longer ones are cut to it.
MAX_HOLD_SECONDS = 24 * 3600.0
#: Headers of one answer, and the length of each, in bytes: policies of news sites reach 12,000.
MAX_HEADERS = 200
MAX_HEADER_BYTES = 16 * 1024
#: What is read of the body of a refusal or failure (4xx, 5xx), in bytes.
ERROR_BYTES = 64 * 1024
#: How long an unused connection is kept open, in seconds.
IDLE_SECONDS = 5.0
#: How long the address of a name is kept, in seconds.
NAME_KEPT_SECONDS = 60

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Redirects that are followed with what was sent (RFC 9110, 15.4.8 and 15.4.9).
_SENT_AGAIN = frozenset({307, 308})
_NOT_MODIFIED = 304
_WAITS = frozenset({429, 503})
_FIRST_ERROR = 400
_NO_BODY = _REDIRECTS | {_NOT_MODIFIED}
_ROBOTS_HEADERS = {"Accept": "text/plain, */*;q=0.1"}


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSettings:
    """How the network is called."""

    #: Hosts that may be called though their addresses are not public; `*.x` for all under x.
    allow_hosts: tuple[str, ...] = ()
    #: Least time between two calls to one host, in seconds.
    pace_seconds: float = 5.0
    #: Least time between two calls to hosts of one registered domain, in seconds.
    domain_pace_seconds: float = 1.0
    #: The same two for hosts in `allow_hosts`, in seconds.
    allowed_pace_seconds: float = 0.0
    allowed_domain_pace_seconds: float = 0.0
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

    def waits(self) -> str:
        """Return the longest waits in words."""
        return (
            f"connect {self.connect_seconds:g} s, pause {self.read_seconds:g} s, "
            f"whole {self.total_seconds:g} s"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """What is asked of each hop."""

    #: Headers of this call alone; a key may be among them.
    headers: dict[str, str] = field(repr=False)
    #: Longest body.
    max_bytes: int
    #: Whether robots.txt is asked first.
    robots: bool
    #: Whether a longer body is cut instead of refused.
    cut: bool = False
    #: Media types of which the body is read; None for all.
    types: frozenset[str] | None = None
    #: Takes the body piece by piece as it was sent, still packed, in place of holding it; None holds it.
    sink: Callable[[bytes], object] | None = None
    method: str = "GET"
    #: What is sent: a form, or bytes as they are; None sends nothing.
    sent: dict[str, str] | bytes | None = field(default=None, repr=False)
    #: True for a call with a key, to a server that somebody has named: it says for itself how long it may take, is never made
    #: twice, and an answer that asks to be left alone speaks of the key and not of the host.
    keyed: bool = False

    def follows(self, status: int) -> bool:
        """Tell whether an answer of `status` leads on: of what was sent, only where it may be sent again."""
        return status in (_REDIRECTS if self.sent is None else _SENT_AGAIN)


class Door:
    """Call the network: `async with Door(DoorSettings()) as door: await door.fetch(url)`."""

    def __init__(
        self,
        settings: DoorSettings,
        clock: Callable[[], datetime] = _now,
        *,
        names: AbstractResolver | None = None,
    ) -> None:
        """Make a door; `names` is asked for the addresses of names (the machine's resolver if not given), and guarded."""
        self._settings = settings
        self._clock = clock
        self._pace = Pace(settings.host_concurrency)
        self._robots = rules.RobotsBook(AGENT, self._robots_file)
        self._places = asyncio.Semaphore(settings.concurrency)
        self._names = names
        self._resolver: GuardedResolver | None = None
        self._session: aiohttp.ClientSession | None = None
        #: Gives each call a connection of its own.
        self._single: aiohttp.ClientSession | None = None
        self._spot = functools.lru_cache(HOSTS_KEPT)(self._spot_of)

    async def __aenter__(self) -> Self:
        self._resolver = GuardedResolver(self._settings.allow_hosts, self._names)
        self._session = self._opened(self._resolver, keepalive_timeout=IDLE_SECONDS)
        self._single = self._opened(self._resolver, force_close=True)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for session in (self._session, self._single):
            if session is not None:
                await session.close()
        self._session = self._single = None
        if self._resolver is not None:
            await self._resolver.close()
            self._resolver = None

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
        max_bytes: int | None = None,
        types: frozenset[str] | None = None,
    ) -> Response:
        """Return the answer of `url`, of whatever status, redirects followed.

        `max_bytes` sets another cap than the door's; with `types`, bodies of other media types are left unread and empty.

        Raises:
            RefusedAddressError: if `url` or a hop is not public, not http, or forbidden by robots.txt.
            FetchError: if the call fails: name, connection, time-out, too large, too many redirects; its `outcome` says which.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        limit = self._settings.max_bytes if max_bytes is None else max_bytes
        return await self._followed(
            url,
            _Ask(headers=headers, max_bytes=limit, robots=self._settings.robots, types=types),
        )

    async def post(self, url: str, form: Mapping[str, str]) -> Response:
        """Send a form to `url` and return the answer, of whatever status; it goes on where the answer is a 307 or 308.

        robots.txt is not asked: a form is sent only where somebody has named the address for that.

        Raises:
            RefusedAddressError: if `url` or a hop is not public, or not http.
            FetchError: if the call fails; its `outcome` says how.
        """
        ask = _Ask(
            headers={"Accept": "*/*"},
            max_bytes=ERROR_BYTES,
            robots=False,
            cut=True,
            method="POST",
            sent=dict(form),
        )
        return await self._followed(url, ask)

    async def send(
        self,
        url: str,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        max_bytes: int | None = None,
        seconds: float | None = None,
    ) -> Response:
        """Send `body` to `url`, as to a service that asks for a key, and return the answer, of whatever status.

        It may take `seconds` in all, waiting for its turn included (the door's `total_seconds` if not given). Redirects are
        not followed, so that no key goes elsewhere; robots.txt is not asked. An answer that asks to be left alone holds no
        other call up: it speaks of the key, and `retry_after_seconds` tells it.

        Raises:
            RefusedAddressError: if `url` is not public, not http, or redirects.
            FetchError: if the call fails; its `outcome` says how.
        """
        limits = self._settings
        here = checked_url(url, limits.allow_hosts)
        ask = _Ask(
            headers={"Accept": "*/*", **(headers or {})},
            max_bytes=limits.max_bytes if max_bytes is None else max_bytes,
            robots=False,
            method=method,
            sent=body or None,
            keyed=True,
        )
        longest = limits.total_seconds if seconds is None else seconds
        try:
            async with asyncio.timeout(longest):
                response = await self._hop(here, ask)
        except TimeoutError as error:
            msg = f"{shown(url)} took longer than {longest:g} s; it is tried again later"
            raise FetchError(msg, "timeout") from error
        if response.status in _REDIRECTS:
            raise _redirected(url, response)
        return response

    async def download(self, url: str, sink: Callable[[bytes], object]) -> Response:
        """Hand the body of `url` to `sink` piece by piece, as it was sent; return the answer without it.

        Raises:
            RefusedAddressError: if `url` or a hop is not public, not http, or forbidden by robots.txt.
            FetchError: if the call fails, also within the body; its `outcome` says how.
        """
        limits = self._settings
        ask = _Ask(
            headers={"Accept": "*/*", "Accept-Encoding": "identity"},
            max_bytes=limits.max_bytes,
            robots=limits.robots,
            sink=sink,
        )
        return await self._followed(url, ask)

    def wait_seconds(self, url: str) -> float:
        """Return how long `url` could not be called; 0 where a call would begin at once.

        Counted are the paces of host and domain, and what the host asked for; calls that wait already stand before this one.
        No turn is taken. An address that is refused waits for nothing, and one whose host has all its calls in hand for
        `pace.FULL_SECONDS`.
        """
        try:
            here = checked_url(url, self._settings.allow_hosts)
        except RefusedAddressError:
            return 0.0
        return self._pace.wait_seconds(self._paced(here, self._robots.known_delay(here)))

    async def robots_sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that robots.txt of the host of `url` names.

        Raises:
            RefusedAddressError: if the host may not be called.
            FetchError: if robots.txt cannot be read for now.
        """
        here = checked_url(url, self._settings.allow_hosts)
        self._check_held(here)
        return await self._robots.sitemaps(here)

    def _opened(self, resolver: GuardedResolver, **keeping: Any) -> aiohttp.ClientSession:
        limits = self._settings
        connector = aiohttp.TCPConnector(
            resolver=resolver,
            socket_factory=guarded_socket,
            limit=0,  # places and turns are counted here, host by host
            ttl_dns_cache=NAME_KEPT_SECONDS,
            **keeping,
        )
        timeout = aiohttp.ClientTimeout(
            total=limits.total_seconds,
            sock_connect=limits.connect_seconds,
            sock_read=limits.read_seconds,
        )
        return aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": limits.user_agent(), "Accept-Encoding": ACCEPTED},
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
            max_headers=MAX_HEADERS,
        )

    async def _robots_file(self, url: URL) -> Response:
        ask = _Ask(headers=_ROBOTS_HEADERS, max_bytes=rules.MAX_BYTES, robots=False, cut=True)
        return await self._followed(str(url), ask)

    async def _followed(self, url: str, ask: _Ask) -> Response:
        here = checked_url(url, self._settings.allow_hosts)
        seen = {here}
        permanent = True
        for _ in range(self._settings.max_redirects + 1):
            response = await self._hop(here, ask)
            target = response.headers.get("location")
            if not (ask.follows(response.status) and target):
                moved = permanent and len(seen) > 1
                return replace(response, redirected_permanently=True) if moved else response
            permanent = permanent and response.status in _PERMANENT
            here = self._next_hop(here, target)
            if here in seen:
                msg = f"{shown(url)} leads in a circle, back to {shown(here)}; look at it in a browser"
                raise FetchError(msg, "redirect-loop")
            seen.add(here)
        msg = f"{shown(url)} leads through more than {self._settings.max_redirects} redirects; look at it in a browser"
        raise FetchError(msg, "redirect-loop")

    def _next_hop(self, here: URL, target: str) -> URL:
        try:
            there = here.join(URL(target))
            _ = there.raw_host, there.port
        except ValueError:
            # What the error says is not passed on: it may hold a part of a password.
            msg = f"{shown(here)} redirects to {shown(target)!r}, which is no address"
            raise FetchError(msg, "redirect-nowhere") from None
        try:
            return checked_url(str(there), self._settings.allow_hosts)
        except RefusedAddressError as error:
            msg = f"{shown(here)} redirects to what is not called: {error}"
            raise RefusedAddressError(msg) from None

    def _spot_of(self, host: str) -> Spot:
        limits = self._settings
        named = is_named(host, limits.allow_hosts)
        bare = host.rstrip(".")
        domain_seconds = limits.allowed_domain_pace_seconds if named else limits.domain_pace_seconds
        return Spot(
            host=bare,
            domain=registered_domain(bare) if domain_seconds else "",
            named=named,
            host_seconds=limits.allowed_pace_seconds if named else limits.pace_seconds,
            domain_seconds=domain_seconds,
        )

    def _paced(self, url: URL, delay: float) -> Spot:
        spot = self._spot(url.raw_host or "")
        return spot if delay <= spot.host_seconds else replace(spot, host_seconds=delay)

    def _check_held(self, url: URL) -> None:
        host = (url.raw_host or "").rstrip(".")
        held = self._pace.held_seconds(host)
        if held:
            msg = f"{shown(url)} is not called: {host} asked to be left alone for {held:.0f} s more"
            raise FetchError(msg, "held", retry_after_seconds=held)

    async def _hop(self, url: URL, ask: _Ask) -> Response:
        self._check_held(url)
        delay = await self._robots.delay(url) if ask.robots else self._robots.known_delay(url)
        spot = self._paced(url, delay)
        turn = await self._pace.turn(spot)
        try:
            self._check_held(url)
            async with self._places:
                return await self._called(url, ask, spot, turn)
        finally:
            turn.end()

    async def _called(self, url: URL, ask: _Ask, spot: Spot, turn: Turn) -> Response:
        token = permitted.set(spot.named)
        try:
            return await self._answer(url, ask, spot, turn)
        except (
            TooLargeError,
            TruncatedError,
            aiohttp.ClientError,
            HttpProcessingError,
            OSError,
            ValueError,
        ) as error:
            raise failure(url, error, self._settings.waits()) from error
        finally:
            permitted.reset(token)

    async def _answer(self, url: URL, ask: _Ask, spot: Spot, turn: Turn) -> Response:
        alone = bool(spot.host_seconds or spot.domain_seconds or ask.keyed)
        session = self._single if alone else self._session
        if session is None:
            message = "a Door is used inside `async with`"
            raise RuntimeError(message)
        call = session.request(
            ask.method,
            url,
            data=_payload(ask),
            headers=ask.headers,
            allow_redirects=False,
            **self._manner(ask, alone=alone),
        )
        async with call as answer:
            turn.answered()
            self._check_peer(answer)
            found: dict[str, str] = {}
            for name, value in answer.headers.items():
                found.setdefault(name.lower(), value)
            body = await _body(answer, found, ask)
            return Response(
                url=str(url),
                status=answer.status,
                headers=found,
                body=body,
                not_modified=answer.status == _NOT_MODIFIED,
                fetched=self._clock(),
                retry_after_seconds=self._held(spot.host, answer.status, found, ask),
            )

    @staticmethod
    def _check_peer(answer: aiohttp.ClientResponse) -> None:
        connection = answer.connection
        transport = connection.transport if connection else None
        peer = transport.get_extra_info("peername") if transport else None
        if peer and not (permitted.get() or is_public(peer[0])):
            msg = f"{answer.url} is not read: it answered from {peer[0]}, which is not public"
            raise RefusedAddressError(msg)

    def _held(self, host: str, status: int, headers: dict[str, str], ask: _Ask) -> float | None:
        if not (status in _WAITS or ask.keyed):
            return None
        seconds = _retry_after(headers.get("retry-after"), self._clock())
        if seconds is not None and not ask.keyed:
            self._pace.hold(host, seconds)
        return seconds

    def _manner(self, ask: _Ask, *, alone: bool) -> dict[str, Any]:
        """Return how a call is made: with a pace or a key, alone on its connection and never twice.

        The network library calls again by itself where a connection breaks off, which would be a second call without a turn.
        """
        manner: dict[str, Any] = {"middlewares": (_once,)} if alone else {}
        if ask.keyed:
            # The whole time is counted by `send`; a language model may think for long before its first byte.
            connect = self._settings.connect_seconds
            manner["timeout"] = aiohttp.ClientTimeout(sock_connect=connect)
        return manner


def _payload(ask: _Ask) -> Any:
    # As a file, since the network library warns of long bytes.
    return io.BytesIO(ask.sent) if isinstance(ask.sent, bytes) else ask.sent


def _redirected(url: str, response: Response) -> RefusedAddressError:
    target = response.headers.get("location", "")
    there = shown(urljoin(response.url, target)) if target else "nowhere"
    return RefusedAddressError(
        f"{shown(url)} redirects to {there}, and what holds a key is not sent on; "
        "set that address if it is meant"
    )


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise BrokenOffError(str(error)) from error


async def _body(answer: aiohttp.ClientResponse, headers: dict[str, str], ask: _Ask) -> bytes:
    pieces = answer.content.iter_chunked(PIECE_BYTES)
    encoding = headers.get("content-encoding", "")
    if answer.status in _NO_BODY:
        return b""
    if answer.status >= _FIRST_ERROR:
        # The status is the answer; a body that cannot be read changes nothing.
        with contextlib.suppress(ValueError, TruncatedError, TooLargeError):
            return await read_body(pieces, encoding, ERROR_BYTES, cut=True)
        return b""
    if ask.types is not None and media_type(headers) not in ask.types:
        return b""
    if (answer.content_length or 0) > ask.max_bytes and not ask.cut:
        message = f"is longer than {ask.max_bytes} bytes"
        raise TooLargeError(message)
    if ask.sink is None:
        return await read_body(pieces, encoding, ask.max_bytes, cut=ask.cut)
    length = 0
    async for piece in pieces:
        length += len(piece)
        if length > ask.max_bytes:
            message = f"is longer than {ask.max_bytes} bytes"
            raise TooLargeError(message)
        ask.sink(piece)
    return b""


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Return a `Retry-After` in seconds from `now`; None where there is none or it cannot be read."""
    if not value:
        return None
    if value.strip().isdecimal():
        return min(float(value), MAX_HOLD_SECONDS)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (aware - now).total_seconds()), MAX_HOLD_SECONDS)
