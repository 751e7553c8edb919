"""One event loop in a thread of its own, with one door to the network, for all calls of a pipeline.

The door remembers robots.txt and the pace of each host, so it must outlive a batch.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.errors import FetchError, RefusedAddressError, UnreadableInputError
from worldtake.http import Door
from worldtake.model import Skip
from worldtake.pipeline.executors import Failure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from worldtake.http import DoorSettings


@dataclass(slots=True)
class Switchboard:
    """Make calls side by side. Close it when the pipeline ends."""

    settings: DoorSettings
    _loop: asyncio.AbstractEventLoop | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)
    _door: Door | None = field(default=None, repr=False)

    def call_all(
        self, one: Callable[[Door, Any], Awaitable[Any]], given: Sequence[Any]
    ) -> list[Any]:
        """Return the answer to each input, in order; `Skip` where refused, `Failure` where it failed."""
        answers: list[Any] = self._run(self._gather(one, given))
        return answers

    def close(self) -> None:
        """Close the door and end the loop."""
        if self._loop is None or self._thread is None:
            return
        if self._door is not None:
            self._run(self._leave(self._door))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = self._door = None

    def _run(self, work: Any) -> Any:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _gather(
        self, one: Callable[[Door, Any], Awaitable[Any]], given: Sequence[Any]
    ) -> list[Any]:
        if self._door is None:
            self._door = await Door(self.settings).__aenter__()
        return list(await asyncio.gather(*(_attempt(one, self._door, each) for each in given)))

    async def _leave(self, door: Door) -> None:
        await door.__aexit__(None, None, None)


async def _attempt(one: Callable[[Door, Any], Awaitable[Any]], door: Door, given: Any) -> Any:
    try:
        return await one(door, given)
    except RefusedAddressError as error:
        return Skip(f"refused: {error}")
    except UnreadableInputError as error:
        return Failure(message=str(error), details="", final=True)
    except FetchError as error:
        return Failure(message=str(error), details="", final=False)
