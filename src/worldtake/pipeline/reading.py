"""Steps from a page to all that is known of one article: extract, detect, translate, trace, copies, index; and habits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from worldtake.catalog import outlet_from_page
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Copy, Page, Report, Skip
from worldtake.pipeline.executors import attempt
from worldtake.pipeline.habits import habits_step, keep_shown, with_habits
from worldtake.pipeline.names import MATCH
from worldtake.pipeline.step import Done, Following, Step
from worldtake.pipeline.translating import match_step
from worldtake.store import articles as shelf
from worldtake.store import ledger, press
from worldtake.store.archive import archive_folder
from worldtake.store.records import moment
from worldtake.store.search import Findable, index
from worldtake.store.volumes import DAY_MICROS, DayYield, count_readings
from worldtake.text.shingles import fingerprints
from worldtake.trace import ComparePair, Pair, TraceArticle
from worldtake.translate import DetectLanguage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import ReaderLanguages, Shown, Trace
    from worldtake.pipeline.house import House
    from worldtake.store import Connection

#: Shared fingerprints from which two articles are compared (tracing.md: at least 3).
CANDIDATE_FINGERPRINTS = 3
#: A fingerprint in more articles than this is a phrase of the trade, not a copy. Agency copy of one report stays under it.
COMMON_FINGERPRINT = 50


def reading_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    countries = {each.id: each.country for each in house.outlets if each.country}
    chain = _Chain(
        extract=ExtractArticle(outlets=house.outlets),
        detect=DetectLanguage(countries=countries),
        trace=_TraceAndPrint(stage=TraceArticle(outlets=house.outlets)),
    )
    return (
        _extract(house, chain),
        _detect(chain),
        _translate(house, chain),
        _trace(chain),
        _copies(house),
        _index(house),
        habits_step(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An article as it was read out of its page, and where nothing stood in the way, what was found in it."""

    #: With its language where that was found.
    article: Article
    #: What the page shows of its outlet's habits.
    shown: Shown
    #: None where a stage failed or refused: then each is called by itself.
    traced: _Traced | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """Extract, detect and trace in one call, so that a page goes to a worker once; each stage is also called by itself."""

    extract: ExtractArticle
    detect: DetectLanguage
    trace: _TraceAndPrint

    def __call__(self, page: Page | Skip) -> _Read | Skip:
        """Return what was read of a page, or why its bytes are not there any more."""
        if isinstance(page, Skip):
            return page
        found = self.extract.read(page)
        if isinstance(found, Skip):
            return found
        article, shown = found.article, found.shown
        detected = attempt(self.detect, article)
        if not isinstance(detected, Article):
            return _Read(article=article, shown=shown, traced=None)
        traced = attempt(self.trace, detected)
        if not isinstance(traced, _Traced):
            return _Read(article=article, shown=shown, traced=None)
        return _Read(article=detected, shown=shown, traced=traced)

    @property
    def fallback(self) -> _ExtractAlone:
        """What is tried where all of it took too long or too much memory."""
        return _ExtractAlone(extract=replace(self.extract, fast=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExtractAlone:
    """Extract by the fast path and nothing else; the other stages are called by themselves."""

    extract: ExtractArticle

    def __call__(self, page: Page | Skip) -> _Read | Skip:
        """Return the article of a page, or why there is none."""
        found = page if isinstance(page, Skip) else self.extract.read(page)
        if isinstance(found, Skip):
            return found
        return _Read(article=found.article, shown=found.shown, traced=None)


def _extract(house: House, chain: _Chain) -> Step:
    stage = chain.extract
    archive = archive_folder(house.settings)
    known = frozenset(each.id for each in house.outlets)

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return with_habits(connection, press.pages(connection, items, archive), stage)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        new = _keep_new(connection, batch, chain, known)
        others = [done for done in batch if done.item not in new]
        follows = [(MATCH, new[done.item]) for done in batch if done.item in new]
        follows += [("detect", _shelve(connection, done, stage, known)) for done in others]
        fresh, due = keep_shown(connection, {done.item: done.answer.shown for done in batch})
        read = [done for done in batch if done.item in fresh]
        _count_read(connection, read, now=moment(house.clock()))
        return follows + due

    def refused(connection: Connection, done: Done) -> None:
        if isinstance(done.given, Page):
            _count_refused(connection, done.given, now=moment(house.clock()))

    return Step(
        name="extract",
        version=stage.version,
        place="workers",
        batch=64,
        load=load,
        call=chain,
        write=write,
        refused=refused,
    )


def _keep_new(
    connection: Connection, batch: Sequence[Done], chain: _Chain, known: frozenset[str]
) -> dict[str, str]:
    """Keep the articles that are new, of known outlets, and traced already; return page -> article of them."""
    whole = {
        done.item: done.answer
        for done in batch
        if done.answer.traced and done.answer.article.outlet_id in known
    }
    stage = chain.extract
    kept = shelf.keep_new_articles(
        connection,
        {item: answer.article for item, answer in whole.items()},
        stage=stage.name,
        version=stage.version,
    )
    found = [answer for item, answer in whole.items() if item in kept]
    _keep_traced(connection, [(each.article, each.traced) for each in found], chain.trace.stage)
    ids = [each.article.id for each in found]
    ledger.finish(connection, "detect", ids, version=chain.detect.version)
    ledger.finish(connection, "trace", ids, version=chain.trace.stage.version)
    return {item: whole[item].article.id for item in kept}


def _count_read(connection: Connection, batch: Sequence[Done], *, now: int) -> None:
    """Count what was read of each outlet's feeds, for the first time."""
    sizes: dict[str, list[int]] = {}
    for done in batch:
        if _was_announced(done.given):
            sizes.setdefault(done.given.outlet_id, []).append(len(done.answer.article.text))
    read = {
        outlet_id: DayYield(day=now // DAY_MICROS, pages=len(of), characters=sum(of))
        for outlet_id, of in sizes.items()
    }
    count_readings(connection, read)


def _shelve(
    connection: Connection, done: Done, stage: ExtractArticle, known: frozenset[str]
) -> str:
    article: Article = done.answer.article
    if article.outlet_id not in known:
        article = _owned(connection, article)
    return shelf.keep_article(
        connection, article, page_id=done.item, stage=stage.name, version=stage.version
    )


def _count_refused(connection: Connection, page: Page, *, now: int) -> None:
    """Count a page of an outlet's feed in which no article was found: many of them are a changed layout."""
    if _was_announced(page):
        refused = DayYield(day=now // DAY_MICROS, pages=1, refused=1)
        count_readings(connection, {page.outlet_id or "": refused})


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


def _detect(chain: _Chain) -> Step:
    stage = chain.detect

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        shelf.keep_languages(connection, [done.answer for done in batch])
        shelf.outdate_traces(connection, [done.item for done in batch])
        return [(MATCH, done.item) for done in batch]

    return Step(
        name="detect",
        version=stage.version,
        place="workers",
        load=shelf.articles,
        call=stage,
        write=write,
        after_skip=lambda _connection, items: [(MATCH, item) for item in items],
    )


def _translate(house: House, chain: _Chain) -> Step:
    def follow(connection: Connection, items: Sequence[str]) -> Sequence[Following]:
        traced = shelf.traced(connection, items, version=chain.trace.stage.version)
        return [("copies" if item in traced else "trace", item) for item in items]

    return match_step(house, follow)


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


def _trace(chain: _Chain) -> Step:
    stage = chain.trace.stage

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        _keep_traced(connection, [(done.given, done.answer) for done in batch], stage)
        return [("copies", done.item) for done in batch]

    return Step(
        name="trace",
        version=stage.version,
        place="workers",
        batch=64,
        load=shelf.articles,
        call=chain.trace,
        write=write,
        after_skip=lambda _connection, items: [each for it in items for each in _after_reading(it)],
    )


def _keep_traced(
    connection: Connection, found: Sequence[tuple[Article, _Traced]], stage: TraceArticle
) -> None:
    traces = [(traced.trace, article) for article, traced in found]
    shelf.keep_traces(connection, traces, stage=stage.name, version=stage.version)
    hashes = {traced.trace.article_id: traced.fingerprints for _, traced in found}
    shelf.keep_fingerprints(connection, hashes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neighbours:
    """An article and those that share rare fingerprints with it."""

    #: None where there are none.
    report: Report | None
    others: tuple[Report, ...]
    #: Articles that were found to be copies of it, or it of them, before.
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CompareAll:
    """Compare an article with its neighbours."""

    compare: ComparePair

    def __call__(self, given: _Neighbours) -> tuple[Copy, ...]:
        if given.report is None:
            return ()
        found = (self.compare(_pair(given.report, other)) for other in given.others)
        return tuple(copy for copy in found if isinstance(copy, Copy))


def _pair(one: Report, other: Report) -> Pair:
    a, b = sorted((one, other), key=lambda each: each.article.id)
    return Pair(a=a, b=b)


def _copies(house: House) -> Step:
    compare = ComparePair()

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return _neighbours(connection, items, house.reader)

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
    connection: Connection, items: Sequence[str], reader: ReaderLanguages
) -> dict[str, _Neighbours]:
    """Return item -> the article with its neighbours; two of the same batch are compared once."""
    near: dict[str, list[str]] = {}
    for item in items:
        sharing = shelf.sharing_fingerprints(
            connection, item, at_least=CANDIDATE_FINGERPRINTS, frequency=COMMON_FINGERPRINT
        )
        near[item] = [each for each in sharing if item not in near.get(each, ())]
    wanted = {each for item, others in near.items() if others for each in (item, *others)}
    found = shelf.reports(connection, sorted(wanted), reader)
    former = shelf.copied_with(connection, items)
    present = shelf.known(connection, items)
    return {
        item: _Neighbours(
            report=found.get(item),
            others=tuple(found[each] for each in near[item] if each in found),
            former=former[item],
        )
        for item in items
        if item in present
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
        return shelf.reports(connection, items, house.reader, with_traces=False)

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
