"""Outlets that mean ill, one each, and an honest one beside them, served on loopback by a process of its own.

`python -m tests.acceptance.hostile_press` prints its port; `http://account.localhost:PORT/` tells as JSON when each host was
last asked and last heard to the end. What is endless is sent as it is read; nothing here is large in memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import json
import sys
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TypeAlias

#: Yields what is sent, headers included, for a path at a port.
Talk: TypeAlias = Callable[[str, int], AsyncIterator[bytes]]

OUT = datetime(2026, 9, 16, 9, tzinfo=UTC)
ACCOUNT = "account"
HONEST = "honest"
HONEST_ARTICLES = 5
MEGABYTE = 1_000_000
LINE = "The lanterns along the old harbour were lit again on Friday after eleven years in the dark."
HINDI = (
    ("पुल फिर खुला", "शुक्रवार को पुराने बंदरगाह का पुल ग्यारह साल बाद फिर से खोल दिया गया।"),
    ("नाव उत्सव शुरू", "झील के किनारे नावों का उत्सव शनिवार की सुबह दो सौ लोगों के सामने शुरू हुआ।"),
    ("पुस्तकालय की छत", "तेज़ बारिश के बाद नगर के पुस्तकालय की छत की मरम्मत का काम रविवार को पूरा हुआ।"),
    ("आम की फ़सल", "इस साल घाटी में आम की फ़सल पिछले दस बरसों में सबसे अच्छी रही, किसानों ने बताया।"),
    ("रात की ट्राम", "शहर की आख़िरी ट्राम सोमवार से आधी रात के बाद भी चलेगी, परिवहन विभाग ने कहा।"),
)


def page(body: str, *, title: str = "Lanterns return to the harbour", language: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def rss(host: str, port: int, items: Iterator[tuple[str, str]]) -> str:
    listed = "".join(
        f"<item><title>{title}</title><link>http://{host}.localhost:{port}{path}</link>"
        f"<pubDate>{format_datetime(OUT)}</pubDate></item>"
        for path, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{listed}</channel></rss>'


def answer(body: bytes | str, kind: str = "text/html", *headers: str, status: int = 200) -> bytes:
    sent = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", f"Content-Length: {len(sent)}"]
    return "\r\n".join((*lines, "Connection: close", *headers, "", "")).encode() + sent


def started(*headers: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", "")).encode()


def whole(body: str | bytes, kind: str = "text/html") -> Talk:
    async def talk(_path: str, _port: int) -> AsyncIterator[bytes]:
        yield answer(body, kind)

    return talk


def endless(start: bytes, part: bytes, pause: float = 0.0) -> Talk:
    async def talk(_path: str, _port: int) -> AsyncIterator[bytes]:
        yield start
        while True:
            yield part
            await asyncio.sleep(pause)

    return talk


async def bomb(_path: str, _port: int) -> AsyncIterator[bytes]:
    """Send 10 GB of zeros, packed once and sent again and again: 10 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(50 * MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    yield started("Content-Encoding: gzip") + head
    for _ in range(200):
        yield block


async def redirects(path: str, _port: int) -> AsyncIterator[bytes]:
    number = int(path.rpartition("/")[2] or 0) if path.rpartition("/")[2].isdigit() else 0
    place = f"Location: /{number + 1}" if number < 10_000 else "X: y"
    yield answer("", "text/html", place, status=302)


def redirect(target: str) -> Talk:
    async def talk(_path: str, port: int) -> AsyncIterator[bytes]:
        yield answer("", "text/html", f"Location: {target.format(port=port)}", status=302)

    return talk


async def wrong_length(_path: str, _port: int) -> AsyncIterator[bytes]:
    body = page(f"<p>{LINE}</p>").encode()
    yield started(f"Content-Length: {len(body) + 1000}") + body


async def breaking_off(_path: str, _port: int) -> AsyncIterator[bytes]:
    body = page(f"<p>{LINE}</p>" * 1000).encode()
    yield started(f"Content-Length: {len(body)}") + body[: len(body) // 2]
    raise ConnectionResetError


async def index(_path: str, port: int) -> AsyncIterator[bytes]:
    """Send an index of sitemaps that names itself and 50,000 others, each the same again."""
    host = f"http://index.localhost:{port}"
    places = itertools.chain(["/feed"], (f"/sitemap-{number}.xml" for number in range(50_000)))
    listed = "".join(f"<sitemap><loc>{host}{place}</loc></sitemap>" for place in places)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    yield answer(f'<?xml version="1.0"?><sitemapindex xmlns="{space}">{listed}</sitemapindex>', "application/xml")  # fmt: skip


def laughs() -> str:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>&l9;</title><item><title>&l9;</title></item></channel></rss>'


def quadratic() -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]><rss version="2.0"><channel>'
        f"<title>{'&a;' * 100_000}</title></channel></rss>"
    )


#: What no feed may bring about, by outlet: its feed is answered so.
FEEDS: dict[str, Talk] = {
    "laughs": whole(laughs(), "application/rss+xml"),
    "quadratic": whole(quadratic(), "application/rss+xml"),
    "nested-feed": whole(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{"<a>" * 466_000}', "application/rss+xml"
    ),
    "nested-json": whole("[" * 100_000, "application/feed+json"),
    "nested-items": whole(
        '{"version": "https://jsonfeed.org/version/1.1", "items": '
        + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}",
        "application/feed+json",
    ),
    "bomb-feed": bomb,
    "endless-feed": endless(started(), b"<item>" * 10_000),
    "slow-feed": endless(started(), b"<", 1.0),
    "headers": endless(b"HTTP/1.1 200 OK\r\n", b"X-Flood: %s\r\n" % (b"x" * 1000)),
    "redirects": redirects,
    "circle": redirect("/feed"),
    "by-number": redirect("http://127.0.0.1:{port}/feed"),
    "metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "index": index,
    "cut-feed": breaking_off,
}  # fmt: skip


