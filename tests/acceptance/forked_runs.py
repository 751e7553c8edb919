"""Run a newsroom in processes that can be killed: forked off one that has loaded the stages, so that a kill costs no loading."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from worldtake.newsroom import Newsroom

#: Forks a run for each line that it is given, which names a home.
PROGRAM = """
import os, sys
from pathlib import Path
import worldtake.newsroom.working
from {module} import {opener}
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        with {opener}(Path(line.strip())) as newsroom:
            newsroom.run()
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@contextlib.contextmanager
def runs(opened: Callable[[Path], Newsroom]) -> Iterator[subprocess.Popen[str]]:
    """Start the process that forks runs of the newsroom that `opened`, a function of a test's module, gives for a home."""
    program = PROGRAM.format(module=opened.__module__, opener=opened.__name__)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
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


def kill_after(
    process: subprocess.Popen[str], opened: Callable[[Path], Newsroom], home: Path, seconds: float
) -> bool:
    """Kill a run after some seconds; return whether work was left."""
    pid = begin(process, home)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    answer(process)
    with opened(home) as newsroom:
        return newsroom.due() > 0
