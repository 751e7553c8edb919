"""Where stages are called: in this process, or in worker processes with limits that are recycled.

A worker that dies or hangs takes only its own item with it: the pool is made anew and the chunk is tried item by item.
"""

from __future__ import annotations

import concurrent.futures
import ctypes
import functools
import multiprocessing
import pickle
import resource
import signal
import sys
import traceback
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from worldtake.errors import WorldtakeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Items that one task takes to a worker: pickling 8 pages costs less than 1 ms.
CHUNK_ITEMS = 8
#: Seconds that a chunk may take before its worker is ended.
CHUNK_SECONDS = 120.0
#: Tasks after which a worker is replaced, so that leaks of parsers stay small.
TASKS_A_WORKER = 200
#: Address space of a worker in bytes.
WORKER_BYTES = 4 * 1024**3
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A stage that raised instead of answering."""

    #: One line: what is wrong and what to do.
    message: str
    #: The traceback; empty for a refusal of our own.
    details: str
    #: True where trying again cannot help.
    final: bool


class Executor(Protocol):
    """Calls a stage on many inputs."""

    def map(self, stage: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Any]:
        """Return the stage's answer for each input, in order; a `Failure` where it raised."""

    def close(self) -> None:
        """End the workers."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Call stages in this process."""

    def map(self, stage: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Any]:
        """Return the stage's answer for each input, in order; a `Failure` where it raised."""
        return [attempt(stage, each) for each in inputs]

    def close(self) -> None:
        """Do nothing: there are no workers."""


@dataclass(slots=True)
class Pool:
    """Call stages in worker processes."""

    #: How many.
    workers: int
    _pool: concurrent.futures.ProcessPoolExecutor | None = field(default=None, repr=False)

    def map(self, stage: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Any]:
        """Return the stage's answer for each input, in order; a `Failure` where it raised."""
        packed = pickle.dumps(stage)
        chunks = [inputs[at : at + CHUNK_ITEMS] for at in range(0, len(inputs), CHUNK_ITEMS)]
        futures = [self._submit(packed, chunk) for chunk in chunks]
        answers: list[Any] = []
        for chunk, future in zip(chunks, futures, strict=True):
            answers += self._result(packed, chunk, future)
        return answers

    def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._end()

    def _submit(self, packed: bytes, chunk: Sequence[Any]) -> concurrent.futures.Future[list[Any]]:
        if self._pool is None:
            self._pool = concurrent.futures.ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start_worker,
                max_tasks_per_child=TASKS_A_WORKER,
            )
        try:
            return self._pool.submit(_call, packed, chunk)
        except BrokenProcessPool as error:
            broken: concurrent.futures.Future[list[Any]] = concurrent.futures.Future()
            broken.set_exception(error)
            return broken

    def _result(
        self, packed: bytes, chunk: Sequence[Any], future: concurrent.futures.Future[list[Any]]
    ) -> list[Any]:
        try:
            return future.result(timeout=CHUNK_SECONDS)
        except (BrokenProcessPool, TimeoutError, concurrent.futures.CancelledError) as error:
            self._end()
            if len(chunk) == 1:
                return [_lost(error)]
        answers: list[Any] = []
        for each in chunk:
            answers += self._result(packed, [each], self._submit(packed, [each]))
        return answers

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for worker in list((pool._processes or {}).values()):  # noqa: SLF001 the only way to end a hung worker
            worker.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def attempt(stage: Callable[[Any], Any], given: Any) -> Any:
    """Return the stage's answer, or a `Failure` if it raises."""
    try:
        return stage(given)
    except WorldtakeError as error:
        return Failure(message=str(error), details="", final=True)
    except Exception as error:  # noqa: BLE001 whatever a stage raises goes to quarantine
        message = f"{type(error).__name__}: {error}"
        return Failure(message=message[:500], details=traceback.format_exc(), final=False)


def _lost(error: BaseException) -> Failure:
    hung = isinstance(error, TimeoutError)
    what = f"took over {CHUNK_SECONDS:.0f} s" if hung else "ended its worker (memory or a crash)"
    return Failure(message=f"the stage {what}", details="", final=False)


def _call(packed: bytes, chunk: Sequence[Any]) -> list[Any]:
    stage = _unpacked(packed)
    return [attempt(stage, each) for each in chunk]


@functools.lru_cache(maxsize=32)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    stage: Callable[[Any], Any] = pickle.loads(packed)  # noqa: S301 made by this program
    return stage


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, end when it ends, and keep to the memory limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_BYTES, WORKER_BYTES))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
