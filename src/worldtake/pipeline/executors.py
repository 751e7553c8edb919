"""Where stages are called: in this process, or in worker processes with limits that are recycled.

A worker that dies or hangs takes only its own item with it: the pool is made anew and the chunk is tried item by item. A stage
that has a `fallback`, a cheaper stage that answers alike, is given up for that item before the item is.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import multiprocessing.connection
import resource
import signal
import sys
import time
import traceback
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from worldtake.errors import WorldtakeError
from worldtake.pipeline.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

#: Items that one task takes to a worker: few, so that no worker waits long for the last one of a batch.
CHUNK_ITEMS = 4
#: Seconds that a chunk may take before its worker is ended: the most hostile page known takes 10 s of processor time.
CHUNK_SECONDS = 60.0
#: The same for a stage with a fallback, which need not be waited for as long: a worker that hangs is lost twice before it is tried.
FALLBACK_SECONDS = 20.0
#: Tasks after which a worker is replaced, so that leaks of parsers stay small.
TASKS_A_WORKER = 5_000
#: Address space of a worker in bytes: the most hostile page known makes it 440 MB large.
WORKER_BYTES = 2 * 1024**3
_PR_SET_PDEATHSIG = 1
#: Workers are forked off one process that has loaded the stages already: 20 ms each instead of 2 s.
PRELOAD = "worldtake.pipeline.stages"
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([PRELOAD])


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A stage that raised instead of answering."""

    #: One line: what is wrong and what to do.
    message: str
    #: The traceback; empty for a refusal of our own.
    details: str
    #: True where trying again cannot help.
    final: bool
    #: What a call to the network came to (`worldtake.http.outcomes`); empty for what failed here.
    outcome: str = ""
    #: How long the host asks to be left alone, in seconds; None where it does not ask.
    retry_after_seconds: float | None = None


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


class Pool:
    """Call stages in worker processes.

    Our own and not `concurrent.futures`: that cannot end one hung worker, and on Python 3.11 it may stand still for ever
    when it replaces workers (python/cpython#115634).
    """

    def __init__(self, workers: int) -> None:
        self._places: list[_Worker | None] = [None] * workers
        #: Stages that were seen, by number: each is packed once, and sent once to each worker.
        self._stages: list[Callable[[Any], Any]] = []
        #: Numbers of their fallbacks.
        self._fallbacks: dict[int, int] = {}

    def map(self, stage: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Any]:
        """Return the stage's answer for each input, in order; a `Failure` where it raised."""
        number = self._number(stage)
        answers: list[Any] = [None] * len(inputs)
        chunks = deque(
            (number, range(at, min(at + CHUNK_ITEMS, len(inputs))))
            for at in range(0, len(inputs), CHUNK_ITEMS)
        )
        while chunks or any(each and each.busy for each in self._places):
            for place in range(len(self._places)):
                if chunks and not self._is_busy(place):
                    number, chunk = chunks.popleft()
                    self._hand(place, number, chunk, [inputs[at] for at in chunk])
            chunks.extendleft(reversed(self._gather(answers)))
        return answers

    def close(self) -> None:
        """End the workers."""
        for place, worker in enumerate(self._places):
            if worker is not None:
                worker.end()
                self._places[place] = None

    def _number(self, stage: Callable[[Any], Any]) -> int:
        for number, known in enumerate(self._stages):
            if known is stage:
                return number
        self._stages.append(stage)
        return len(self._stages) - 1

    def _fallback(self, number: int) -> int | None:
        """Return the number of a stage's fallback; None where it has none."""
        if number not in self._fallbacks:
            cheaper = getattr(self._stages[number], "fallback", None)
            if cheaper is None:
                return None
            self._fallbacks[number] = self._number(cheaper)
        return self._fallbacks[number]

    def _is_busy(self, place: int) -> bool:
        worker = self._places[place]
        return worker is not None and worker.busy

    def _hand(self, place: int, number: int, chunk: range, inputs: Sequence[Any]) -> None:
        worker = self._places[place]
        if worker is None:
            worker = self._places[place] = _Worker()
        try:
            cheaper = getattr(self._stages[number], "fallback", None)
            seconds = CHUNK_SECONDS if cheaper is None else FALLBACK_SECONDS
            worker.take(number, self._stages[number], chunk, inputs, seconds)
        except (BrokenPipeError, ConnectionError):  # it died between two chunks
            worker.end()
            self._places[place] = _Worker()
            self._hand(place, number, chunk, inputs)

    def _gather(self, answers: list[Any]) -> list[tuple[int, range]]:
        """Wait for an answer, keep it, and return what is to be tried again: stage and chunk of lost workers."""
        busy = [each for each in self._places if each and each.busy]
        left = min((each.until for each in busy), default=0.0) - time.monotonic()
        ready = multiprocessing.connection.wait([each.pipe for each in busy], max(0.0, left))
        again: list[tuple[int, range]] = []
        for place, worker in enumerate(self._places):
            if worker is None or not worker.busy:
                continue
            if worker.pipe in ready:
                again += self._receive(place, worker, answers)
            elif time.monotonic() >= worker.until:
                again += self._lose(place, worker, answers, f"took over {worker.seconds:.0f} s")
        return again

    def _receive(self, place: int, worker: _Worker, answers: list[Any]) -> list[tuple[int, range]]:
        try:
            found = worker.receive()
        except (EOFError, OSError):
            return self._lose(place, worker, answers, "ended its worker (memory or a crash)")
        answers[worker.chunk.start : worker.chunk.stop] = found
        worker.chunk = range(0)
        if worker.tasks >= TASKS_A_WORKER:
            worker.end()
            self._places[place] = None
        return []

    def _lose(
        self, place: int, worker: _Worker, answers: list[Any], what: str
    ) -> list[tuple[int, range]]:
        """End a worker; return its items one by one, a single one with the stage's fallback, or answer that it failed."""
        number, chunk = worker.number, worker.chunk
        worker.end()
        self._places[place] = None
        if len(chunk) > 1:
            return [(number, range(at, at + 1)) for at in chunk]
        cheaper = self._fallback(number)
        if cheaper is not None:
            return [(cheaper, chunk)]
        answers[chunk.start] = Failure(message=f"the stage {what}", details="", final=False)
        return []


