"""Decide when an article was published: markup, what the page prints round its headline and its text, never a teaser."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import regex
from htmldate import find_date
from lxml import etree, html

from worldtake.extract.chrome import says_sentence
from worldtake.extract.dates import Statement, day_in_address, settled, zoned
from worldtake.extract.moments import Moment, read_moment
from worldtake.extract.phrases import byline_names, is_membership
from worldtake.extract.plain import ROLES
from worldtake.extract.printed import bare_date, date_label, stated_moment
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.content import Judged
    from worldtake.extract.dom import Dom
    from worldtake.extract.known import Known
    from worldtake.extract.metadata import Metadata

#: Longest block that is read as a date, characters.
DATE_CHARS = 120
#: How many blocks before the first paragraph are read for a printed date: a header, not a list of teasers.
HEADER_BLOCKS = 25
#: Most blocks between the headline and the first paragraph that are looked at: more are a list.
ROUND_BLOCKS = 200
#: How many blocks above the headline in its box are read for a date.
SLUG_BLOCKS = 3
#: Tags of boxes that hold all of a page.
_PAGES = frozenset(("body", "html"))
#: What stands between headline and text without being said of the article.
_OTHERS = frozenset(
    ("related_links", "navigation", "aside", "comments", "newsletter", "footer", "hidden", "notice",
     "advertisement", "modification_date", "caption", "title")
)  # fmt: skip
#: How sure the day of a publication is: the share right on the development pages of `dates` and fundus, 291 pages where all
#: places agree, 22 where some do, 48 where one alone states it, 59 printed ones, 22 of time elements; htmldate's 28
#: with those of fundus' pages without their head.
AGREED, AGREED_BY_SOME, ALONE, DIFFERING = 0.97, 0.96, 0.95, 0.8
WEAK = {
    "printed": 0.96,
    "time": 0.95,
    "address": 0.9,
    "dateline": 0.9,
    "title": 0.8,
    "htmldate": 0.8,
}
#: How many blocks on either side of the headline may be a date by themselves, whatever their box calls itself.
BESIDE_BLOCKS = 2
#: How many blocks after the text are read for a line of names and dates, and how many links, as to a section, it may hold.
FOOT_BLOCKS, FOOT_LINKS = 6, 2
#: A date at the beginning of the text, a place before it, parted from the first sentence.
_DATELINE = regex.compile(
    r"^(?:\p{Lu}[\p{L} .-]{1,24}[,(] ?)?(?=[^.–—:-]{0,24}\p{Nd}{4})[\p{L}\p{M}]*,? ?\p{Nd}{1,4}[.年]? ?[\p{L}\p{M}\p{Nd}., 月]{3,24}?(?:\p{Nd}{4}|日)\)?(?=\s?[.–—:]|\s-\s)"
)
#: Longest line that is searched for words that say when the article was published, and how far behind them the date may be.
SAID_CHARS, SAID_AFTER_CHARS = 400, 48
#: What is never said of the article.
_NEVER = frozenset(
    ("comments", "newsletter", "image_credit", "modification_date", "notice", "advertisement")
)
_OF_ARTICLE = regex.compile(
    r"(?:dieser|der) (?:artikel|beitrag|eintrag) wurde(?: vor)?(?: am)?|this (?:entry|post|article|story) was (?:posted|published)(?: on)?|"
    r"(?:cet|cette) (?:article|billet) a ete publie(?: le)?|est[ea] (?:articulo|entrada) (?:fue|se) public\w+(?: el)?|questo articolo e stato pubblicato(?: il)?"
)
_SAID = regex.compile(
    r"(?:\b(?:first )?(?:published|posted|publication date|date published)(?: on| at)?|\b(?:veroffentlicht|erschienen|erstellt|gepostet|eingestellt)(?: am)?|"
    r"\b(?:publie|mis en ligne)e?(?: le)?|\b(?:publicad[oa]|publicacion|pubblicat[oa])(?: el| em| il)?|"
    r"\bgepubliceerd(?: op)?|\bpublicerad|\bpublisert|\budgivet|\bjulkaistu|\bopublikowano|\bpublikovano|\bobjavljeno|\bопубликовано|\bопубліковано|\bобјављено|"
    r"\byayinlanma(?: tarihi)?|\bδημοσιευ\w*|نشر(?: في)?|منتشر شده|פורסם|प्रकाशित|diterbitkan|发布(?:时间|于)?|發布(?:時間|於)?|发表(?:时间|于)?|公開日|掲載日|등록일?|입력|게시일)\s*[:：]?\s*"
)


def published(
    dom: Dom, judged: Sequence[Judged], metadata: Metadata, known: Known, root: Any
) -> Statement | None:
    """Return the publication that a page states: in its markup, under its headline, in its address, else as htmldate finds it."""
    strong = [each for each in metadata.published if not each.is_weak()]
    marked = settled(strong, metadata.modified)
    if marked and marked.moment.zone_stated and marked.moment.precision != "day":
        return marked
    printed = _printed(dom, judged, known)
    if printed:
        moment = zoned(printed.moment, metadata.published, metadata.modified)
        printed = replace(printed, moment=moment)
    if marked:
        return _finer(marked, printed)
    return printed or _weaker(judged, metadata, known, root)


def confidence(stated: Statement, others: Sequence[Statement]) -> float:
    """Return how sure a publication is: by its place, and by how many other places state the same day."""
    day = stated.moment.at.date()
    days = [each.moment.at.date() == day for each in others if each.place != stated.place]
    if any(days):
        return AGREED if all(days) else AGREED_BY_SOME
    return WEAK.get(stated.place, DIFFERING if days else ALONE)


def _weaker(
    judged: Sequence[Judged], metadata: Metadata, known: Known, root: Any
) -> Statement | None:
    """Return what no markup of the article and no line under its headline states, unless it is the day of a teaser."""
    address = day_in_address(known.url, known.fetched)
    weak = [each for each in metadata.published if each.is_weak()]
    timed = [
        each for each in weak if each.place == "time" and _is_own(each, judged, address, known)
    ]
    found = (
        _dateline(judged, known)
        or next(iter(timed), None)
        or _near_text(judged, known)
        or _at_foot(judged, known)
        or _said(judged, known)
    )
    if found:
        return found
    if address is None and (loose := [each for each in weak if each.place != "time"]):
        return settled(loose, metadata.modified)
    if address:
        at = datetime.combine(address, time(), tzinfo=UTC)
        return Statement(
            place="address",
            words=address.isoformat(),
            moment=Moment(at=at, precision="day", zone_stated=False),
        )
    searched = _searched(root, known)
    return searched if searched and _is_own(searched, judged, None, known) else None


def _is_own(
    stated: Statement, judged: Sequence[Judged], address: date | None, known: Known
) -> bool:
    """Tell whether a moment is not that of a teaser; the day in the page's address is its own."""
    day = stated.moment.at.date()
    if day == address:
        return True
    return all(day not in _days(each, known) for each in judged if _is_teaser(each))


