from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from worldtake.errors import (
    StoreError,
    UnknownItemError,
    UnreadableInputError,
    WorldtakeError,
)
from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.settings import Settings
from worldtake.testing.builders import an_outlet
from worldtake.testing.fake_outlets import FakeArticle, FakeOutlet
from worldtake.testing.press import Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 9, 16, 12, tzinfo=UTC)
FERRY = "All {n} people were taken off a car ferry that burned off Ancona on Tuesday morning.\n\n“Nobody is missing,” said Carla Vendramin, who speaks for the coast guard."


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    settings = Settings(home=tmp_path / "home", workers=0, cluster_wait_seconds=0)
    with open_newsroom(
        settings, clock=lambda: NOW, loopback_hosts=("*.localhost",), catalogue=catalogue
    ) as opened:
        yield opened


def saved(
    folder: Path, name: str, title: str, text: str, when: str = "2026-09-08T09:00:00+02:00"
) -> Path:
    paragraphs = "".join(f"<p>{each}</p>" for each in text.split("\n\n"))
    file = folder / name
    file.write_text(
        f'<html lang="en"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="Paper {name[0].upper()}">'
        f'<meta property="article:published_time" content="{when}"></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>",
        "utf-8",
    )
    return file


def test_saved_pages_on_one_happening_meet_in_a_story(newsroom: Newsroom, tmp_path: Path) -> None:
    files = [
        saved(tmp_path, "a.html", "Ferry burns off Ancona, all safe", FERRY.format(n=214)),
        saved(tmp_path, "b.html", "All safe as ferry burns off Ancona", FERRY.format(n=215)),
    ]
    newsroom.add_files(files)
    newsroom.run()
    card = newsroom.front().stories[0]
    view = newsroom.story(card.story.id)
    assert (2, {"Paper A", "Paper B"}) == (
        card.articles,
        {headline.outlet.name for headline in view.headlines},
    )


