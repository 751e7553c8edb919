"""Translate outside the pipeline: articles or lines one by one, and a look at every translator that is set up."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from worldtake.engines import Translated
from worldtake.errors import EngineError
from worldtake.extract import from_json
from worldtake.model import Skip, base_language
from worldtake.pipeline.books import StoreBooks
from worldtake.pipeline.translators import Translators, open_router, open_translators
from worldtake.settings import read_settings
from worldtake.store import open_store, sqlite_url
from worldtake.translate import (
    DetectLanguage,
    LooseBooks,
    Router,
    flags,
    to_json,
    translate_articles,
)
from worldtake.translate.routes import TIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from worldtake.engines import Answer, Support
    from worldtake.model import Article, Tier, Translation
    from worldtake.settings import Settings
    from worldtake.store import Store
    from worldtake.translate import Engine


@dataclass(slots=True, kw_only=True)
class Translating:
    """Open translators. Close them, or use this as a context."""

    translators: Translators
    router: Router
    _store: Store | None = field(default=None, repr=False)

    def articles(self, articles: Sequence[Article]) -> list[Translation | Skip]:
        """Return the translation of each article, or why there is none, in order; those of unknown language are told theirs first."""
        detect = DetectLanguage()
        known = [detect(each) if each.language in {"", "und"} else each for each in articles]
        return translate_articles(self.router, known, whole=True)

    def text(self, text: str, *, title: str = "", language: str = "") -> Translation | Skip:
        """Return the translation of a text with its title; its language is detected where it is not given.

        The same as `worldtake translate` of a line with `title`, `text` and `language`.
        """
        row = {"title": title, "text": text, "language": language or None}
        return self.articles([from_json(row)])[0]

    def close(self) -> None:
        """Let go of the translators."""
        self.router.stop()
        self.translators.close()
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _now() -> datetime:
    return datetime.now(UTC)


def open_translating(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = _now
) -> Translating:
    """Open the translators of the settings (the reader's own if not given), into their `language`.

    Nothing is remembered beyond this, but what is sent to a translator with a daily budget counts against that in the store.

    Raises:
        UnreadableInputError: if the glossary cannot be read.
        StoreError: if there is a budget and the store cannot be opened.
    """
    settings = settings or read_settings()
    translators = open_translators(settings)
    limited = any(
        each.daily_characters is not None or each.daily_money is not None
        for each in translators.engines
    )
    store = open_store(settings.store or sqlite_url(settings.home)) if limited else None
    books = StoreBooks(store=store, clock=clock) if store else LooseBooks()
    router = open_router(settings, translators, books, clock)
    return Translating(translators=translators, router=router, _store=store)


def translation_field(found: Translation | Skip) -> dict[str, Any]:
    """Return what a line is given: `translation`, and where that is null why, as `translation_skipped`."""
    if isinstance(found, Skip):
        return {"translation": None, "translation_skipped": found.reason}
    return {"translation": to_json(found)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """How one translator does with one pair of languages."""

    #: Id as it is set up.
    engine: str
    version: str
    source: str
    target: str
    tier: Tier
    #: What translates, as pages say.
    model: str
    #: A sentence, and what became of it; empty where it failed.
    sample: str
    translated: str
    #: What the checks found in it.
    flags: tuple[str, ...]
    #: Of the language's sentences sent together; 0 where it failed.
    sentences_a_second: float
    #: What went wrong, with the remedy; empty where nothing did.
    problem: str


def examine(
    translators: Translators, samples: Mapping[str, Sequence[str]], target: str
) -> Iterator[Examined]:
    """Try every translator with sentences of each language (`samples`, BCP 47 -> sentences), the most trusted pairs first."""
    for engine in translators.engines:
        pairs = [
            (source, support)
            for source in sorted(samples)
            if base_language(source) != base_language(target)
            and (support := engine.supports(source, target))
        ]
        for source, support in sorted(pairs, key=lambda each: TIERS.index(each[1].tier)):
            yield _examined(engine, support, samples[source], source, target)


def troubles(translators: Translators) -> tuple[str, ...]:
    """Return what is wrong with translators that are set up: why they are left out, or know less than they might."""
    told = (getattr(each.translator, "trouble", "") for each in translators.engines)
    return (*translators.problems, *(trouble for trouble in told if trouble))


def _examined(
    engine: Engine, support: Support, sentences: Sequence[str], source: str, target: str
) -> Examined:
    begun = time.perf_counter()
    answer, problem = "", ""
    try:
        found = engine.translator.translate(tuple(sentences), source, target)
    except EngineError as error:
        problem = str(error)
    else:
        answer, problem = _first(found)
    seconds = time.perf_counter() - begun
    return Examined(
        engine=engine.id,
        version=engine.translator.version,
        source=source,
        target=target,
        tier=engine.tier or support.tier,
        model=support.model,
        sample=sentences[0],
        translated=answer,
        flags=flags(sentences[0], answer) if answer else (),
        sentences_a_second=len(sentences) / seconds if answer else 0.0,
        problem=problem,
    )


def _first(found: Sequence[Answer]) -> tuple[str, str]:
    """Return the first sentence's translation, or why it has none."""
    first = found[0]
    return (first.text, "") if isinstance(first, Translated) else ("", first.reason)
