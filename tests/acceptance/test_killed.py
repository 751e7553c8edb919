"""A pipeline killed twenty times ends with the same store as one left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.testing.sample_press import phrasebook
from worldtake.testing.sample_server import SamplePress

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20
#: Fixed, so that chance picks the same moments in every run of the tests.
SEED = 20260916
PROGRAM = """
import sys
from pathlib import Path
from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
settings = Settings(home=Path(sys.argv[1]), workers=0, cluster_wait_seconds=0)
newsroom = open_newsroom(settings, loopback_hosts=("*.localhost",))
print("ready", flush=True)
newsroom.run()
newsroom.close()
"""


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_twenty_kills_change_nothing(tmp_path: Path) -> None:
    with SamplePress() as press:
        calm, killed = tmp_path / "calm", tmp_path / "killed"
        for home in (calm, killed):
            with open_newsroom(Settings(home=home)) as newsroom:
                newsroom.show_sample(press.outlets(), phrasebook(press.sample))
                newsroom.poll()
        seconds = run_out(calm)
        chance = random.Random(SEED)  # noqa: S311 chance, not secrets
        struck = sum(kill_after(killed, chance.uniform(0, seconds / 7)) for _ in range(KILLS))
        run_out(killed)
    assert struck >= KILLS / 2, "most kills must fall while there is work"
    assert dumped(calm) == dumped(killed)


def run_out(home: Path) -> float:
    """Run until nothing is due; return the seconds from when the work began."""
    with start(home) as process:
        wait_ready(process)
        begun = time.monotonic()
        assert 0 == process.wait(timeout=180)
        return time.monotonic() - begun


def kill_after(home: Path, seconds: float) -> bool:
    """Kill a run after some seconds of work; return whether work was left."""
    with start(home) as process:
        wait_ready(process)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    with open_newsroom(Settings(home=home)) as newsroom:
        return newsroom.due() > 0


def start(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home)],
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert "ready\n" == process.stdout.readline()


def dumped(home: Path) -> list[str]:
    with open_newsroom(Settings(home=home)) as newsroom:
        return list(newsroom.dump())
