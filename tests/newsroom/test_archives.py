"""Web archives brought in: whole, broken off, unreadable."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from worldtake.errors import UnreadableInputError, WorldtakeError
from worldtake.model import Outlet, Page
from worldtake.newsroom import archives, open_newsroom
from worldtake.newsroom.archives import ArchiveReading, add_archive
from worldtake.settings import Settings
from worldtake.store import ledger, press
from worldtake.store.warc import info_record, response_record
from worldtake.testing.fake_outlets import FakeOutlet
from worldtake.testing.press import Answer, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.newsroom import Newsroom
    from worldtake.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARAGRAPHS = (
    "All 214 people were taken off a car ferry that burned off Ancona on Friday morning.",
    "The fire began on the car deck, the coast guard said, and was put out before noon.",
)


def page(number: int) -> Page:
    text = "".join(f"<p>{each} ({number})</p>" for each in PARAGRAPHS)
    return Page(
        url=f"https://www.lantern.example/news/{number}",
        body=f"<html><head><title>Ferry {number}</title></head><body><article><h1>Ferry burns, report {number}</h1>{text}</article></body></html>".encode(),
        fetched=NOW,
        charset="utf-8",
    )


def archive(path: Path, *numbers: int) -> Path:
    records = [info_record(NOW, "test"), *(response_record(page(each)) for each in numbers)]
    path.write_bytes(b"".join(records))
    return path


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    settings = Settings(home=tmp_path / "home", workers=0, cluster_wait_seconds=0)
    with open_newsroom(settings, clock=lambda: NOW, catalogue=catalogue) as opened:
        yield opened


def test_an_archive_becomes_articles_of_its_outlets(newsroom: Newsroom, tmp_path: Path) -> None:
    lantern = Outlet(id="gb-lantern", name="The Lantern", domains=("lantern.example",))
    newsroom.know_outlets([lantern])
    reading = newsroom.add_archive(archive(tmp_path / "news.warc.gz", 1, 2))
    newsroom.run()
    found = newsroom.outlet("gb-lantern").headlines
    assert (2, 2, 1, 0, True) == (
        reading.pages, reading.fresh, reading.others, reading.broken, reading.whole,
    )  # fmt: skip
    assert {"https://www.lantern.example/news/1", "https://www.lantern.example/news/2"} == {
        each.url for each in found
    }
    assert {NOW} == {each.seen for each in found}


def test_a_file_that_was_read_is_not_read_again(store: Store, tmp_path: Path) -> None:
    path = archive(tmp_path / "news.warc.gz", 1, 2)
    first = add_archive(store, path, now=NOW)
    with store.write() as connection:
        ledger.finish(connection, "extract", [press.page_id(page(each)) for each in (1, 2)], version=1)  # fmt: skip
    assert first == add_archive(store, path, now=NOW)
    with store.read() as connection:
        assert {} == ledger.due_counts(connection, now=2**62)


def test_pages_that_are_known_are_not_due_again(store: Store, tmp_path: Path) -> None:
    add_archive(store, archive(tmp_path / "a.warc.gz", 1, 2), now=NOW)
    reading = add_archive(store, archive(tmp_path / "b.warc.gz", 2, 3), now=NOW)
    assert (2, 1) == (reading.pages, reading.fresh)


def test_a_reading_that_was_broken_off_goes_on_there(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "news.warc.gz", 1, 2, 3, 4, 5)
    monkeypatch.setattr(archives, "BATCH_PAGES", 2)

    def interrupt(stage: str, pages: int) -> None:
        told.append((stage, pages))
        if len(told) == 2:
            raise KeyboardInterrupt

    told: list[tuple[str, int]] = []
    with pytest.raises(KeyboardInterrupt):
        add_archive(store, path, now=NOW, progress=interrupt)
    assert [("archive", 2), ("archive", 2)] == told
    reading = add_archive(store, path, now=NOW)
    assert (5, 5, 1, True) == (reading.pages, reading.fresh, reading.others, reading.whole)
    with store.read() as connection:
        assert {"extract": 5} == ledger.due_counts(connection, now=2**62)


def test_a_file_that_changed_is_read_anew(store: Store, tmp_path: Path) -> None:
    path = archive(tmp_path / "news.warc.gz", 1)
    add_archive(store, path, now=NOW)
    reading = add_archive(store, archive(path, 1, 2), now=NOW)
    assert (2, 1) == (reading.pages, reading.fresh)


def test_what_is_broken_is_counted_and_named(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(archive(path, 1, 2).read_bytes()[:-50])
    words = add_archive(store, path, now=NOW).words()
    assert "1 pages, 1 of them new" in words
    assert "cut short" in words


@pytest.mark.parametrize(
    "content", [b"", b"<html>a page</html>", gzip.compress(b"<html>", mtime=0)]
)
def test_a_file_that_is_no_archive_is_refused(store: Store, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match="no web archive"):
        add_archive(store, path, now=NOW)


def test_a_file_that_is_not_there_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"none\.warc.*check the path"):
        add_archive(store, tmp_path / "none.warc", now=NOW)


def test_a_reading_says_what_was_in_the_file() -> None:
    reading = ArchiveReading(pages=1200, fresh=3, others=2, broken=1, problem="cut")
    expected = "1,200 pages, 3 of them new; 2 other records passed over; 1 that cannot be read (the first: cut)"
    assert expected == reading.words()


def test_an_archive_is_fetched_from_a_web_address(tmp_path: Path, newsroom: Newsroom) -> None:
    body = archive(tmp_path / "news.warc.gz", 1, 2).read_bytes()
    packed = Answer(body=body, media_type="application/octet-stream", charset=None)
    newsroom.loopback_hosts = ("*.localhost",)
    with Press() as web:
        web.add(FakeOutlet(host="crawl.localhost", answers={"/news.warc.gz": packed}))
        url = web.url("crawl.localhost", "/news.warc.gz")
        reading = newsroom.add_archive(url)
        assert reading == newsroom.add_archive(url)
        asked = [each.path for each in web.requests].count("/news.warc.gz")
        with pytest.raises(WorldtakeError, match="404"):
            newsroom.add_archive(web.url("crawl.localhost", "/none.warc.gz"))
        with pytest.raises(UnreadableInputError, match="check the address"):
            newsroom.add_archive(web.url("crawl.localhost", "/news/1"))
    assert (2, 1) == (reading.fresh, asked)
    assert [] == list((tmp_path / "home/downloads").iterdir())


def test_a_page_whose_bytes_are_gone_is_skipped_with_words(newsroom: Newsroom) -> None:
    with newsroom.store.write() as connection:
        items = press.keep_pages(connection, [page(1)])
        ledger.file_work(connection, "extract", items, now=0)
        connection.execute(sa.text("UPDATE page SET body = NULL"))
    newsroom.run()
    with newsroom.store.read() as connection:
        row = connection.execute(sa.text("SELECT stage, outcome, reason FROM outcome")).one()
    assert ("extract", "skipped") == tuple(row)[:2]
    assert "not kept any more" in row.reason
