"""A pipeline killed twenty times ends with the same store as one left alone."""

from __future__ import annotations

import contextlib
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
    from collections.abc import Iterator
    from pathlib import Path

KILLS = 20
#: Fixed, so that chance picks the same moments in every run of the tests.
SEED = 20260916
#: Loads the stages once and forks a run for each line it is given, so that a kill costs no loading.
PROGRAM = """
import os, sys
from pathlib import Path
import worldtake.newsroom.working
from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        settings = Settings(home=Path(line.strip()), workers=0, cluster_wait_seconds=0)
        with open_newsroom(settings, loopback_hosts=("*.localhost",)) as newsroom:
            newsroom.run()
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
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
        with runs() as process:
            seconds = run_out(process, calm)
            chance = random.Random(SEED)  # noqa: S311 chance, not secrets
            waits = [chance.uniform(0, seconds / KILLS) for _ in range(KILLS)]
            struck = sum(kill_after(process, killed, wait) for wait in waits)
            run_out(process, killed)
    assert struck >= KILLS / 2, "most kills must fall while there is work"
    assert dumped(calm) == dumped(killed)


@contextlib.contextmanager
def runs() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.terminate()


def begin(process: subprocess.Popen[str], home: Path) -> int:
    """Begin a run and return its process id."""
    assert process.stdin is not None
    process.stdin.write(f"{home}\n")
    process.stdin.flush()
    return answer(process)


def answer(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def run_out(process: subprocess.Popen[str], home: Path) -> float:
    """Run until nothing is due; return the seconds it took."""
    begun = time.monotonic()
    begin(process, home)
    assert 0 == answer(process)
    return time.monotonic() - begun


def kill_after(process: subprocess.Popen[str], home: Path, seconds: float) -> bool:
    """Kill a run after some seconds; return whether work was left."""
    pid = begin(process, home)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    answer(process)
    with open_newsroom(Settings(home=home)) as newsroom:
        return newsroom.due() > 0


def dumped(home: Path) -> list[str]:
    with open_newsroom(Settings(home=home)) as newsroom:
        return list(newsroom.dump())