def test_a_late_article_may_give_a_story_an_earlier_founder_and_its_old_address_still_leads_there(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.add_files(
        [saved(tmp_path, "a.html", "Ferry burns off Ancona, all safe", FERRY.format(n=214))]
    )
    newsroom.run()
    before = newsroom.front().stories[0].story.id
    earlier = "2026-09-08T07:00:00+02:00"
    newsroom.add_files(
        [
            saved(
                tmp_path,
                "b.html",
                "All safe as ferry burns off Ancona",
                FERRY.format(n=215),
                earlier,
            )
        ]
    )
    newsroom.run()
    after = newsroom.story(before).card.story
    assert (2, True) == (len(after.articles), after.id != before)
    assert after == newsroom.story(after.id).card.story


def test_older_stories_fill_a_quiet_front_page_after_the_new_ones(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    old = "2026-03-01T09:00:00+02:00"
    newsroom.add_files(
        [
            saved(
                tmp_path,
                "a.html",
                "Court stops forest railway",
                "A judge in Brazil stopped the building of a railway through the forest.",
                old,
            ),
            saved(tmp_path, "b.html", "Ferry burns off Ancona", FERRY.format(n=214)),
        ]
    )
    newsroom.run()
    titles = [card.title for card in newsroom.front().stories]
    assert ["Ferry burns off Ancona", "Court stops forest railway"] == titles


def test_what_is_read_can_be_searched(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.add_files([saved(tmp_path, "a.html", "Ferry burns off Ancona", FERRY.format(n=214))])
    newsroom.run()
    assert ["Ferry burns off Ancona"] == [
        each.title for each in newsroom.search("ancona").headlines
    ]
    assert () == newsroom.search("volcano").headlines


def test_unknown_addresses_are_named(newsroom: Newsroom) -> None:
    for ask in (newsroom.story, newsroom.article, newsroom.outlet):
        with pytest.raises(UnknownItemError, match="nothing-here"):
            ask("nothing-here")


def test_a_country_without_outlets_has_an_empty_page(newsroom: Newsroom) -> None:
    view = newsroom.country("si")
    assert ("SI", (), (), ()) == (view.country, view.outlets, view.headlines, view.gaps)


def test_a_feed_address_is_added_with_its_articles(newsroom: Newsroom) -> None:
    article = FakeArticle(title="Ferry burns off Ancona", paragraphs=(FERRY.format(n=214),))
    outlet = FakeOutlet(host="jutro.localhost", name="Jutro", articles=(article,))
    with Press() as press:
        press.add(outlet)
        what = newsroom.add_address(press.url("jutro.localhost", "/rss.xml"))
        newsroom.run()
    assert "a feed of Jutro" in what
    assert ["Ferry burns off Ancona"] == [each.title for each in newsroom.front().newest]


def test_a_feed_of_broken_xml_is_named_kept_in_quarantine_and_read_once_it_is_mended(
    newsroom: Newsroom,
) -> None:
    with Press() as press:
        press.add(FakeOutlet(host="jutro.localhost", name="Jutro"))
        press.plant("jutro.localhost", "/rss.xml", Fault(body=b"<rss><channel><item>&&&<<"))
        url = press.url("jutro.localhost", "/rss.xml")
        with pytest.raises(UnreadableInputError, match="rss"):
            newsroom.add_address(url)
        newsroom.run()
        assert [("fetch.entries", url)] == [
            (each.stage, each.item) for each in newsroom.quarantine()
        ]
        press.heal()
        newsroom.retry()
        newsroom.run()
    assert (1, ()) == (newsroom.status().articles, newsroom.quarantine())


def test_every_feed_of_a_list_is_read(newsroom: Newsroom, tmp_path: Path) -> None:
    papers = [FakeOutlet(host=f"{label}.localhost", name=label) for label in ("lantern", "beacon")]
    with Press() as press:
        press.add(*papers)
        lines = "".join(
            f'<outline text="{each.name}" xmlUrl="{press.url(each.host, "/rss.xml")}" country="SI"/>'
            for each in papers
        )
        file = tmp_path / "feeds.opml"
        file.write_text(f"<opml version='2.0'><body>{lines}</body></opml>", "utf-8")
        count = newsroom.add_list(file)
        newsroom.run()
    view = newsroom.country("SI")
    assert (2, 2, 2) == (count, len(view.outlets), len(view.headlines))


def test_an_address_that_does_not_answer_is_named(newsroom: Newsroom) -> None:
    with pytest.raises(WorldtakeError, match=r"nobody\.localhost"):
        newsroom.add_address("http://nobody.localhost:1/feed")


def test_two_processes_do_not_work_on_one_store(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.add_files([saved(tmp_path, "a.html", "Ferry burns", FERRY.format(n=1))])
    seen: list[str] = []

    def second(*_: object) -> None:
        with pytest.raises(StoreError) as caught, open_newsroom(newsroom.settings) as other:
            other.run()
        seen.append(str(caught.value))

    newsroom.run(second)
    assert "another worldtake is working" in seen[0]


def test_the_sample_is_forgotten_with_all_that_was_read_from_it(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.add_files([saved(tmp_path, "a.html", "Ferry burns off Ancona", FERRY.format(n=214))])
    invented = an_outlet(id="xx-paper-a", name="Paper A", provenance="sample", domains=())
    newsroom.run()
    newsroom.show_sample([invented], {})
    newsroom.forget_sample()
    newsroom.run()
    assert (0, 0, False) == (
        newsroom.status().articles,
        newsroom.status().stories,
        newsroom.shows_sample(),
    )


def test_a_stopped_newsroom_leaves_the_work_due(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.add_files([saved(tmp_path, "a.html", "Ferry burns", FERRY.format(n=1))])
    newsroom.stop()
    newsroom.run()
    assert 1 == newsroom.due()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="--home"):
        open_newsroom(Settings(home=tmp_path / "file" / "home"))
