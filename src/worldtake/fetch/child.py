"""Parse feeds in a child process with limits on memory, processor time and time, so that a hostile feed costs only itself.

One child serves many feeds, one after another; it is replaced after `ChildLimits.feeds` of them, and whenever one broke it.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from worldtake.errors import UnreadableInputError
from worldtake.fetch.feeds import FeedBody, FeedParse, ParseFeed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import TracebackType


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """What one feed may cost."""

    #: Address space of the child, in bytes; the interpreter and its libraries take about 300 MB of it.
    memory_bytes: int = 1_500_000_000
    #: Processor time, in seconds; feedparser took 4 to 11 s on hostile XML, well under 1 s on real feeds.
    cpu_seconds: int = 5
    #: Time, in seconds.
    wall_seconds: float = 15.0
    #: Time for a child to start, in seconds.
    start_seconds: float = 60.0
    #: Feeds after which the child is replaced.
    feeds: int = 500


class ParseChild:
    """Call it as `ParseFeed`; it parses in a child. Threads wait for each other."""

    def __init__(self, limits: ChildLimits | None = None) -> None:
        self._limits = limits or ChildLimits()
        self._lock = threading.Lock()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __call__(self, body: FeedBody) -> FeedParse:
        """Return what the feed announces.

        Raises:
            UnreadableInputError: if it is no feed, or it broke the limits.
        """
        with self._lock:
            try:
                answer = self._asked(body)
            except (EOFError, OSError) as error:
                self._stop()
                raise _too_heavy(body, self._limits) from error
        if isinstance(answer, UnreadableInputError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def _asked(self, body: FeedBody) -> FeedParse | UnreadableInputError:
        pipe = self._started()
        pipe.send(body)
        if not pipe.poll(self._limits.wall_seconds):
            message = "no answer in time"
            raise EOFError(message)
        answer: FeedParse | UnreadableInputError = pipe.recv()
        self._served += 1
        return answer

    def _started(self) -> Connection:
        if self._served >= self._limits.feeds:
            self._stop()
        if self._pipe is None:
            spawn = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            self._child = spawn.Process(target=_serve, args=(theirs, self._limits), daemon=True)
            self._child.start()
            theirs.close()
            if not self._pipe.poll(self._limits.start_seconds):
                message = "the child did not start"
                raise EOFError(message)
            self._pipe.recv()
        return self._pipe

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._pipe = self._child = None
        self._served = 0


def parse_in_child(body: FeedBody, limits: ChildLimits | None = None) -> FeedParse:
    """Return what the feed announces, parsed in a child of its own.

    Raises:
        UnreadableInputError: if it is no feed, or it broke the limits.
    """
    with ParseChild(limits) as parse:
        return parse(body)


def _serve(pipe: Connection, limits: ChildLimits) -> None:
    """Answer each body with its parse or with the error that says why not, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parse = ParseFeed()
    pipe.send(True)  # noqa: FBT003 the sign that it has started
    while True:
        try:
            body = pipe.recv()
        except EOFError:
            return
        _allow_cpu(limits.cpu_seconds)
        pipe.send(_answer(parse, body, limits))


def _allow_cpu(seconds: int) -> None:
    """Let this process use `seconds` more of processor time before it is ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU,
        (int(used.ru_utime + used.ru_stime) + 1 + seconds, resource.RLIM_INFINITY),
    )


def _answer(
    parse: ParseFeed, body: FeedBody, limits: ChildLimits
) -> FeedParse | UnreadableInputError:
    try:
        return parse(body)
    except UnreadableInputError as error:
        return error
    except (MemoryError, RecursionError):
        return _too_heavy(body, limits)
    except Exception as error:  # noqa: BLE001 whatever a hostile feed brings about is that feed's
        return UnreadableInputError(
            f"feed {body.feed.url} of {body.feed.outlet_id} cannot be read: "
            f"{type(error).__name__}: {error}; report it, with the feed's bytes"
        )


def _too_heavy(body: FeedBody, limits: ChildLimits) -> UnreadableInputError:
    return UnreadableInputError(
        f"feed {body.feed.url} of {body.feed.outlet_id} cannot be read within "
        f"{limits.cpu_seconds} s of processor time, {limits.wall_seconds:g} s and "
        f"{limits.memory_bytes} bytes of memory; look at it before it is called again"
    )
