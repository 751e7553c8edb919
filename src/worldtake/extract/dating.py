"""Decide when an article was published: markup, what the page prints under its headline, and the feed, never a teaser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from worldtake.extract.chrome import says_sentence
from worldtake.extract.moments import Moment, assumed_zone, read_moment
from worldtake.extract.plain import ROLES
from worldtake.extract.printed import bare_date, date_label, stated_moment

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
#: How many blocks above the headline in its box are read for a date.
SLUG_BLOCKS = 3
#: Tags of boxes that hold all of a page.
_PAGES = frozenset(("body", "html"))
#: What stands between headline and text without being said of the article.
_OTHERS = frozenset(
    ("related_links", "navigation", "aside", "comments", "newsletter", "footer", "hidden", "notice",
     "advertisement", "modification_date", "caption", "title")
)  # fmt: skip
#: Zones lie on quarters of an hour between these offsets from UTC.
_OFFSETS = (timedelta(hours=-12), timedelta(hours=14))
_QUARTER = timedelta(minutes=15)

Stated = tuple[Moment, str]


def published(
    dom: Dom, judged: Sequence[Judged], metadata: Metadata, known: Known
) -> Stated | None:
    """Return the moment of publication that a page states, with the words and their place."""
    place = dict(metadata.provenance).get("published", "")
    marked = metadata.published
    if marked and marked.zone_stated and not place.startswith(("time", "htmldate")):
        return marked, place
    printed = _printed(dom, judged, known)
    if marked is None or place.startswith(("time", "htmldate")):
        return printed or (_unless_teased(judged, marked, place, known) if marked else None)
    return _finer((marked, place), printed)


def _finer(marked: Stated, printed: Stated | None) -> Stated:
    """Return the printed moment where it is of the same day as the marked one and more exact."""
    if printed is None or marked[0].precision != "day" or printed[0].precision == "day":
        return marked
    return printed if printed[0].at.date() == marked[0].at.date() else marked


def _printed(dom: Dom, judged: Sequence[Judged], known: Known) -> Stated | None:
    """Return what stands between headline and text, a time element first; else what says that it is a date."""
    header = round_title(dom, judged)
    for each in header:
        for stated in each.piece.times if each.label not in _OTHERS else ():
            found = read_moment(stated, fetched=known.fetched, country=known.country)
            if found and found.precision != "day":
                return found, f"time: {stated[:80]}"
    above = [each for each in _above(judged) if each.label == "publication_date"]
    for group in (header, above):
        lines = [line for each in group for line in _lines(each, known.fetched)]
        found_line = stated_moment(lines, fetched=known.fetched, country=known.country)
        if found_line:
            return found_line[0], f"printed: {found_line[1]}"
    return None


def _lines(each: Judged, fetched: datetime) -> Iterator[str]:
    """Yield what a block of the header may say of the date: each run of words, then all of them."""
    if each.label in _OTHERS or (each.label in ROLES and each.label != "dateline"):
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
    return [*judged[titles[-1] + 1 : first], *above]


def _above(judged: Sequence[Judged]) -> Sequence[Judged]:
    first = _first(judged)
    return judged[max(0, first - HEADER_BLOCKS) : first]


def _first(judged: Sequence[Judged]) -> int:
    return next((n for n, each in enumerate(judged) if each.label == "paragraph"), len(judged))


def _unless_teased(
    judged: Sequence[Judged], marked: Moment, place: str, known: Known
) -> Stated | None:
    """Return a day found by search, unless it is the day of a teaser."""
    days = {day for each in judged if _is_teaser(each) for day in _days(each, known)}
    return None if marked.at.date() in days else (marked, place)


def _is_teaser(each: Judged) -> bool:
    return each.label in _OTHERS or (each.piece.links > 0 and each.label not in ROLES)


def _days(each: Judged, known: Known) -> Iterator[object]:
    runs = each.piece.runs if len(each.piece.runs) > 1 else (each.piece.text,)
    for stated in (*each.piece.times, *runs):
        if len(stated) < DATE_CHARS and any(char.isdigit() for char in stated):
            found = read_moment(stated, fetched=known.fetched, country=known.country)
            if found:
                yield found.at.date()


def with_feed(stated: Moment | None, announced: datetime, country: str | None) -> Moment:
    """Return the moment that page and feed state together.

    What the page states with a zone stands. Of a day the feed knows the time. A local time is put into the zone in which
    it is the feed's moment, else into the feed's.
    """
    told = Moment(at=announced, precision="second", zone_stated=True)
    if stated is None:
        return told
    if stated.zone_stated:
        return stated
    if stated.precision == "day":
        return told if stated.at.date() in _days_of(announced, country) else stated
    local = stated.at.replace(tzinfo=None)
    zone = _zone_between(local, announced, country)
    if zone is None and announced.utcoffset():
        zone = announced.tzinfo
    if zone is None:
        return stated
    return Moment(at=local.replace(tzinfo=zone), precision=stated.precision, zone_stated=True)


def _days_of(announced: datetime, country: str | None) -> set[object]:
    zones = (announced.tzinfo, UTC, assumed_zone(country))
    return {announced.astimezone(zone).date() for zone in zones}


def _zone_between(local: datetime, announced: datetime, country: str | None) -> tzinfo | None:
    """Return the zone in which a local time is the feed's moment; None where there is none that could be the outlet's."""
    offset = local.replace(second=0) - announced.astimezone(UTC).replace(
        tzinfo=None, second=0, microsecond=0
    )
    low, high = _OFFSETS
    if not low <= offset <= high or offset % _QUARTER:
        return None
    likely = (announced.utcoffset(), announced.astimezone(assumed_zone(country)).utcoffset())
    return timezone(offset) if offset in likely or not any(likely) else None
