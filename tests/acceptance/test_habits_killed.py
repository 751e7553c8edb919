"""Habits of outlets under fire: what is learned, and what is left out for it, is the same however often a run is killed."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.acceptance.forked_runs import kill_after, run_out, runs

from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.settings import Settings
from worldtake.testing.builders import a_feed, an_outlet
from worldtake.testing.fake_outlets import FakeArticle, FakeOutlet
from worldtake.testing.press import Press

if TYPE_CHECKING:
    from pathlib import Path

OUTLETS, ARTICLES, KILLS = 4, 8, 8
#: Fixed, so that chance picks the same moments in every run of the tests.
SEED = 20260916
#: What an outlet puts into all its texts, and into some of them.
APPEAL = "The {} is paid for by its readers: become a member today and keep our lamps lit."
COLUMN = "Every Friday the {} asks one of its neighbours what the week has brought to the quay."
NOUNS = ("ferry", "harbour", "lighthouse", "market", "bridge", "school", "orchard", "tunnel")


def told(host: str, number: int) -> FakeArticle:
    """Return an article that no other number gives, with what its outlet puts into texts."""
    chance = random.Random(f"{host} {number}")  # noqa: S311 chance, not secrets
    own = [
        f"The {chance.choice(NOUNS)} of ward {chance.random():.8f} was closed, and nobody on the "
        f"{chance.choice(NOUNS)} committee had been told of it before the evening of day {day}."
        for day in range(5)
    ]
    column = [COLUMN.format(host)] if number % 2 else []
    return FakeArticle(
        path=f"/news/{number}",
        title=f"The {chance.choice(NOUNS)} of ward {number} is closed",
        paragraphs=(*column, *own[:4], APPEAL.format(host), own[4]),
        published=datetime(2026, 9, 11, 6, number, tzinfo=UTC),
    )


def opened(home: Path) -> Newsroom:
    catalogue = home.parent / "catalogue"
    catalogue.mkdir(exist_ok=True)
    settings = Settings(home=home, workers=0, cluster_wait_seconds=0)
    return open_newsroom(settings, loopback_hosts=("*.localhost",), catalogue=catalogue)


@pytest.mark.slow
def test_kills_change_nothing_of_what_is_learned(tmp_path: Path) -> None:
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    with Press() as press, runs(opened) as process:
        for home in (calm, killed):
            make_known(home, press)
        seconds = run_out(process, calm)
        chance = random.Random(SEED)  # noqa: S311 chance, not secrets
        waits = [chance.uniform(0, seconds / KILLS) for _ in range(KILLS)]
        struck = sum(kill_after(process, opened, killed, wait) for wait in waits)
        run_out(process, killed)
    assert struck >= KILLS / 2, "most kills must fall while there is work"
    assert dumped(calm) == dumped(killed)
    assert ([2] * OUTLETS, 0) == (lines_learned(killed), appeals_left(killed))


def make_known(home: Path, press: Press) -> None:
    hosts = [f"quay{number}" for number in range(OUTLETS)]
    with opened(home) as newsroom:
        for host in hosts:
            articles = tuple(told(host, number) for number in range(ARTICLES))
            press.add(FakeOutlet(host=f"{host}.localhost", name=host, articles=articles))
            feed = a_feed(url=press.url(f"{host}.localhost", "/rss.xml"), outlet_id=host)
            domains = (f"{host}.localhost",)
            newsroom.know_outlets([an_outlet(id=host, name=host, domains=domains, feeds=(feed,))])
        newsroom.poll()


def dumped(home: Path) -> list[str]:
    with opened(home) as newsroom:
        return list(newsroom.dump())


def lines_learned(home: Path) -> list[int]:
    with opened(home) as newsroom, newsroom.store.read() as connection:
        rows = connection.scalars(
            sa.text("SELECT json_array_length(record, '$.lines') FROM habits")
        )
        return list(rows)


def appeals_left(home: Path) -> int:
    with opened(home) as newsroom:
        texts = [each.article.text for one in newsroom.bundles() for each in one.file.reports]
    return sum("become a member" in each for each in texts)
