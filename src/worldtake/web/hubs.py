"""Where hubs call (WebSub): they ask whether a subscription was meant, and send what is new.

The only route that anything is sent to; whoever does not know a token, or signs otherwise than agreed, changes nothing by it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect

from worldtake.http.websub import PATH
from worldtake.newsroom.hubs import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Longest body that a hub may send, in bytes.
MAX_BODY_BYTES = 5_000_000
#: How long it may take to send it, in seconds.
MAX_BODY_SECONDS = 30.0


class HubSource(Protocol):
    """What the site needs to let hubs call; calls may come from several threads at once."""

    @property
    def host(self) -> str | None:
        """Return the name under which hubs call; None where they are not asked to."""
        ...

    def knows(self, token: str) -> bool:
        """Tell whether a hub was given this token."""
        ...

    def confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return what to answer to a hub that asks back; None where nothing was asked of it."""
        ...

    def hear(self, token: str, delivery: Delivery) -> bool:
        """Take in what a hub sends."""
        ...


def hub_routes(hubs: HubSource) -> APIRouter:
    """Return the routes that hubs call."""
    router = APIRouter(prefix=f"/{PATH}", include_in_schema=False)

    @router.get("/{token}")
    def confirm(token: str, request: Request) -> Response:
        """Answer a hub that asks whether a subscription was meant."""
        answer = hubs.confirm(token, dict(request.query_params))
        if answer is None:
            return PlainTextResponse("This was not asked for.\n", status_code=404)
        return PlainTextResponse(answer)

    @router.post("/{token}")
    async def hear(token: str, request: Request) -> Response:
        """Take in what a hub sends; it is answered before that is read."""
        if not await run_in_threadpool(hubs.knows, token):
            return PlainTextResponse("Nobody listens here any more.\n", status_code=410)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("That is too long, or takes too long.\n", status_code=413)
        delivery = Delivery(
            body=body,
            signature=request.headers.get("x-hub-signature"),
            content_type=request.headers.get("content-type", ""),
        )
        return Response(status_code=202, background=BackgroundTask(hubs.hear, token, delivery))

    return router


async def _body(request: Request) -> bytes | None:
    """Return what is sent; None where it is too long or takes too long."""
    body = bytearray()
    try:
        async with asyncio.timeout(MAX_BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_BODY_BYTES:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)
