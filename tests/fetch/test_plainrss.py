from __future__ import annotations

import random
import time
from typing import Any

import pytest

from worldtake.fetch import ParseFeed, plainrss, xmlfeeds
from worldtake.fetch.entries import entries_of

HEADERS = {
    "content-type": "application/rss+xml",
    "content-location": "https://glas.example/feeds/all.xml",
}
TOP = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:x="urn:x">'
)
CHANNEL = [
    "<title>Glas &amp; <![CDATA[odmev <b>dneva</b>]]></title>", "<link>https://glas.example/</link>", "<language>sl-SI</language>",
    "<language/>", "<ttl> 15 </ttl>", "<sy:updatePeriod>\nhourly</sy:updatePeriod>", "<sy:updateFrequency>2</sy:updateFrequency>",
    '<atom:link rel="hub" href="https://hub.example/"/>', '<atom:link rel="self" href="https://glas.example/rss"/>',
    "<image><url>/i.png</url><title>Slika</title><link>/</link></image>", "<title>Drugi</title>", "<x:y>z</x:y>",
    "<!-- beležka -->", "<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate>", "<managingEditor>a@b.example (Ana)</managingEditor>",
]  # fmt: skip
ITEM = [
    "<title>Naslov {n} &amp;amp; &lt;i&gt;več&lt;/i&gt;</title>", "<title><![CDATA[地震 {n} 5 < 6]]></title>", "<title/>",
    "<title>ÄŒaÅ¡a â\x80\x99 \x93{n}\x94</title>", "<title>CafÃ© {n}</title>",
    "<link>https://glas.example/{n}?utm_source=rss&amp;id={n}</link>", "<link>\n https://glas.example/{n} </link>", "<link>/rel/{n}</link>",
    "<guid>https://glas.example/g/{n}</guid>", '<guid isPermaLink="false">urn:{n}</guid>', "<guid>g {n}</guid>",
    "<description>Opis &lt;p&gt;prvi {n}&lt;/p&gt;</description>", "<description><![CDATA[<p>Opis</p> &amp;nbsp; &lt;b&gt;x&lt;/b&gt;]]></description>",
    "<description/>", "<content:encoded><![CDATA[<p>Vsebina {n}</p>]]></content:encoded>", "<pubDate>Sun, 22 Nov 2026 08:{n:02d}:00 +0100</pubDate>",
    "<pubDate>2026-11-22T08:{n:02d}:00Z</pubDate>", "<pubDate>včeraj</pubDate>", "<dc:date>2026-11-22</dc:date>",
    "<dc:creator>Ana Kos</dc:creator>", "<dc:creator> </dc:creator>", "<author>a@b.example (Ana)</author>", "<author>Ana &amp; Bor</author>",
    '<enclosure url="https://glas.example/{n}.jpg" type="image/jpeg" length="1"/>', '<enclosure url="https://glas.example/{n}.mp3" type="audio/mpeg"/>',
    '<media:content url="https://glas.example/m{n}.jpg" medium="image"><media:credit>Foto</media:credit></media:content>',
    '<media:content url="https://glas.example/m{n}.mp4"><media:title>Film</media:title></media:content>',
    '<media:thumbnail url="https://glas.example/t{n}.jpg"/>', "<category>Svet</category>", "<x:z>neznano</x:z>",
    '<atom:link rel="alternate" href="https://glas.example/a{n}"/>', "<comments>https://glas.example/{n}#k</comments>",
]  # fmt: skip


def _feed(seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 the same feeds each time
    top = chance.sample(CHANNEL, chance.randint(0, 5))
    kinds = chance.sample(ITEM, chance.randint(1, 6))
    if chance.random() < 0.8:
        kinds.append(ITEM[5])
    items = ["<item>" + "".join(kind.replace("{n:02d}", f"{n:02d}").replace("{n}", str(n)) for kind in kinds) + "</item>" for n in range(3)]  # fmt: skip
    return f"{TOP}<channel>{''.join(top)}{''.join(items)}</channel></rss>".encode()


def test_plain_feeds_are_read_as_feedparser_reads_them(body: Any) -> None:
    fast = 0
    for seed in range(1_500):
        content = _feed(seed)
        found = plainrss.read(content, HEADERS)
        if found is None:
            continue
        fast += 1
        known = xmlfeeds.read(content, HEADERS)
        given = body(content)
        assert entries_of(given.feed, given.url, known.items, known.language) == entries_of(
            given.feed, given.url, found.items, found.language
        ), content.decode()
        assert (known.kind, known.title, known.language, known.hub, known.self_url, known.ttl_seconds) == (
            found.kind, found.title, found.language, found.hub, found.self_url, found.ttl_seconds
        ), content.decode()  # fmt: skip
    assert fast > 200


@pytest.mark.parametrize(
    "content",
    [
        b"<rss version='0.91'><channel/></rss>",
        b"<rss version='2.0'><channel>",
        b"<!DOCTYPE rss><rss version='2.0'><channel/></rss>",
        b"<rss version='2.0' xml:lang='sl'><channel/></rss>",
        b"<?xml version='1.0' encoding='windows-1250'?><rss version='2.0'><channel/></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
        b"",
    ],
)
def test_what_is_not_plain_is_left_to_feedparser(content: bytes) -> None:
    assert plainrss.read(content, HEADERS) is None


def test_a_feed_of_thirty_items_costs_little(body: Any) -> None:
    items = "".join(
        f"<item><title>Naslov {n}</title><link>https://glas.example/{n}?utm_source=rss</link><description>&lt;p&gt;Opis&lt;/p&gt;</description>"
        f"<pubDate>Sun, 22 Nov 2026 08:{n:02d}:00 GMT</pubDate><guid>https://glas.example/{n}</guid></item>"
        for n in range(30)
    )
    given = body(f"{TOP}<channel><title>Glas</title>{items}</channel></rss>", "application/rss+xml")
    parse = ParseFeed()
    parse(given)
    took: list[float] = []
    for _ in range(10):
        started = time.process_time()
        parse(given)
        took.append(time.process_time() - started)
    assert min(took) < 0.015
