"""One event loop in a thread of its own, with one door to the network, for all calls of a pipeline.

The door remembers robots.txt and the pace of each host, so it must outlive a batch.
"""

from __future__ import annotations

import asyncio
import threading
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from worldtake.errors import CallError, UnreadableInputError, WorldtakeError
from worldtake.http import Door, is_named
from worldtake.pipeline.executors import Failure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from worldtake.http import DoorSettings

    #: Calls the door with one input.
    One: TypeAlias = Callable[[Door, Any], Awaitable[Any]]


@dataclass(slots=True)
class Switchboard:
    """Make calls side by side. Close it when the pipeline ends."""

    settings: DoorSettings
    _loop: asyncio.AbstractEventLoop | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)
    _door: Door | None = field(default=None, repr=False)
    #: What is under way; the loop itself keeps only weak references.
    _calls: set[asyncio.Task[None]] = field(default_factory=set, repr=False)

    def call_all(self, one: One, given: Sequence[Any]) -> list[Any]:
        """Return the answer to each input, in order; a `Failure` where it failed."""
        answers: list[Any] = self._run(self._gather(one, given))
        return answers

    def call(self, one: One, given: Any, ended: Callable[[Any], None]) -> None:
        """Call `one` with `given`, and `ended` with its answer or `Failure` from the loop's thread."""
        door = self._opened()
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._start, one, door, given, ended)

    def wait_seconds(self, url: str, before: int = 0) -> float:
        """Return how long until the host of `url` may be called when `before` calls of it come first."""
        limits = self.settings
        named = is_named(urlsplit(url).hostname or "", limits.allow_hosts)
        pace = limits.allowed_pace_seconds if named else limits.pace_seconds
        return self._opened().wait_seconds(url) + before * pace

    def drop_calls(self) -> None:
        """Break off what is under way; `ended` is not told."""
        if self._loop is not None:
            self._run(self._drop())

    def close(self) -> None:
        """Close the door and end the loop."""
        if self._loop is None or self._thread is None:
            return
        self.drop_calls()
        if self._door is not None:
            self._run(self._leave(self._door))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = self._door = None

    def _opened(self) -> Door:
        if self._door is None:
            self._door = self._run(self._enter())
        return self._door

    def _run(self, work: Any) -> Any:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _start(self, one: One, door: Door, given: Any, ended: Callable[[Any], None]) -> None:
        async def tell() -> None:
            ended(await _attempt(one, door, given))

        task = asyncio.get_running_loop().create_task(tell())
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _gather(self, one: One, given: Sequence[Any]) -> list[Any]:
        door = self._door or await self._enter()
        self._door = door
        return list(await asyncio.gather(*(_attempt(one, door, each) for each in given)))

    async def _enter(self) -> Door:
        return await Door(self.settings).__aenter__()

    async def _drop(self) -> None:
        under_way = list(self._calls)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _leave(self, door: Door) -> None:
        await door.__aexit__(None, None, None)


async def _attempt(one: One, door: Door, given: Any) -> Any:
    try:
        return await one(door, given)
    except CallError as error:
        return Failure(
            message=str(error),
            details="",
            final=False,
            outcome=error.outcome,
            retry_after_seconds=getattr(error, "retry_after_seconds", None),
        )
    except UnreadableInputError as error:
        return Failure(message=str(error), details="", final=True, outcome="unreadable")
    except WorldtakeError as error:
        return Failure(message=str(error), details="", final=True)
    except Exception as error:  # noqa: BLE001 whatever a stage raises goes to quarantine
        message = f"{type(error).__name__}: {error}"
        return Failure(message=message[:500], details=traceback.format_exc(), final=False)
