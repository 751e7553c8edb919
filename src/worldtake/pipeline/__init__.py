"""The list of stages, the work ledger at work, and where stages run."""

from worldtake.pipeline.executors import Executor, Inline, Pool
from worldtake.pipeline.grouping import followed_press, story_files
from worldtake.pipeline.house import House
from worldtake.pipeline.runner import Progress, Runner
from worldtake.pipeline.stages import STAGES, all_steps
from worldtake.pipeline.switchboard import Switchboard

__all__ = [
    "STAGES",
    "Executor",
    "House",
    "Inline",
    "Pool",
    "Progress",
    "Runner",
    "Switchboard",
    "all_steps",
    "followed_press",
    "story_files",
]
