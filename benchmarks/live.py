"""A whole press read live: feeds called, pages fetched, articles read, grouped and told, end to end.

1,500 outlets and 20,000 articles on loopback, served by a process of its own on the same machine; the budget of each host is
set to zero, or to what `WORLDTAKE_BENCH_PACE` says (seconds). `WORLDTAKE_BENCH_ARTICLES` and `..._OUTLETS` make it smaller.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.testing.big_press import BigSample
from worldtake.testing.big_server import ACCOUNT_HOST
from worldtake.testing.sample_press import outlets

if TYPE_CHECKING:
    from worldtake.model import Outlet

OUTLETS = int(os.environ.get("WORLDTAKE_BENCH_OUTLETS", "1500"))
ARTICLES = int(os.environ.get("WORLDTAKE_BENCH_ARTICLES", "20000"))
PACE = float(os.environ.get("WORLDTAKE_BENCH_PACE", "0"))
PORT = 8031
#: Seconds between looks at memory and lines of progress.
LOOK_SECONDS = 5.0


def run() -> tuple[int, str]:
    """Read the whole press once, and print what was seen on the way."""
    command = ["-m", "worldtake.testing.big_server", "--port", str(PORT)]
    command += ["--outlets", str(OUTLETS), "--articles", str(ARTICLES)]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE) as server:  # noqa: S603 our own
        assert server.stdout is not None
        print(f"  press: {server.stdout.readline().decode().strip()}")
        try:
            return _read(), "articles"
        finally:
            server.kill()


def _read() -> int:
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "catalogue"
        empty.mkdir()
        settings = Settings(
            home=Path(folder),
            pace_seconds=PACE,
            domain_pace_seconds=0,
            allow_hosts=("*.localhost",),
        )
        with open_newsroom(settings, catalogue=empty) as newsroom:
            newsroom.know_outlets(_outlets())
            newsroom.poll()
            watch = _Watch(time.perf_counter())
            watch.start()
            newsroom.run(watch.count)
            watch.stop()
            status = newsroom.status()
        print(f"  account: {_account()}")
        print(f"  {status.articles} articles, {status.stories} stories, {status.quarantine} held")
        print(f"  {watch.seconds:.0f} s, {status.articles / watch.seconds:.1f} articles a second")
        cost = watch.cpu_seconds / max(1, status.articles) * 1e3
        print(f"  {cost:.1f} ms of processor time an article, the press itself left out")
        print(f"  most memory, all processes: {watch.most_bytes / 1e6:,.0f} MB")
        return status.articles


def _outlets() -> tuple[Outlet, ...]:
    sample = BigSample(outlet_count=OUTLETS, article_count=0)
    return outlets(PORT, sample)


def _account() -> dict[str, object]:
    asked = urllib.request.Request(f"http://127.0.0.1:{PORT}/", headers={"Host": ACCOUNT_HOST})
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 loopback
        found: dict[str, object] = json.load(answer)
        return found


class _Watch:
    """Look at memory and count stages while the pipeline runs."""

    def __init__(self, begun: float) -> None:
        self._begun = begun
        self._done: dict[str, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.most_bytes = 0
        self.seconds = 0.0
        self.cpu_seconds = 0.0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.seconds = time.perf_counter() - self._begun
        self._ended.set()
        self._thread.join()

    def count(self, stage: str, items: int) -> None:
        self._done[stage] = self._done.get(stage, 0) + items

    def _look(self) -> None:
        own = psutil.Process()
        while not self._ended.wait(LOOK_SECONDS):
            family = [own, *(each for each in own.children(recursive=True) if _is_ours(each))]
            used, cpu = _weigh(family)
            self.most_bytes = max(self.most_bytes, used)
            self.cpu_seconds = max(self.cpu_seconds, cpu)
            seconds = time.perf_counter() - self._begun
            told = " ".join(f"{stage}={done}" for stage, done in self._done.items())
            print(
                f"  {seconds:5.0f} s  {used / 1e6:,.0f} MB  {cpu:.0f} cpu s  {told}",
                flush=True,
            )


def _weigh(family: list[psutil.Process]) -> tuple[int, float]:
    """Return the memory of the processes in bytes, what they share counted once, and the processor time they took."""
    used, cpu = 0, 0.0
    for each in family:
        try:
            used += each.memory_full_info().pss
            times = each.cpu_times()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        cpu += times.user + times.system
    return used, cpu


def _is_ours(process: psutil.Process) -> bool:
    return not any("big_server" in part for part in process.cmdline())
