"""False alarms and power of the gap verdict, in a seeded simulation of presses whose outlets follow each other.

A world has 20 countries of 3 to 25 outlets; a story is carried at a rate between .3 and .8.  Each country's own rate is
drawn round that with the correlation of the method; the looked-at country's is a twentieth of it where there is a gap.
"""

from __future__ import annotations

import numpy as np

from worldtake.coverage.measure import LEAST_OUTLETS, SURE
from worldtake.coverage.rates import below_half, weighed

#: Correlation within a country in the simulated world.
TRUE_CORRELATION = 0.10
#: Share of the usual rate at which a press with a gap carries a story.
GAP_RATE = 0.05
#: Sizes of press looked at.
SIZES = (8, 12, 20, 30)

FLOORS = {
    "no false alarm": 0.98,
    "power n=8": 0.40,
    "power n=12": 0.63,
    "power n=20": 0.83,
}


def measure(worlds: int = 2000, seed: int = 8) -> dict[str, float]:
    """Return power at each size and the worst rate of verdicts without a false alarm over all sizes."""
    random = np.random.default_rng(seed)
    alarms = {size: _alarms(random, size, worlds, share=1.0) for size in SIZES}
    figures = {f"power n={size}": _alarms(random, size, worlds, share=GAP_RATE) for size in SIZES}
    figures |= {f"false alarms n={size}": rate for size, rate in alarms.items()}
    return figures | {"no false alarm": 1.0 - max(alarms.values())}


def _alarms(random: np.random.Generator, size: int, worlds: int, *, share: float) -> float:
    """Return the share of worlds in which a country with `size` outlets is called under-covered."""
    return float(np.mean([_is_called(random, size, share) for _ in range(worlds)]))


def _is_called(random: np.random.Generator, size: int, share: float) -> bool:
    rate = random.uniform(0.3, 0.8)
    others = [
        (_carrying(random, int(outlets), rate), int(outlets))
        for outlets in random.integers(3, 26, 19)
    ]
    x = _carrying(random, size, rate * share)
    return size >= LEAST_OUTLETS and below_half(x, size, weighed(others)) > SURE


def _carrying(random: np.random.Generator, outlets: int, rate: float) -> int:
    strength = (1.0 - TRUE_CORRELATION) / TRUE_CORRELATION
    own = random.beta(rate * strength, (1.0 - rate) * strength)
    return int(random.binomial(outlets, own))
