from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import UTC, datetime

from worldtake.model import Article, Block, Skip, Span
from worldtake.pipeline.packing import pack


@dataclass(frozen=True, slots=True)
class One:
    only: str


@dataclass(frozen=True)
class Loose:
    values: tuple[One, ...]


def test_an_article_comes_back_as_it_went() -> None:
    article = Article(
        id="a",
        url="https://example.org/",
        outlet_id=None,
        title="Заголовок",
        text="शब्द",
        blocks=(Block(span=Span(0, 4), role="paragraph"),),
        seen=datetime(2026, 9, 16, tzinfo=UTC),
    )
    assert article == pickle.loads(pack(article))  # noqa: S301 packed here


def test_classes_of_one_field_without_slots_and_plain_values_come_back_too() -> None:
    given = [Loose((One("a"), One("b"))), Skip("no"), {"n": 1}, None, "text", ValueError("why")]
    again = pickle.loads(pack(given))  # noqa: S301 packed here
    assert given[:-1] == again[:-1]
    assert "why" == str(again[-1])


def test_what_is_held_twice_is_one_thing_afterwards() -> None:
    one = One("a")
    first, second = pickle.loads(pack([one, one]))  # noqa: S301 packed here
    assert first is second
