from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.errors import UnreadableInputError
from worldtake.fetch import ChildLimits, ParseChild, ParseFeed, parse_in_child

if TYPE_CHECKING:
    from collections.abc import Iterator

RSS = '<rss version="2.0"><channel><item><title>T</title><link>http://a.example/1</link></item></channel></rss>'
#: Nested tags over which feedparser is quadratic.
HOSTILE = "<rss><channel><item><description>" + "<a>" * 300_000


@pytest.fixture(scope="module")
def child() -> Iterator[ParseChild]:
    with ParseChild(ChildLimits(cpu_seconds=1, wall_seconds=8, feeds=3)) as made:
        yield made


def test_a_child_gives_what_the_stage_gives(body: Any, child: ParseChild) -> None:
    assert [ParseFeed()(body(RSS))] * 5 == [child(body(RSS)) for _ in range(5)]


def test_a_child_says_why_a_feed_cannot_be_read(body: Any, child: ParseChild) -> None:
    with pytest.raises(UnreadableInputError, match="si-glas cannot be read"):
        child(body("<html>"))


def test_a_hostile_feed_costs_only_itself(body: Any, child: ParseChild) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableInputError, match="processor time"):
        child(body(HOSTILE))
    assert time.monotonic() - started < 20
    assert ParseFeed()(body(RSS)) == child(body(RSS))


def test_one_feed_can_have_a_child_of_its_own(body: Any) -> None:
    assert ParseFeed()(body(RSS)) == parse_in_child(body(RSS))
