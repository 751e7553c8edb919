from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from worldtake.model import Aligned, Article, Block, Credit, Quote, Span, Trace, Translation
from worldtake.store.records import dump, load, moment, read_moment

ZONE = timezone(timedelta(hours=2))
spans = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(0, 10_000),
    st.integers(1, 500),
)
moments = st.integers(315_532_800_000_000, 4_102_444_800_000_000).map(
    lambda micros: datetime.fromtimestamp(0, tz=ZONE) + timedelta(microseconds=micros)
)
quotes = st.builds(
    Quote,
    kind=st.sampled_from(["direct", "partial", "term"]),
    content=st.lists(spans, min_size=1, max_size=3).map(tuple),
    speaker=st.none() | spans,
    confidence=st.floats(0, 1),
    speaker_name=st.none() | st.text(),
)
credit_lines = st.builds(
    Credit, outlet_id=st.none() | st.text(), outlet=st.text(), kind=st.just("report"), span=spans
)


@given(st.lists(quotes).map(tuple), st.lists(credit_lines).map(tuple))
def test_a_trace_reads_back_as_it_was(
    quoted: tuple[Quote, ...], credited: tuple[Credit, ...]
) -> None:
    trace = Trace(article_id="a", quotes=quoted, credits=credited)
    assert trace == load(Trace, dump(trace))


@given(st.text(), st.lists(spans).map(tuple), moments)
def test_an_article_reads_back_with_its_zone(
    title: str, blocks: tuple[Span, ...], when: datetime
) -> None:
    article = Article(
        id="a",
        url="https://example.org",
        outlet_id=None,
        title=title,
        text="",
        blocks=tuple(Block(span=span, role="paragraph", raw=None) for span in blocks),
        published=when,
        seen=when,
    )
    again = load(Article, dump(article))
    assert (article, when.utcoffset()) == (again, again.seen.utcoffset())


def test_the_metadata_of_an_article_reads_back_as_it_was() -> None:
    article = Article(
        id="a", url="https://example.org", outlet_id=None, title="Ferry", text="",
        seen=datetime(2025, 5, 28, tzinfo=UTC), agencies=("dpa",), image_caption="A boat",
        image_credit="Jon Abel", section="Sea", keywords=("boats", "港口"), paywalled=False, live=True,
        provenance=(("title", "h1"),), confidences=(("title", 0.98),),
    )  # fmt: skip
    assert article == load(Article, dump(article))


def test_a_record_from_before_a_field_was_added_reads_as_unknown() -> None:
    old = '{"id":"a","url":"https://example.org","outlet_id":null,"title":"Ferry","text":"","seen":"2025-05-28T00:00:00+00:00"}'
    found = load(Article, old)
    assert (found.agencies, found.paywalled, found.live, found.confidences) == ((), None, False, ())


@given(st.lists(st.tuples(spans, spans)))
def test_a_translation_keeps_its_alignment(pairs: list[tuple[Span, Span]]) -> None:
    aligned = tuple(Aligned(source=one, target=other) for one, other in pairs)
    translation = Translation(
        article_id="a",
        language="en",
        engine="sample",
        engine_version="1",
        tier="good",
        title="",
        text="",
        alignment=aligned,
    )
    assert translation == load(Translation, dump(translation))


@given(moments)
def test_moments_keep_their_microseconds(when: datetime) -> None:
    assert when.astimezone(UTC) == read_moment(moment(when))
