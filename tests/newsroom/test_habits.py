"""Habits of outlets, learned as their pages are read: what recurs is left out of all of them in the end."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.store import habits as shelf
from worldtake.store import volumes
from worldtake.store.tables import REVISION, TEXT_VERSION
from worldtake.testing.builders import a_feed, an_outlet
from worldtake.testing.fake_outlets import FakeArticle, FakeOutlet
from worldtake.testing.press import Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.model import Article
    from worldtake.newsroom import Newsroom

APPEAL = "The paper is paid for by its readers: become a member today and keep our lamps lit."
NOUNS = ("ferry", "harbour", "lighthouse", "market", "bridge", "school", "orchard", "tunnel")


def told(host: str, number: int) -> FakeArticle:
    """Return an article that no other number gives, with the outlet's appeal before its last paragraph."""
    chance = random.Random(f"{host} {number}")  # noqa: S311 chance, not secrets
    own = [
        f"The {chance.choice(NOUNS)} of ward {chance.random():.8f} was closed, and nobody on the "
        f"{chance.choice(NOUNS)} committee had been told of it before the evening of day {day}."
        for day in range(4)
    ]
    return FakeArticle(
        path=f"/news/{number}",
        title=f"The {chance.choice(NOUNS)} of ward {number} is closed",
        paragraphs=(*own[:3], APPEAL, own[3]),
        published=datetime(2026, 9, 11, 6, number, tzinfo=UTC),
    )


def site(host: str, *numbers: int) -> FakeOutlet:
    return FakeOutlet(
        host=f"{host}.localhost", name=host.title(), articles=tuple(told(host, n) for n in numbers)
    )


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    (tmp_path / "catalogue").mkdir()
    settings = Settings(
        home=tmp_path / "home",
        workers=0,
        allow_hosts=("*.localhost",),
        pace_seconds=0,
        domain_pace_seconds=0,
        poll_minutes=0.01,
        cluster_wait_seconds=0,
    )
    with open_newsroom(settings, catalogue=tmp_path / "catalogue") as opened:
        yield opened


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as serving:
        yield serving


def read(newsroom: Newsroom, press: Press, *sites: FakeOutlet) -> None:
    """Serve the sites, call their feeds and read all that is new."""
    press.add(*sites)
    for each in sites:
        outlet_id = each.host.partition(".")[0]
        feed = a_feed(url=press.url(each.host, "/rss.xml"), outlet_id=outlet_id)
        newsroom.know_outlets(
            [an_outlet(id=outlet_id, name=each.name, domains=(each.host,), feeds=(feed,))]
        )
    with newsroom.store.write() as connection:
        connection.execute(sa.text("UPDATE feed SET due = 0"))
    newsroom.poll()
    newsroom.run()


def articles(newsroom: Newsroom) -> list[Article]:
    found = [report.article for each in newsroom.bundles() for report in each.file.reports]
    return sorted(found, key=lambda each: each.url)


def bearing(newsroom: Newsroom) -> list[bool]:
    return [APPEAL in each.text for each in articles(newsroom)]


def rows(newsroom: Newsroom, statement: sa.Select[Any]) -> Any:
    with newsroom.store.read() as connection:
        return connection.execute(statement).all()


def test_what_recurs_is_left_out_of_every_page_also_of_those_read_before_it_was_known(
    newsroom: Newsroom, press: Press
) -> None:
    read(newsroom, press, site("quay", *range(5)))
    assert [False] * 5 == bearing(newsroom)
    kept = {(each.text, each.reason) for one in articles(newsroom) for each in one.discarded}
    assert (APPEAL, "recurring") in kept


def test_what_is_on_two_pages_of_each_of_two_outlets_stays(
    newsroom: Newsroom, press: Press
) -> None:
    read(newsroom, press, site("quay", 1, 2), site("pier", 3, 4))
    assert [True] * 4 == bearing(newsroom)


def test_a_page_that_comes_later_is_read_once_and_rightly(newsroom: Newsroom, press: Press) -> None:
    read(newsroom, press, site("quay", 1, 2, 3))
    read(newsroom, press, site("quay", 1, 2, 3, 4))
    last = articles(newsroom)[-1]
    texts = sa.select(TEXT_VERSION.c.body).where(
        (TEXT_VERSION.c.article_id == last.id) & (TEXT_VERSION.c.part == "text")
    )
    assert (last.url.endswith("/4"), [(last.text,)]) == (True, rows(newsroom, texts))
    assert APPEAL not in last.text


def test_the_third_page_makes_the_first_two_be_read_again(newsroom: Newsroom, press: Press) -> None:
    read(newsroom, press, site("quay", 1, 2))
    assert [True, True] == bearing(newsroom)
    read(newsroom, press, site("quay", 1, 2, 3))
    assert [False] * 3 == bearing(newsroom)


def test_what_is_read_again_is_no_revision_and_no_second_page(
    newsroom: Newsroom, press: Press
) -> None:
    read(newsroom, press, site("quay", *range(4)))
    with newsroom.store.read() as connection:
        (counted,) = volumes.yields(connection, ["quay"], 0)["quay"]
        pages = len(shelf.shown(connection, "quay", most=9))
    assert [] == rows(newsroom, sa.select(REVISION))
    assert (4, 4) == (counted.pages, pages)


def test_the_outcome_does_not_hang_on_the_order_in_which_pages_come(
    newsroom: Newsroom, press: Press, tmp_path: Path
) -> None:
    settings = newsroom.settings.model_copy(update={"home": tmp_path / "other"})
    with open_newsroom(settings, catalogue=tmp_path / "catalogue") as other:
        read(newsroom, press, site("quay", *range(8)))
        for numbers in ((7, 2), (7, 2, 5, 0), tuple(range(8))):
            read(other, press, site("quay", *numbers))
        assert [(a.title, a.text, a.discarded) for a in articles(newsroom)] == [
            (a.title, a.text, a.discarded) for a in articles(other)
        ]
        with newsroom.store.read() as one, other.store.read() as two:
            assert [shelf.habits(one, ["quay"])] == [shelf.habits(two, ["quay"])]


def test_an_outlet_that_is_forgotten_leaves_no_habits(newsroom: Newsroom, press: Press) -> None:
    read(newsroom, press, site("quay", 1, 2, 3))
    with newsroom.store.write() as connection:
        connection.execute(sa.text("UPDATE outlet SET provenance = 'sample'"))
    newsroom.forget_sample()
    with newsroom.store.read() as connection:
        assert ((), {}) == (
            shelf.shown(connection, "quay", most=9),
            shelf.habits(connection, ["quay"]),
        )


def test_habits_are_in_what_stores_are_compared_by(newsroom: Newsroom, press: Press) -> None:
    read(newsroom, press, site("quay", 1, 2, 3))
    (line,) = [each for each in newsroom.dump() if each.startswith("habits ")]
    assert 3 == json.loads(line.removeprefix("habits "))["record"]["pages"]