def _finer(marked: Statement, printed: Statement | None) -> Statement:
    """Return the printed moment where it is of the same day as the marked one and more exact."""
    if printed is None or marked.moment.precision != "day" or printed.moment.precision == "day":
        return marked
    return printed if printed.moment.at.date() == marked.moment.at.date() else marked


def _near_text(judged: Sequence[Judged], known: Known) -> Statement | None:
    """Return the date in a line of its own beside the headline or the text's beginning, though its box calls itself furniture."""
    first = _first(judged)
    title = next((n for n in range(first - 1, -1, -1) if judged[n].label == "title"), first)
    near = (
        *range(title - BESIDE_BLOCKS, title + BESIDE_BLOCKS + 1),
        *range(first - BESIDE_BLOCKS, first),
    )
    blocks = [judged[n] for n in near if 0 <= n < first]
    return next(_dated(blocks, known, is_foot=False), None)


def _at_foot(judged: Sequence[Judged], known: Known) -> Statement | None:
    """Return the date in a line of names and dates under the text, where no other line there has another day."""
    last = max((n for n, each in enumerate(judged) if each.label in ROLES), default=len(judged))
    found = list(_dated(judged[last + 1 : last + 1 + FOOT_BLOCKS], known, is_foot=True))
    return found[0] if len({each.moment.at.date() for each in found}) == 1 else None


def _dated(blocks: Sequence[Judged], known: Known, *, is_foot: bool) -> Iterator[Statement]:
    for each in blocks:
        if each.label in _NEVER or each.label in ROLES or each.label == "caption":
            continue
        lines = tuple(_dates_in(each, known.fetched, is_foot=is_foot))
        found = stated_moment(lines, fetched=known.fetched, country=known.country)
        if found:
            yield Statement(place="printed", words=found[1], moment=found[0])


def _dates_in(each: Judged, fetched: datetime, *, is_foot: bool) -> Iterator[str]:
    """Yield the lines of a block that are dates; under the text, where teasers begin, only of what is no link and no item."""
    if is_foot and (each.piece.tag == "li" or each.label == "related_links"):
        return
    for line in (*each.piece.runs, each.piece.text):
        by = is_foot and byline_names(line) and each.piece.links <= FOOT_LINKS
        plain = not is_foot or not each.piece.links
        if len(line) < DATE_CHARS and (by or (plain and _is_date(line, fetched))):
            yield line


def _dateline(judged: Sequence[Judged], known: Known) -> Statement | None:
    """Return the day with which the text begins: `31 October 2025. The ferry ...`."""
    text = next((each.piece.text for each in judged if each.label in ROLES), "")
    opening = _DATELINE.match(text)
    moment = (
        read_moment(opening[0], fetched=known.fetched, country=known.country) if opening else None
    )
    return (
        Statement(place="dateline", words=opening[0], moment=moment) if opening and moment else None
    )


def _said(judged: Sequence[Judged], known: Known) -> Statement | None:
    """Return the date that a line says to be the publication, where no other line says another."""
    found: list[Statement] = []
    for each in judged:
        after = _after_cue(each)
        moment = read_moment(after, fetched=known.fetched, country=known.country) if after else None
        if moment:
            found.append(
                Statement(place="printed", words=each.piece.text[:DATE_CHARS], moment=moment)
            )
    return found[0] if len({each.moment.at.date() for each in found}) == 1 else None


