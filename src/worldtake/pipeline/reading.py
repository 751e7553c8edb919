"""Steps from a page to all that is known of one article: extract, detect, translate, trace, copies, index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from worldtake.catalog import outlet_from_page
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Copy, Page, Report, Skip
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import articles as shelf
from worldtake.store import press
from worldtake.store.archive import archive_folder
from worldtake.store.records import moment
from worldtake.store.search import Findable, index
from worldtake.store.volumes import count_reading
from worldtake.text.shingles import fingerprints
from worldtake.trace import ComparePair, Pair, TraceArticle
from worldtake.translate import DetectLanguage, Draft, Remembered, TranslateArticle, segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import Trace
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
    archive = archive_folder(house.settings)
    known = frozenset(each.id for each in house.outlets)

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return press.pages(connection, items, archive)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        _count_read(connection, batch, now=moment(house.clock()))
        return [("detect", _shelve(connection, done, stage, known)) for done in batch]

    def refused(connection: Connection, done: Done) -> None:
        if isinstance(done.given, Page):
            count_refused(connection, [done.given], now=moment(house.clock()))

    return Step(
        name="extract",
        version=stage.version,
        place="workers",
        batch=32,
        load=load,
        call=_ReadPage(stage),
        write=write,
        refused=refused,
    )


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """Read an article out of a page, or hand on why its bytes are not there any more."""

    stage: ExtractArticle

    def __call__(self, page: Page | Skip) -> Article | Skip:
        return page if isinstance(page, Skip) else self.stage(page)


def _count_read(connection: Connection, batch: Sequence[Done], *, now: int) -> None:
    """Count what was read of each outlet's feeds."""
    sizes: dict[str, list[int]] = {}
    for done in batch:
        if _was_announced(done.given):
            sizes.setdefault(done.given.outlet_id, []).append(len(done.answer.text))
    for outlet_id, of in sorted(sizes.items()):
        count_reading(connection, outlet_id, now=now, pages=len(of), characters=sum(of))


def _shelve(
    connection: Connection, done: Done, stage: ExtractArticle, known: frozenset[str]
) -> str:
    article: Article = done.answer
    if article.outlet_id not in known:
        article = _owned(connection, article)
    return shelf.keep_article(
        connection, article, page_id=done.item, stage=stage.name, version=stage.version
    )


def count_refused(connection: Connection, pages: Sequence[Page], *, now: int) -> None:
    """Count pages of outlets' feeds in which no article was found: that many of them is a changed layout."""
    for page in pages:
        if _was_announced(page):
            count_reading(connection, page.outlet_id or "", now=now, pages=1, refused=1)


def _was_announced(page: Page) -> bool:
    """Tell whether a feed led to the page: one that a reader brought says nothing of how the outlet stands."""
    return page.entry is not None and bool(page.outlet_id)


def _owned(connection: Connection, article: Article) -> Article:
    """Return the article with its outlet, made from the page where it is not known."""
    if article.outlet_id is None or not press.outlets(connection, [article.outlet_id]):
        made = outlet_from_page(
            article.original_site or article.site,
            article.url,
            article.original_country,
            article.language if article.language != "und" else None,
        )
        known = press.outlets(connection, [made.id])
        press.keep_outlets(connection, () if known else (made,))
        return replace(article, outlet_id=made.id)
    return article


def _detect(house: House) -> Step:
    countries = {each.id: each.country for each in house.outlets if each.country}
    stage = DetectLanguage(countries=countries)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        shelf.keep_languages(connection, [done.answer for done in batch])
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
        if not shelf.remembers(connection):
            return {item: Draft(article=article, known={}) for item, article in found.items()}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traced:
    """What was found in an article, and its fingerprints, by which copies of it are looked for."""

    trace: Trace
    fingerprints: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _TraceAndPrint:
    """Trace an article and take its fingerprints."""

    stage: TraceArticle

    def __call__(self, article: Article) -> _Traced | Skip:
        trace = self.stage(article)
        if isinstance(trace, Skip):
            return trace
        hashes = {each for each, _ in fingerprints(article.text)}
        return _Traced(trace=trace, fingerprints=tuple(sorted(hashes)))


def _trace(house: House) -> Step:
    stage = TraceArticle(outlets=house.outlets)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        found = [(done.answer.trace, done.given) for done in batch]
        shelf.keep_traces(connection, found, stage=stage.name, version=stage.version)
        hashes = {done.item: done.answer.fingerprints for done in batch}
        shelf.keep_fingerprints(connection, hashes)
        return [("copies", done.item) for done in batch]

    def after_skip(item: str, _skip: Skip) -> Sequence[Following]:
        return _after_reading(item)

    return Step(
        name="trace",
        version=stage.version,
        place="workers",
        batch=64,
        load=shelf.articles,
        call=_TraceAndPrint(stage=stage),
        write=write,
        after_skip=after_skip,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neighbours:
    """An article and those that share rare fingerprints with it."""

    report: Report
    others: tuple[Report, ...]
    #: Articles that were found to be copies of it, or it of them, before.
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CompareAll:
    """Compare an article with its neighbours."""

    compare: ComparePair

    def __call__(self, given: _Neighbours) -> tuple[Copy, ...]:
        found = (self.compare(_pair(given.report, other)) for other in given.others)
        return tuple(copy for copy in found if isinstance(copy, Copy))


def _pair(one: Report, other: Report) -> Pair:
    a, b = sorted((one, other), key=lambda each: each.article.id)
    return Pair(a=a, b=b)


def _copies(house: House) -> Step:
    compare = ComparePair()

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return _neighbours(connection, items, house.settings.language)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        # What another batch has found meanwhile of an article that this one had not seen stays.
        for done in batch:
            shelf.drop_copies(connection, done.item, done.given.former)
        for done in batch:
            shelf.keep_copies(connection, done.answer, stage=compare.name, version=compare.version)
        return [following for done in batch for following in _after_reading(done.item)]

    return Step(
        name="copies",
        version=compare.version,
        place="workers",
        batch=64,
        load=load,
        call=_CompareAll(compare=compare),
        write=write,
    )


def _neighbours(
    connection: Connection, items: Sequence[str], language: str
) -> dict[str, _Neighbours]:
    """Return item -> the article with its neighbours; two of the same batch are compared once."""
    near: dict[str, list[str]] = {}
    for item in items:
        sharing = shelf.sharing_fingerprints(
            connection, item, at_least=CANDIDATE_FINGERPRINTS, frequency=COMMON_FINGERPRINT
        )
        near[item] = [each for each in sharing if item not in near.get(each, ())]
    wanted = {*items, *(other for others in near.values() for other in others)}
    found = shelf.reports(connection, sorted(wanted), language)
    return {
        item: _Neighbours(
            report=found[item],
            others=tuple(found[each] for each in near[item] if each in found),
            former=tuple(shelf.copied_with(connection, item)),
        )
        for item in items
        if item in found
    }


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
