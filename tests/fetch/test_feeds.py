from __future__ import annotations

import copy
import gzip
import json
import pickle
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from worldtake.errors import UnreadableInputError
from worldtake.fetch import ParseFeed

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Glas</title><link>https://glas.example/</link><language>sl</language>
<item><title>Trajekt &amp;amp; &lt;b&gt;ogenj&lt;/b&gt;</title><link>/a?utm_source=rss&amp;id=1</link>
<description>&lt;p&gt;Prvi.&lt;/p&gt;&lt;p&gt;Drugi&lt;script&gt;x()&lt;/script&gt;.&lt;/p&gt;</description>
<pubDate>Tue, 08 Sep 2026 09:40:00 +0200</pubDate><dc:creator>Ana Kos</dc:creator></item>
<item><title>Brez povezave</title></item>
<item><title>Isti naslov</title><link>https://glas.example/a?id=1</link></item>
<item><title>Id</title><guid isPermaLink="false">https://glas.example/c</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja" xml:base="https://minato.example/x/">
<title>みなと</title><entry><title>地震</title><link href="b"/><updated>2026-09-10T00:47:00Z</updated>
<published>2026-09-10T09:00:00+09:00</published><author><name>山田</name></author>
<summary>短い</summary></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title></channel>
<item rdf:about="https://r.example/1"><title>Eins</title><link>https://r.example/1</link>
<dc:date>2026-09-10T10:00:00Z</dc:date></item></rdf:RDF>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Delta",
    "language": "ar",
    "items": [
        {
            "id": "1",
            "url": "https://delta.example/1",
            "title": "خبر",
            "content_html": "<p>نص</p>",
            "date_published": "2026-09-10T12:00:00+03:00",
            "authors": [{"name": "سامي"}, {}],
        },
        {"id": "https://delta.example/2", "summary": "s", "date_published": "yesterday"},
        {"id": 3},
        "nothing",
    ],
}

NEWS_SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://n.example/1 </loc>
<lastmod>2026-09-11</lastmod><news:news><news:publication><news:name>N</news:name><news:language>hi</news:language>
</news:publication><news:publication_date>2026-09-10T08:00:00+05:30</news:publication_date>
<news:title>समाचार</news:title></news:news></url><url><lastmod>2026</lastmod></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://n.example/a.xml</loc></sitemap><sitemap><loc>/b.xml.gz</loc></sitemap></sitemapindex>"""


def test_rss_gives_clean_entries_with_whole_addresses(body: Any) -> None:
    found = ParseFeed()(body(RSS))
    first = found.entries[0]
    assert ("rss", "Glas", "sl") == (found.kind, found.title, found.language)
    assert ["https://glas.example/a?id=1", "https://glas.example/c"] == [
        each.url for each in found.entries
    ]
    assert ("Trajekt & ogenj", "Prvi. Drugi .", ("Ana Kos",), "sl") == (
        first.title,
        first.summary,
        first.authors,
        first.language,
    )
    assert datetime(2026, 9, 8, 7, 40, tzinfo=UTC) == first.published
    assert ("si-glas", "https://glas.example/feeds/all.xml") == (first.outlet_id, first.feed_url)


def test_atom_gives_its_base_language_and_moments(body: Any) -> None:
    found = ParseFeed()(body(ATOM))
    entry = found.entries[0]
    assert ("atom", "https://minato.example/x/b", "地震", ("山田",), "ja") == (
        found.kind,
        entry.url,
        entry.title,
        entry.authors,
        entry.language,
    )
    assert (datetime(2026, 9, 10, 0, 0, tzinfo=UTC), datetime(2026, 9, 10, 0, 47, tzinfo=UTC)) == (
        entry.published,
        entry.updated,
    )


def test_rdf_is_read(body: Any) -> None:
    found = ParseFeed()(body(RDF))
    assert [("https://r.example/1", "Eins")] == [(each.url, each.title) for each in found.entries]


def test_json_feed_is_read_item_by_item(body: Any) -> None:
    found = ParseFeed()(body(json.dumps(JSON)))
    assert ("json", "Delta", "ar") == (found.kind, found.title, found.language)
    assert [
        ("https://delta.example/1", "خبر", "نص", ("سامي",)),
        ("https://delta.example/2", "", "s", ()),
    ] == [(each.url, each.title, each.summary, each.authors) for each in found.entries]


