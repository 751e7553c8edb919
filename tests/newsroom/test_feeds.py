"""Feeds that fail, and what becomes of them: a real press answers wrong, and worldtake asks again as the table says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.settings import Settings
from worldtake.store import press as kept
from worldtake.testing.builders import a_feed, an_outlet
from worldtake.testing.fake_outlets import FakeArticle, FakeOutlet
from worldtake.testing.press import Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST, PLACE = "jutro.localhost", "/rss.xml"
ARTICLE = FakeArticle(title="Ferry burns off Ancona", paragraphs=("All were taken off.",))


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    settings = Settings(
        home=tmp_path / "home",
        workers=0,
        allow_hosts=("*.localhost",),
        pace_seconds=0,
        domain_pace_seconds=0,
        retry_seconds=0.05,
        cluster_wait_seconds=0,
    )
    with open_newsroom(settings, catalogue=catalogue) as opened:
        yield opened


@pytest.fixture
def press(newsroom: Newsroom) -> Iterator[Press]:
    with Press() as serving:
        serving.add(FakeOutlet(host=HOST, name="Jutro", articles=(ARTICLE,)))
        feed = a_feed(url=serving.url(HOST, PLACE), outlet_id="jutro")
        newsroom.know_outlets([an_outlet(id="jutro", name="Jutro", feeds=(feed,))])
        yield serving


def _read(newsroom: Newsroom, press: Press) -> tuple[int, int]:
    """Run once; return calls of the feed so far, and articles in hand."""
    newsroom.poll()
    newsroom.run()
    calls = [each for each in press.requests if (each.host, each.path) == (HOST, PLACE)]
    return len(calls), newsroom.status().articles


@pytest.mark.parametrize("fault", [Fault(drop=True, times=1), Fault(status=503, times=1)])
def test_a_feed_that_fails_for_a_passing_reason_is_asked_once_more_within_the_run(
    newsroom: Newsroom, press: Press, fault: Fault
) -> None:
    press.plant(HOST, PLACE, fault)
    assert (2, 1) == _read(newsroom, press)


def test_a_feed_that_fails_twice_backs_off_and_does_not_go_to_quarantine(
    newsroom: Newsroom, press: Press
) -> None:
    press.plant(HOST, PLACE, Fault(status=503))
    assert (2, 0) == _read(newsroom, press)
    assert () == newsroom.quarantine()
    with newsroom.store.read() as connection:
        soon = int(datetime.now(UTC).timestamp() * 1e6) + 600_000_000
        assert () == kept.feeds(connection, due_by=soon)


def test_a_feed_that_is_not_there_is_not_asked_again(newsroom: Newsroom, press: Press) -> None:
    press.plant(HOST, PLACE, Fault(status=404))
    assert (1, 0) == _read(newsroom, press)
