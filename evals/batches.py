"""How many times as many sentences a second in batches as one by one: models of CTranslate2 with beam 4, and Apertium.

Of CTranslate2 it is processor time, which does not hang on what else the machine does. The models are made by arithmetic: a toy, and one of
OPUS-MT's shape that copies what it reads.
"""

from __future__ import annotations

from benchmarks import apertium, opus

#: 5.6, 3.4 and 180 measured (CTranslate2 by the clock on two cores 7 to 10 and 5); the design asks for these.
FLOORS = {
    "batches.toy.times_single": 1.5,
    "batches.real_shape.times_single": 2.5,
    "batches.apertium.times_single": float(apertium.LEAST_RATIO),
}


def measure() -> dict[str, float]:
    """Return the ratios; without Apertium's where it is absent."""
    found = {}
    for shape, figure in zip(("toy", "real"), FLOORS, strict=False):
        for _, rates in opus.measured(shape, beams=(4,)):
            found[figure] = rates.times[1]
    if (rate := apertium.measured()) is not None:
        found["batches.apertium.times_single"] = rate[0] / rate[1]
    return found
