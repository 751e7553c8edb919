"""The whole pipeline on each kind of store gives the same house."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.testing.fake_outlets import FakeArticle, FakeOutlet
from worldtake.testing.press import Press

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 9, 16, 12, tzinfo=UTC)
FERRY = (
    "All 214 people were taken off a car ferry that burned off Ancona on Friday morning.",
    "“Nobody is missing,” said Carla Vendramin, who speaks for the coast guard of Ancona.",
)


def test_a_feed_becomes_a_story_on_every_store(store_url: str, tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    settings = Settings(home=tmp_path / "home", store=store_url, workers=0, cluster_wait_seconds=0)
    article = FakeArticle(title="All safe as ferry burns off Ancona", paragraphs=FERRY)
    papers = [
        FakeOutlet(host=f"{label}.localhost", name=f"The {label.title()}", articles=(article,))
        for label in ("lantern", "beacon")
    ]
    with (
        Press() as press,
        open_newsroom(
            settings, clock=lambda: NOW, loopback_hosts=("*.localhost",), catalogue=catalogue
        ) as newsroom,
    ):
        press.add(*papers)
        for paper in papers:
            newsroom.add_address(press.url(paper.host, "/rss.xml"))
        newsroom.run()
        card = newsroom.front().stories[0]
        found = newsroom.search("ancona ferry").headlines
        lines = list(newsroom.dump())
    assert (2, 2, 2) == (card.articles, card.outlets, len(found))
    assert any(line.startswith("copy ") for line in lines)
