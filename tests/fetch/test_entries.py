from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from worldtake.fetch.entries import entries_of, language_tag, newest, plain, web_address
from worldtake.fetch.items import Item, moment
from worldtake.model import Entry, Feed

FEED = Feed(url="https://glas.example/rss", outlet_id="si-glas")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Prvi.</p><p>Drugi<script>x()</script>.</p>", "Prvi. Drugi ."),
        ("Trajekt &amp;amp; &lt;b&gt;ogenj&lt;/b&gt;", "Trajekt & ogenj"),
        ("&lt;p&gt;Dvojno&lt;/p&gt;", "Dvojno"),
        ("varno<iframe src='x'> <b>opis</b></iframe>", "varno opis"),
        ("5 < 6 &amp; 7 > 3", "5 < 6 & 7 > 3"),
        ("Začetek<!-- brez konca", "Začetek"),
        ("a\x00b", "ab"),
        ("見出し<br/>続き", "見出し 続き"),
        ("", ""),
    ],
)
def test_markup_becomes_text_on_one_line(markup: str, text: str) -> None:
    assert text == plain(markup, 100)


def test_long_texts_are_cut() -> None:
    assert "aaaa…" == plain("a" * 1_000_000, 5)


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("sl", "sl"), ("en_US", "en-US"), (" zh-Hant-TW ", "zh-Hant-TW"), ("Slovenščina", None), ("", None), (None, None)],
)  # fmt: skip
def test_a_declared_language_is_a_tag_or_none(stated: str | None, tag: str | None) -> None:
    assert tag == language_tag(stated)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", "https://glas.example/a"),
        ("HTTP://A.example/", "HTTP://A.example/"),
        ("//b.example/x", "https://b.example/x"),
        ("ftp://b.example/", ""),
        ("javascript:x", ""),
        ("http://[x", ""),
        ("  ", ""),
        ("https://a.example/" + "x" * 5_000, ""),
    ],
)
def test_links_are_whole_web_addresses_or_none(link: str, address: str) -> None:
    assert address == web_address(FEED.url, link)


def test_one_article_is_one_entry_however_it_is_linked() -> None:
    links = (
        "http://www.glas.example/a",
        "https://glas.example/a/",
        "https://m.glas.example/a?utm_source=x",
        "/b",
        "",
    )
    linked, unlinked = entries_of(
        FEED, FEED.url, [Item(link=each, title="T") for each in links], "sl"
    )
    assert ["http://www.glas.example/a", "https://glas.example/b"] == [each.url for each in linked]
    assert [("", "T", "sl")] == [(each.url, each.title, each.language) for each in unlinked]


def _entry(number: int, published: datetime | None) -> Entry:
    return Entry(url=f"https://a.example/{number}", feed_url="", outlet_id="", published=published)


def test_of_too_many_entries_the_newest_stay_in_their_order() -> None:
    day = datetime(2026, 11, 1, tzinfo=UTC)
    entries = [_entry(n, day + timedelta(days=n % 7)) for n in range(20)] + [_entry(99, None)]
    kept = newest(entries, 6)
    assert [4, 5, 6, 12, 13, 19] == [int(each.url.rpartition("/")[2]) for each in kept]
    assert newest(entries[:3] * 2, 6) == tuple(entries[:3])


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-11-22T09:00:00+01:00", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("2026-11-22 08:00:00 +00:00", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("20261122T080000Z", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
        (5, None),
        ("", None),
    ],
)  # fmt: skip
def test_moments_are_read_as_they_are_stated(stated: object, expected: datetime | None) -> None:
    assert expected == moment(stated)
