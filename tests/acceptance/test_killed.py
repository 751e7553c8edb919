"""A pipeline killed twenty times ends with the same store as one left alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.forked_runs import kill_after, run_out, runs

from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.settings import Settings
from worldtake.testing.sample_press import phrasebook
from worldtake.testing.sample_server import SamplePress

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20
#: Fixed, so that chance picks the same moments in every run of the tests.
SEED = 20260916


def opened(home: Path) -> Newsroom:
    settings = Settings(home=home, workers=0, cluster_wait_seconds=0)
    return open_newsroom(settings, loopback_hosts=("*.localhost",))


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_twenty_kills_change_nothing(tmp_path: Path) -> None:
    with SamplePress() as press:
        calm, killed = tmp_path / "calm", tmp_path / "killed"
        for home in (calm, killed):
            with open_newsroom(Settings(home=home)) as newsroom:
                newsroom.show_sample(press.outlets(), phrasebook(press.sample))
                newsroom.poll()
        with runs(opened) as process:
            seconds = run_out(process, calm)
            chance = random.Random(SEED)  # noqa: S311 chance, not secrets
            waits = [chance.uniform(0, seconds / KILLS) for _ in range(KILLS)]
            struck = sum(kill_after(process, opened, killed, wait) for wait in waits)
            run_out(process, killed)
    assert struck >= KILLS / 2, "most kills must fall while there is work"
    assert dumped(calm) == dumped(killed)


def dumped(home: Path) -> list[str]:
    with open_newsroom(Settings(home=home)) as newsroom:
        return list(newsroom.dump())
