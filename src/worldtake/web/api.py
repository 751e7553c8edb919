"""The same views as JSON, for programs; described at `/api/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, RedirectResponse, Response

from worldtake.model.views import (
    ArticleView,
    CountryView,
    FrontView,
    OutletView,
    SearchView,
    StatusView,
    StoryView,
)
from worldtake.web.plain import plain
from worldtake.web.shapes import PLACE, shapes

if TYPE_CHECKING:
    from fastapi import FastAPI

    from worldtake.web.source import SiteSource

#: Where everything for programs stands, and the interface of this version.
ROOT = "/api"
PREFIX = f"{ROOT}/v1"
#: Longest query.
MAX_QUERY_CHARS = 300
#: Where a page of results ends, as the page before said it.
POSITION_PATTERN = r"^[0-9]{1,19}$"

Words = Annotated[
    str, Query(min_length=1, max_length=MAX_QUERY_CHARS, description="The words looked for.")
]
Position = Annotated[
    str | None,
    Query(pattern=POSITION_PATTERN, description="`older` of the page of results before."),
]
#: Names of the shapes that are no views.
_PROBLEM = "Problem"
_PROBLEM_SHAPE = {
    "type": "object",
    "description": "What is wrong, in words.",
    "properties": {"detail": {"type": "string", "minLength": 1}},
    "required": ["detail"],
}
_VIEWS = (ArticleView, CountryView, FrontView, OutletView, SearchView, StatusView, StoryView)


def api_routes(newsroom: SiteSource) -> APIRouter:
    """Return the routes of the JSON interface."""
    router = APIRouter(prefix=PREFIX, tags=["newsroom"])
    _add_stories(router, newsroom)
    _add_press(router, newsroom)
    return router


def describe(app: FastAPI) -> None:
    """Let the description of `app` hold the shapes of the views."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title, version=app.version, summary=app.summary, routes=app.routes
            )
            for operation in (each["get"] for each in made["paths"].values()):
                if _content(_PROBLEM) != operation["responses"].get("422", {}).get("content"):
                    operation["responses"].pop("422", None)  # nothing of these can be malformed
            made["components"] = {"schemas": shapes(*_VIEWS) | {_PROBLEM: _PROBLEM_SHAPE}}
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's manual has it


def _add_stories(router: APIRouter, newsroom: SiteSource) -> None:
    @router.get("/front", summary="The front page", **_answers(FrontView))
    def front() -> Response:
        """Return the world's stories, ranked, with the newest articles and the countries."""
        return JSONResponse(plain(newsroom.front()))

    @router.get("/story/{story_id}", summary="A story", **_answers(StoryView, 308, 404))
    def story(story_id: str) -> Response:
        """Return a story; an older id of it leads to its permanent address."""
        view = newsroom.story(story_id)
        if view.card.story.id != story_id:
            return RedirectResponse(f"{PREFIX}/story/{view.card.story.id}", status_code=308)
        return JSONResponse(plain(view))

    @router.get("/article/{article_id}", summary="An article", **_answers(ArticleView, 404))
    def article(article_id: str) -> Response:
        """Return an article with its translation, quotes, credits and copies."""
        return JSONResponse(plain(newsroom.article(article_id)))

    @router.get("/search", summary="Search", **_answers(SearchView, 422))
    def search(q: Words, before: Position = None) -> Response:
        """Return articles that hold the words of `q`, newest first."""
        return JSONResponse(plain(newsroom.search(q, before)))


def _add_press(router: APIRouter, newsroom: SiteSource) -> None:
    @router.get("/country/{code}", summary="A country's press", **_answers(CountryView, 404))
    def country(code: str) -> Response:
        """Return a country's outlets, articles, stories and gaps."""
        return JSONResponse(plain(newsroom.country(code)))

    @router.get("/outlet/{outlet_id}", summary="An outlet", **_answers(OutletView, 404))
    def outlet(outlet_id: str) -> Response:
        """Return an outlet with its newest articles and whom it credits."""
        return JSONResponse(plain(newsroom.outlet(outlet_id)))

    @router.get("/status", summary="The state of the house", **_answers(StatusView))
    def status() -> Response:
        """Return how each stage stands."""
        return JSONResponse(plain(newsroom.status()))


_SAID: dict[int, dict[str, Any]] = {
    308: {
        "description": "It has another address now.",
        "headers": {"location": {"schema": {"type": "string"}, "required": True}},
    },
    404: {"description": "There is none."},
    422: {"description": "A part of the address is not as it should be."},
}


def _answers(view: type, *others: int) -> dict[str, Any]:
    """Return how a route is described that answers with `view`, or with one of the `others`."""
    said = {
        status: _SAID[status] | ({} if status < 400 else {"content": _content(_PROBLEM)})  # noqa: PLR2004 the first error
        for status in others
    }
    own = {"description": "The view.", "content": _content(view.__name__)}
    return {"response_model": None, "responses": {200: own} | said}


def _content(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"{PLACE}{name}"}}}
