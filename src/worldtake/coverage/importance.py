"""How much a story weighs in a list: by origins and countries, not by articles."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from worldtake.coverage.independent import derived_articles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worldtake.coverage.independent import Carried

#: Weights of the parts; each part but the logarithms lies between 0 and 1 (stage design of tracing, "Gaps").
ORIGINS_WEIGHT = 1.0
COUNTRIES_WEIGHT = 1.0
EVENNESS_WEIGHT = 1.0
COPIES_WEIGHT = 1.0


def importance(told: Carried) -> float:
    """Return log origins + log countries + evenness over countries - share of copies; 0 for one article alone."""
    if not told.outlets:
        return 0.0
    derived = derived_articles(told)
    own = {outlet.voice() for article, outlet in told.outlets.items() if article not in derived}
    origins = len(own) if told.origins is None else told.origins
    voices = {(outlet.country, outlet.voice()) for outlet in told.outlets.values()}
    countries = Counter(country for country, _ in voices if country)
    score = (
        ORIGINS_WEIGHT * math.log(max(1, origins))
        + COUNTRIES_WEIGHT * math.log(max(1, len(countries)))
        + EVENNESS_WEIGHT * _evenness(countries.values())
        - COPIES_WEIGHT * len(derived) / len(told.outlets)
    )
    return round(score, 6)


def _evenness(counts: Iterable[int]) -> float:
    """Return Pielou's evenness: entropy over its maximum; 0 for one country."""
    shares = [count for count in counts if count]
    total = sum(shares)
    if len(shares) < len("ab"):
        return 0.0
    entropy = -sum(count / total * math.log(count / total) for count in shares)
    return entropy / math.log(len(shares))
