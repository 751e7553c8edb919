from __future__ import annotations

import gzip
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.errors import UnreadableInputError
from worldtake.fetch import ChildLimits, ParseChild, ParseChildren, ParseFeed, parse_in_child

if TYPE_CHECKING:
    from collections.abc import Iterator

RSS = '<rss version="2.0"><channel><item><title>T</title><link>http://a.example/1</link></item></channel></rss>'
#: Nested tags over which feedparser is quadratic.
NESTED = "<rss><channel><item><description>" + "<a>" * 470_000
ITEM = "<item><link>http://a.example/1</link><title>{}</title></item>"


def _lol(levels: int, each: int) -> str:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * each}">' for n in range(levels))
    return f'<!DOCTYPE rss [<!ENTITY l0 "{"lol" * 20}">{entities}]>'


HOSTILE = {
    "nested tags": NESTED,
    "attributes": "<rss><channel " + " ".join(f'a{n}="{n}"' for n in range(700_000)) + ">" + ITEM.format("T"),
    "one attribute": '<rss><channel a="' + "x" * 10_000_000 + '">' + ITEM.format("T") + "</channel></rss>",
    "billion laughs": _lol(9, 10) + "<rss><channel>" + ITEM.format("&l9;") + "</channel></rss>",
    "quadratic entities": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]><rss><channel>' + ITEM.format("&a;" * 100_000),
    "external entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>' + ITEM.format("&x;") + "</channel></rss>",
    "endless title": "<rss><channel>" + ITEM.format("x" * 20_000_000),
    "open tags": "<rss><channel>" + "<item>" * 100_000,
    "open brackets": "<rss" + "<" * 1_000_000,
    "comments": "<rss><channel>" + "<!--" * 200_000,
    "ampersands": "<rss><channel>" + ITEM.format("&" * 500_000),
    "deep json": '{"items":' + '[{"a":' * 500_000,
    "null bytes": "<rss><channel>" + ITEM.format("a\x00" * 100_000),
    "gzip of a sitemap": gzip.compress(b"<urlset>" + b"<url>" * 9_000_000, 1),
    "wrong charset": ('<?xml version="1.0" encoding="utf-16"?><rss><channel>' + ITEM.format("č" * 1000)).encode("cp1250"),
    "no charset": '<?xml version="1.0" encoding="x-no-such"?><rss><channel>' + ITEM.format("č") + "</channel></rss>",
}  # fmt: skip


@pytest.fixture(scope="module")
def child() -> Iterator[ParseChild]:
    with ParseChild(ChildLimits(cpu_seconds=1, wall_seconds=8, feeds=3)) as made:
        yield made


def test_a_child_gives_what_the_stage_gives(body: Any, child: ParseChild) -> None:
    assert [ParseFeed()(body(RSS))] * 5 == [child(body(RSS)) for _ in range(5)]


def test_a_child_says_why_a_feed_cannot_be_read(body: Any, child: ParseChild) -> None:
    with pytest.raises(UnreadableInputError, match="si-glas cannot be read"):
        child(body("<html>"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_costs_only_itself(body: Any, child: ParseChild, name: str) -> None:
    started = time.monotonic()
    try:
        found = child(body(HOSTILE[name]))
    except UnreadableInputError as error:
        found = None
        refused = str(error)
    if found is None:
        assert "cannot be read" in refused
    else:
        assert all(
            "root:" not in entry.title and len(entry.title) <= 500 for entry in found.entries
        )
    assert time.monotonic() - started < 20
    assert ParseFeed()(body(RSS)) == child(body(RSS))


def test_the_feed_after_a_hostile_one_is_read_within_a_second(body: Any, child: ParseChild) -> None:
    with pytest.raises(UnreadableInputError, match="processor time"):
        child(body(NESTED))
    started = time.monotonic()
    child(body(RSS))
    assert time.monotonic() - started < 1


def test_a_child_keeps_to_its_memory(body: Any) -> None:
    greedy = '{"items": [' + "{}," * 8_000_000 + "{}]}"
    with ParseChild(ChildLimits(memory_bytes=400_000_000, cpu_seconds=5)) as small:
        with pytest.raises(UnreadableInputError, match="400000000 bytes of memory"):
            small(body(greedy))
        assert ParseFeed()(body(RSS)) == small(body(RSS))


def test_one_feed_can_have_a_child_of_its_own(body: Any) -> None:
    assert ParseFeed()(body(RSS)) == parse_in_child(body(RSS))


def test_beside_a_hostile_feed_others_are_read_meanwhile(body: Any) -> None:
    refused: list[str] = []

    def hostile() -> None:
        try:
            children(body(NESTED))
        except UnreadableInputError as error:
            refused.append(str(error))

    with ParseChildren(2, ChildLimits(cpu_seconds=3)) as children:
        children(body(RSS))
        beside = threading.Thread(target=hostile)
        beside.start()
        read = 0
        while beside.is_alive():
            assert ParseFeed()(body(RSS)) == children(body(RSS))
            read += 1
        beside.join()
    assert 1 == len(refused)
    assert read > 5
