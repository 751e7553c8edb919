"""Articles, their immutable texts and traces in the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.model import Article, Copy, Discarded, Report, Trace
from worldtake.store.ledger import insert_missing, upsert
from worldtake.store.press import outlets
from worldtake.store.records import dump, load, load_all, moment
from worldtake.store.revisions import current_version, keep_revision
from worldtake.store.tables import (
    ARTICLE,
    COPY,
    CREDIT,
    FINGERPRINT,
    TEXT_VERSION,
    TRACE,
)
from worldtake.store.texts import text_row
from worldtake.store.translations import shown_translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from worldtake.model import Outlet, ReaderLanguages

_IN_TEXT_VERSION = frozenset({"text", "discarded"})


def keep_article(
    connection: sa.Connection, article: Article, *, page_id: str, stage: str, version: int
) -> str:
    """Keep an article and the version of its texts; return its id, that of the first reading.

    The same address read again keeps its id, and its earlier texts stay for the receipts that point at them. Another page
    with another text is a revision; a page that was fetched before the one that is shown changes nothing but adds its text.
    """
    known = current_version(connection, article.url)
    identity = known.id if known else article.id
    made = {"stage": stage, "version": version}
    texts = _text_rows(article, identity, made)
    insert_missing(connection, TEXT_VERSION, texts)
    if known and known.page_id != page_id:
        if moment(article.seen) < known.last_seen:
            return identity
        keep_revision(connection, known, article, text_id=str(texts[0]["id"]), made=made)
    if known:
        article = replace(article, seen=min(known.first_seen, article.seen))
    upsert(connection, ARTICLE, [_article_row(article, identity, page_id, texts) | made])
    return identity


def keep_new_articles(
    connection: sa.Connection,
    found: Mapping[str, Article],
    *,
    stage: str,
    version: int,
) -> set[str]:
    """Keep, by page id, the articles whose address nothing was read from before; return the pages that they are of.

    Of two pages with one address neither is kept here: which of them is the newer one is for `keep_article`.
    """
    counts = Counter(article.url for article in found.values())
    known = set(connection.scalars(sa.select(ARTICLE.c.url).where(ARTICLE.c.url.in_(list(counts)))))
    made = {"stage": stage, "version": version}
    texts: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    for page_id, article in found.items():
        if article.url in known or counts[article.url] > 1:
            continue
        own = _text_rows(article, article.id, made)
        texts += own
        rows.append(_article_row(article, article.id, page_id, own) | made)
    insert_missing(connection, TEXT_VERSION, texts)
    upsert(connection, ARTICLE, rows)
    return {str(row["page_id"]) for row in rows}


def keep_languages(connection: sa.Connection, found: Sequence[Article]) -> None:
    """Keep the languages that were detected."""
    rows = [
        {
            "article": each.id,
            "language": each.language,
            "record": dump(each, without=_IN_TEXT_VERSION),
        }
        for each in found
    ]
    if rows:
        update = ARTICLE.update().where(ARTICLE.c.id == sa.bindparam("article"))
        connection.execute(update, rows)


def articles(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Article]:
    """Return id -> article with its newest text."""
    discarded = TEXT_VERSION.alias("discarded")
    query = (
        sa.select(
            ARTICLE.c.id, ARTICLE.c.record, TEXT_VERSION.c.body, discarded.c.body.label("left")
        )
        .join(TEXT_VERSION, TEXT_VERSION.c.id == ARTICLE.c.text_id)
        .join(discarded, discarded.c.id == ARTICLE.c.discarded_id)
        .where(ARTICLE.c.id.in_(ids))
    )
    return {
        str(row.id): load(
            Article, row.record, id=row.id, text=row.body, discarded=load_all(Discarded, row.left)
        )
        for row in connection.execute(query)
    }


def known(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Return those of `ids` that are articles."""
    return set(connection.scalars(sa.select(ARTICLE.c.id).where(ARTICLE.c.id.in_(ids))))


def article_by_url(connection: sa.Connection, url: str) -> str | None:
    """Return the id of the article at `url`."""
    found = connection.scalar(sa.select(ARTICLE.c.id).where(ARTICLE.c.url == url))
    return None if found is None else str(found)


def newest_articles(
    connection: sa.Connection,
    *,
    most: int,
    outlet_ids: Sequence[str] | None = None,
) -> list[str]:
    """Return ids of the newest articles, of these outlets or of all."""
    query = sa.select(ARTICLE.c.id).order_by(ARTICLE.c.moment.desc(), ARTICLE.c.id.desc())
    if outlet_ids is not None:
        query = query.where(ARTICLE.c.outlet_id.in_(outlet_ids))
    return [str(each) for each in connection.scalars(query.limit(most))]


