"""Say which country's press carries a story, which leaves it out, and how much the story weighs."""

from worldtake.coverage.importance import importance
from worldtake.coverage.measure import (
    CoverageRequest,
    MeasureCoverage,
    OutletHealth,
    hold_false_discovery,
)

__all__ = [
    "CoverageRequest",
    "MeasureCoverage",
    "OutletHealth",
    "hold_false_discovery",
    "importance",
]
