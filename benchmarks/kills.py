"""A live press read by a process that is killed again and again: nothing may be lost, nothing doubled.

The same press is read twice: once in peace, once by runs that SIGKILL ends at random moments after they have set to work, each
going on where the last one was ended. Then the two stores are compared line by line. The press answers two calls in a hundred
wrong, so that tries and pauses are in hand as well. `WORLDTAKE_BENCH_KILLS`, `..._ARTICLES` and `..._OUTLETS` make it smaller.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.settings import Settings
from worldtake.testing.big_press import BigSample
from worldtake.testing.big_server import ACCOUNT_HOST
from worldtake.testing.sample_press import outlets

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("WORLDTAKE_BENCH_KILLS", "100"))
OUTLETS = int(os.environ.get("WORLDTAKE_BENCH_OUTLETS", "200"))
ARTICLES = int(os.environ.get("WORLDTAKE_BENCH_ARTICLES", "2000"))
FLAKY = 0.02
#: Fixed, so that chance picks the same waits in every run.
SEED = 20260916
#: The runs' clock begins here, so that what is counted by the hour falls into the same hour.
NOON = datetime(2026, 9, 17, 12, tzinfo=UTC)
#: Rows that differ are shown up to this many, and each up to so many characters.
SHOWN, SHOWN_CHARS = 20, 2_000
#: What a run says once it has done its first work.
AT_WORK = "at work"
#: Loads the stages once and forks a run for each line it is given, so that a kill costs no loading.
PROGRAM = """
import os, signal, sys
import worldtake.newsroom.working
from benchmarks.kills import AT_WORK, opened
for line in sys.stdin:
    home, _, begun = line.strip().rpartition(" ")
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)  # what is logged is no answer
        said = []
        def say(stage, items):
            if not said:
                said.append(stage)
                print(AT_WORK, file=answers, flush=True)
        with opened(home, float(begun)) as newsroom:
            newsroom.run(say)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of reading a press under fire."""

    #: Kills that fell while there was work.
    struck: int
    #: Articles in the store that was read in peace.
    articles: int
    #: Rows that the killed store lacks, and those that it has beyond the calm one's.
    lost: int
    doubled: int
    #: Some of those rows, cut short.
    differing: tuple[str, ...]
    #: Seconds of the calm run, and of all killed runs together.
    calm_seconds: float
    killed_seconds: float


def run() -> tuple[int, str]:
    """Read the press in peace and under fire, and print what differs."""
    with tempfile.TemporaryDirectory() as folder, served(OUTLETS, ARTICLES, flaky=FLAKY) as port:
        sample = BigSample(outlet_count=OUTLETS, article_count=0)
        found = under_fire(Path(folder), port, sample, kills=KILLS)
        told = account(port)
    print(f"  account: {told}")
    print(f"  {found.articles} articles, {found.struck} of {KILLS} kills fell into work")
    print(f"  lost {found.lost}, doubled {found.doubled} rows")
    for row in found.differing:
        print(f"    {row}")
    print(f"  {found.calm_seconds:.0f} s in peace, {found.killed_seconds:.0f} s under fire")
    return found.struck, "kills"


def under_fire(folder: Path, port: int, sample: BigSample, *, kills: int) -> Outcome:
    """Read the press at `port` twice in `folder`, and compare."""
    begun = time.time()
    calm, killed = folder / "calm", folder / "killed"
    for home in (calm, killed):
        with opened(str(home), begun) as newsroom:
            newsroom.know_outlets(outlets(port, sample))
            newsroom.poll()
    with _runs() as process:
        calm_seconds = _run_out(process, calm, begun)
        chance = random.Random(SEED)  # noqa: S311 chance, not secrets
        started = time.monotonic()
        waits = [chance.uniform(0, calm_seconds / kills) for _ in range(kills)]
        struck = sum(_kill_after(process, killed, begun, wait) for wait in waits)
        _run_out(process, killed, begun)
        killed_seconds = time.monotonic() - started
    one, other = _dumped(calm, begun), _dumped(killed, begun)
    differing = [f"- {row}" for row in one - other] + [f"+ {row}" for row in other - one]
    return Outcome(
        struck=struck,
        articles=sum(count for line, count in one.items() if line.startswith("article ")),
        lost=(one - other).total(),
        doubled=(other - one).total(),
        differing=tuple(row[:SHOWN_CHARS] for row in differing[:SHOWN]),
        calm_seconds=calm_seconds,
        killed_seconds=killed_seconds,
    )


def opened(home: str, begun: float) -> Newsroom:
    """Open the house in `home`, its clock at noon when it was `begun` (seconds since the epoch)."""
    folder = Path(home)
    empty = folder / "catalogue"
    empty.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        home=folder,
        workers=0,
        allow_hosts=("*.localhost",),
        pace_seconds=0,
        domain_pace_seconds=0,
        retry_seconds=0.05,
        cluster_wait_seconds=0,
    )
    return open_newsroom(
        settings,
        catalogue=empty,
        clock=lambda: NOON + timedelta(seconds=time.time() - begun),
    )


@contextlib.contextmanager
def served(
    outlet_count: int, article_count: int, *, flaky: float = 0.0, group: int = 1
) -> Iterator[int]:
    """Serve a big press in a process of its own; gives its port."""
    command = [sys.executable, "-m", "worldtake.testing.big_server", "--port", "0"]
    command += ["--outlets", str(outlet_count), "--articles", str(article_count)]
    command += ["--flaky", str(flaky), "--group", str(group)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as server:  # noqa: S603 our own
        assert server.stdout is not None
        try:
            yield int(json.loads(server.stdout.readline())["port"])
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def account(port: int) -> dict[str, Any]:
    """Return what the press at `port` was asked."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": ACCOUNT_HOST})
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 loopback
        return dict(json.load(answer))


@contextlib.contextmanager
def _runs() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603 our own
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _begin(process: subprocess.Popen[str], home: Path, begun: float) -> int:
    assert process.stdin is not None
    process.stdin.write(f"{home} {begun}\n")
    process.stdin.flush()
    return int(_said(process))


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _run_out(process: subprocess.Popen[str], home: Path, begun: float) -> float:
    """Run until nothing is due; return the seconds from its first work on."""
    _begin(process, home, begun)
    said, started = _said(process), time.monotonic()
    assert int(_said(process) if said == AT_WORK else said) == 0
    return time.monotonic() - started


def _kill_after(process: subprocess.Popen[str], home: Path, begun: float, seconds: float) -> bool:
    """Kill a run some seconds after it has set to work; return whether work was left."""
    pid = _begin(process, home, begun)
    if _said(process) == AT_WORK:
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _said(process)
    with opened(str(home), begun) as newsroom:
        return newsroom.due() > 0


def _dumped(home: Path, begun: float) -> Counter[str]:
    with opened(str(home), begun) as newsroom:
        return Counter(newsroom.dump())
