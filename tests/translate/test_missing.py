from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.engines import (
    Answer,
    Limits,
    NoTranslator,
    PhrasebookTranslator,
    Support,
    Translated,
    Untranslated,
)
from worldtake.errors import EngineError
from worldtake.model import Tier, Translation
from worldtake.translate import Draft, TranslateArticle, translate_missing

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "Požar na trajektu"


@dataclass
class Scripted:
    """A translator that answers as told, and remembers what it was asked."""

    answers: dict[str, str | None] = field(default_factory=dict)
    id: str = "scripted"
    version: str = "7"
    quality: Tier | None = "gist"
    fails: bool = False
    loses_one: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        return Limits()

    def supports(self, source: str, target: str) -> Support | None:
        del source, target
        return Support(tier=self.quality, model=self.id) if self.quality else None

    def close(self) -> None:
        pass

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        del source, target
        self.asked += segments
        if self.fails:
            message = "the engine is down; start it"
            raise EngineError(message)
        said = (self.answers.get(segment) for segment in segments)
        found = tuple(
            Untranslated(reason="unknown") if text is None else Translated(text=text)
            for text in said
        )
        return found[1:] if self.loses_one else found


BOOK = PhrasebookTranslator(
    phrases={("sl", TITLE): "Fire on a ferry", ("sl", "Ladja gori."): "The ship burns."}
)


def test_the_next_translator_is_asked_only_for_what_is_left(article: Any) -> None:
    second = Scripted({"Vseh 214 je varnih.": "All 214 are safe."})
    draft = Draft(article=article(), known={})
    known = translate_missing(draft, [NoTranslator(), BOOK, second])
    assert ["Vseh 214 je varnih."] == second.asked
    found = TranslateArticle()(Draft(article=draft.article, known=known))
    assert isinstance(found, Translation)
    assert ("The ship burns. All 214 are safe.", "gist") == (found.text, found.tier)


def test_what_is_known_is_not_asked_for_again(article: Any) -> None:
    draft = Draft(article=article(), known={})
    known = translate_missing(draft, [BOOK, Scripted({"Vseh 214 je varnih.": "All 214 are safe."})])
    again = Scripted()
    assert {} == translate_missing(Draft(article=draft.article, known=known), [again])
    assert [] == again.asked


def test_a_translator_that_fails_or_loses_count_is_passed_over(article: Any) -> None:
    draft = Draft(article=article(), known={})
    known = translate_missing(draft, [Scripted(fails=True), Scripted(loses_one=True), BOOK])
    assert {"phrasebook"} == {remembered.engine for remembered in known.values()}


def test_a_doubtful_answer_goes_to_the_next(article: Any) -> None:
    first = Scripted({"Vseh 214 je varnih.": "Vseh 214 je varnih.", "Ladja gori.": ""})
    second = Scripted({"Vseh 214 je varnih.": "All 214 are safe."}, id="second")
    known = translate_missing(Draft(article=article(title=""), known={}), [first, second])
    assert [("second", "All 214 are safe.")] == [
        (each.engine, each.target) for each in known.values()
    ]


def test_nobody_is_asked_about_an_article_in_the_target_language(article: Any) -> None:
    nobody = Scripted()
    assert {} == translate_missing(Draft(article=article(language="en"), known={}), [nobody])
    assert [] == nobody.asked
