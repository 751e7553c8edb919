"""Open the translators that the settings name, and say which articles are due again when they change."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from worldtake.engines import MemoryTranslator
from worldtake.engines.apertium import ApertiumTranslator
from worldtake.engines.glossary import Glossary, read_glossary
from worldtake.engines.opus import OpusTranslator
from worldtake.engines.remote import open_remote
from worldtake.errors import EngineError
from worldtake.log import logger
from worldtake.model import base_language
from worldtake.pipeline.books import segment_row
from worldtake.pipeline.names import ENGINES_NOTE, MATCH, ROUTES_NOTE
from worldtake.pipeline.wires import DoorWire, named_hosts
from worldtake.store import ledger, translations
from worldtake.store.records import moment
from worldtake.translate import Engine, Remembered, Router, segment_key, signature_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from worldtake.engines import Translator
    from worldtake.settings import Settings, TranslatorSettings
    from worldtake.store import Store
    from worldtake.translate import Books

#: Under this engine the sample press's English is remembered.
SAMPLE_ENGINE = MemoryTranslator(id="sample", model="the sample press")
SAMPLE_SIGNATURE = signature_of(SAMPLE_ENGINE.id, SAMPLE_ENGINE.version)


#: Note: every way by which each language was ever translated.
SEEN_NOTE = "translate.ways"


@dataclass(slots=True, kw_only=True)
class Translators:
    """Open translators. Close them when nothing is translated any more."""

    engines: tuple[Engine, ...]
    #: Whether what the sample press remembers is used, too.
    sample: bool = False
    glossary: Glossary | None = None
    #: What is wrong with those that are left out, with the remedy.
    problems: tuple[str, ...] = ()
    #: Pairs that an engine will not do: (engine, source, target) -> why.
    refused: dict[tuple[str, str, str], str] = field(default_factory=dict)
    wire: DoorWire | None = field(default=None, repr=False)

    def close(self) -> None:
        """Let go of models, processes and connections."""
        for engine in self.engines:
            engine.translator.close()
        if self.wire is not None:
            self.wire.close()


def open_translators(settings: Settings, *, sample: bool = False) -> Translators:
    """Open the translators of the settings, in their order; with `sample` what the sample press remembers is used, too.

    One that is set up wrongly is left out and named in `problems`: news go on without it.

    Raises:
        UnreadableInputError: if the glossary cannot be read.
    """
    if settings.translators == "none":
        return Translators(engines=(), sample=sample)
    if settings.translators == "auto":
        return Translators(
            engines=tuple(_installed(settings)), sample=sample, glossary=_glossary(settings)
        )
    glossary = _glossary(settings)
    wire = _wire(settings, settings.translators)
    engines: list[Engine] = []
    problems: list[str] = []
    for each in settings.translators:
        try:
            engines.append(_engine(each, _translator(each, settings, wire, glossary)))
        except EngineError as error:
            logger(__name__).warning("translator left out", why=str(error))
            problems.append(str(error))
    return Translators(
        engines=tuple(engines),
        sample=sample,
        glossary=glossary,
        wire=wire,
        problems=tuple(problems),
    )


def models_folder(settings: Settings) -> Path:
    """Return where translation models are installed."""
    return settings.models or settings.home / "models"


def open_router(
    settings: Settings, translators: Translators, books: Books, clock: Callable[[], datetime]
) -> Router:
    """Return what translates into the reader's language."""
    return Router(
        engines=translators.engines,
        remembered=(Engine(translator=SAMPLE_ENGINE),) if translators.sample else (),
        target=settings.language,
        glossary=translators.glossary,
        refused=translators.refused,
        books=books,
        clock=clock,
    )


def sample_segments(
    phrases: Mapping[tuple[str, str], str], *, made: datetime
) -> list[dict[str, Any]]:
    """Return the rows of the sample press's sentences, (language, source) -> English, as remembered: written by hand, not checked."""
    remembered = {
        segment_key(source, language, SAMPLE_ENGINE.target, SAMPLE_SIGNATURE): Remembered(
            target=target,
            engine=SAMPLE_ENGINE.id,
            version=SAMPLE_ENGINE.version,
            model=SAMPLE_ENGINE.model,
            tier="good",
            made=made,
        )
        for (language, source), target in phrases.items()
    }
    return [segment_row(key, each) for key, each in remembered.items()]


def keep_routes(store: Store, router: Router, *, now: datetime, window_days: float) -> int:
    """Keep who translates what, for pages and status, and make young articles due again in languages with a new way.

    A server that comes back is no new way. Return how many are due.
    """
    with store.read() as connection:
        seen = json.loads(ledger.note(connection, SEEN_NOTE) or "{}")
        routes = {each: _ways(router, each) for each in translations.languages(connection)}
    engines = [
        {"id": each.id, "characters": each.daily_characters, "money": each.daily_money}
        for each in router.engines
    ]
    fresh = {
        language: [way for way in ways if way not in seen.get(language, [])]
        for language, ways in routes.items()
    }
    changed = [language for language, ways in fresh.items() if ways]
    since = moment(now - timedelta(days=window_days))
    with store.write() as connection:
        ledger.keep_note(connection, ENGINES_NOTE, json.dumps(engines))
        ledger.keep_note(connection, ROUTES_NOTE, json.dumps(routes, sort_keys=True))
        for language in changed:
            seen[language] = [*seen.get(language, []), *fresh[language]]
        ledger.keep_note(connection, SEEN_NOTE, json.dumps(seen, sort_keys=True))
        items = translations.newest_in(connection, changed, since=since)
        ledger.file_work(connection, MATCH, items, now=moment(now))
    return len(items)


def _ways(router: Router, language: str) -> list[list[str]]:
    ways = router.routes(language)
    return [[route.tier, route.engine, route.version, route.model] for route in ways]


def _installed(settings: Settings) -> list[Engine]:
    """Return what is there without having been named: installed models, then Apertium."""
    found: list[Translator] = []
    folder = models_folder(settings)
    if folder.is_dir():
        found.append(OpusTranslator(models=folder))
    if shutil.which("apertium"):
        found.append(ApertiumTranslator())
    return [Engine(translator=each) for each in found]


def _engine(each: TranslatorSettings, translator: Translator) -> Engine:
    return Engine(
        translator=translator,
        sources=frozenset(map(base_language, each.sources)),
        tier=each.tier,
        daily_characters=each.daily_characters,
        daily_money=each.daily_money,
        price=each.price,
    )


def _translator(
    each: TranslatorSettings, settings: Settings, wire: DoorWire | None, glossary: Glossary | None
) -> Translator:
    if each.engine == "apertium":
        return ApertiumTranslator(id=each.id, seconds=each.seconds)
    if each.engine == "opus":
        return OpusTranslator(id=each.id, models=models_folder(settings))

    assert wire is not None
    return open_remote(each, wire, glossary)


def _glossary(settings: Settings) -> Glossary | None:
    if settings.glossary is None:
        return None

    return read_glossary(settings.glossary)


def _wire(settings: Settings, translators: tuple[TranslatorSettings, ...]) -> DoorWire | None:
    """Return what calls servers, if any of the translators is one; the hosts that the settings name may be called."""
    if all(each.engine in {"apertium", "opus"} for each in translators):
        return None
    return DoorWire(allow_hosts=named_hosts(translators), contact=settings.contact)