class _Worker:
    """One worker process and the chunk that it has in hand."""

    def __init__(self) -> None:
        self.pipe, theirs = _FORKS.Pipe()
        self.process = _FORKS.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        #: Places of the inputs in hand; empty while idle.
        self.chunk = range(0)
        #: Number of the stage that it has them for.
        self.number = 0
        #: Time that it was given for them, in seconds.
        self.seconds = 0.0
        #: End of the time that it has for them, on the monotonic clock.
        self.until = 0.0
        self.tasks = 0
        self._known: set[int] = set()

    @property
    def busy(self) -> bool:
        """Whether it has a chunk in hand."""
        return len(self.chunk) > 0

    def take(
        self,
        number: int,
        stage: Callable[[Any], Any],
        chunk: range,
        inputs: Sequence[Any],
        seconds: float,
    ) -> None:
        """Hand it a chunk and the time for it; the stage itself only the first time."""
        self.pipe.send_bytes(pack((number, None if number in self._known else stage, inputs)))
        self._known.add(number)
        self.number, self.chunk, self.tasks = number, chunk, self.tasks + 1
        self.seconds = seconds
        self.until = time.monotonic() + seconds

    def receive(self) -> list[Any]:
        """Return the answers to its chunk."""
        found: list[Any] = self.pipe.recv()
        return found

    def end(self) -> None:
        """End it, whatever it does."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def attempt_all(
    many: Callable[[Sequence[Any]], Sequence[Any]], one: Callable[[Any], Any], inputs: Sequence[Any]
) -> list[Any]:
    """Return the answers of `many` to all inputs; where it raises, those of `one` to each, so that only what is bad fails."""
    try:
        return list(many(inputs))
    except Exception:  # noqa: BLE001 what it is comes out item by item
        return [attempt(one, each) for each in inputs]


def attempt(stage: Callable[[Any], Any], given: Any) -> Any:
    """Return the stage's answer, or a `Failure` if it raises."""
    try:
        return stage(given)
    except WorldtakeError as error:
        return Failure(message=str(error), details="", final=True)
    except Exception as error:  # noqa: BLE001 whatever a stage raises goes to quarantine
        message = f"{type(error).__name__}: {error}"
        return Failure(message=message[:500], details=traceback.format_exc(), final=False)


def _serve(pipe: Connection) -> None:
    """Answer chunks until the pipe closes: in a worker, which leaves Ctrl-C to its parent and keeps to its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_BYTES, WORKER_BYTES))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    stages: dict[int, Callable[[Any], Any]] = {}
    while True:
        try:
            number, stage, inputs = pipe.recv()
        except (EOFError, OSError):
            return
        if stage is not None:
            stages[number] = stage
        pipe.send_bytes(pack([attempt(stages[number], each) for each in inputs]))
