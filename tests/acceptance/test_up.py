"""`worldtake up` as a reader starts and ends it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@dataclass
class Running:
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def url(self) -> str:
        return next(
            found.group()
            for line in wait_for(lambda: self.lines, seconds=30)
            if (found := re.search(r"http://\S+", line))
        )

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url() + path, timeout=20) as answer:  # noqa: S310 our own loopback address
            return str(answer.read().decode())

    def front(self) -> dict[str, Any]:
        return dict(json.loads(self.read("/api/v1/front")))

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@contextlib.contextmanager
def worldtake_up(home: Path, sample_port: int, *options: str) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-m", "worldtake", "up", "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background, Ctrl-C is ignored and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 no threads yet
        env=os.environ | {"WORLDTAKE_HOME": str(home), "WORLDTAKE_SAMPLE_PORT": str(sample_port)},
    )
    running = Running(process)

    def listen() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            running.lines.append(line)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        listener.join()
        assert process.stderr is not None
        process.stderr.close()


@pytest.fixture
def sample_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(get: Any, *, seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = get()
        if found:
            return found
        time.sleep(0.1)
    message = f"nothing within {seconds} s"
    raise AssertionError(message)


def test_the_site_is_up_at_once_and_fills_and_ctrl_c_keeps_what_was_done(
    tmp_path: Path, sample_port: int
) -> None:
    with worldtake_up(tmp_path, sample_port, "--sample") as running:
        assert "worldtake" in running.read("/")
        some = wait_for(lambda: running.front()["articles"], seconds=90)
        assert 0 == running.interrupt(), "".join(running.lines)
    with worldtake_up(tmp_path, sample_port, "--sample") as running:
        assert running.front()["articles"] >= some
        wait_for(
            lambda: running.front()["articles"] == 170 and not running.front()["due"], seconds=120
        )
        page = running.read("/")
        assert "Invented sample press" in page
        assert len(running.front()["stories"]) >= 12
        assert 0 == running.interrupt()


def test_the_sample_comes_by_itself_where_no_outlet_can_be_reached(
    tmp_path: Path, sample_port: int
) -> None:
    with worldtake_up(tmp_path, sample_port) as running:
        wait_for(
            lambda: any("showing the invented sample" in line for line in running.lines), seconds=60
        )
        wait_for(lambda: "Invented sample press" in running.read("/"), seconds=30)
        assert 0 == running.interrupt()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = subprocess.run(
            [sys.executable, "-m", "worldtake", "up", "--port", str(taken.getsockname()[1])],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ | {"WORLDTAKE_HOME": str(tmp_path)},
        )
    assert (1, True) == (result.returncode, "choose another with --port" in result.stderr)
