"""Read an HTML page: metadata from its markup, text and leftovers from its blocks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import regex

from worldtake.extract.boxes import LINKED_SHARE
from worldtake.extract.chrome import is_dated
from worldtake.extract.classify import shipped
from worldtake.extract.content import Judged, judge
from worldtake.extract.dating import HEADER_BLOCKS, published, round_title
from worldtake.extract.dom import Dom, parse, read_blocks
from worldtake.extract.features import Stated
from worldtake.extract.found import Found, Part
from worldtake.extract.habits import label_recurring
from worldtake.extract.metadata import Metadata, read_metadata
from worldtake.extract.plain import ROLES
from worldtake.extract.printed import byline, people
from worldtake.extract.titles import TITLE_CHARS, title_segments
from worldtake.extract.writing import is_headline, letters_key
from worldtake.model import Discarded, Skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.classify import BlockClassifier
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
#: Text below which a page shows none, and JSON-LD is believed, characters.
LEAST_TEXT = 250
#: What the rule goes by that leaves out lines that recur on the outlet's pages.
RECURS = "it recurs on pages of this outlet"


def read_page(
    text: str, known: Known, classifier: BlockClassifier | None = None
) -> Found | Skip | None:
    """Return what an HTML page gives; None where it holds no markup that can be read, `Skip` where it is no article's."""
    root = parse(text)
    if root is None:
        return None
    metadata = read_metadata(root, known)
    dom = read_blocks(root)
    if len(dom.pieces) > MAX_BLOCKS:
        return Skip("too-long")
    judged = judge_page(dom, metadata, known, classifier)
    title = _title(metadata, judged)
    stated = published(dom, judged, metadata, known)
    authors = metadata.authors or _printed_authors(_header(judged), round_title(dom, judged))
    return Found(
        title=title,
        parts=_parts(judged, metadata),
        discarded=tuple(
            Discarded(text=each.piece.text, reason=each.label)
            for each in judged
            if each.label not in ROLES and each.label != "title"
        ),
        authors=authors,
        published=stated[0] if stated else None,
        modified=metadata.modified,
        url=metadata.url,
        site=metadata.site,
        language=metadata.language,
        image=metadata.image,
        titles=metadata.stated_titles,
        raw_titles=metadata.raw_titles,
        provenance=_provenance(metadata, stated, authors),
    )


def judge_page(
    dom: Dom, metadata: Metadata, known: Known, classifier: BlockClassifier | None = None
) -> tuple[Judged, ...]:
    """Say of each block of a page what it is, by its markup and by what is known of its outlet."""
    chances = (classifier or shipped())(dom, stated_of(metadata))
    judged = judge(dom, titles=metadata.titles, chances=chances)
    return _without_recurring(judged, known)


def _without_recurring(judged: tuple[Judged, ...], known: Known) -> tuple[Judged, ...]:
    """Return the blocks, those of the text that are known to recur labelled as that."""
    if known.habits is None:
        return judged
    labels = label_recurring([(each.piece.text, each.label) for each in judged], known.habits)
    return tuple(
        each if label == each.label else replace(each, label=label, rule=RECURS)
        for each, label in zip(judged, labels, strict=True)
    )


def read_parts(text: str, known: Known) -> tuple[Dom, Stated]:
    """Return what the classifier is asked about: the blocks of a page, and what its markup states."""
    root = parse(text)
    if root is None:
        return Dom(), Stated()
    return read_blocks(root), stated_of(read_metadata(root, known))


def stated_of(metadata: Metadata) -> Stated:
    """Return what a page's markup states of the article, as evidence for the classifier."""
    return Stated(titles=metadata.titles, description=metadata.description, body=metadata.body)


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


def _parts(judged: Sequence[Judged], metadata: Metadata) -> tuple[Part, ...]:
    """Return the blocks of the text; where the page shows next to none, what its JSON-LD states."""
    shown = tuple(
        Part(text=each.piece.text, role=cast("BlockRole", each.label))
        for each in judged
        if each.label in ROLES
    )
    size = sum(len(part.text) for part in shown)
    if size < LEAST_TEXT and sum(map(len, metadata.body)) > size:
        return tuple(Part(text=line, role="paragraph") for line in metadata.body)
    return shown


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
