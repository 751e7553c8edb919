"""Read what a page's markup states of publication and change, and settle on one moment: to the minute and with its zone.

The first place that states a day is believed for the day. Others of the same day add what it lacks: the time, or the zone,
which shows where one place gives the local clock and another the same moment with a zone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import regex

from worldtake.extract.evidence import LD, Evidence, strings
from worldtake.extract.moments import FIRST_YEAR, Moment, read_moment
from worldtake.extract.printed import bare_date
from worldtake.extract.titles import title_segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worldtake.extract.known import Known

#: Letters of the meta tags that state the publication, the surest first.
_PUBLISHED = (
    "articlepublishedtime", "ogarticlepublishedtime", "datepublished", "ogpublishedtime", "parselypubdate", "sailthrudate",
    "dcdateissued", "dctermsissued", "dctermscreated", "dctermsdate", "dcdate", "dcdatecreated", "pubdate", "publishdate",
    "publicationdate", "publishedtime", "articlepublished", "date", "articledateoriginal", "originalpublicationdate",
    "cxenseparserecspublishtime", "cxenseparsepublishtime", "btpubdate", "ptime", "datecreated", "created", "displaydate",
    "citationpublicationdate", "citationdate", "articlepublicationdate", "firstpublished",
)  # fmt: skip
_MODIFIED = (
    "articlemodifiedtime", "ogarticlemodifiedtime", "datemodified", "ogupdatedtime", "dctermsmodified", "lastmodified",
    "lastmod", "dcdatemodified", "articleupdated", "updatedtime", "revised",
)  # fmt: skip
#: A meta tag that is not in the list and still says that it is the publication.
_SAYS_PUBLISHED = regex.compile(
    r"(?:publi[cs]|pubdate|pubtime|posted|issued|firstpub)\w*(?:date|time|on|at|d)$|^(?:date|time)(?:of)?(?:publi|issue|creat)\w*$"
)
_SAYS_OTHERWISE = regex.compile(r"modif|updat|expir|unpub|revis|lastpub|republ|year|publisher")
#: A day in an address: `/2025/05/28/`, `/2025-05-28-`, `/20250528/`.
_DAY_IN_ADDRESS = regex.compile(
    r"[/_.-](?P<y>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<m>0?[1-9]|1[0-2])(?P=mark)(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?=[/_-]))(?!\d)"
)
#: Zones lie on quarters of an hour between these offsets from UTC.
OFFSETS, QUARTER = (timedelta(hours=-12), timedelta(hours=14)), timedelta(minutes=15)
#: What begins the place of a meta tag that is in no list, and the places that may state something else than this article's day.
LOOSE = "meta "
_WEAK = ("time", "title", LOOSE)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A moment that one place states."""

    #: What the place is called, such as `json-ld datePublished`.
    place: str
    #: The words, shortened.
    words: str
    moment: Moment

    def is_weak(self) -> bool:
        """Tell whether the place may state something else than this article's publication."""
        return self.place.startswith(_WEAK)

    def provenance(self) -> str:
        """Return words and place as provenance gives them."""
        return f"{self.place}: {self.words}"


def read_published(found: Evidence, known: Known) -> list[Statement]:
    """Return every publication that the markup states, the surest first."""
    return _read(_stated(found, known), known)


def read_modified(found: Evidence, known: Known) -> list[Statement]:
    """Return every change that the markup states, the surest first."""
    stated = [
        *((f"{LD} dateModified", each) for each in strings(found.article.get("dateModified"))),
        *((tag, each) for tag in _MODIFIED for each in found.named.get(tag, ())),
        *(("itemprop dateModified", each) for each in found.items.get("dateModified", ())),
    ]
    return _read(stated, known)


