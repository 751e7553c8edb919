"""Read an HTML page: metadata from its markup, text and leftovers from its blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import regex

from worldtake.extract.boxes import LINKED_SHARE
from worldtake.extract.chrome import is_dated
from worldtake.extract.classify import shipped
from worldtake.extract.content import Judged, judge
from worldtake.extract.dating import HEADER_BLOCKS, confidence, published, round_title
from worldtake.extract.dom import Dom, parse, read_blocks
from worldtake.extract.features import Stated
from worldtake.extract.found import Found, Part
from worldtake.extract.habits import label_recurring
from worldtake.extract.metadata import STATED, Metadata, read_metadata
from worldtake.extract.people import Credited, both, credited
from worldtake.extract.phrases import byline_names
from worldtake.extract.plain import ROLES
from worldtake.extract.scripted import stated_body
from worldtake.extract.titles import TITLE_CHARS, title_segments
from worldtake.extract.writing import is_headline, letters_key
from worldtake.model import Discarded, Skip
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.classify import BlockClassifier
    from worldtake.extract.dates import Statement
    from worldtake.extract.dom import Piece
    from worldtake.extract.known import Known
    from worldtake.model import BlockRole

#: The word for author alone, folded.
AUTHOR_LABEL = regex.compile(
    r"(?:autor(?:in|a|e|ka|ica)?|author|auteur|redakteur(?:in)?|автор|yazar|συντακτης|الكاتب|作者|記者|记者|기자|penulis|mwandishi)"
    r"(?:/(?:autor(?:in)?|in))?s?\s*[:：]?$"
)
#: How far below the first paragraph, which may be a standfirst, a byline stands.
BYLINE_BLOCKS = 4
#: Weight up to which a block above the text is a line of names and dates.
HEADER_WEIGHT = 160
#: What parts names and dates in such a line.
NAME_PARTS = regex.compile(r"\s*[,|·•،、，]\s+|\s+[—–-]\s+")
#: How sure the names in a printed byline are (6 of 7 of fundus' development pages).
PRINTED = 0.85
#: Blocks under which a page gives the classifier nothing to compare with (3 of 362 public pages have fewer).
SMALL_PAGE = 30
#: Blocks above which a page is no article's: judging them takes 0.2 ms each.
MAX_BLOCKS = 10_000
#: What the rule goes by that leaves out lines that recur on the outlet's pages.
RECURS = "it recurs on pages of this outlet"
#: Elements above which a page is no article's: reading 100,000 takes 1 s; of 362 real pages none had over 4,000. Where so many
#: are closed it is not even parsed, for the tree takes 1 KB each.
MAX_ELEMENTS = 100_000
#: Length of a page from which they are counted: it takes at least three characters an element.
LARGE_CHARS = 3 * MAX_ELEMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPage:
    """A page's blocks with what each is."""

    #: The blocks that the page shows, in order.
    shown: tuple[Judged, ...]
    #: Those of a body that it does not show, in place of which its text is taken; empty where it shows it.
    unseen: tuple[Judged, ...] = ()
    #: Where that body stands, as provenance.
    place: tuple[tuple[str, str], ...] = ()
    #: True where the page has too few blocks for the classifier, so that rules alone decided.
    small: bool = False


