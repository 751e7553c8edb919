"""The site put together: pages, JSON interface, static files, safety headers and the pages for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from worldtake import __version__
from worldtake.errors import UnknownItemError
from worldtake.web.api import ROOT, api_routes, describe
from worldtake.web.guard import HEADERS, LOOPBACK, Guard
from worldtake.web.hubs import hub_routes
from worldtake.web.pages import page_routes
from worldtake.web.render import STATIC, make_renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request
    from starlette.types import Scope

    from worldtake.web.hubs import HubSource
    from worldtake.web.render import Renderer
    from worldtake.web.source import SiteSource

#: Smallest answer that is compressed, in bytes.
MIN_COMPRESSED_BYTES = 1024
NOT_FOUND = 404
UNPROCESSABLE = 422
#: What an error page says, by status.
ERRORS = {
    404: ("Not here", "There is no page at this address. It may have been mistyped."),
    405: ("Not that way", "This site is only read: pages are asked for, nothing is sent."),
    422: ("Not understood", "A part of this address is not as it should be."),
    500: ("Our mistake", "This page could not be made. The terminal says what went wrong."),
}


def create_app(
    newsroom: SiteSource,
    *,
    banner: str | Callable[[], str | None] | None = None,
    allowed_hosts: Collection[str] = (),
    hubs: HubSource | None = None,
) -> FastAPI:
    """Return the site over `newsroom`.

    `banner` is shown on every page where it is set; a function is asked for each page. Besides loopback names the site answers to
    `allowed_hosts`, names without port; `*` stands for any name. `hubs` lets hubs call (WebSub), under the name that they were given.
    """
    app = FastAPI(
        title="worldtake",
        version=__version__,
        summary="One story as the whole world tells it, with receipts.",
        openapi_url=f"{ROOT}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    renderer = make_renderer(newsroom.language, banner if callable(banner) else lambda: banner)
    app.include_router(page_routes(newsroom, renderer))
    app.include_router(api_routes(newsroom))
    if hubs is not None:
        app.include_router(hub_routes(hubs))
    app.mount("/static", KeptFiles(directory=STATIC, check_dir=False), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=MIN_COMPRESSED_BYTES)
    named = {*allowed_hosts, (hubs and hubs.host) or ""} - {""}
    app.add_middleware(Guard, hosts=LOOPBACK | {name.lower() for name in named})
    _add_errors(app, renderer)
    describe(app)
    return app


class KeptFiles(StaticFiles):
    """Static files; one asked for by its digest may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        kept = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "max-age=31536000, immutable" if kept else "no-cache"
        return response


def _said_wrong(request: Request, error: RequestValidationError) -> str:
    """Return which parts of a program's call are wrong; the input is not repeated, and readers are told in plain words."""
    if not request.url.path.startswith(f"{ROOT}/"):
        return ""
    parts = (f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    return "; ".join(dict.fromkeys(parts))


def _add_errors(app: FastAPI, renderer: Renderer) -> None:
    def answer(request: Request, status: int, said: str = "") -> Response:
        title, text = ERRORS.get(status, ("Something is wrong", "This page cannot be shown."))
        if request.url.path.startswith(f"{ROOT}/"):
            return JSONResponse({"detail": said or text}, status_code=status)
        return renderer.page(
            "error.html", status=status, code=status, title=title, text=said or text
        )

    @app.exception_handler(UnknownItemError)
    def unknown(request: Request, error: UnknownItemError) -> Response:
        return answer(request, NOT_FOUND, str(error))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        response = answer(request, error.status_code)
        response.headers.update(error.headers or {})  # such as `Allow`
        return response

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        return answer(request, UNPROCESSABLE, _said_wrong(request, error))

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        del error  # logged by the server with its traceback
        response = answer(request, 500)
        response.headers.update(HEADERS)  # this handler stands before the guard
        return response
