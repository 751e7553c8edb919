"""Find the body of an article that a page does not show: in JSON-LD, in a script's state, in what browsers without scripts see.

Such a body is believed only where it is the page's article for sure: its headline is the page's, or it begins as the page describes
itself, or it goes on where the page breaks off. It is read by the same reader as a page, so that captions and links are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from worldtake.extract.dom import parse, read_blocks
from worldtake.extract.evidence import LD
from worldtake.extract.members import NO_HEAD, Budget, Head
from worldtake.extract.states import (
    LEAST_CHARS,
    Candidate,
    Where,
    candidates_in,
    marked_up,
    of_string,
    pushed_candidates,
)
from worldtake.extract.writing import (
    closes_quote,
    ends_sentence,
    is_cut,
    unmarked_script,
    weight,
    word_key,
)
from worldtake.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worldtake.extract.dom import Dom, Piece

#: Weight below which a page shows next to no text (Latin letters).
LEAST_WEIGHT = 250
#: Weight up to which a page's text may be the begin of one that it keeps elsewhere.
LEAD_WEIGHT = 1_200
#: How many times longer than the shown text a body must be.
TIMES_SHOWN = 1.5
#: Likeness from which two headlines are one, and share of the shown text that must stand in the body.
SAME_TITLE, SAME_LEAD = 0.6, 0.6
#: Share of the headline's words that a body without headline must hold.
ABOUT = 0.5
#: What a body that is cut short, and one that is a single paragraph, is worth beside one that is not.
CUT, UNPARTED = 0.5, 0.8
#: Weight from which a block that ends as a sentence is prose, share of link text from which it is none, and share of a body that
#: must be prose.
PROSE_WEIGHT, LINKED_SHARE, PROSE_SHARE = 40, 0.5, 0.5
#: Weight from which one block of prose alone may be a body: below it is a summary or says who the author is.
LONE_WEIGHT = 600
#: Most candidates that are looked at, the longest first, and characters of all together.
MAX_CANDIDATES, MAX_CHARS = 40, 1_000_000
#: Markup in places that browsers show only in need, characters from which an attribute is one, and most of either that is read.
ATTRIBUTE_CHARS, MAX_PLACES = 300, 200
#: Characters at the end of a body in which it shows whether it was cut short.
TAIL_CHARS = 300
#: Characters of a lead that are compared, in windows.
LEAD_CHARS, WINDOW, STEP = 400, 12, 6
#: Letters of a word by which it is known again in another form.
STEM = 5
#: Marks that an outlet's system puts where an advertisement goes.
_MARKS = regex.compile(r"(?:\$\$|%%|##|\{\{|\[\[)[A-Z][A-Z0-9_ -]{1,40}(?:\$\$|%%|##|\}\}|\]\])")
_TAGS = regex.compile(r"<[^<>]*+>")
_BORDERS = regex.compile(r"<(?:p|br|div)[\s/>]", regex.IGNORECASE)
_SCRIPT = "script state"
_STATE_TYPES = regex.compile(r"^$|json|javascript|module|ecmascript", regex.IGNORECASE)
_MARKUP_TYPES = regex.compile(r"template|html", regex.IGNORECASE)
_OUTERMOST = "//*[self::noscript or self::template or self::textarea][not(ancestor::noscript or ancestor::template)]"
_DESCRIPTIONS = frozenset(("description", "og:description", "twitter:description"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A body that the page does not show."""

    dom: Dom
    #: Where it stands, as the provenance says it.
    place: str


def stated_body(
    root: Any, *, shown: Sequence[str], titles: Sequence[str], body: Sequence[str]
) -> Stated | None:
    """Return the article's body where the page shows less than it; None where it shows it, or none is sure.

    `shown` are the blocks of the text that the page shows, `titles` its headlines, `body` the lines that JSON-LD states.
    """
    size = sum(map(weight, shown))
    if size > LEAD_WEIGHT:
        return None
    told = _Told(shown=shown if size >= LEAST_WEIGHT else (), titles=titles, about=_described(root))
    least = max(LEAST_WEIGHT, TIMES_SHOWN * size)
    best: tuple[float, Candidate | None] = (0.0, None)
    for each in _longest(_candidates(root, titles, body)):
        dom = _read(each.source)
        text = _prose(dom) if dom else ""
        if dom and weight(text) >= least:
            score = told.nearness(each, text) * weight(text) ** 0.7
            best = max(best, (score, each), key=itemgetter(0))
    dom = _read(_headed(best[1])) if best[1] else None
    return Stated(dom=dom, place=best[1].place) if dom and best[1] else None


def _headed(candidate: Candidate) -> str:
    """Return a body with the standfirst over it that it does not hold itself."""
    standfirst = candidate.head.standfirst
    if not standfirst or _key(_TAGS.sub("", standfirst)) in _key(_TAGS.sub("", candidate.source)):
        return candidate.source
    return f'<div class="standfirst">{standfirst}</div>{candidate.source}'


