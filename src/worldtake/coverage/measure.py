"""Measure which outlets of which country carry a story, and say where a press leaves it out, if that can be said.

Too few healthy outlets, a young story or one that few carry give no verdict: silence is then no news.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from worldtake.coverage.independent import Carried, own_outlets
from worldtake.coverage.rates import below_half, chance_of_so_few, interval, weighed
from worldtake.model import CountryCoverage, Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from worldtake.model import Outlet, Verdict

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
class FollowedPress:
    """The press that is followed, summed up once for all stories."""

    #: Country -> outlets that are followed.
    tracked: Mapping[str, int]
    #: Country -> voices that could be heard.
    healthy: Mapping[str, frozenset[str]]
    #: Id -> outlet that is followed.
    outlets: Mapping[str, Outlet]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest:
    """A story and the press that could have carried it."""

    told: Carried
    press: FollowedPress
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


def sum_up(press: Iterable[OutletHealth]) -> FollowedPress:
    """Return the press by country."""
    tracked: Counter[str] = Counter()
    healthy: dict[str, set[str]] = defaultdict(set)
    outlets: dict[str, Outlet] = {}
    for each in press:
        if country := each.outlet.country:
            tracked[country] += 1
            outlets[each.outlet.id] = each.outlet
            if each.healthy:
                healthy[country].add(each.outlet.voice())
    return FollowedPress(
        tracked=dict(tracked),
        healthy={country: frozenset(healthy[country]) for country in tracked},
        outlets=outlets,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCoverage:
    """Count the healthy voices of each country that carry a story, with interval and verdict."""

    name: ClassVar[str] = "coverage.measure"
    version: ClassVar[int] = 1

    def __call__(self, request: CoverageRequest) -> Coverage:
        """Return the coverage in every country whose press is followed, in the order of codes."""
        presses = _presses(request)
        ripe = _is_ripe(request)
        carrying = sum(press.carrying for press in presses.values())
        healthy = sum(press.healthy for press in presses.values())
        countries = tuple(
            _country(code, presses, carrying, healthy, ripe=ripe) for code in sorted(presses)
        )
        return Coverage(story_id=request.told.story.id, countries=countries)


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
    carriers: dict[str, dict[str, Outlet]] = defaultdict(dict)
    for each in request.told.outlets.values():
        outlet = request.press.outlets.get(each.id)
        if outlet is not None and outlet.country:
            carriers[outlet.country][outlet.id] = outlet
    return {
        code: _press(tracked, request.press.healthy[code], carriers.get(code, {}))
        for code, tracked in request.press.tracked.items()
    }


def _press(tracked: int, healthy: frozenset[str], carriers: Mapping[str, Outlet]) -> _Press:
    """Count voices; an outlet that carries the story has been heard, whatever its health says."""
    voices = {outlet.voice() for outlet in carriers.values()}
    return _Press(
        tracked=tracked,
        healthy=len(healthy | voices) if voices else len(healthy),
        carrying=len(voices),
        outlets=tuple(sorted(carriers)),
    )


def _is_ripe(request: CoverageRequest) -> bool:
    """Tell whether enough independent outlets carry the story for long enough to miss it elsewhere."""
    own = own_outlets(request.told)
    carrying = len({outlet.voice() for outlet in own})
    countries = len({outlet.country for outlet in own if outlet.country})
    old = request.as_of - request.told.story.first >= LEAST_AGE
    return old and carrying >= LEAST_CARRYING and countries >= LEAST_COUNTRIES


def _country(
    code: str, presses: Mapping[str, _Press], all_carrying: int, all_healthy: int, *, ripe: bool
) -> CountryCoverage:
    press = presses[code]
    x, n = press.carrying, press.healthy
    carrying, healthy = all_carrying - x, all_healthy - n
    low, high = interval(x, n)
    tested = ripe and n >= LEAST_OUTLETS and healthy > 0
    # Most countries need no look at the others: too few outlets, or a story too young and not carried.
    others = _others(code, presses) if tested or (x and n >= LEAST_OUTLETS) else None
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
        verdict=_verdict(x, n, below_half(x, n, others) if others else 1.0, tested=tested),
        chance=chance_of_so_few(x, n, others) if tested and others else None,
    )


def _others(code: str, presses: Mapping[str, _Press]) -> tuple[float, float]:
    """Return (carrying, not carrying) in independent outlets of the other countries."""
    return weighed((each.carrying, each.healthy) for name, each in presses.items() if name != code)


def _verdict(x: int, n: int, below: float, *, tested: bool) -> Verdict:
    if n < LEAST_OUTLETS:
        return "too-few-outlets"
    if tested and below > SURE:
        return "under-covered"
    return "covered" if x and below < COVERED_BELOW else "unclear"
