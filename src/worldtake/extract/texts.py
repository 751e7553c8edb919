"""Read a plain text page: its lines labelled, and what the labelled lines state of date, byline and outlet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from worldtake.extract import printed
from worldtake.extract.found import Found, Part
from worldtake.extract.habits import label_recurring
from worldtake.extract.lines import read_lines
from worldtake.extract.outlets import of_names
from worldtake.extract.plain import ROLES, Labelled, label_lines
from worldtake.model import Discarded, Skip
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from worldtake.extract.moments import Moment
    from worldtake.model import BlockRole, Outlet, OutletHabits

#: Labels under which a line may print the outlet's name and nothing else.
_NAME_LABELS = ("source_label", "media_credit", "section_label")
#: Lines above which a page is no article's: judging them takes 0.1 ms each.
MAX_LINES = 10_000
_DATE_LABELS = frozenset(("publication_date", "publication_time"))


def read_text(
    text: str,
    *,
    fetched: datetime,
    country: str | None,
    known: Mapping[str, Outlet],
    habits: OutletHabits | None = None,
) -> Found | Skip:
    """Return what a plain text page gives, `Skip` where it is no article's; `known` are the catalogue's outlets by folded name."""
    if is_too_long(text):
        return Skip("too-long")
    labelled = label_text(text, habits)
    title = next((each.line for each in labelled if each.label == "title"), None)
    site, original = _sites(labelled, known)
    original_country = _country(labelled) if original else None
    outlet = of_names((original, site), known)
    zone_country = country or (outlet.country if outlet else None) or original_country
    published = _published(labelled, fetched, zone_country)
    authors = _authors(labelled)
    return Found(
        title=title.text if title else "",
        title_raw=title.raw if title else None,
        parts=tuple(
            Part(text=each.line.text, role=cast("BlockRole", each.label), raw=each.line.raw)
            for each in labelled
            if each.label in ROLES
        ),
        discarded=tuple(
            Discarded(text=each.line.text, reason=each.label, raw=each.line.raw)
            for each in labelled
            if each.label not in ROLES and each.label != "title"
        ),
        authors=authors,
        published=published[0] if published else None,
        modified=_modified(labelled, fetched, zone_country),
        site=site,
        original_site=original,
        original_country=original_country,
        provenance=_provenance(labelled, published, authors, original or site),
    )


def is_too_long(text: str) -> bool:
    """Tell whether a page has more lines than an article can."""
    return sum(not line.isspace() for line in text.splitlines()) > MAX_LINES


def label_text(text: str, habits: OutletHabits | None) -> tuple[Labelled, ...]:
    """Say of each line of a plain text page what it is, by what is known of its outlet, too."""
    return _without_recurring(label_lines(read_lines(text)), habits)


def _without_recurring(
    labelled: tuple[Labelled, ...], habits: OutletHabits | None
) -> tuple[Labelled, ...]:
    """Return the lines, those of the text that are known to recur labelled as that."""
    labels = label_recurring([(each.line.text, each.label) for each in labelled], habits)
    return tuple(replace(each, label=label) for each, label in zip(labelled, labels, strict=True))


def _sites(
    labelled: Sequence[Labelled], known: Mapping[str, Outlet]
) -> tuple[str | None, str | None]:
    """Return the site's name, and that of the outlet whose text it shows where it names another as the source."""
    said = _site_said(labelled)
    printed_names = [
        each.line.text
        for label in _NAME_LABELS
        for each in labelled
        if each.label == label and (label != "section_label" or fold(each.line.text) in known)
    ]
    if said is None:
        credited = [name for name in printed_names if fold(name) in known]
        labels = [each.line.text for each in labelled if each.label == "source_label"]
        return next(iter(credited or labels), None), None
    others = [
        each.line.text
        for each in labelled
        if each.label == "source_label" and fold(each.line.text) != fold(said)
    ]
    return said, next(iter(others), None)


def _site_said(labelled: Sequence[Labelled]) -> str | None:
    """Return the name that most lines of furniture state; of equals the first."""
    names = [
        name
        for each in labelled
        if each.label not in ROLES and each.label not in {"title", "image_credit", "caption"}
        if (name := printed.site_said(each.line.text))
    ]
    counted = Counter(fold(name) for name in names)
    return max(names, key=lambda name: counted[fold(name)], default=None)


def _country(labelled: Sequence[Labelled]) -> str | None:
    return next(
        (
            printed.country_named(each.line.text)
            for each in labelled
            if each.label == "country_label"
        ),
        None,
    )


def _published(
    labelled: Sequence[Labelled], fetched: datetime, country: str | None
) -> tuple[Moment, str] | None:
    lines = [each.line.text for each in labelled if each.label in _DATE_LABELS]
    return printed.stated_moment(lines, fetched=fetched, country=country)


def _modified(
    labelled: Sequence[Labelled], fetched: datetime, country: str | None
) -> datetime | None:
    lines = [each.line.text for each in labelled if each.label == "modification_date"]
    found = printed.stated_moment(lines, fetched=fetched, country=country)
    return found[0].at if found else None


def _authors(labelled: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the people of the first byline; a line that is a name alone counts where no line says "By"."""
    lines = [each.line.text for each in labelled if each.label == "byline"]
    said = next((names for line in lines if (names := printed.byline(line))), ())
    return said or tuple(line for line in lines[:1] if printed.is_person(line))


def _provenance(
    labelled: Sequence[Labelled],
    published: tuple[Moment, str] | None,
    authors: tuple[str, ...],
    site: str | None,
) -> tuple[tuple[str, str], ...]:
    found = {
        "published": f"printed: {published[1]}" if published else "",
        "authors": _line_with(labelled, authors[0]) if authors else "",
        "site": _line_with(labelled, site) if site else "",
    }
    return tuple((name, words) for name, words in found.items() if words)


def _line_with(labelled: Sequence[Labelled], words: str) -> str:
    """Return the line outside the text that prints `words`, with where it stands."""
    for each in labelled:
        if each.label not in ROLES and fold(words) in fold(each.line.text):
            return f"printed: {each.line.text} [{each.line.raw.start}:{each.line.raw.end}]"
    return ""
