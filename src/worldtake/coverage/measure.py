"""Measure which outlets of which country carry a story, and say where a press leaves it out, if that can be said.

Too few healthy outlets, a young story or one that few carry give no verdict: silence is then no news.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from worldtake.coverage.independent import derived_articles
from worldtake.coverage.rates import below_half, chance_of_so_few, interval, weighed
from worldtake.model import CountryCoverage, Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from worldtake.model import Outlet, StoryFile, Verdict

#: Healthy outlets from which anything is said of a country (power .4 there; `evals/gaps.py`).
LEAST_OUTLETS = 8
#: Independent outlets and countries that must carry a story before its absence elsewhere is news.
LEAST_CARRYING, LEAST_COUNTRIES = 10, 4
#: Age from which a story could have been carried everywhere.
LEAST_AGE = timedelta(days=1)
#: Probability of a rate under half of the expected from which it is called under-covered.
SURE = 0.95
#: Probability under which a country that carries a story is called covered.
COVERED_BELOW = 0.5
#: False discoveries allowed among all gaps shown.
FALSE_DISCOVERY = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletHealth:
    """Whether an outlet could be heard in the window."""

    outlet: Outlet
    #: True where its fetches and output are near their usual.
    healthy: bool
    #: Articles of it in the window.
    articles_in_window: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest:
    """A story and the press that could have carried it."""

    file: StoryFile
    #: Every outlet that is followed.
    press: tuple[OutletHealth, ...]
    #: The moment for which coverage is told, aware.
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """What one country's press does with a story; outlets of one owner count once."""

    tracked: int
    #: Voices that could be heard.
    healthy: int
    carrying: int
    #: Outlets that carry it.
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCoverage:
    """Count the healthy voices of each country that carry a story, with interval and verdict."""

    name: ClassVar[str] = "coverage.measure"
    version: ClassVar[int] = 1

    def __call__(self, request: CoverageRequest) -> Coverage:
        """Return the coverage in every country whose press is followed, in the order of codes."""
        presses = _presses(request)
        ripe = _is_ripe(request)
        countries = tuple(_country(code, presses, ripe=ripe) for code in sorted(presses))
        return Coverage(story_id=request.file.story.id, countries=countries)


def hold_false_discovery(
    coverages: Sequence[Coverage], level: float = FALSE_DISCOVERY
) -> tuple[Coverage, ...]:
    """Return the coverages with only those gaps that hold when all tests are looked at together.

    By Benjamini and Hochberg (1995) over every country and story tested; a gap that falls is `unclear`.
    """
    tested = sorted(
        country.chance
        for coverage in coverages
        for country in coverage.countries
        if country.chance is not None
    )
    passing = [p for rank, p in enumerate(tested, 1) if p <= level * rank / len(tested)]
    limit = max(passing, default=-1.0)
    return tuple(
        replace(coverage, countries=tuple(_held(country, limit) for country in coverage.countries))
        for coverage in coverages
    )


def _held(country: CountryCoverage, limit: float) -> CountryCoverage:
    falls = country.verdict == "under-covered" and (country.chance or 0.0) > limit
    return replace(country, verdict="unclear") if falls else country


def _presses(request: CoverageRequest) -> dict[str, _Press]:
    carrying = {report.outlet.id for report in request.file.reports}
    by_country: dict[str, list[OutletHealth]] = defaultdict(list)
    for health in request.press:
        if health.outlet.country:
            by_country[health.outlet.country].append(health)
    return {code: _press(group, carrying) for code, group in by_country.items()}


def _press(group: Sequence[OutletHealth], carrying: set[str]) -> _Press:
    """Count voices; an outlet that carries the story has been heard, whatever its health says."""
    carriers = [each.outlet for each in group if each.outlet.id in carrying]
    voices = {outlet.voice() for outlet in carriers}
    heard = {each.outlet.voice() for each in group if each.healthy} | voices
    return _Press(
        tracked=len(group),
        healthy=len(heard),
        carrying=len(voices),
        outlets=tuple(sorted(outlet.id for outlet in carriers)),
    )


def _is_ripe(request: CoverageRequest) -> bool:
    """Tell whether enough independent outlets carry the story for long enough to miss it elsewhere."""
    file = request.file
    derived = derived_articles(file)
    own = [report.outlet for report in file.reports if report.article.id not in derived]
    carrying = len({outlet.voice() for outlet in own})
    countries = len({outlet.country for outlet in own if outlet.country})
    old = request.as_of - file.story.first >= LEAST_AGE
    return old and carrying >= LEAST_CARRYING and countries >= LEAST_COUNTRIES


def _country(code: str, presses: Mapping[str, _Press], *, ripe: bool) -> CountryCoverage:
    press = presses[code]
    others = [(other.carrying, other.healthy) for name, other in presses.items() if name != code]
    x, n = press.carrying, press.healthy
    carrying, healthy = sum(c for c, _ in others), sum(h for _, h in others)
    elsewhere = weighed(others)
    low, high = interval(x, n)
    tested = ripe and n >= LEAST_OUTLETS and healthy > 0
    return CountryCoverage(
        country=code,
        tracked=press.tracked,
        healthy=n,
        carrying=x,
        outlets=press.outlets,
        low=low,
        high=high,
        elsewhere=carrying / healthy if healthy else 0.0,
        elsewhere_carrying=carrying,
        elsewhere_healthy=healthy,
        verdict=_verdict(x, n, below_half(x, n, elsewhere), tested=tested),
        chance=chance_of_so_few(x, n, elsewhere) if tested else None,
    )


def _verdict(x: int, n: int, below: float, *, tested: bool) -> Verdict:
    if n < LEAST_OUTLETS:
        return "too-few-outlets"
    if tested and below > SURE:
        return "under-covered"
    return "covered" if x and below < COVERED_BELOW else "unclear"