def _longest(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the longest candidates, each once, as many as there is time for."""
    different = {each.source: each for each in reversed(list(candidates))}
    left = MAX_CHARS
    for each in sorted(different.values(), key=lambda each: -len(each.source))[:MAX_CANDIDATES]:
        left -= len(each.source)
        if left > 0:
            yield each


def _read(source: str) -> Dom | None:
    root = parse(f"<html><body><article>{_MARKS.sub(' ', source)}</article></body></html>")
    return None if root is None else read_blocks(root)


def _prose(dom: Dom) -> str:
    """Return the running text among blocks; none where there is more of other things."""
    prose = [each.text for each in dom.pieces if _is_prose(each)]
    size, whole = sum(map(len, prose)), sum(len(each.text) for each in dom.pieces)
    return "\n".join(prose) if size >= PROSE_SHARE * whole else ""


def _is_prose(piece: Piece) -> bool:
    ended = ends_sentence(piece.text) or closes_quote(piece.text) or unmarked_script(piece.text)
    return ended and piece.weight >= PROSE_WEIGHT and piece.linked < LINKED_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the page says of the article that it does not show."""

    #: The text that it shows; empty where that is next to none.
    shown: Sequence[str]
    titles: Sequence[str]
    #: What it says that the article is about.
    about: Sequence[str]

    def nearness(self, candidate: Candidate, text: str) -> float:
        """Return how sure it is that a body is the page's article's, 1 to 4; 0 where it is not."""
        key = _key(text)
        if self.shown and _share(" ".join(self.shown), key) < SAME_LEAD:
            return 0.0
        lead = max((_share(each, key) for each in self.about), default=0.0)
        named = _titled(candidate.head.titles, self.titles)
        about = max((_held(each, text) for each in self.titles), default=0.0)
        sure = bool(self.shown) or lead >= SAME_LEAD or candidate.place.startswith(LD)
        likely = named >= SAME_TITLE if candidate.head.titles else about >= ABOUT
        whole = (CUT if _breaks_off(candidate.source) else 1.0) * (
            1.0 if _is_parted(candidate.source) else UNPARTED
        )
        enough = "\n" in text or weight(text) >= LONE_WEIGHT
        return (1 + lead + named + about) * whole if sure or (likely and enough) else 0.0


def _titled(ones: Sequence[str], others: Sequence[str]) -> float:
    """Return the share of words that the two headlines nearest to each other have in common, 0 to 1."""
    keys = [set(word_key(each)) for each in others]
    pairs = ((set(word_key(one)), key) for one in ones for key in keys)
    return max((len(one & key) / max(len(one), len(key), 1) for one, key in pairs), default=0.0)


def _breaks_off(source: str) -> bool:
    return is_cut(_TAGS.sub("", source[-TAIL_CHARS:]).rstrip())


def _is_parted(source: str) -> bool:
    """Tell whether a body is more than one paragraph."""
    return len(_BORDERS.findall(source)) > 1


def _share(lead: str, key: str) -> float:
    """Return the share of a lead that stands in a text word for word, 0 to 1."""
    own = _key(lead[:LEAD_CHARS])
    windows = [own[at : at + WINDOW] for at in range(0, len(own) - WINDOW + 1, STEP)]
    return sum(each in key for each in windows) / len(windows) if windows else 0.0


def _held(title: str, text: str) -> float:
    """Return the share of a headline's longer words that a text holds, in whatever form, 0 to 1."""
    stems = {word[:STEM] for word in words(title) if len(word) >= STEM or not word.isascii()}
    folded = text.casefold()
    return sum(each in folded for each in stems) / len(stems) if stems else 0.0


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _described(root: Any) -> list[str]:
    """Return what the page says of itself in its meta tags."""
    contents = (
        each.get("content") or ""
        for each in root.iter("meta")
        if (each.get("name") or each.get("property") or "").lower() in _DESCRIPTIONS
    )
    return list(dict.fromkeys(each for each in contents if each))


def _candidates(root: Any, titles: Sequence[str], body: Sequence[str]) -> Iterator[Candidate]:
    if body:
        place = f"{LD} articleBody"
        yield Candidate(source=marked_up(body), place=place, head=Head(titles=tuple(titles)))
    budget = Budget()
    where = Where(place=_SCRIPT, budget=budget)
    for script in root.iter("script"):
        kind, text = (script.get("type") or "").lower(), script.text or ""
        if "ld+json" in kind or len(text) < LEAST_CHARS:
            continue
        if _MARKUP_TYPES.search(kind):
            yield Candidate(source=text, place="script template")
        elif _STATE_TYPES.search(kind):
            yield from candidates_in(text, where)
    yield from pushed_candidates(where)
    for place, source in islice(_unseen(root), MAX_PLACES):
        yield from of_string(source, "", NO_HEAD, Where(place=place, budget=budget))


def _unseen(root: Any) -> Iterator[tuple[str, str]]:
    """Yield markup that browsers with scripts do not show as it is, and where it stands."""
    for element in root.xpath(_OUTERMOST):
        children = (etree.tostring(each, encoding="unicode", method="html") for each in element)
        yield element.tag, "".join((element.text or "", *children))
    long = root.xpath("//*[not(self::meta)]/@*[string-length() >= $least]", least=ATTRIBUTE_CHARS)
    for value in long:
        name = value.attrname or ""
        yield "iframe srcdoc" if name == "srcdoc" else f"attribute {name[:40]}", str(value)