def text(words: str, *, characters: int = 60_000) -> Talk:
    """Return an article of one paragraph that says `words` again and again: as long as one can be and still be traced."""
    return whole(page(f"<p>{words * (characters // len(words))}</p>"))


#: What no page may bring about, by outlet: its feed is honest and announces one page.
PAGES: dict[str, Talk] = {
    "nested-page": whole(page("<div>" * 280_000 + LINE)),
    "nested-quotes": whole(page(f"<blockquote>{LINE}" * 13_000)),
    "tables": whole(page("<table><tr><td>" * 90_000 + LINE)),
    "attributes": whole(
        page("<p " + " ".join(f"a{n}=x" for n in range(200_000)) + f">{LINE} {LINE}</p>")
    ),
    "paragraph": text(f"{LINE} ", characters=5 * MEGABYTE),
    "breaks": text("<br>", characters=400_000),
    "double-breaks": text("Lanterns were lit again.<br><br>", characters=150_000),
    "spans": text('<span class="x">w</span>', characters=2 * MEGABYTE),
    "paragraphs": whole(page("<p>Short words here.</p>" * 100_000)),
    "links": text('<a href="/x">harbour and lanterns</a> ', characters=2 * MEGABYTE),
    "graph": whole(
        page(f"<p>{LINE}</p>").replace(
            "<title>", f'<script type="application/ld+json">{"[" * 500_000}</script><title>'
        )
    ),
    "comments": whole("<!-- " * 300_000 + page(f"<p>{LINE}</p>")),
    "title": whole(page(f"<p>{LINE}</p>", title="Harbour | " * 100_000)),
    "zeros": whole(bytes(9 * MEGABYTE)),
    "opening-quotes": text("“"),
    "straight-quotes": text('"'),
    "quoted": text("“Lit” said Ana. "),
    "digits": text("7"),
    "numbers": text("7 "),
    "thousands": text("7,"),
    "commas": text(","),
    "dots": text("."),
    "brackets": text("("),
    "capitals": text("Ana "),
    "initials": text("A. "),
    "cyrillic": text("а"),
    "thai": text("กา"),
    "chinese": text("中"),
    "accents": text("á"),
    "unclosed": text("“lit "),
    "sums": text("7 million "),
    "dialogue": whole(page("<p>— “Lit” said Ana.</p>" * 3_000)),
    "credits": text("according to Reuters "),
    "dates": text("on 3 May 2026 "),
    "bomb-page": bomb,
    "endless-page": endless(started(), b"<p>lanterns " * 10_000),
    "slow-page": endless(started(), b"<", 1.0),
    "page-headers": endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000),
    "page-redirects": redirects,
    "page-circle": redirect("/article"),
    "page-by-number": redirect("http://127.0.0.1:{port}/article"),
    "page-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "length": wrong_length,
    "reset": breaking_off,
}  # fmt: skip


@dataclass
class HostilePress:
    """Answers by host, and when they were asked and heard."""

    port: int = 0
    asked: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    async def serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        sys.stdout.write(f"{self.port}\n")
        sys.stdout.flush()
        async with server:
            await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = ""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lines = head.split("\r\n")
            path = lines[0].split(" ")[1]
            named = next(line for line in lines if line.lower().startswith("host:"))
            host = named[5:].strip().partition(":")[0].removesuffix(".localhost").lower()
            self._note(self.asked, host)
            self.counts[host] = self.counts.get(host, 0) + 1
            async for part in self._answer(host, path)(path, self.port):
                writer.write(part)
                await writer.drain()
        except ConnectionResetError:
            writer.transport.abort()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._note(self.ended, host)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    @staticmethod
    def _note(times: dict[str, float], host: str) -> None:
        if host and host != ACCOUNT:
            times[host] = time.time()

    def _answer(self, host: str, path: str) -> Talk:
        if host == ACCOUNT:
            told = {"asked": self.asked, "ended": self.ended, "counts": self.counts}
            return whole(json.dumps(told), "application/json")
        if path == "/robots.txt":
            return whole(robots(host), "text/plain")
        if host == HONEST:
            return honest
        if host in FEEDS:
            return FEEDS[host]
        if path != "/feed":
            return PAGES.get(host) or whole(page(f"<p>{LINE}</p>"))
        listed = rss(host, self.port, iter([("/article", "Lanterns return to the harbour")]))
        return whole(listed, "application/rss+xml")


def robots(host: str) -> bytes:
    if host == "robots":
        return b"User-agent: *\nDisallow: /admin/\n" * 600_000
    if host == "long-robots":
        return b"User-agent: *\nDisallow: /" + b"x" * 20 * MEGABYTE
    return b"User-agent: *\nDisallow: /admin/\n"


async def honest(path: str, port: int) -> AsyncIterator[bytes]:
    if path == "/feed":
        items = ((f"/news/{n}", title) for n, (title, _) in enumerate(HINDI))
        yield answer(rss(HONEST, port, items), "application/rss+xml")
        return
    await asyncio.sleep(0.1)
    title, line = HINDI[int(path.rpartition("/")[2])]
    body = "".join(f"<p>{line} {title} {n}.</p>" for n in range(4))
    yield answer(gzip.compress(page(body, title=title, language="hi").encode()), "text/html", "Content-Encoding: gzip")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(HostilePress().serve())
