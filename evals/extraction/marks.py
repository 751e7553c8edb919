"""What an extractor gave for a page, the marks it has for that, and the figures of all pages; the same for every extractor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

import regex

from evals.extraction.leaks import has_echo, has_leak
from evals.extraction.scores import Overlap, mean_f1, overlap, shingles, words
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from evals.extraction.corpora import Sample

#: Bag-of-words F1 from which a body is as good as whole.
WHOLE_F1 = 0.98
#: Share of letters from which a body is in a script.
SCRIPT_SHARE = 0.5
_LETTERS = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
_HANGUL = regex.compile(r"\p{Hangul}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an extractor gave for a page; empty where it failed."""

    #: The body.
    text: str = ""
    #: The headline.
    title: str = ""
    #: Authors.
    authors: tuple[str, ...] = ()
    #: Publication; None where not found.
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Marks of one page; None where its gold says nothing of it."""

    #: Corpus of the page.
    corpus: str
    #: Shingles in common with the gold body.
    shingles: Overlap
    #: Whether the shingles are the gold's, no more and no less.
    exact: bool
    #: Bag-of-words F1 of the body.
    body: float
    #: Whether most letters of the gold body are not Latin.
    non_latin: bool
    #: Whether most of them are Hangul.
    hangul: bool
    #: Whether a caption stands in the text as a line of its own.
    leaked: bool
    #: Whether the text begins with the title.
    echoed: bool
    #: Whether the title is right.
    title: bool | None
    #: Whether the day is right.
    day: bool | None
    #: Whether the minute is, with its zone.
    minute: bool | None
    #: F1 over author names.
    authors: float | None


def mark(sample: Sample, reading: Reading) -> Marks:
    """Return the marks of what was read out of a page."""
    gold, given = shingles(sample.text), shingles(reading.text)
    return Marks(
        corpus=sample.corpus,
        shingles=overlap(gold, given),
        exact=gold == given,
        body=overlap(words(sample.text), words(reading.text)).f1,
        non_latin=_share(sample.text, _LATIN) < 1 - SCRIPT_SHARE,
        hangul=_share(sample.text, _HANGUL) > SCRIPT_SHARE,
        leaked=has_leak(sample, reading.text),
        echoed=has_echo(sample, reading.text),
        title=_title(sample, reading),
        day=_day(sample, reading),
        minute=_minute(sample, reading),
        authors=_authors(sample, reading),
    )


def figures(marks: Sequence[Marks]) -> dict[str, float]:
    """Return every figure that the pages allow."""
    every = {
        **_of_scrapinghub([each for each in marks if each.corpus == "scrapinghub"]),
        **_of_fundus([each for each in marks if each.corpus == "fundus"]),
        "captions_leaked": _mean(each.leaked for each in marks),
        "title_echoed": _mean(each.echoed for each in marks),
    }
    return {name: value for name, value in every.items() if value is not None}


def _of_scrapinghub(marks: Sequence[Marks]) -> dict[str, float | None]:
    if not marks:
        return {}
    return {
        "scrapinghub_f1": mean_f1([each.shingles for each in marks]),
        "scrapinghub_exact": _mean(each.exact for each in marks),
    }


def _of_fundus(marks: Sequence[Marks]) -> dict[str, float | None]:
    return {
        "fundus_body": _mean(each.body for each in marks),
        "fundus_non_latin": _mean(each.body for each in marks if each.non_latin),
        "fundus_hangul": _mean(each.body for each in marks if each.hangul),
        "fundus_over_98": _mean(each.body > WHOLE_F1 for each in marks),
        "fundus_title": _mean(each.title for each in marks),
        "fundus_day": _mean(each.day for each in marks),
        "fundus_minute": _mean(each.minute for each in marks),
        "fundus_authors": _mean(each.authors for each in marks),
    }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _share(text: str, script: regex.Pattern[str]) -> float:
    return len(script.findall(text)) / max(1, len(_LETTERS.findall(text)))


def _title(sample: Sample, reading: Reading) -> bool | None:
    if sample.title is None:
        return None
    return fold(sample.title) == fold(reading.title)


def _day(sample: Sample, reading: Reading) -> bool | None:
    """Return whether the day is the gold's, in the zone of either."""
    if sample.published is None:
        return None
    found, stated = reading.published, sample.published
    if found is None:
        return False
    if found.date() == stated.date() or not (stated.tzinfo and found.tzinfo):
        return found.date() == stated.date()
    return found.astimezone(stated.tzinfo).date() == stated.date()


def _minute(sample: Sample, reading: Reading) -> bool | None:
    """Return whether the moment is the gold's to the minute; a moment without zone is no moment."""
    if sample.published is None or sample.published.tzinfo is None:
        return None
    if reading.published is None or reading.published.tzinfo is None:
        return False
    return int(reading.published.timestamp() // 60) == int(sample.published.timestamp() // 60)


def _authors(sample: Sample, reading: Reading) -> float | None:
    if sample.authors is None:
        return None
    names = Counter({fold(name) for name in sample.authors})
    said = Counter({fold(name) for name in reading.authors})
    return overlap(names, said).f1 if names or said else None