def languages(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return article id -> BCP 47 tag."""
    query = sa.select(ARTICLE.c.id, ARTICLE.c.language).where(ARTICLE.c.id.in_(ids))
    return {str(row.id): str(row.language) for row in connection.execute(query)}


def newest_moment(connection: sa.Connection) -> int | None:
    """Return the moment of the newest article."""
    found = connection.scalar(sa.select(sa.func.max(ARTICLE.c.moment)))
    return None if found is None else int(found)


def article_count(connection: sa.Connection) -> int:
    """Return how many articles there are."""
    return int(connection.scalar(sa.select(sa.func.count()).select_from(ARTICLE)) or 0)


def counts_by_outlet(
    connection: sa.Connection, *, since: int = 0, until: int = 2**62
) -> dict[str, int]:
    """Return outlet id -> articles published between two moments."""
    within = (ARTICLE.c.moment >= since) & (ARTICLE.c.moment <= until)
    query = (
        sa.select(ARTICLE.c.outlet_id, sa.func.count()).where(within).group_by(ARTICLE.c.outlet_id)
    )
    return {str(outlet): int(count) for outlet, count in connection.execute(query)}


def keep_traces(
    connection: sa.Connection,
    found: Sequence[tuple[Trace, Article]],
    *,
    stage: str,
    version: int,
) -> None:
    """Keep what was found in articles, and their credits as rows of their own."""
    made = {"stage": stage, "version": version}
    ids = [trace.article_id for trace, _ in found]
    query = sa.select(ARTICLE.c.id, ARTICLE.c.text_id).where(ARTICLE.c.id.in_(ids))
    texts = {row.id: row.text_id for row in connection.execute(query)}
    rows = [
        {"article_id": trace.article_id, "text_id": texts[trace.article_id], "record": dump(trace)}
        | made
        for trace, _ in found
    ]
    upsert(connection, TRACE, rows)
    connection.execute(CREDIT.delete().where(CREDIT.c.article_id.in_(ids)))
    credits_ = [
        {"article_id": trace.article_id, "number": number, "outlet_id": credit.outlet_id}
        | {"outlet": credit.outlet, "kind": credit.kind, "credited_by": article.outlet_id or ""}
        | made
        for trace, article in found
        for number, credit in enumerate(trace.credits)
    ]
    insert_missing(connection, CREDIT, credits_)


def traced(connection: sa.Connection, ids: Sequence[str], *, version: int) -> set[str]:
    """Return those of `ids` whose present text was traced by `version` of the stage."""
    current = TRACE.c.text_id == ARTICLE.c.text_id
    query = (
        sa.select(TRACE.c.article_id)
        .join(ARTICLE, ARTICLE.c.id == TRACE.c.article_id)
        .where(TRACE.c.article_id.in_(ids) & (TRACE.c.version == version) & current)
    )
    return set(connection.scalars(query))


def outdate_traces(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Let articles be traced again: what was found in them rests on what is not so any more."""
    connection.execute(TRACE.update().where(TRACE.c.article_id.in_(ids)).values(version=0))


def traces(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Trace]:
    """Return article id -> trace."""
    query = sa.select(TRACE.c.article_id, TRACE.c.record).where(TRACE.c.article_id.in_(ids))
    return {str(row.article_id): load(Trace, row.record) for row in connection.execute(query)}


def credits_by(connection: sa.Connection, outlet_id: str) -> tuple[tuple[str, int], ...]:
    """Return (outlet credited, how often) for what an outlet's articles credit, most first."""
    count = sa.func.count()
    query = (
        sa.select(CREDIT.c.outlet, count)
        .where((CREDIT.c.credited_by == outlet_id) & (CREDIT.c.kind != "photo"))
        .group_by(CREDIT.c.outlet)
        .order_by(count.desc(), CREDIT.c.outlet)
    )
    return tuple((str(outlet), int(number)) for outlet, number in connection.execute(query))


def keep_fingerprints(connection: sa.Connection, found: Mapping[str, Iterable[int]]) -> None:
    """Keep the fingerprints of articles, by article id, each once, in place of their earlier ones."""
    connection.execute(FINGERPRINT.delete().where(FINGERPRINT.c.article_id.in_(list(found))))
    rows = [
        {"hash": each, "article_id": article_id}
        for article_id, hashes in found.items()
        for each in hashes
    ]
    insert_missing(connection, FINGERPRINT, rows)


def sharing_fingerprints(
    connection: sa.Connection, article_id: str, *, at_least: int, frequency: int
) -> list[str]:
    """Return other articles with `at_least` fingerprints of this one in at most `frequency` articles."""
    own = sa.select(FINGERPRINT.c.hash).where(FINGERPRINT.c.article_id == article_id)
    rare = (
        sa.select(FINGERPRINT.c.hash)
        .where(FINGERPRINT.c.hash.in_(own))
        .group_by(FINGERPRINT.c.hash)
        .having(sa.func.count() <= frequency)
    )
    query = (
        sa.select(FINGERPRINT.c.article_id)
        .where(FINGERPRINT.c.hash.in_(rare) & (FINGERPRINT.c.article_id != article_id))
        .group_by(FINGERPRINT.c.article_id)
        .having(sa.func.count() >= at_least)
        .order_by(FINGERPRINT.c.article_id)
    )
    return [str(each) for each in connection.scalars(query)]


def copied_with(connection: sa.Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return for each article those that are copies of it, or of which it is one."""
    either = COPY.c.a.in_(ids) | COPY.c.b.in_(ids)
    found: dict[str, set[str]] = {each: set() for each in ids}
    for row in connection.execute(sa.select(COPY.c.a, COPY.c.b).where(either)):
        for one, other in ((row.a, row.b), (row.b, row.a)):
            if one in found:
                found[one].add(other)
    return {each: tuple(sorted(others)) for each, others in found.items()}


def drop_copies(connection: sa.Connection, article_id: str, others: Sequence[str]) -> None:
    """Forget the copies between an article and `others`."""
    if others:
        pairs = ((COPY.c.a == article_id) & COPY.c.b.in_(others)) | (
            (COPY.c.b == article_id) & COPY.c.a.in_(others)
        )
        connection.execute(COPY.delete().where(pairs))


def keep_copies(
    connection: sa.Connection, copies: Sequence[Copy], *, stage: str, version: int
) -> None:
    """Keep copies, in place of what was found of the same pairs before."""
    rows = [
        {"a": each.a, "b": each.b, "kind": each.kind, "record": dump(each)}
        | {"stage": stage, "version": version}
        for each in copies
    ]
    upsert(connection, COPY, rows)


def copies_within(connection: sa.Connection, ids: Sequence[str]) -> tuple[Copy, ...]:
    """Return the copies between articles of `ids`."""
    query = sa.select(COPY.c.record).where(COPY.c.a.in_(ids) & COPY.c.b.in_(ids))
    return tuple(
        load(Copy, record) for record in connection.scalars(query.order_by(COPY.c.a, COPY.c.b))
    )


def copies_of(connection: sa.Connection, article_id: str) -> tuple[Copy, ...]:
    """Return the copies that an article takes part in."""
    either = (COPY.c.a == article_id) | (COPY.c.b == article_id)
    query = sa.select(COPY.c.record).where(either).order_by(COPY.c.a, COPY.c.b)
    return tuple(load(Copy, record) for record in connection.scalars(query))


def reports(
    connection: sa.Connection,
    ids: Sequence[str],
    reader: ReaderLanguages,
    *,
    with_traces: bool = True,
) -> dict[str, Report]:
    """Return article id -> the article with outlet, translation and trace (an empty one if not wanted).

    A translation that is not shown is left out, as is one from a language that the reader reads.
    """
    found = articles(connection, ids)
    houses = {each.id: each for each in outlets(connection, _outlet_ids(found.values()))}
    foreign = [each for each, article in found.items() if not reader.reads(article.language)]
    translated = shown_translations(connection, foreign, reader.language)
    traced = traces(connection, ids) if with_traces else {}
    return {
        each: Report(
            article=article,
            outlet=houses[article.outlet_id or ""],
            translation=translated.get(each),
            trace=traced.get(each, Trace(article_id=each)),
        )
        for each, article in found.items()
        if (article.outlet_id or "") in houses
    }


def outlet_map(reports_: Iterable[Report]) -> dict[str, Outlet]:
    """Return outlet id -> outlet of the reports."""
    return {report.outlet.id: report.outlet for report in reports_}


def _outlet_ids(found: Iterable[Article]) -> list[str]:
    return sorted({article.outlet_id or "" for article in found})


def _article_row(
    article: Article, identity: str, page_id: str, texts: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    text, discarded = texts
    return {
        "id": identity,
        "url": article.url,
        "outlet_id": article.outlet_id or "",
        "page_id": page_id,
        "text_id": text["id"],
        "discarded_id": discarded["id"],
        "language": article.language,
        "moment": moment(article.moment()),
        "record": dump(article, without=_IN_TEXT_VERSION),
    }


def _text_rows(
    article: Article, identity: str, made: Mapping[str, object]
) -> list[dict[str, object]]:
    """Return the versions of an article's text and of what was left out of it.

    The whole record of what was left out is the version, so that reasons and places stay with it.
    """
    return [
        text_row(identity, "text", article.text, made),
        text_row(identity, "discarded", dump(article.discarded), made),
    ]
