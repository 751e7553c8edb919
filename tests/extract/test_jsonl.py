"""Articles go to JSON and come back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from worldtake.errors import UnreadableInputError
from worldtake.extract import from_json, to_json
from worldtake.model import Article, Block, Discarded, Span

ARTICLE = Article(
    id="0", url="https://echo.example/1", outlet_id=None, title="Title", text="One.\n\nTwo.",
    blocks=(Block(span=Span(0, 4), role="standfirst"), Block(span=Span(6, 10), role="paragraph")),
    discarded=(Discarded(text="Photo: X", reason="image_credit"),), authors=("Ann Moss",),
    published=datetime(2025, 5, 6, tzinfo=UTC), published_precision="day", seen=datetime(2025, 5, 7, tzinfo=UTC),
)  # fmt: skip


def test_a_day_is_written_without_a_time() -> None:
    assert to_json(ARTICLE)["published"] == "2025-05-06"


def test_what_was_written_is_read_again() -> None:
    assert to_json(from_json(to_json(ARTICLE))) == to_json(ARTICLE)


def test_all_metadata_is_written_and_read_again() -> None:
    told = replace(
        ARTICLE, agencies=("dpa",), image="https://echo.example/i.jpg", image_caption="A boat",
        image_credit="Jon Abel", section="Sea", keywords=("boats",), paywalled=True, live=True,
        provenance=(("title", "h1"),), confidences=(("title", 0.98),),
    )  # fmt: skip
    written = to_json(told)
    again = from_json(written)
    assert (written["confidences"], written["provenance"]) == ({"title": 0.98}, {"title": "h1"})
    assert (written, again.agencies, again.keywords, again.confidences) == (
        to_json(again),
        told.agencies,
        told.keywords,
        told.confidences,
    )


def test_missing_fields_are_unknown() -> None:
    found = from_json({"text": "First.\n\nSecond."})
    assert (found.title, found.published, len(found.blocks)) == ("", None, 2)


@pytest.mark.parametrize(
    "values",
    [
        {"text": "a", "blocks": [{"start": 0, "end": 9}]},
        {"published": "soon"},
        {"blocks": [1], "text": "abc"},
    ],
)
def test_values_that_are_no_article_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(UnreadableInputError, match="extract command"):
        from_json(values)
