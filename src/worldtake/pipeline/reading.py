"""Steps from a page to all that is known of one article: extract, detect, translate, trace, copies, index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from worldtake.catalog import outlet_from_page
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Copy, Report
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import articles as shelf
from worldtake.store import press
from worldtake.store.search import Findable, index
from worldtake.text.shingles import fingerprints
from worldtake.trace import ComparePair, Pair, TraceArticle
from worldtake.translate import DetectLanguage, Draft, Remembered, TranslateArticle, segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import Skip
    from worldtake.pipeline.house import House
    from worldtake.store import Connection

#: Shared fingerprints from which two articles are compared (tracing.md: at least 3).
CANDIDATE_FINGERPRINTS = 3
#: A fingerprint in more articles than this is a phrase of the trade, not a copy. Agency copy of one report stays under it.
COMMON_FINGERPRINT = 50


def reading_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (
        _extract(house),
        _detect(house),
        _translate(house),
        _trace(house),
        _copies(house),
        _index(house),
    )


def _extract(house: House) -> Step:
    stage = ExtractArticle(outlets=house.outlets)

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return press.pages(connection, items)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        return [("detect", _shelve(connection, done, stage)) for done in batch]

    return Step(
        name="extract",
        version=stage.version,
        place="workers",
        batch=32,
        load=load,
        call=stage,
        write=write,
    )


def _shelve(connection: Connection, done: Done, stage: ExtractArticle) -> str:
    article: Article = done.answer
    if article.outlet_id is None or not press.outlets(connection, [article.outlet_id]):
        made = outlet_from_page(
            article.original_site or article.site,
            article.url,
            article.original_country,
            article.language if article.language != "und" else None,
        )
        known = press.outlets(connection, [made.id])
        press.keep_outlets(connection, () if known else (made,))
        article = replace(article, outlet_id=made.id)
    return shelf.keep_article(
        connection, article, page_id=done.item, stage=stage.name, version=stage.version
    )


def _detect(house: House) -> Step:
    countries = {each.id: each.country for each in house.outlets if each.country}
    stage = DetectLanguage(countries=countries)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            shelf.keep_language(connection, done.answer)
        return [("translate", done.item) for done in batch]

    return Step(
        name="detect",
        version=stage.version,
        place="workers",
        load=shelf.articles,
        call=stage,
        write=write,
        after_skip=lambda item, _skip: [("translate", item)],
    )


def _translate(house: House) -> Step:
    stage = TranslateArticle(target=house.settings.language)

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        found = shelf.articles(connection, items)
        return {item: _draft(connection, article, stage.target) for item, article in found.items()}

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            shelf.keep_translation(connection, done.answer, stage=stage.name, version=stage.version)
        return [("trace", done.item) for done in batch]

    return Step(
        name="translate",
        version=stage.version,
        place="here",
        load=load,
        call=stage,
        write=write,
        after_skip=lambda item, _skip: [("trace", item)],
    )


def _draft(connection: Connection, article: Article, target: str) -> Draft:
    keys = [segment.key for segment in segments(article, target)]
    found = shelf.segments(connection, keys)
    known = {
        key: Remembered(
            target=row["target"],
            engine=row["engine"],
            version=row["engine_version"],
            tier=row["tier"],  # type: ignore[arg-type] # written from a Tier
        )
        for key, row in found.items()
    }
    return Draft(article=article, known=known)


def _trace(house: House) -> Step:
    stage = TraceArticle(outlets=house.outlets)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            shelf.keep_trace(
                connection, done.answer, done.given, stage=stage.name, version=stage.version
            )
        return [("copies", done.item) for done in batch]

    def after_skip(item: str, _skip: Skip) -> Sequence[Following]:
        return _after_reading(item)

    return Step(
        name="trace",
        version=stage.version,
        place="workers",
        batch=32,
        load=shelf.articles,
        call=stage,
        write=write,
        after_skip=after_skip,
    )


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    """Take an article's fingerprints; the comparing needs the store's neighbours and follows in `write`."""

    def __call__(self, report: Report) -> tuple[int, ...]:
        return tuple(sorted({each for each, _ in fingerprints(report.article.text)}))


def _copies(house: House) -> Step:
    compare = ComparePair()
    language = house.settings.language

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return shelf.reports(connection, items, language)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            shelf.keep_fingerprints(connection, done.item, done.answer)
        for done in batch:
            found = _neighbours(connection, done.given, compare, language)
            shelf.keep_copies(
                connection, done.item, found, stage=compare.name, version=compare.version
            )
        return [following for done in batch for following in _after_reading(done.item)]

    return Step(
        name="copies",
        version=compare.version,
        place="here",
        load=load,
        call=_Fingerprint(),
        write=write,
    )


def _neighbours(
    connection: Connection, report: Report, compare: ComparePair, language: str
) -> list[Copy]:
    near = shelf.sharing_fingerprints(
        connection,
        report.article.id,
        at_least=CANDIDATE_FINGERPRINTS,
        frequency=COMMON_FINGERPRINT,
    )
    found: list[Copy] = []
    for other in shelf.reports(connection, near, language).values():
        a, b = sorted((report, other), key=lambda each: each.article.id)
        copy = compare(Pair(a=a, b=b))
        if isinstance(copy, Copy):
            found.append(copy)
    return found


def _after_reading(item: str) -> list[Following]:
    return [("cluster", item), ("index", item)]


@dataclass(frozen=True, slots=True)
class _Describe:
    """Give the words under which an article can be found."""

    def __call__(self, report: Report) -> Findable:
        article, translation = report.article, report.translation
        titles = (article.title, translation.title if translation else "")
        bodies = (article.text, translation.text if translation else "", report.outlet.name)
        return Findable(article_id=article.id, title="\n".join(titles), body="\n".join(bodies))


def _index(house: House) -> Step:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return shelf.reports(connection, items, house.settings.language)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        index(connection, [done.answer for done in batch])
        return []

    return Step(
        name="index",
        version=1,
        place="here",
        batch=200,
        load=load,
        call=_Describe(),
        write=write,
    )
