"""Thresholds of grouping, with where each was measured.

Measured on the development corpora named in `evals/stories.py` (rumours, triples, ECB, Vietnamese; Olympic headlines).
B-cubed F1 in per cent.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Thresholds for one length of text."""

    #: Least decayed cosine between an article and a story's centroid for it to join.
    join: float
    #: Least decayed cosine between two stories' centroids for them to be merged afterwards.
    merge: float
    #: Whether members are looked at again after each block.
    repair: bool


#: Articles with a body.  Joining at .20 to .24 gives 93.4 to 94.3 on rumours, .28 gives 91.4; merging at .40 costs 0.5.
BODIES = Level(join=0.23, merge=0.45, repair=True)
#: Headlines alone.  Joining at .28 gives 69.8 on Olympic headlines, .34 to .40 gives 73; repair costs 1.5.
HEADLINES = Level(join=0.36, merge=0.38, repair=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """How the stream groups; the defaults are what is shipped and measured."""

    bodies: Level = BODIES
    headlines: Level = HEADLINES
    #: Median terms (stop words left out) from which a stream counts as one of bodies: headlines have 7, ECB's few
    #: sentences 19.
    body_terms: int = 13
    #: Articles between two rounds of maintenance; part of the result, so fixed for a store.
    block: int = 256
    #: Days for which an article takes part in its story's centroid.
    window_days: float = 7.0
    #: Loss of likeness per day between an article and a story, beyond the first day: headlines 73.0 at .1, 73.9 at .2;
    #: triples 99.6 to 100 at both.
    decay_per_day: float = 0.2
    #: Longest silence in days over which an article joins a story, or two stories are merged; what comes later is a
    #: new story, of the same thread if it follows from the first.
    silence_days: float = 3.0
    #: How much better another story must be for a member to move there.
    repair_margin: float = 0.02
    #: Rounds of repair after each block.
    repair_rounds: int = 2
    #: Stories of at least this many members ...
    split_size: int = 8
    #: ... are split where the mean cosine between members is below this.
    split_below: float = 0.10
    #: Terms kept of an article: rumours 94.0 at 50, 94.3 at 60; Vietnamese 93.1 at 50, 91.8 at 60.
    top_terms: int = 60
    #: Power of the inverse document frequency: triples 100 at 0.8, 98.9 at 1.15; headlines 64.0 at 0.8 and 67.4 at 1.15 (join .28).
    idf_power: float = 1.15
