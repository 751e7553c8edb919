from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from worldtake.testing import (
    SampleArticle,
    Sentence,
    address_of,
    an_article,
    planted_copies,
    planted_edges,
    sample_ids,
)
from worldtake.testing.sample_gold import gather_gold

if TYPE_CHECKING:
    from worldtake.testing import Sample


def article(name: str, source: str | None = None, *sentences: str) -> SampleArticle:
    return SampleArticle(
        id=name,
        story="x",
        outlet_id="us-x",
        language="en",
        published=datetime(2026, 9, 8, tzinfo=UTC),
        author=None,
        title=Sentence("T", "T"),
        standfirst=None,
        image=None,
        paragraphs=(tuple(Sentence(s, s) for s in sentences or ("A.", "B.")),),
        source_id=source,
        address=f"x.localhost/{name}",
    )


def test_every_pair_of_a_family_is_a_copy_and_siblings_are_marked() -> None:
    family = (article("a"), article("b", "a"), article("c", "b", "B."), article("d", "a", "A."))
    copies = {(c.a, c.b): (c.kinship, c.origin) for c in gather_gold((), family).copies}
    assert copies == {
        ("a", "b"): ("source", "a"),
        ("a", "c"): ("source", "a"),
        ("a", "d"): ("source", "a"),
        ("b", "c"): ("source", "b"),
        ("b", "d"): ("sibling", None),
        ("c", "d"): ("sibling", None),
    }


def test_siblings_may_share_no_sentence() -> None:
    family = (article("a"), article("c", "a", "B."), article("d", "a", "A."))
    shared = {(c.a, c.b): c.shared_sentences for c in gather_gold((), family).copies}
    assert shared == {("a", "c"): 1, ("a", "d"): 1, ("c", "d"): 0}


def test_an_independent_article_is_no_copy() -> None:
    assert gather_gold((), (article("a"), article("b"))).copies == ()


def test_an_address_has_no_scheme_and_no_port() -> None:
    assert address_of("http://x.localhost:8123/a?b=1#c") == "x.localhost/a?b=1"
    assert address_of("https://x.localhost/") == "x.localhost/"


def test_the_sample_plants_what_its_stories_say(sample: Sample) -> None:
    gold = sample.gold
    assert gold.threads == {"grain": ("s08-grain-1", "s09-grain-2", "s10-grain-3")}
    assert gold.look_alikes == (("s02-quake-van", "s03-quake-java"),)
    assert ("s01-de-2", "s01-de-1") in gold.corrections
    assert gold.gaps["s11-cable"] == ("US",)
    assert ("us-capitolwire", "gb-thamesgazette", "tr-bogazsesi") in gold.chains
    assert len(sample.stories) == len({s.id for s in sample.stories}) >= 12


def test_planted_copies_share_enough_to_be_found(sample: Sample) -> None:
    strict, all_pairs = planted_copies(sample.gold), planted_copies(sample.gold, least_shared=0)
    assert strict < all_pairs
    assert ("s01-gb-atlas", "s01-us-1") in strict


def test_a_photo_credit_is_no_edge(sample: Sample) -> None:
    edges = planted_edges(sample.gold)
    assert ("s01-sl-1", "it-ilfarosera") in edges
    photo_alone = {
        (article_id, credit.outlet_id)
        for article_id, given in sample.gold.credits.items()
        for credit in given
        if {c.kind for c in given if c.outlet_id == credit.outlet_id} == {"photo"}
    }
    assert photo_alone
    assert edges.isdisjoint(photo_alone)


def test_articles_are_known_by_their_address_on_any_port(sample: Sample) -> None:
    planted = sample.articles[0]
    host, slash, path = planted.address.partition("/")
    ours = an_article(url=f"http://{host}:8123{slash}{path}")
    assert sample_ids(sample.gold, [ours, an_article()]) == {ours.id: planted.id}


def test_gold_names_only_articles_of_the_sample(sample: Sample) -> None:
    gold = sample.gold
    named = {a for pair in gold.corrections for a in pair}
    named |= {a for _, articles in gold.shared_quotes for a in articles}
    assert named <= gold.stories.keys()
