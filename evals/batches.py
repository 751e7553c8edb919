"""Models of CTranslate2: how many times as many sentences a second in batches as one by one, with beam 4.

Of processor time, which does not hang on what else the machine does. The models are made by arithmetic: a toy, and one of
OPUS-MT's shape that copies what it reads.
"""

from __future__ import annotations

from benchmarks.opus import measured

#: 5.6 and 3.4 measured (by the clock on two cores 7 to 10 and 5); the design asks for these.
FLOORS = {"batches.toy.times_single": 1.5, "batches.real_shape.times_single": 2.5}


def measure() -> dict[str, float]:
    """Return the ratio at both shapes."""
    found = {}
    for shape, figure in zip(("toy", "real"), FLOORS, strict=True):
        for _, rates in measured(shape, beams=(4,)):
            found[figure] = rates.times[1]
    return found
