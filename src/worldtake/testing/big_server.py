"""Serve a `BigSample` from memory, fast, and keep account of who asked for what and when.

A process of its own: `python -m worldtake.testing.big_server --outlets 1500 --articles 20000` prints its port when it is
ready; `http://account.localhost:PORT/` tells the account as JSON. With `--flaky 0.02` two in a hundred answers for pages go
wrong: which ones, and how, hangs on the address and on how often it was asked for, so that every run meets the same.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import socket
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from worldtake.http.domains import registered_domain
from worldtake.testing.big_press import BigSample, newest_first
from worldtake.testing.press import Request
from worldtake.testing.sample_press import FEED_PATHS
from worldtake.testing.sample_server import SampleSite

if TYPE_CHECKING:
    from worldtake.testing.sample_nouns import SampleArticle

#: Under this host the account is told.
ACCOUNT_HOST = "account.localhost"
#: A page goes wrong at most so many times, so that patience reads all of it.
MAX_FAULTS = 2
#: How long a slow answer takes, in seconds.
SLOW_SECONDS = 1.0
#: What goes wrong with an answer: a refusal, no answer, one that breaks off in its middle, a slow one.
FAULTS = ("unavailable", "reset", "cut", "slow")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """One answer, ready to send."""

    content: bytes
    content_type: str
    etag: str

    def headers(self) -> dict[str, str]:
        return {"Content-Type": self.content_type, "ETag": self.etag}


@dataclass(slots=True)
class _Gaps:
    """The closest two requests of each name."""

    _last: dict[str, float] = field(default_factory=dict)
    _least: dict[str, float] = field(default_factory=dict)

    def note(self, name: str, now: float) -> None:
        last = self._last.get(name)
        if last is not None:
            self._least[name] = min(now - last, self._least.get(name, now - last))
        self._last[name] = now

    def least(self) -> float:
        return round(min(self._least.values(), default=0.0), 3)

    def __len__(self) -> int:
        return len(self._last)


@dataclass(slots=True)
class BigServer:
    """Answers by host and path, and the account."""

    bodies: dict[tuple[str, str], _Body]
    #: Pages of articles among them.
    pages: frozenset[tuple[str, str]]
    #: Share of the answers for pages that go wrong, 0 to 1.
    flaky: float = 0.0
    _hosts: _Gaps = field(default_factory=_Gaps)
    _domains: _Gaps = field(default_factory=_Gaps)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: Answers by what they were: sent, unchanged, missing, or one of `FAULTS`.
    _answers: Counter[str] = field(default_factory=Counter)
    _conditional: int = 0

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        host = request.host.partition(":")[0].lower()
        if host == ACCOUNT_HOST:
            return web.json_response(self.account())
        now = time.monotonic()
        self._hosts.note(host, now)
        self._domains.note(registered_domain(host), now)
        place = host, request.path
        self._counts[place] += 1
        self._conditional += "If-None-Match" in request.headers
        fault = self._fault(place) if place in self.pages else ""
        if fault:
            self._answers[fault] += 1
            return await _spoilt(request, self.bodies[place], fault)
        return self._sound(request, self.bodies.get(place))

    def _sound(self, request: web.BaseRequest, body: _Body | None) -> web.Response:
        if body is None:
            self._answers["missing"] += 1
            return web.Response(status=404, text="nothing here")
        if request.headers.get("If-None-Match") == body.etag:
            self._answers["unchanged"] += 1
            return web.Response(status=304, headers={"ETag": body.etag})
        self._answers["sent"] += 1
        return web.Response(body=body.content, headers=body.headers())

    def _fault(self, place: tuple[str, str]) -> str:
        """Return what goes wrong this time; empty where nothing does."""
        count = self._counts[place]
        if not self.flaky or count > MAX_FAULTS:
            return ""
        digest = hashlib.blake2b(f"{count} {place}".encode(), digest_size=8).digest()
        chance = int.from_bytes(digest[:4]) / 2**32
        return FAULTS[digest[4] % len(FAULTS)] if chance < self.flaky else ""

    def account(self) -> dict[str, object]:
        """Return what was asked: requests, pages, pages asked for more than once, the closest two requests to a host or domain."""
        asked = {place: count for place, count in self._counts.items() if place in self.pages}
        return {
            "requests": self._counts.total(),
            "robots": sum(n for (_, path), n in self._counts.items() if path == "/robots.txt"),
            "conditional": self._conditional,
            "answers": dict(self._answers),
            "hosts": len(self._hosts),
            "domains": len(self._domains),
            "pages": len(asked),
            "of": len(self.pages),
            "repeated": sum(count > 1 for count in asked.values()),
            "least_gap_seconds": self._hosts.least(),
            "least_domain_gap_seconds": self._domains.least(),
        }


async def _spoilt(request: web.BaseRequest, body: _Body, fault: str) -> web.StreamResponse:
    if fault == "slow":
        await asyncio.sleep(SLOW_SECONDS)
        return web.Response(body=body.content, headers=body.headers())
    if fault == "unavailable":
        return web.Response(status=503, text="come back later")
    response = web.StreamResponse(
        headers=body.headers() | {"Content-Length": str(len(body.content))}
    )
    if fault == "cut":
        await response.prepare(request)
        await response.write(body.content[: len(body.content) // 2])
    if request.transport is not None:
        request.transport.abort()
    return response


def build(sample: BigSample, port: int, *, flaky: float = 0.0) -> BigServer:
    """Render everything for `port`; `flaky` is the share of answers for pages that go wrong."""
    by_outlet: dict[str, list[SampleArticle]] = defaultdict(list)
    for article in sample.articles():
        by_outlet[article.outlet_id].append(article)
    bodies: dict[tuple[str, str], _Body] = {}
    pages: set[tuple[str, str]] = set()
    for outlet in sample.outlets:
        articles = newest_first(by_outlet[outlet.id])
        site = SampleSite(
            outlet=outlet, articles=articles, words=sample.seedling.words, until=lambda: None
        )
        for path in ("/robots.txt", "/", FEED_PATHS[outlet.feed], *(a.path for a in articles)):
            _render(site, path, port, bodies)
        for day in {f"/sitemap-{article.published.date()}.xml" for article in articles}:
            _render(site, day, port, bodies)
        pages |= {(outlet.host, article.path) for article in articles}
    return BigServer(bodies=bodies, pages=frozenset(pages), flaky=flaky)


def _render(site: SampleSite, path: str, port: int, bodies: dict[tuple[str, str], _Body]) -> None:
    request = Request(method="GET", host=site.host, path=path, headers={})
    answer = site.answer(request, port)
    if answer is not None:
        charset = f"; charset={answer.charset}" if answer.charset else ""
        etag = f'"{hashlib.blake2b(answer.body, digest_size=8).hexdigest()}"'
        bodies[site.host, path] = _Body(
            content=answer.body, content_type=answer.media_type + charset, etag=etag
        )


async def _serve(sample: BigSample, port: int, flaky: float) -> None:
    # The addresses in what is served need the port, so that is taken first.
    listening = socket.create_server(("127.0.0.1", port), backlog=1024)
    port = int(listening.getsockname()[1])
    server = build(sample, port, flaky=flaky)
    runner = web.ServerRunner(web.Server(server.answer, access_log=None))
    await runner.setup()
    await web.SockSite(runner, listening, backlog=1024).start()
    sys.stdout.write(json.dumps({"port": port, "pages": len(server.pages)}) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8030, help="0 takes a free one")
    parser.add_argument("--outlets", type=int, default=1500)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--group", type=int, default=1, help="outlets of one registered domain")
    parser.add_argument("--flaky", type=float, default=0.0, help="share of answers that go wrong")
    options = parser.parse_args()
    sample = BigSample(
        outlet_count=options.outlets,
        article_count=options.articles,
        seed=options.seed,
        group=options.group,
    )
    asyncio.run(_serve(sample, options.port, options.flaky))


if __name__ == "__main__":
    main()
