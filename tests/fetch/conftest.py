from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from worldtake.fetch import FeedBody
from worldtake.http import Door, DoorSettings
from worldtake.model import Feed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

URL = "https://glas.example/feeds/all.xml"


@pytest.fixture(scope="session")
def body() -> Callable[..., FeedBody]:
    """Wrap the text or bytes of a feed."""

    def made(content: str | bytes, media_type: str = "", charset: str | None = None) -> FeedBody:
        packed = content.encode() if isinstance(content, str) else content
        feed = Feed(url=URL, outlet_id="si-glas")
        return FeedBody(feed=feed, url=URL, body=packed, media_type=media_type, charset=charset)

    return made


@pytest.fixture(scope="session")
def press() -> Callable[..., AbstractAsyncContextManager[tuple[Door, str]]]:
    """Serve what a test answers on loopback: `async with press(answer) as (door, base)`."""

    @asynccontextmanager
    async def serving(answer: Any) -> AsyncIterator[tuple[Door, str]]:
        runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with Door(DoorSettings(allow_hosts=("*.localhost",), robots=False)) as door:
                yield door, f"http://press.localhost:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    return serving
