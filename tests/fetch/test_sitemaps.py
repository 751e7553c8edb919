from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from worldtake.errors import UnreadableInputError
from worldtake.fetch import ChildSitemap, ParseFeed
from worldtake.fetch.entries import MAX_ENTRIES
from worldtake.fetch.sitemaps import chosen

XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _chosen(*urls: str) -> list[str]:
    return [each.url for each in chosen([ChildSitemap(url=url) for url in urls])]


@pytest.mark.parametrize(
    "best_first",
    [
        ("https://a.example/sitemap-2026-11.xml", "https://a.example/sitemap-2026-2.xml", "https://a.example/sitemap-2025-12.xml"),
        ("https://a.example/sm/202611.xml.gz", "https://a.example/sm/202610.xml.gz", "https://a.example/sm/199912.xml.gz"),
        ("https://a.example/sitemap?yyyy=2026&mm=11", "https://a.example/sitemap?yyyy=2025&mm=12"),
        ("https://a.example/20261122/a.xml", "https://a.example/20261121/a.xml", "https://a.example/a.xml"),
        ("https://a.example/post-sitemap12.xml", "https://a.example/post-sitemap2.xml", "https://a.example/post-sitemap.xml"),
        ("https://a.example/sitemap-news.xml", "https://a.example/sitemap-2026-11.xml", "https://a.example/category-sitemap.xml"),
        ("https://a.example/sitemap-pt-post-2026-11.xml", "https://a.example/sitemap-pt-post-2026-10.xml", "https://a.example/sitemap-tax-tag-2026-11.xml"),
        ("https://a.example/sitemaps/articles_2026.xml", "https://a.example/sitemaps/articles_2025.xml", "https://a.example/sitemaps/authors.xml"),
        ("https://a.example/sitemap-2026-02.xml", "https://a.example/sitemap-2026-01-31.xml"),
    ],
)  # fmt: skip
def test_the_newest_sitemaps_of_an_index_come_first(best_first: tuple[str, ...]) -> None:
    assert list(best_first) == _chosen(*reversed(best_first))


def test_what_an_index_states_of_a_sitemap_counts_before_its_address() -> None:
    old = ChildSitemap(url="https://a.example/2026.xml", updated=datetime(2026, 1, 2, tzinfo=UTC))
    new = ChildSitemap(url="https://a.example/2025.xml", updated=datetime(2026, 11, 2, tzinfo=UTC))
    assert (new, old) == chosen([old, new, old])


def test_at_most_twelve_sitemaps_of_an_index_are_chosen(body: Any) -> None:
    places = "".join(f"<sitemap><loc>/sitemap-{n}.xml</loc></sitemap>" for n in range(1_500))
    found = ParseFeed()(body(f"<sitemapindex {XMLNS}>{places}</sitemapindex>"))
    assert [f"https://glas.example/sitemap-{n}.xml" for n in range(1_499, 1_487, -1)] == list(
        found.children
    )
    assert found.children == tuple(each.url for each in found.child_sitemaps)


def test_an_index_states_when_its_sitemaps_changed(body: Any) -> None:
    index = f"<sitemapindex {XMLNS}><sitemap><loc>http://a.example/a</loc><lastmod>2026-11-22T08:00:00Z</lastmod></sitemap></sitemapindex>"
    (only,) = ParseFeed()(body(index)).child_sitemaps
    assert datetime(2026, 11, 22, 8, tzinfo=UTC) == only.updated


def _urls(count: int, padding: int = 0) -> bytes:
    each = (
        f"<url><loc>https://glas.example/{n}{'x' * padding}</loc><lastmod>2026-{n % 11 + 1:02d}-{n % 28 + 1:02d}</lastmod></url>"
        for n in range(count)
    )
    return f"<?xml version='1.0'?><urlset {XMLNS}>{''.join(each)}</urlset>".encode()


def test_a_long_sitemap_is_cut_to_its_newest_entries_quickly(body: Any) -> None:
    content = gzip.compress(_urls(50_000, 700), 1)
    started = time.process_time()
    found = ParseFeed()(body(content))
    assert time.process_time() - started < 5
    assert (MAX_ENTRIES, 49_000) == (len(found.entries), found.left_out)
    days = [entry.updated for entry in found.entries if entry.updated]
    assert datetime(2026, 11, 1, tzinfo=UTC) <= min(days)


def test_undated_entries_of_a_long_sitemap_stay_in_its_order(body: Any) -> None:
    urls = "".join(f"<url><loc>https://glas.example/{n}</loc></url>" for n in range(1_500))
    found = ParseFeed()(body(f"<urlset {XMLNS}>{urls}</urlset>"))
    assert ["https://glas.example/0", "https://glas.example/999"] == [
        found.entries[0].url,
        found.entries[-1].url,
    ]


def test_a_sitemap_without_namespace_or_with_odd_ones_is_read(body: Any) -> None:
    for root in ("urlset", "sm:urlset xmlns:sm='x'"):
        name = root.split()[0].removesuffix("urlset")
        content = f"<{root}><{name}url><{name}loc>https://glas.example/a</{name}loc></{name}url></{name}urlset>"
        assert 1 == len(ParseFeed()(body(content)).entries)


def test_addresses_that_are_not_of_the_web_are_no_entries(body: Any) -> None:
    places = (
        "ftp://a.example/",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "",
        "https://a.example/1",
    )
    urls = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    found = ParseFeed()(body(f"<urlset {XMLNS}>{urls}</urlset>"))
    assert ["https://a.example/1"] == [entry.url for entry in found.entries]


def test_a_sitemap_keeps_what_a_bomb_of_entities_leaves(body: Any) -> None:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    content = (
        f'<!DOCTYPE urlset [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{lol}]>'
        f"<urlset {XMLNS}><url><loc>https://a.example/1</loc><news:news xmlns:news='n'><news:title>&l9;&f;</news:title></news:news></url></urlset>"
    )
    started = time.monotonic()
    try:
        entries = ParseFeed()(body(content)).entries
    except UnreadableInputError:
        entries = ()
    assert all("root:" not in entry.title for entry in entries)
    assert time.monotonic() - started < 3


def test_a_bomb_of_gzip_is_refused(body: Any) -> None:
    with pytest.raises(UnreadableInputError, match="bytes unpacked"):
        ParseFeed()(body(gzip.compress(b"<urlset>" + b" " * 60_000_000)))
