"""The wire that engines are handed: calls of any thread through a door of its own, in an event loop in a thread of its own.

The door of news keeps a pace and asks for robots.txt, which a server that the reader has set up, with a key, needs not.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

from worldtake.engines import WireAnswer
from worldtake.errors import EngineBusyError, EngineRefusedError, FetchError, RefusedAddressError
from worldtake.http import Door, DoorSettings, host_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Mapping

    from worldtake.http import Response
    from worldtake.settings import TranslatorSettings

_Found = TypeVar("_Found")
#: Longest answer, in bytes: a call's segments, packed in the JSON of the most talkative model, are below 200,000.
MAX_ANSWER_BYTES = 4_000_000
#: Calls in hand at one time, in all and to one host; the engines' own limits are lower.
CALLS = 32


@dataclass(slots=True)
class DoorWire:
    """Call the servers that the reader's settings name. Close it when the pipeline ends."""

    #: Hosts that may be called though their addresses are not public.
    allow_hosts: tuple[str, ...] = ()
    #: Where to reach who runs this worldtake, said to every host; None says nothing.
    contact: str | None = None
    #: Longest answer, in bytes.
    max_bytes: int = MAX_ANSWER_BYTES
    #: Held while the loop is started or ended.
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, init=False, repr=False)
    _thread: threading.Thread | None = field(default=None, init=False, repr=False)
    _door: Door | None = field(default=None, init=False, repr=False)
    #: Calls under way; touched in the loop's thread alone.
    _calls: set[asyncio.Task[Any]] = field(default_factory=set, init=False, repr=False)
    _closed: bool = field(default=False, init=False, repr=False)

    def send(
        self,
        url: str,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        seconds: float = 60.0,
    ) -> WireAnswer:
        """Return the answer of `url`; redirects are not followed, so that no key goes elsewhere.

        Raises:
            EngineBusyError: if no whole answer came: name, connection, time-out, too large, wire closed.
            EngineRefusedError: if the address may not be called, or redirects.
        """
        with self._lock:
            # Begun before the lock is given up, so that `close` finds it.
            loop, door = self._opened()
            call = door.send(
                url,
                method=method,
                headers=headers,
                body=body,
                max_bytes=self.max_bytes,
                seconds=seconds,
            )
            future = asyncio.run_coroutine_threadsafe(self._noted(call), loop)
        try:
            response = _result(future)
        except FetchError as error:
            raise EngineBusyError(str(error), error.retry_after_seconds) from error
        except RefusedAddressError as error:
            raise EngineRefusedError(str(error)) from error
        except CancelledError as error:
            raise _closed_error() from error
        return WireAnswer(
            status=response.status,
            headers=response.headers,
            body=response.body,
            retry_after_seconds=response.retry_after_seconds,
        )

    def close(self) -> None:
        """Break off what is under way, and end the loop; who waits for an answer is told that the engine is busy."""
        with self._lock:
            self._closed = True
            loop, thread, door = self._loop, self._thread, self._door
            self._loop = self._thread = self._door = None
        if loop is None or thread is None or door is None:
            return
        _result(asyncio.run_coroutine_threadsafe(self._leave(door), loop))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _opened(self) -> tuple[asyncio.AbstractEventLoop, Door]:
        if self._closed:
            raise _closed_error()
        if self._loop is None or self._door is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
            self._thread.start()
            door = Door(self._settings())
            self._door = _result(asyncio.run_coroutine_threadsafe(door.__aenter__(), self._loop))
        return self._loop, self._door

    def _settings(self) -> DoorSettings:
        return DoorSettings(
            allow_hosts=self.allow_hosts,
            contact=self.contact,
            robots=False,
            pace_seconds=0.0,
            domain_pace_seconds=0.0,
            concurrency=CALLS,
            host_concurrency=CALLS,
            max_bytes=self.max_bytes,
        )

    async def _noted(self, call: Coroutine[None, None, Response]) -> Response:
        task = asyncio.current_task()
        assert task is not None
        self._calls.add(task)
        try:
            return await call
        finally:
            self._calls.discard(task)

    async def _leave(self, door: Door) -> None:
        under_way = list(self._calls)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await door.__aexit__(None, None, None)


def named_hosts(translators: Iterable[TranslatorSettings]) -> tuple[str, ...]:
    """Return the hosts that the addresses of `translators` name, each once."""
    hosts = (host_of(each.url) for each in translators if each.url)
    return tuple(dict.fromkeys(host for host in hosts if host))


def _result(future: Future[_Found]) -> _Found:
    try:
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        raise


def _closed_error() -> EngineBusyError:
    return EngineBusyError("the wire to engines is closed; open the pipeline again")
