"""What may be said of a rate when the outlets of a country follow each other: beta-binomial estimates with correlation.

Counting n outlets that copy each other as n witnesses makes false alarms (16 per cent at n = 30 in simulation).  With a
correlation r within a country, n outlets weigh as much as n / (1 + (n - 1) r) independent ones.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, betaincinv, betaln, gammaln

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Correlation between two outlets of one country in carrying a story, for intervals and chances; `evals/gaps.py` draws its
#: presses with it.
CORRELATION = 0.10
#: Correlation that the verdict's posterior reckons with: the level of .95 is cautious in itself, and at .02 to .04 false
#: alarms stay under 1 per cent where the true correlation is .10, while power at n = 8 falls from .46 to .38.
POSTERIOR_CORRELATION = 0.04
#: Jeffreys' prior for a rate.
PRIOR = 0.5
#: Share of probability that an interval holds.
INTERVAL = 0.95
#: Points at which the rate elsewhere is taken.
GRID = 64


def weighed(
    counts: Iterable[tuple[int, int]], correlation: float = POSTERIOR_CORRELATION
) -> tuple[float, float]:
    """Return (carrying, not carrying) in independent outlets, from (carrying, healthy) of each country."""
    carrying = missing = 0.0
    for x, n in counts:
        share = 1.0 / (1.0 + (n - 1) * correlation) if n else 0.0
        carrying += x * share
        missing += (n - x) * share
    return carrying, missing


@functools.lru_cache(maxsize=4096)
def interval(x: int, n: int) -> tuple[float, float]:
    """Return the 95 per cent interval of the rate of a country with `x` of `n` outlets carrying."""
    carrying, missing = weighed([(x, n)], CORRELATION)
    tail = (1.0 - INTERVAL) / 2
    a, b = carrying + PRIOR, missing + PRIOR
    low = 0.0 if x == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if x == n else float(betaincinv(a, b, 1.0 - tail))
    return low, high


def below_half(x: int, n: int, elsewhere: tuple[float, float]) -> float:
    """Return the probability that a country's rate is under half of that elsewhere, both uncertain.

    `elsewhere` is what `weighed` gives for the other countries.
    """
    carrying, missing = weighed([(x, n)])
    points = (np.arange(GRID) + 0.5) / GRID
    rates = betaincinv(elsewhere[0] + PRIOR, elsewhere[1] + PRIOR, points)
    return float(betainc(carrying + PRIOR, missing + PRIOR, rates / 2).mean())


def chance_of_so_few(x: int, n: int, elsewhere: tuple[float, float]) -> float:
    """Return the chance that at most `x` of `n` correlated outlets carry what the others carry at their mean rate."""
    rate = (elsewhere[0] + PRIOR) / (sum(elsewhere) + 2 * PRIOR)
    strength = (1.0 - CORRELATION) / CORRELATION
    a, b = rate * strength, (1.0 - rate) * strength
    k = np.arange(x + 1)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return float(np.exp(ways + betaln(k + a, n - k + b) - betaln(a, b)).sum().clip(0.0, 1.0))
