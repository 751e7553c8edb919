"""A press in which nearly every outlet means ill: each costs only itself, and the honest one is read meanwhile."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
import sqlalchemy as sa
from tests.acceptance.hostile_press import FEEDS, HONEST, HONEST_ARTICLES, PAGES

from worldtake.model import Feed, Outlet
from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.store import press
from worldtake.store.tables import ARTICLE, OUTCOME, QUARANTINE, WORK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.newsroom import Newsroom

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("hostile"),
]

ROOT = Path(__file__).parents[2]
#: Longest time of one call, and the pause before its second try, in seconds.
CALL_SECONDS, RETRY_SECONDS = 3.0, 0.05
#: Within what the whole press is done with, and the honest outlet read, in seconds: on two calm cores 60 and 20.
RUN_SECONDS, HONEST_SECONDS = 300.0, 120.0
#: What the main process may grow by, in bytes.
GROWN_BYTES = 600_000_000
ROBOTS = ("robots", "long-robots")

#: What a call of each hostile feed comes to.
FEED_OUTCOMES = {
    "nested-json": "unreadable",
    "nested-items": "unreadable",
    "bomb-feed": "too-large",
    "endless-feed": "too-large",
    "slow-feed": "timeout",
    "headers": "bad-answer",
    "redirects": "redirect-loop",
    "circle": "redirect-loop",
    "by-number": "refused-address",
    "metadata": "refused-address",
    "cut-feed": "reset",
    "robots": "robots-unread",
    "long-robots": "ok",
}
#: Feeds that a parser may get through or give up: it must only end.
HEAVY = frozenset(("laughs", "quadratic", "nested-feed", "index"))
#: What becomes of each hostile page, as far as it begins; those that are not named are read.
PAGE_ENDS = {
    "breaks": "left: no-text",
    "brackets": "left: no-text",
    "commas": "left: no-text",
    "comments": "left: no-text",
    "dots": "left: no-text",
    "links": "left: no-text",
    "opening-quotes": "left: no-text",
    "straight-quotes": "left: no-text",
    "paragraph": "left: too-long",
    "paragraphs": "left: too-long",
    "page-by-number": "left: refused-address",
    "page-metadata": "left: refused-address",
    "bomb-page": "held: too-large",
    "endless-page": "held: too-large",
    "length": "held: reset",
    "page-circle": "held: redirect-loop",
    "page-headers": "held: bad-answer",
    "page-redirects": "held: redirect-loop",
    "reset": "held: reset",
    "slow-page": "held: timeout",
    "zeros": "held: binary",
}
#: By which words a message of the quarantine says so.
WORDS = {
    "too-large": "longer than|unpacks to more than",
    "reset": "not completed",
    "redirect-loop": "redirects;|in a circle",
    "bad-answer": "Too many headers",
    "timeout": "took too long",
    "binary": "binary data",
}


@dataclass
class Ran:
    """One run over the hostile press, and what was seen of it."""

    newsroom: Newsroom
    port: int
    begun: float
    ended: float = 0.0
    #: When the honest outlet's last article stood in the store; 0 if never.
    honest: float = 0.0
    least_bytes: int = 0
    most_bytes: int = 0
    account: dict[str, dict[str, float]] = field(default_factory=dict)
    #: Processes that were there before and after.
    before: set[int] = field(default_factory=set)

    def states(self) -> dict[str, dict[str, Any]]:
        """Return host -> what is remembered of its feed."""
        urls = [feed_url(host, self.port) for host in hosts()]
        with self.newsroom.store.read() as connection:
            found = press.feed_states(connection, urls)
        return {host_of(url): state for url, (_, state) in found.items()}

    def ends(self) -> dict[str, str]:
        """Return host -> what became of its page."""
        with self.newsroom.store.read() as connection:
            held = connection.execute(sa.select(QUARANTINE.c.item, QUARANTINE.c.message)).all()
            left = connection.execute(
                sa.select(OUTCOME.c.item, OUTCOME.c.reason).where(OUTCOME.c.outcome == "skipped")
            ).all()
            read = connection.scalars(sa.select(ARTICLE.c.url)).all()
        found = {host_of(url): "read" for url in read}
        found |= {
            host_of(each.item): f"held: {each.message}" for each in held if "/article" in each.item
        }
        return found | {
            host_of(each.item): f"left: {each.reason}" for each in left if host_of(each.item) not in found
        }  # fmt: skip


def hosts() -> list[str]:
    return [HONEST, *FEEDS, *PAGES, *ROBOTS]


def host_of(item: str) -> str:
    return item.partition("://")[2].partition(".localhost")[0]


def feed_url(host: str, port: int) -> str:
    return f"http://{host}.localhost:{port}/feed"


@contextlib.contextmanager
def hostile_press() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.hostile_press"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def account(port: int) -> dict[str, dict[str, float]]:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/", headers={"Host": "account.localhost"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 our own loopback address
        return dict(json.load(answer))


def outlets(port: int) -> Iterator[Outlet]:
    for host in hosts():
        feed = Feed(url=feed_url(host, port), outlet_id=f"xx-{host}")
        domain = f"{host}.localhost"
        yield Outlet(
            id=f"xx-{host}", name=host, domains=(domain,), feeds=(feed,), provenance="reader"
        )


def watch(ran: Ran, over: threading.Event) -> None:
    own = psutil.Process()
    honest = sa.select(sa.func.count()).where(ARTICLE.c.outlet_id == f"xx-{HONEST}")
    while not over.wait(0.1):
        ran.most_bytes = max(ran.most_bytes, own.memory_info().rss)
        with ran.newsroom.store.read() as connection:
            if not ran.honest and connection.scalar(honest) == HONEST_ARTICLES:
                ran.honest = time.time()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    home = tmp_path_factory.mktemp("hostile")
    (home / "catalogue").mkdir()
    settings = Settings(
        home=home,
        workers=2,
        allow_hosts=("*.localhost",),
        pace_seconds=0,
        domain_pace_seconds=0,
        retry_seconds=RETRY_SECONDS,
        call_seconds=CALL_SECONDS,
        cluster_wait_seconds=0,
    )
    with (
        hostile_press() as port,
        open_newsroom(settings, catalogue=home / "catalogue") as newsroom,
    ):
        newsroom.know_outlets(outlets(port))
        newsroom.poll()
        gc.collect()
        ran = Ran(newsroom, port, time.time(), least_bytes=psutil.Process().memory_info().rss)
        ran.before = {each.pid for each in psutil.Process().children(recursive=True)}
        over = threading.Event()
        watcher = threading.Thread(target=watch, args=(ran, over))
        watcher.start()
        try:
            newsroom.run()
        finally:
            over.set()
            watcher.join()
        ran.ended = time.time()
        ran.account = account(port)
        yield ran


def test_the_run_ends(ran: Ran) -> None:
    assert ran.ended - ran.begun < RUN_SECONDS
    with ran.newsroom.store.read() as connection:
        assert [] == connection.execute(sa.select(WORK.c.stage, WORK.c.item)).all()


def test_the_honest_outlet_is_read_while_the_hostile_ones_are_in_hand(ran: Ran) -> None:
    last = max(time for host, time in ran.account["ended"].items() if host != HONEST)
    assert 0 < ran.account["ended"][HONEST] < last
    assert 0 < ran.honest - ran.begun < HONEST_SECONDS
    assert ran.honest < ran.ended


def test_each_hostile_feed_is_remembered_by_what_it_did(ran: Ran) -> None:
    found = {host: state["outcome"] for host, state in ran.states().items()}
    assert FEED_OUTCOMES == {host: found[host] for host in FEED_OUTCOMES}
    assert {"ok"} == {found[host] for host in (HONEST, *PAGES)}
    assert {found[host] for host in HEAVY} <= {"ok", "unreadable"}


def test_each_hostile_page_is_read_or_says_why_not(ran: Ran) -> None:
    found = ran.ends()
    assert set(PAGES) == set(PAGES) & set(found)
    told = {host: found[host] for host in PAGES}
    assert {} == {host: end for host, end in told.items() if not is_end(host, end)}


def is_end(host: str, end: str) -> bool:
    expected = PAGE_ENDS.get(host, "read")
    if not expected.startswith("held: "):
        return end.startswith(expected)
    words = WORDS[expected.removeprefix("held: ")].split("|")
    return end.startswith("held: ") and any(each in end for each in words)


def test_ten_thousand_redirects_are_not_followed(ran: Ran) -> None:
    assert ran.account["counts"]["redirects"] <= 10
    assert ran.account["counts"]["index"] <= 20


def test_the_main_process_stays_small(ran: Ran) -> None:
    assert ran.most_bytes - ran.least_bytes < GROWN_BYTES


def test_no_worker_is_left_and_nothing_is_a_zombie(ran: Ran) -> None:
    left = [
        each
        for each in psutil.Process().children(recursive=True)
        if each.pid not in ran.before and "hostile_press" not in " ".join(each.cmdline())
    ]
    # The server from which workers are forked, and the tracker of what they share, stay until this process ends.
    workers = [each for each in left if each.ppid() != os.getpid()]
    assert [] == workers
    assert [] == [each for each in left if each.status() == psutil.STATUS_ZOMBIE]