def test_a_news_sitemap_gives_title_language_and_moment(body: Any) -> None:
    found = ParseFeed()(body(NEWS_SITEMAP))
    entry = found.entries[0]
    assert ("sitemap", 1, "https://n.example/1", "समाचार", "hi") == (
        found.kind,
        len(found.entries),
        entry.url,
        entry.title,
        entry.language,
    )
    assert datetime(2026, 9, 10, 2, 30, tzinfo=UTC) == entry.published


def test_a_sitemap_index_gives_its_sitemaps(body: Any) -> None:
    found = ParseFeed()(body(INDEX))
    assert ("https://n.example/a.xml", "https://glas.example/b.xml.gz") == found.children
    assert () == found.entries


def test_a_packed_feed_is_unpacked(body: Any) -> None:
    assert ParseFeed()(body(RSS)) == ParseFeed()(body(gzip.compress(RSS.encode())))


def test_the_charset_of_the_header_is_obeyed(body: Any) -> None:
    content = '<rss version="2.0"><channel><item><title>Čaša</title><link>http://a.example/</link></item></channel></rss>'
    found = ParseFeed()(body(content.encode("windows-1250"), "application/rss+xml", "windows-1250"))
    assert "Čaša" == found.entries[0].title


def test_a_broken_feed_is_kept_as_far_as_it_goes(body: Any) -> None:
    broken = RSS[: RSS.index("<item><title>Id")] + "<item><title>x"
    assert ["https://glas.example/a?id=1"] == [
        each.url for each in ParseFeed()(body(broken)).entries
    ]
    assert 1 == len(ParseFeed()(body(NEWS_SITEMAP[:-30])).entries)


def test_a_feed_without_items_is_no_error(body: Any) -> None:
    empty = '<rss version="2.0"><channel><title>Glas</title></channel></rss>'
    assert () == ParseFeed()(body(empty)).entries


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><head><title>Not found</title></head><body>404</body></html>",
        b"{",
        b'{"items": 5}',
        b"\x00\x01\x02",
        b"\x1f\x8bbroken",
        b"<urlset",
        b"<<<>>>",
    ],
)
def test_what_is_no_feed_is_named_with_the_remedy(body: Any, content: bytes) -> None:
    with pytest.raises(
        UnreadableInputError, match=r"all\.xml of si-glas cannot be read.*catalogue"
    ):
        ParseFeed()(body(content))


def test_a_feed_of_entities_reads_no_file_and_ends(body: Any) -> None:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    content = f'<!DOCTYPE rss [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{lol}]><rss version="2.0"><channel><item><title>&l9;&f;</title><link>http://a.example/</link></item></channel></rss>'
    entries = ParseFeed()(body(content)).entries
    assert all("root:" not in entry.title and len(entry.title) < 1000 for entry in entries)


def test_the_stage_leaves_its_input_alone_and_can_be_sent_away(body: Any) -> None:
    given = body(RSS)
    before = copy.deepcopy(given)
    stage = pickle.loads(pickle.dumps(ParseFeed()))  # noqa: S301 our own bytes
    assert stage(given) == ParseFeed()(given)
    assert before == given


def test_an_item_without_a_link_is_kept_apart(body: Any) -> None:
    found = ParseFeed()(body(RSS))
    assert [("", "Brez povezave")] == [(each.url, each.title) for each in found.unlinked]


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/2</guid>', "https://a.example/2"),
        ('<guid>x</guid><atom:link rel="alternate" href="https://a.example/3"/>', "https://a.example/3"),
        ('<enclosure url="https://a.example/4.mp3" type="audio/mpeg"/>', "https://a.example/4.mp3"),
        ("<link>https://proxy.example/x</link><feedburner:origLink>https://a.example/5</feedburner:origLink>", "https://a.example/5"),
        ('<atom:link rel="replies" href="https://a.example/c"/><link>https://a.example/6</link>', "https://a.example/6"),
        ("<link>\n https://a.example/7\n</link>", "https://a.example/7"),
        ("<link>mailto:a@b.example</link><guid>https://a.example/8</guid>", "https://a.example/8"),
    ],
)  # fmt: skip
def test_an_item_is_found_by_whatever_names_it(body: Any, item: str, url: str) -> None:
    content = f'<rss version="2.0" {NAMESPACES}><channel><item><title>T</title>{item}</item></channel></rss>'
    assert [url] == [entry.url for entry in ParseFeed()(body(content)).entries]


NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


@pytest.mark.parametrize(
    ("item", "image"),
    [
        ('<media:content url="/i.jpg" medium="image"/>', "https://glas.example/i.jpg"),
        ('<media:content url="/v.mp4" type="video/mp4"/><media:thumbnail url="/t.jpg"/>', "https://glas.example/t.jpg"),
        ('<enclosure url="/e.png" type="image/png"/>', "https://glas.example/e.png"),
        ('<enclosure url="/e.mp3" type="audio/mpeg"/>', None),
        ("", None),
    ],
)  # fmt: skip
def test_an_entry_has_the_address_of_its_image(body: Any, item: str, image: str | None) -> None:
    content = f'<rss version="2.0" {NAMESPACES}><channel><item><link>/1</link>{item}</item></channel></rss>'
    assert [image] == [entry.image for entry in ParseFeed()(body(content)).entries]


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>15</ttl>", 900.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 900.0),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 86_400.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3_600.0),
        ("<ttl>-5</ttl>", None),
        ("<ttl>often</ttl>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>999999</ttl>", 2_592_000.0),
        ("", None),
    ],
)  # fmt: skip
def test_a_feed_says_how_long_it_stays_as_it_is(
    body: Any, channel: str, seconds: float | None
) -> None:
    content = f'<rss version="2.0" {NAMESPACES}><channel>{channel}<item><link>/1</link></item></channel></rss>'
    assert seconds == ParseFeed()(body(content)).ttl_seconds


def test_json_feed_names_its_hub_and_images(body: Any) -> None:
    feed = JSON | {
        "hubs": [{"type": "rssCloud", "url": "x"}, {"type": "WebSub", "url": "https://hub.example/"}],
        "feed_url": "/feed.json",
        "items": [{"url": "https://a.example/1", "image": "/i.jpg"}],
    }  # fmt: skip
    found = ParseFeed()(body(json.dumps(feed)))
    assert ("https://hub.example/", "https://glas.example/feed.json") == (found.hub, found.self_url)
    assert ["https://glas.example/i.jpg"] == [entry.image for entry in found.entries]


@pytest.mark.parametrize(
    ("content", "kind", "url"),
    [
        ('<rss version="0.91"><channel><item><title>T</title><link>http://a.example/1</link></item></channel></rss>', "rss", "http://a.example/1"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><item><title>T</title><link>http://a.example/2</link></item></rdf:RDF>', "rss", "http://a.example/2"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title><link rel="alternate" href="http://a.example/3"/></entry></feed>', "atom", "http://a.example/3"),
        ('<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:entry><atom:title>T</atom:title><atom:link href="http://a.example/4"/></atom:entry></atom:feed>', "atom", "http://a.example/4"),
    ],
)  # fmt: skip
def test_old_and_new_formats_are_read_as_their_kind(
    body: Any, content: str, kind: str, url: str
) -> None:
    found = ParseFeed()(body(content))
    assert (kind, [url], ["T"]) == (
        found.kind,
        [entry.url for entry in found.entries],
        [entry.title for entry in found.entries],
    )


def test_a_feed_with_a_title_and_nothing_else_that_can_be_read_announces_nothing(body: Any) -> None:
    broken = '<rss version="2.0"><channel><title>Glas &zzz; &</title>'
    found = ParseFeed()(body(broken))
    assert ("rss", ()) == (found.kind, found.entries)


def test_the_language_of_the_header_is_the_last_resort(body: Any) -> None:
    plain_feed = (
        '<rss version="2.0"><channel><item><link>/1</link><title>T</title></item></channel></rss>'
    )
    given = replace(body(plain_feed), language="hu")
    assert ["hu"] == [entry.language for entry in ParseFeed()(given).entries]


@pytest.mark.parametrize("depth", [10_000, 200_000])
def test_deep_json_is_refused(body: Any, depth: int) -> None:
    with pytest.raises(UnreadableInputError, match="cannot be read"):
        ParseFeed()(body('{"items":' + "[" * depth))
