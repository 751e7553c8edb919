"""What a server tells of itself, such as the languages it knows: asked for when first needed, and kept."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from worldtake.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

#: How long an answer is kept: servers get new languages when their keeper installs them.
KEPT_SECONDS = 3600.0
#: How long a server that did not answer is not asked again.
AGAIN_SECONDS = 60.0
#: Longest wait for the answer: short, since whoever asks what a translator can do waits for it.
ASK_SECONDS = 5.0

_Found = TypeVar("_Found")


@dataclass(slots=True)
class Bearings(Generic[_Found]):
    """Keep what a server tells of itself; may be asked by several threads."""

    #: Asks the server; raises EngineError where it gives no answer.
    ask: Callable[[], _Found]
    #: Tells the time, in seconds.
    clock: Callable[[], float] = time.monotonic
    #: Why the server was not understood when it was last asked; None where it was, or was not asked yet.
    error: EngineError | None = field(default=None, init=False)
    _found: _Found | None = field(default=None, init=False, repr=False)
    _next: float = field(default=float("-inf"), init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def now(self) -> _Found | None:
        """Return what the server told last; None where it has not told anything, and `error` says why."""
        if self.clock() < self._next:
            return self._found
        with self._lock:
            if self.clock() >= self._next:
                self._renew()
        return self._found

    def told(self) -> _Found:
        """Return what the server told last.

        Raises:
            EngineError: if it has not told anything; of the kind that asking it came to.
        """
        found = self.now()
        if found is not None:
            return found
        raise self.error or EngineError("the server has told nothing of itself")

    def _renew(self) -> None:
        try:
            self._found, self.error = self.ask(), None
            self._next = self.clock() + KEPT_SECONDS
        except EngineError as error:
            self.error = error
            self._next = self.clock() + AGAIN_SECONDS
