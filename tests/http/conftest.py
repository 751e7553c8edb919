"""A real server on loopback, of which each test says what it answers."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from worldtake.http import Door, DoorSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from typing import Any

    Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Serving = Callable[[Answer], AbstractAsyncContextManager[str]]

HOSTS = ("*.localhost",)


@asynccontextmanager
async def _serving(answer: Answer) -> AsyncIterator[str]:
    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://press.localhost:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _raw(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any],
) -> AsyncIterator[str]:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://press.localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serve with a function from request to response; gives the address."""
    return _serving


@pytest.fixture(scope="session")
def raw_serving() -> Callable[..., AbstractAsyncContextManager[str]]:
    """Serve with a function over bare streams; gives the address."""
    return _raw


@pytest.fixture(scope="session")
def door() -> Callable[..., Door]:
    """Make a door that may call loopback by name, with short waits."""

    def made(**options: Any) -> Door:
        given = {"allow_hosts": HOSTS, "read_seconds": 2.0, "total_seconds": 5.0, "robots": False}
        return Door(DoorSettings(**(given | options)))

    return made
