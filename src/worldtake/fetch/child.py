"""Parse feeds in child processes with limits on memory, processor time and time, so that a hostile feed costs only itself.

One child serves many feeds, one after another; it is replaced after `ChildLimits.feeds` of them, and whenever one broke it.
Children are forked from a server process that has the parsers loaded, and a spare one is kept, so that the next feed need not wait.
"""

from __future__ import annotations

import abc
import contextlib
import ctypes
import multiprocessing
import queue
import resource
import signal
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from worldtake.errors import UnreadableInputError
from worldtake.fetch.feeds import FeedBody, FeedParse, ParseFeed
from worldtake.http.domains import registered_domain

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import TracebackType

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """What one feed may cost."""

    #: Address space of the child, in bytes; the interpreter and its libraries take about 300 MB of it, a feed of 40 MB the same.
    memory_bytes: int = 1_200_000_000
    #: Processor time, in seconds; feedparser took 4 to 11 s on hostile XML, well under 1 s on real feeds.
    cpu_seconds: int = 5
    #: Time, in seconds.
    wall_seconds: float = 15.0
    #: Time for a child to start, in seconds.
    start_seconds: float = 60.0
    #: Feeds after which the child is replaced.
    feeds: int = 500


class _Closing(abc.ABC):
    """Close at the end of a `with`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @abc.abstractmethod
    def close(self) -> None:
        """End what was started."""


class ParseChild(_Closing):
    """Call it as `ParseFeed`; it parses in a child. Threads wait for each other.

    Children are forked off one process, which loads the module `preload` once; whoever forks others off it, too, names theirs.
    """

    def __init__(self, limits: ChildLimits | None = None, preload: str = __name__) -> None:
        self._limits = limits or ChildLimits()
        self._preload = preload
        self._lock = threading.Lock()
        self._child: _Child | None = None
        #: The next child, started as soon as this one serves: a hostile feed does not hold up the one after it.
        self._spare: _Child | None = None

    def __call__(self, body: FeedBody) -> FeedParse:
        """Return what the feed announces.

        Raises:
            UnreadableInputError: if it is no feed, or it broke the limits.
        """
        with self._lock:
            try:
                answer = self._asked(body)
            except (EOFError, OSError) as error:
                self._end()
                raise _too_heavy(body, self._limits) from error
        if isinstance(answer, UnreadableInputError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()
            if self._spare is not None:
                self._spare.end()
                self._spare = None

    def _asked(self, body: FeedBody) -> FeedParse | UnreadableInputError:
        if self._child is not None and self._child.served >= self._limits.feeds:
            self._end()
        if self._child is None:
            self._child = self._spare or _Child(self._limits, self._preload)
            self._spare = None
            self._child.wait()
            self._spare = _Child(self._limits, self._preload)
        return self._child.ask(body)

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """One child process and the pipe to it."""

    def __init__(self, limits: ChildLimits, preload: str) -> None:
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload([preload])
        self._limits = limits
        #: Feeds that it has read.
        self.served = 0
        self._pipe, theirs = server.Pipe()
        self._process = server.Process(target=_serve, args=(theirs, limits), daemon=True)
        self._process.start()
        theirs.close()

    def wait(self) -> None:
        """Wait until it has started.

        Raises:
            EOFError: if it does not.
        """
        self._received(self._limits.start_seconds)

    def ask(self, body: FeedBody) -> FeedParse | UnreadableInputError:
        """Return its answer.

        Raises:
            EOFError, OSError: if it ends without one, or gives none in time.
        """
        self._pipe.send(body)
        answer: FeedParse | UnreadableInputError = self._received(self._limits.wall_seconds)
        self.served += 1
        return answer

    def end(self) -> None:
        """End it at once."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _received(self, seconds: float) -> Any:
        if not self._pipe.poll(seconds):
            message = "no answer in time"
            raise EOFError(message)
        return self._pipe.recv()


class ParseChildren(_Closing):
    """Several children side by side: a hostile feed holds up only its own. Call it as `ParseFeed`, from as many threads."""

    def __init__(
        self, count: int = 2, limits: ChildLimits | None = None, preload: str = __name__
    ) -> None:
        self._children = tuple(ParseChild(limits, preload) for _ in range(max(1, count)))
        self._idle: queue.LifoQueue[ParseChild] = queue.LifoQueue()
        for child in self._children:
            self._idle.put(child)

    def __call__(self, body: FeedBody) -> FeedParse:
        """Return what the feed announces, parsed by the child that was idle last.

        Raises:
            UnreadableInputError: if it is no feed, or it broke the limits.
        """
        child = self._idle.get()
        try:
            return child(body)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """End the children."""
        for child in self._children:
            child.close()


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
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parse = ParseFeed()
    registered_domain("www.example.org")  # reads its list of suffixes, which takes 0.2 s
    with contextlib.suppress(EOFError, OSError):  # the parent has ended, perhaps by a kill
        pipe.send(True)  # noqa: FBT003 the sign that it has started
        while True:
            body = pipe.recv()
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
