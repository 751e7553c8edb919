"""A press of thirty outlets read live: politely, every article once, and the same however often the reader is killed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from benchmarks.kills import NOON, account, served, under_fire

from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.store.tables import ARTICLE, ENTRY, FEED, PAGE
from worldtake.testing.big_press import BigSample
from worldtake.testing.sample_press import outlets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.model.views import StatusView

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420), pytest.mark.xdist_group("live")]

OUTLETS, ARTICLES, GROUP = 30, 150, 3
PACE_SECONDS, DOMAIN_PACE_SECONDS = 0.3, 0.1
KILLS = 3
SAMPLE = BigSample(outlet_count=OUTLETS, article_count=0, group=GROUP)


@dataclass
class Clock:
    """The real one, from a moment on that can be moved on."""

    ahead: timedelta = field(default_factory=lambda: NOON - datetime.now(NOON.tzinfo))

    def __call__(self) -> datetime:
        return datetime.now(NOON.tzinfo) + self.ahead


@dataclass(frozen=True)
class Read:
    """The press read once, and once more a day later."""

    first: dict[str, Any]
    second: dict[str, Any]
    status: StatusView
    #: Rows of tables: entries, articles, feeds, pages.
    rows: dict[str, int]
    addresses: set[str]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    home = tmp_path_factory.mktemp("live")
    (home / "catalogue").mkdir()
    clock = Clock()
    settings = Settings(
        home=home,
        workers=2,
        allow_hosts=("*.localhost",),
        pace_seconds=PACE_SECONDS,
        domain_pace_seconds=DOMAIN_PACE_SECONDS,
        cluster_wait_seconds=0,
    )
    with (
        served(OUTLETS, ARTICLES, group=GROUP) as port,
        open_newsroom(settings, clock=clock, catalogue=home / "catalogue") as newsroom,
    ):
        newsroom.know_outlets(outlets(port, SAMPLE))
        newsroom.poll()
        newsroom.run()
        first, status = account(port), newsroom.status()
        with newsroom.store.read() as connection:
            rows = {
                table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (ENTRY, ARTICLE, FEED, PAGE)
            }
            addresses = set(connection.scalars(sa.select(ARTICLE.c.url)))
        clock.ahead += timedelta(days=1, hours=1)
        newsroom.poll()
        newsroom.run()
        yield Read(first, account(port), status, rows, addresses)


def test_every_article_is_fetched_exactly_once(read: Read) -> None:
    told = {name: read.first[name] for name in ("pages", "of", "repeated", "hosts", "domains")}
    assert {
        "pages": ARTICLES,
        "of": ARTICLES,
        "repeated": 0,
        "hosts": OUTLETS,
        "domains": OUTLETS // GROUP,
    } == told
    assert 0 == read.first["answers"].get("missing", 0)


def test_no_call_of_a_host_or_domain_is_closer_than_its_budget(read: Read) -> None:
    for told in (read.first, read.second):
        assert told["least_gap_seconds"] >= PACE_SECONDS
        assert told["least_domain_gap_seconds"] >= DOMAIN_PACE_SECONDS


def test_no_entry_is_lost_and_none_is_doubled(read: Read) -> None:
    assert {"entry": ARTICLES, "article": ARTICLES, "feed": OUTLETS, "page": ARTICLES} == read.rows
    assert ARTICLES == len(read.addresses)


def test_the_status_counts_them(read: Read) -> None:
    stages = {each.stage: each for each in read.status.stages}
    assert (ARTICLES, OUTLETS, 0) == (
        read.status.articles,
        read.status.outlets,
        read.status.quarantine,
    )
    assert OUTLETS == stages["fetch.entries"].done
    assert {ARTICLES} == {
        stages[name].done for name in ("fetch.pages", "extract", "trace", "copies", "index")
    }
    assert {0} == {each.due + each.running + each.quarantined for each in stages.values()}


def test_a_day_later_only_what_changed_is_sent(read: Read) -> None:
    requests = read.second["requests"] - read.first["requests"]
    robots = read.second["robots"] - read.first["robots"]
    asked = read.second["conditional"] - read.first["conditional"]
    sent = read.second["answers"]["sent"] - read.first["answers"]["sent"]
    # An index of sitemaps is read whole each time: its sitemaps change while it stays the same.
    indexes = sum(outlet.feed == "sitemap-index" for outlet in SAMPLE.outlets)
    assert robots + indexes == requests - asked
    assert robots + indexes == sent
    assert asked >= OUTLETS - indexes
    assert 0 == read.first["conditional"]


def test_three_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with served(OUTLETS, ARTICLES, flaky=0.02) as port:
        sample = BigSample(outlet_count=OUTLETS, article_count=0)
        found = under_fire(tmp_path, port, sample, kills=KILLS)
        told = account(port)
    assert (ARTICLES, 0, 0) == (found.articles, found.lost, found.doubled)
    assert found.struck >= KILLS / 2, "most kills must fall while there is work"
    assert told["of"] == told["pages"]