def read_page(
    text: str, known: Known, classifier: BlockClassifier | None = None
) -> Found | Skip | None:
    """Return what an HTML page gives; None where it holds no markup that can be read, `Skip` where it is no article's."""
    large = len(text) > LARGE_CHARS
    if large and text.count("</") > MAX_ELEMENTS:
        return Skip("too-long")
    root = parse(text)
    if root is None:
        return None
    if large and root.xpath("count(//*)") > MAX_ELEMENTS:
        return Skip("too-long")
    dom = read_blocks(root)
    if len(dom.pieces) > MAX_BLOCKS:
        return Skip("too-long")
    metadata = read_metadata(root, known)
    page = judge_page(root, dom, metadata, known, classifier)
    judged, unseen = page.shown, page.unseen
    title = _title(metadata, judged)
    stated = published(dom, judged, metadata, known, root)
    printed = _printed_authors(_header(judged), round_title(dom, judged), metadata.own)
    if not printed and not metadata.credited:
        printed = _labelled_author(judged, metadata.own)
    authors = metadata.credited.people or printed.people
    notes = _notes(metadata, stated, printed)
    return Found(
        title=title,
        parts=_parts(unseen or judged),
        discarded=tuple(
            Discarded(text=each.piece.text, reason=each.label)
            for each in (*judged, *unseen)
            if each.label not in ROLES and each.label != "title"
        ),
        authors=authors,
        agencies=both((metadata.credited, printed)).agencies,
        published=stated.moment if stated else None,
        modified=metadata.modified[0].moment.at if metadata.modified else None,
        url=metadata.url,
        site=metadata.site,
        language=metadata.language,
        titles=metadata.stated_titles,
        raw_titles=metadata.raw_titles,
        picture=metadata.picture,
        section=metadata.section,
        keywords=metadata.keywords,
        paywalled=metadata.paywalled,
        live=metadata.live,
        provenance=(*notes[0], *page.place),
        confidences=notes[1],
    )


def judge_page(
    root: Any,
    dom: Dom,
    metadata: Metadata,
    known: Known,
    classifier: BlockClassifier | None = None,
) -> JudgedPage:
    """Say of each block of a page what it is, by its markup and by what is known of its outlet."""
    small = len(dom.pieces) < SMALL_PAGE
    chances = None if small else (classifier or shipped())(dom, stated_of(metadata))
    judged = judge(dom, titles=metadata.titles, chances=chances)
    judged = _without_recurring(judged, known)
    unseen, place = _unseen(root, metadata, judged)
    return JudgedPage(shown=judged, unseen=unseen, place=place, small=small)


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
    """Return the blocks just above the first paragraph, the title included, and the bylines just below it."""
    first = next((n for n, each in enumerate(judged) if each.label == "paragraph"), len(judged))
    below = [each for each in judged[first : first + BYLINE_BLOCKS] if each.label == "byline"]
    return [*judged[max(0, first - HEADER_BLOCKS) : first], *below]


def _printed_authors(
    header: Sequence[Judged], under: Sequence[Judged], own: frozenset[str]
) -> Credited:
    """Return who a byline near the headline names, else who stands by name in its box or behind the date under it."""
    lines = [
        said for each in header for line in _bylines(each.piece) if (said := byline_names(line))
    ]
    named = [each.piece.text for each in header if each.label == "byline"]
    behind = [NAME_PARTS.split(each.piece.text)[-1] for each in under if is_dated(each.piece)]
    before = [NAME_PARTS.split(each.piece.text)[0] for each in under if is_dated(each.piece)]
    found = (credited(line, own) for line in (*lines, *named, *behind, *before))
    return next((who for who in found if who), Credited())


def _labelled_author(judged: Sequence[Judged], own: frozenset[str]) -> Credited:
    """Return who stands behind the word for author in a table of facts about the article."""
    for each in judged:
        runs = each.piece.runs
        if len(runs) > 1 and each.label not in ROLES and AUTHOR_LABEL.match(fold(runs[0])):
            return credited(runs[1], own)
    return Credited()


def _bylines(piece: Piece) -> Iterator[str]:
    """Yield what a block may say of its author: all of it, each run of its words, and each with the next."""
    yield piece.text
    if len(piece.runs) > 1 and piece.weight < HEADER_WEIGHT:
        yield from piece.runs
        yield from (f"{one} {two}" for one, two in pairwise(piece.runs))


def _notes(
    metadata: Metadata, stated: Statement | None, printed: Credited
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, float], ...]]:
    """Return where each value was found and how sure it is, those of the page's words added to those of its markup."""
    places, sure = dict(metadata.provenance), dict(metadata.confidences)
    if stated:
        places["published"] = stated.provenance()
        sure["published"] = confidence(stated, metadata.published)
    if metadata.modified:
        places["modified"] = metadata.modified[0].provenance()
        sure["modified"] = STATED
    if printed.people and not metadata.credited.people:
        places["authors"] = f"byline: {', '.join(printed.people)}"
        sure["authors"] = PRINTED
    return tuple(places.items()), tuple(sure.items())
