from __future__ import annotations

from typing import Any

from tests.translate.scripted import Scripted, router_of

from worldtake.model import Skip, Translation
from worldtake.translate import translate_articles

TEXT = "Na ladji je zagorelo. Vseh 214 ljudi je varnih. Kapitan je ostal na krovu. Preiskava teče."


def _translation(found: Translation | Skip) -> Translation:
    assert isinstance(found, Translation)
    return found


def test_at_first_only_the_beginning_is_asked_for_and_the_rest_when_somebody_reads(
    article: Any,
) -> None:
    engine = Scripted(invents=True)
    router = router_of(engine)
    first = _translation(translate_articles(router, [article(text=TEXT)], whole=False)[0])
    assert (4, "reader") == (len(engine.asked), first.waits)
    whole = _translation(translate_articles(router, [article(text=TEXT)], whole=True)[0])
    assert (["Preiskava teče."], "") == (engine.asked[4:], whole.waits)
    again = translate_articles(router, [article(text=TEXT)], whole=False)
    assert ([whole], 5) == (again, len(engine.asked))


def test_of_an_edited_copy_only_the_new_sentences_are_translated(article: Any) -> None:
    sentences = [f"To je stavek številka {number} o trajektu na morju." for number in range(40)]
    edited = [*sentences[:10], "Dodan je nov stavek o preiskavi.", *sentences[10:]]
    engine = Scripted(invents=True)
    router = router_of(engine)
    translate_articles(router, [article(text=" ".join(sentences))], whole=True)
    before = len(engine.asked)
    translate_articles(router, [article(text=" ".join(edited))], whole=True)
    assert ["Dodan je nov stavek o preiskavi."] == engine.asked[before:]


def test_articles_of_a_language_go_to_the_engine_together(article: Any) -> None:
    pairs: Any = {("sl", "en"): "good", ("hr", "en"): "good"}
    engine = Scripted(invents=True, pairs=pairs)
    articles = [article(text=TEXT, language=each) for each in ("sl", "hr", "sl", "hr", "en")]
    found = translate_articles(router_of(engine), articles, whole=True)
    assert 2 == len(engine.calls)
    assert Skip("source-equals-target") == found[4]


def test_what_serves_grouping_alone_is_never_asked_for_to_the_end(article: Any) -> None:
    engine = Scripted(invents=True, pairs={("sl", "en"): "match"})
    (found,) = translate_articles(router_of(engine), [article(text=TEXT)], whole=False)
    assert (False, "") == (_translation(found).shown, _translation(found).waits)