def _after_cue(each: Judged) -> str:
    """Return what follows the words for "published on" in a block; in the text they begin it, for of others it says more."""
    if each.label in _NEVER | _OTHERS - {"footer", "caption"} or each.piece.tag == "li":
        return ""
    if len(each.piece.text) > SAID_CHARS:
        return ""
    # Folding may change a text's length: what follows the cue is read from the folded text.
    folded = fold(each.piece.text)
    cue = _SAID.match(folded) or _OF_ARTICLE.match(folded)
    if cue is None and each.label not in ROLES and each.label != "caption":
        cue = _SAID.search(folded)
    return folded[cue.end() : cue.end() + SAID_AFTER_CHARS] if cue else ""


def _searched(root: Any, known: Known) -> Statement | None:
    """Ask htmldate, without its search through all text: what that finds may stand in a teaser."""
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        stated = find_date(
            # It takes elements of lxml's own HTML parser alone, whose look-up of classes costs others 1 ms a page.
            html.fromstring(etree.tostring(root, encoding="unicode")),
            extensive_search=False,
            original_date=True,
            url=known.url if known.url.startswith("http") else None,
            min_date="1995-01-01",
            max_date=(known.fetched + timedelta(days=1)).strftime("%Y-%m-%d"),
        )
    except Exception:  # noqa: BLE001 - the library raises whatever its parsers raise on hostile pages
        return None
    if not stated:
        return None
    at = datetime.strptime(stated, "%Y-%m-%d").replace(tzinfo=UTC)
    moment = Moment(at=at, precision="day", zone_stated=False)
    return Statement(place="htmldate", words=stated, moment=moment)


def _printed(dom: Dom, judged: Sequence[Judged], known: Known) -> Statement | None:
    """Return what stands between headline and text, a time element first; else what says that it is a date."""
    header = round_title(dom, judged)
    for each in header:
        for stated in each.piece.times if each.label not in _OTHERS else ():
            found = read_moment(stated, fetched=known.fetched, country=known.country)
            if found and found.precision != "day":
                return Statement(place="time", words=stated[:80], moment=found)
    above = [each for each in _above(judged) if each.label == "publication_date"]
    for group in (header, above):
        lines = [line for each in group for line in _lines(each, known.fetched)]
        found_line = stated_moment(lines, fetched=known.fetched, country=known.country)
        if found_line:
            return Statement(place="printed", words=found_line[1], moment=found_line[0])
    return None


def _lines(each: Judged, fetched: datetime) -> Iterator[str]:
    """Yield what a block of the header may say of the date: each run of words, then all of them."""
    if each.label in _OTHERS or (each.label in ROLES and each.label != "dateline"):
        return
    if is_membership(each.piece.text):
        return
    # Runs first: where they stand side by side without a space, the words of one end in those of the next.
    dated = [run for run in each.piece.runs if len(run) < DATE_CHARS and _is_date(run, fetched)]
    yield from dated
    text = each.piece.text
    is_date = each.label == "publication_date" or _is_date(text, fetched)
    if len(text) < DATE_CHARS and is_date:
        yield text


def _is_date(text: str, fetched: datetime) -> bool:
    return not says_sentence(text) and (bool(date_label(text)) or bare_date(text, fetched))


def round_title(dom: Dom, judged: Sequence[Judged]) -> list[Judged]:
    """Return the blocks between the last headline and the first paragraph, then those just above it in its own box."""
    first = _first(judged)
    titles = [n for n in range(first) if judged[n].label == "title"]
    if not titles:
        return []
    box = dom.boxes[dom.boxes[judged[titles[-1]].piece.box].parent]
    above = [
        each
        for each in judged[max(0, titles[-1] - SLUG_BLOCKS) : titles[-1]]
        if box.tag not in _PAGES and any(dom.boxes[n] is box for n in dom.chain(each.piece.box))
    ]
    return [*judged[max(titles[-1] + 1, first - ROUND_BLOCKS) : first], *above]


def _above(judged: Sequence[Judged]) -> Sequence[Judged]:
    first = _first(judged)
    return judged[max(0, first - HEADER_BLOCKS) : first]


def _first(judged: Sequence[Judged]) -> int:
    return next((n for n, each in enumerate(judged) if each.label == "paragraph"), len(judged))


def _is_teaser(each: Judged) -> bool:
    if each.label == "publication_date":
        return False
    return each.label in _OTHERS or (each.piece.links > 0 and each.label not in ROLES)


def _days(each: Judged, known: Known) -> Iterator[object]:
    runs = each.piece.runs if len(each.piece.runs) > 1 else (each.piece.text,)
    for stated in (*each.piece.times, *runs):
        if len(stated) < DATE_CHARS and any(char.isdigit() for char in stated):
            found = read_moment(stated, fetched=known.fetched, country=known.country)
            if found:
                yield found.at.date()
