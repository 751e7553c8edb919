"""Search in headlines and texts, in the original and in the reader's language.

SQLite: FTS5 in a file of its own, row ids ordered in time, filled in batches. PostgreSQL: a tsvector column. Results come
newest first: ranking by relevance over a whole archive takes seconds, the newest twenty take none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.text.fold import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Seconds of the id's time fill the row id's upper 33 bits, its hash the lower 30.
_HASH_BITS = 30
#: Articles on a page of results.
RESULTS = 20
#: A position before which every article stands.
NEWEST = 2**62
#: Terms of a query that are looked for: PostgreSQL and FTS5 both refuse very long expressions.
MAX_TERMS = 64
#: Longest term in bytes; no text has longer ones (PostgreSQL's index takes 2,046), so nothing is found with one.
MAX_TERM_BYTES = 2_000
_CROCKFORD = {char: value for value, char in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}

_INSERT = {
    "sqlite": "INSERT INTO search.doc(rowid, title, body, article_id) VALUES (:row, :title, :body, :id)",
    "postgresql": (
        "INSERT INTO search_doc(row_id, article_id, words) VALUES (:row, :id, "
        "setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :body))"
    ),
}
_DELETE = {
    "sqlite": "DELETE FROM search.doc WHERE rowid = :row",
    "postgresql": "DELETE FROM search_doc WHERE row_id = :row",
}
_FIND = {
    "sqlite": (
        "SELECT rowid, article_id FROM search.doc WHERE doc MATCH :query AND rowid < :before "
        "ORDER BY rowid DESC LIMIT :most"
    ),
    # The planner reads the newest rows one by one for a rare word unless the matches are found first.
    "postgresql": (
        "WITH hits AS MATERIALIZED (SELECT row_id, article_id FROM search_doc "
        "WHERE words @@ to_tsquery('simple', :query) AND row_id < :before) "
        "SELECT row_id, article_id FROM hits ORDER BY row_id DESC LIMIT :most"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """One article as it can be found."""

    article_id: str
    #: Headlines in all languages we have.
    title: str
    #: Texts in all languages we have.
    body: str


def index(connection: sa.Connection, batch: Sequence[Findable]) -> None:
    """Put the articles into the index, in place of what was there under their ids."""
    dialect = connection.dialect.name
    rows = [
        {"row": row_id(each.article_id), "id": each.article_id}
        | {"title": _indexed(each.title), "body": _indexed(each.body)}
        for each in batch
    ]
    if rows:
        unindex(connection, [each.article_id for each in batch])
        connection.execute(sa.text(_INSERT[dialect]), rows)


def unindex(connection: sa.Connection, article_ids: Sequence[str]) -> None:
    """Take the articles out of the index."""
    rows = [{"row": row_id(each)} for each in article_ids]
    if rows:
        connection.execute(sa.text(_DELETE[connection.dialect.name]), rows)


def find(
    connection: sa.Connection, query: str, *, before: int = NEWEST, most: int = RESULTS
) -> list[tuple[int, str]]:
    """Return (row id, article id) of articles with every word of `query`, newest first.

    The last word may be the beginning of one. A query without words finds nothing; of a very long one only the first
    `MAX_TERMS` terms are looked for.
    """
    terms = [term for word in words(query) for term in _indexed(word).split()][:MAX_TERMS]
    if not terms or any(len(term.encode()) > MAX_TERM_BYTES for term in terms):
        return []
    sqlite = connection.dialect.name == "sqlite"
    asked = (
        " ".join(f'"{term}"' for term in terms) + "*"
        if sqlite
        else " & ".join(f"'{term}'" for term in _quoted(terms)) + ":*"
    )
    found = connection.execute(
        sa.text(_FIND[connection.dialect.name]), {"query": asked, "before": before, "most": most}
    )
    return [(int(row[0]), str(row[1])) for row in found]


def row_id(article_id: str) -> int:
    """Return the 63 bits under which an article stands in the index: seconds, then hash."""
    number = 0
    for char in article_id:
        number = number * 32 + _CROCKFORD[char]
    seconds = (number >> 80) // 1000
    return (seconds << _HASH_BITS) | (number & ((1 << _HASH_BITS) - 1))


def _quoted(terms: list[str]) -> list[str]:
    return [term.replace("'", "''").replace("\\", "\\\\") for term in terms]


def _indexed(text: str) -> str:
    """Fold a text as the index holds it: scripts without spaces as overlapping pairs of signs."""
    return " ".join(part for word in words(fold(text)) for part in _parts(word))


def _parts(word: str) -> list[str]:
    if not any(_is_unspaced(char) for char in word):
        return [word]
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


def _is_unspaced(char: str) -> bool:
    return (
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\u0e00" <= char <= "\u0eff"
        or "\u1780" <= char <= "\u17ff"
    )
