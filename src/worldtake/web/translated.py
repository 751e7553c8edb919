"""What an article's page says of its translation: who made it and when, what is doubtful, what stands in the original, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import format_date

from worldtake.model.translations import SHOWN_TIERS, UNTRANSLATED
from worldtake.places import language_name
from worldtake.translate.checks import reason_of
from worldtake.web.marks import anchor
from worldtake.web.words import WORDS_LANGUAGE, engine_name, first_capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from worldtake.model.articles import Article
    from worldtake.model.translations import Aligned, Maker, Tier, Translation, Wait
    from worldtake.model.views import ArticleView

#: What stands for the translators of the sample press.
SAMPLE_ENGINE = "sample"
#: Characters of a sentence that the list of doubtful ones repeats.
SHOWN_CHARS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A sentence that the reader is warned of."""

    #: Fragment of the sentence; empty for the headline.
    anchor: str
    #: Its beginning, as it stands there.
    words: str
    #: Why, in words.
    why: str
    #: Whether it stands in the original.
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of a translation above the text."""

    #: Such as `from Slovene by OPUS-MT sl-en, 22 November 2026`; empty where nothing is shown.
    made: str
    tier: Tier
    #: Whether people wrote all of it, as they did for the sample press.
    by_hand: bool = False
    doubtful: tuple[Doubt, ...] = ()
    #: Sentences that stand in the original though their turn has come.
    kept: tuple[Doubt, ...] = ()
    #: What waits and why, or why the original stands alone; empty where there is nothing to say.
    waiting: str = ""
    #: Whether the page asks again by itself.
    refreshes: bool = False
    #: Whether a way to set a translator up is shown.
    set_up: bool = False


def tell(view: ArticleView, *, shown: Translation | None) -> Told:
    """Return what is said above the text, where `shown` stands beside the original, or nothing does."""
    waits = view.translation.waits if view.translation else ""
    if shown is None:
        return _alone(view, waits)
    doubts = tuple(_doubts(view.article, shown))
    return Told(
        made=_made(view.article.language, shown),
        by_hand={maker.engine for maker in shown.makers} == {SAMPLE_ENGINE},
        tier=shown.tier,
        doubtful=tuple(each for each in doubts if not each.kept),
        kept=tuple(each for each in doubts if each.kept),
        waiting=_rest_waits(waits, shown.waits_for),
        refreshes=waits == "reader",
    )


def stands_in_original(pair: Aligned, makers: Sequence[Maker]) -> bool:
    """Tell whether a sentence of a translation is to be read in the original: untranslated, or for grouping alone."""
    maker = None if pair.maker is None or pair.maker >= len(makers) else makers[pair.maker]
    return UNTRANSLATED in pair.flags or (maker is not None and maker.tier not in SHOWN_TIERS)


def reasons(flags: Iterable[str]) -> str:
    """Return why a sentence is doubted, such as `digits differ from the original`; empty where it is not."""
    return "; ".join(reason_of(flag) for flag in flags if flag != UNTRANSLATED)


def why_kept(flags: Iterable[str], waits: Wait) -> str:
    """Return why a sentence stands in the original."""
    found = reasons(flags)
    if found:
        return f"no translation of it could be trusted: {found}"
    return "its translation is still to come" if waits else "no translator had an answer for it"


def _made(source: str, translation: Translation) -> str:
    origin = language_name(source, WORDS_LANGUAGE)
    makers = [maker for maker in translation.makers if maker.tier in SHOWN_TIERS]
    if not makers:
        return f"from {origin} by {engine_name(translation.engine)} {translation.engine_version}"
    names = _joined(dict.fromkeys(_maker_name(maker, source) for maker in makers))
    return f"from {origin} by {names}, {_days({maker.made.date() for maker in makers})}"


def _maker_name(maker: Maker, source: str) -> str:
    name = maker.model or engine_name(maker.engine)
    through = maker.via and maker.via != source
    return f"{name} (through {language_name(maker.via, WORDS_LANGUAGE)})" if through else name


def _joined(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _days(days: set[date]) -> str:
    first, last = min(days), max(days)
    ends = (first, last) if first != last else (last,)
    return " to ".join(format_date(day, "d MMMM y", locale="en_GB") for day in ends)


def _doubts(article: Article, translation: Translation) -> Iterator[Doubt]:
    waits = translation.waits
    if translation.title_flags:
        kept = UNTRANSLATED in translation.title_flags
        why = why_kept(translation.title_flags, waits) if kept else reasons(translation.title_flags)
        yield Doubt(
            anchor="",
            words=_beginning(article.title if kept else translation.title),
            why=why,
            kept=kept,
        )
    for pair in translation.alignment:
        kept = stands_in_original(pair, translation.makers)
        if (kept and is_to_come(pair, waits)) or not (kept or reasons(pair.flags)):
            continue
        words = pair.source.cut(article.text) if kept else pair.target.cut(translation.text)
        yield Doubt(
            anchor=anchor(pair.source, "pair"),
            words=_beginning(words),
            why=why_kept(pair.flags, waits) if kept else reasons(pair.flags),
            kept=kept,
        )


def is_to_come(pair: Aligned, waits: Wait) -> bool:
    """Tell whether a sentence that stands in the original waits for its turn: nothing was found wrong with it."""
    return bool(waits) and not reasons(pair.flags)


def _beginning(words: str) -> str:
    short = " ".join(words.split())
    return short if len(short) <= SHOWN_CHARS else short[:SHOWN_CHARS].rsplit(" ", 1)[0] + " …"


def _rest_waits(waits: Wait, engine: str) -> str:
    name = engine_name(engine)
    return {
        "": "",
        "reader": "The beginning is translated. The rest is being translated now that you opened it.",
        "budget": f"The rest waits for tomorrow: today’s budget of {name} is used up.",
        "engine": f"{first_capital(name)} does not answer; the rest comes when it does.",
    }[waits]


def _alone(view: ArticleView, waits: Wait) -> Told:
    """Say why the original stands alone."""
    language = view.article.language
    name = language_name(language, WORDS_LANGUAGE)
    engine = engine_name(view.translation.waits_for if view.translation else "")
    if view.reads:
        return Told(made="", tier="none", waiting=f"You read {name}: it stands as it was printed.")
    if language in {"", "und"}:
        said = "The language is unknown, so the original stands alone."
        return Told(made="", tier="none", waiting=said)
    if waits == "budget":
        said = f"The translation waits for tomorrow: today’s budget of {engine} is used up."
        return Told(made="", tier="none", waiting=said)
    if waits == "engine":
        said = f"{first_capital(engine)} does not answer; the translation comes when it does."
        return Told(made="", tier="none", waiting=said)
    if waits == "reader" or (view.translation is None and view.translator in SHOWN_TIERS):
        said = "It is being translated. Until then the original stands alone."
        return Told(made="", tier="none", waiting=said, refreshes=True)
    return _without_translator(view, name)


def _without_translator(view: ArticleView, name: str) -> Told:
    known = view.translation.tier if view.translation else view.translator
    if known == "match":
        said = (
            f"What is set up for {name} translates well enough to find its story, not to be read:"
            " the original stands alone."
        )
    elif view.translator in SHOWN_TIERS:
        said = "No translation of it could be trusted: the original stands alone."
        return Told(made="", tier="none", waiting=said)
    else:
        said = f"No translator is set up for {name}: the original stands alone."
    return Told(made="", tier="none", waiting=said, set_up=True)