def settled(published: Sequence[Statement], modified: Sequence[Statement]) -> Statement | None:
    """Return the publication as all places state it together; None where there is none."""
    if not published:
        return None
    first = published[0]
    if first.moment.precision == "day":
        day = first.moment.at.date()
        timed = [
            each
            for each in published
            if each.moment.precision != "day" and each.moment.at.date() == day
        ]
        first = next((each for each in timed if each.moment.zone_stated), (*timed, first)[0])
    return replace(first, moment=zoned(first.moment, published, modified))


def zoned(
    moment: Moment, published: Iterable[Statement], modified: Iterable[Statement] = ()
) -> Moment:
    """Return a moment in its own zone, where other places of the page show which that is."""
    if moment.precision == "day":
        return moment
    timed = [each.moment for each in published if each.moment.precision != "day"]
    if not moment.zone_stated:
        changed = [each.moment for each in modified if each.moment.zone_stated]
        return _with_zone(moment, [each for each in timed if each.zone_stated], changed)
    if moment.at.utcoffset():
        return moment
    local = [each.at.replace(tzinfo=None) for each in timed if not each.zone_stated]
    zone = next((zone for each in local if (zone := _between(each, moment.at))), None)
    return replace(moment, at=moment.at.astimezone(zone)) if zone else moment


def _with_zone(moment: Moment, published: Sequence[Moment], changed: Sequence[Moment]) -> Moment:
    """Put a clock without a zone into that of the same minute elsewhere, else into the one that the page uses."""
    clock = moment.at.replace(tzinfo=None)
    twins = [
        each.at.tzinfo
        for each in (*published, *changed)
        if abs(each.at.replace(tzinfo=None) - clock) < _MINUTE
    ]
    shifted = (_between(clock, each.at) for each in published)
    used = [each.at.tzinfo for each in (*published, *changed) if each.at.utcoffset()]
    zone = next((each for each in (*twins, *shifted, *used) if each), None)
    if zone is None:
        return moment
    return replace(moment, at=moment.at.replace(tzinfo=zone), zone_stated=True)


def _between(local: datetime, at: datetime) -> timezone | None:
    """Return the zone in which a local clock shows a moment to the minute; None where no zone could."""
    utc = at.replace(tzinfo=None) - (at.utcoffset() or timedelta())
    offset = local.replace(second=0, microsecond=0) - utc.replace(second=0, microsecond=0)
    low, high = OFFSETS
    return timezone(offset) if low <= offset <= high and offset and not offset % QUARTER else None


def _read(stated: Iterable[tuple[str, str]], known: Known) -> list[Statement]:
    read: list[Statement] = []
    for place, words in stated:
        moment = read_moment(words, fetched=known.fetched, country=known.country)
        if moment:
            read.append(Statement(place=place, words=words[:80], moment=moment))
    return read


def _stated(found: Evidence, known: Known) -> Iterator[tuple[str, str]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield from ((f"{LD} {name}", each) for each in strings(found.article.get(name)))
    for tag in _PUBLISHED:
        yield from ((tag, each) for each in found.named.get(tag, ()))
    yield from (("itemprop datePublished", each) for each in found.items.get("datePublished", ()))
    nodes = (each for node in found.nodes for each in strings(node.get("datePublished")))
    yield from ((f"{LD} page", each) for each in nodes)
    yield from (("time", each) for each in found.times[:1])
    for tag in found.named:
        if (
            tag not in _PUBLISHED
            and _SAYS_PUBLISHED.search(tag)
            and not _SAYS_OTHERWISE.search(tag)
        ):
            yield from ((f"{LOOSE}{tag}", each) for each in found.named[tag])
    for part in title_segments(found.title)[1:]:
        if bare_date(part, known.fetched):
            yield "title", part


def day_in_address(address: str, fetched: datetime) -> date | None:
    """Return the day that a page's address names; None where it names none that can be."""
    for found in _DAY_IN_ADDRESS.finditer(address):
        try:
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            continue
        if day.year >= FIRST_YEAR and day <= fetched.date() + timedelta(days=1):
            return day
    return None
