"""THE list of stages, in order, said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.pipeline.arriving import arriving_steps
from worldtake.pipeline.grouping import grouping_steps
from worldtake.pipeline.names import STAGES
from worldtake.pipeline.reading import reading_steps
from worldtake.pipeline.translating import read_step

if TYPE_CHECKING:
    from worldtake.pipeline.house import House
    from worldtake.pipeline.step import Step


def all_steps(house: House) -> tuple[Step, ...]:
    """Return the steps of `STAGES`, ready to run in `house`."""
    steps = (
        *arriving_steps(house),
        *reading_steps(house),
        *grouping_steps(house),
        read_step(house),
    )
    assert tuple(step.name for step in steps) == STAGES
    return steps
