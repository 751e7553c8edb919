"""Say which country's press carries a story, which leaves it out, and how much the story weighs."""

from worldtake.coverage.importance import importance
from worldtake.coverage.independent import Carried, carried
from worldtake.coverage.measure import (
    CoverageRequest,
    FollowedPress,
    MeasureCoverage,
    OutletHealth,
    hold_false_discovery,
    sum_up,
)

__all__ = [
    "Carried",
    "CoverageRequest",
    "FollowedPress",
    "MeasureCoverage",
    "OutletHealth",
    "carried",
    "hold_false_discovery",
    "importance",
    "sum_up",
]
