"""Read an HTML page: metadata from its markup, text and leftovers from its blocks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import regex

from worldtake.extract.chrome import is_dated
from worldtake.extract.content import LINKED_SHARE, Judged, judge
from worldtake.extract.dating import HEADER_BLOCKS, published, round_title
from worldtake.extract.dom import parse, read_blocks
from worldtake.extract.found import Found, Part
from worldtake.extract.metadata import Metadata, read_metadata
from worldtake.extract.plain import ROLES
from worldtake.extract.printed import byline, people
from worldtake.extract.scripted import stated_body
from worldtake.extract.titles import TITLE_CHARS, title_segments
from worldtake.extract.writing import is_headline, letters_key
from worldtake.model import Discarded, Skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.dom import Piece
    from worldtake.extract.known import Known
    from worldtake.extract.moments import Moment
    from worldtake.model import BlockRole

#: Weight up to which a block above the text is a line of names and dates.
HEADER_WEIGHT = 160
#: What parts names and dates in such a line.
NAME_PARTS = regex.compile(r"\s*[,|·•،、，]\s+|\s+[—–-]\s+")
#: Blocks above which a page is no article's: judging them takes 0.2 ms each.
MAX_BLOCKS = 10_000
#: Elements above which a page is no article's: reading 100,000 takes 1 s; of 362 real pages none had over 4,000. Where so many
#: are closed it is not even parsed, for the tree takes 1 KB each.
MAX_ELEMENTS = 100_000


def read_page(text: str, known: Known) -> Found | Skip | None:
    """Return what an HTML page gives; None where it holds no markup that can be read, `Skip` where it is no article's."""
    if text.count("</") > MAX_ELEMENTS:
        return Skip("too-long")
    root = parse(text)
    if root is None:
        return None
    if root.xpath("count(//*)") > MAX_ELEMENTS:
        return Skip("too-long")
    dom = read_blocks(root)
    if len(dom.pieces) > MAX_BLOCKS:
        return Skip("too-long")
    metadata = read_metadata(root, known)
    judged = judge(dom, titles=metadata.titles)
    unseen, place = _unseen(root, metadata, judged)
    title = _title(metadata, judged)
    stated = published(dom, judged, metadata, known)
    authors = metadata.authors or _printed_authors(_header(judged), round_title(dom, judged))
    return Found(
        title=title,
        parts=_parts(unseen or judged),
        discarded=tuple(
            Discarded(text=each.piece.text, reason=each.label)
            for each in (*judged, *unseen)
            if each.label not in ROLES and each.label != "title"
        ),
        authors=authors,
        published=stated[0] if stated else None,
        modified=metadata.modified,
        url=metadata.url,
        site=metadata.site,
        language=metadata.language,
        image=metadata.image,
        provenance=(*_provenance(metadata, stated, authors), *place),
    )


def _title(metadata: Metadata, judged: Sequence[Judged]) -> str:
    """Return the headline; where the markup gives only a title with the site's name in it, the block that is one part of it."""
    shown = next((each.piece.text for each in judged if each.label == "title"), "")[:TITLE_CHARS]
    if dict(metadata.provenance).get("title") != "title":
        return metadata.title or shown
    parts = {letters_key(part) for part in title_segments(metadata.title)}
    texts = (each.piece.text for each in judged if each.piece.linked < LINKED_SHARE)
    return next(
        (text for text in texts if is_headline(text) and letters_key(text) in parts), metadata.title
    )


def _parts(judged: Sequence[Judged]) -> tuple[Part, ...]:
    """Return the blocks of the text."""
    return tuple(
        Part(text=each.piece.text, role=cast("BlockRole", each.label))
        for each in judged
        if each.label in ROLES
    )


def _unseen(
    root: Any, metadata: Metadata, judged: Sequence[Judged]
) -> tuple[tuple[Judged, ...], tuple[tuple[str, str], ...]]:
    """Return the blocks of a body that the page does not show, and its provenance; both empty where it shows it."""
    shown = [each.piece.text for each in judged if each.label in ROLES]
    stated = stated_body(root, shown=shown, titles=metadata.titles, body=metadata.body)
    if stated is None:
        return (), ()
    unseen = judge(stated.dom, titles=metadata.titles)
    size = sum(len(each.piece.text) for each in unseen if each.label in ROLES)
    return (unseen, (("text", stated.place),)) if size > sum(map(len, shown)) else ((), ())


def _header(judged: Sequence[Judged]) -> list[Judged]:
    """Return the blocks just above the first paragraph, the title included."""
    first = next((n for n, each in enumerate(judged) if each.label == "paragraph"), len(judged))
    return list(judged[max(0, first - HEADER_BLOCKS) : first])


def _printed_authors(header: Sequence[Judged], under: Sequence[Judged]) -> tuple[str, ...]:
    """Return who a byline near the headline names, else who stands behind the date under it."""
    lines = [line for each in header for line in _bylines(each.piece)]
    behind = [NAME_PARTS.split(each.piece.text)[-1] for each in under if is_dated(each.piece)]
    found = (*map(byline, (*lines, *behind)), *map(people, behind))
    return next((names for names in found if names), ())


def _bylines(piece: Piece) -> Iterator[str]:
    """Yield what a block may say of its author: all of it, each run of its words, and each with the next."""
    yield piece.text
    if len(piece.runs) > 1 and piece.weight < HEADER_WEIGHT:
        yield from piece.runs
        yield from (f"{one} {two}" for one, two in pairwise(piece.runs))


def _provenance(
    metadata: Metadata, stated: tuple[Moment, str] | None, authors: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    places = dict(metadata.provenance)
    places.pop("published", None)
    if stated:
        places["published"] = stated[1]
    if authors and not metadata.authors:
        places["authors"] = f"byline: {', '.join(authors)}"
    return tuple(places.items())
