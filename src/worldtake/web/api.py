"""The same views as JSON, for programs; described at `/api/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from worldtake.web.plain import plain

if TYPE_CHECKING:
    from worldtake.web.source import SiteSource

#: Where the interface of this version stands.
PREFIX = "/api/v1"


def api_routes(newsroom: SiteSource) -> APIRouter:
    """Return the routes of the JSON interface."""
    router = APIRouter(prefix=PREFIX, tags=["newsroom"])
    _add_stories(router, newsroom)
    _add_press(router, newsroom)
    return router


def _add_stories(router: APIRouter, newsroom: SiteSource) -> None:
    @router.get("/front", response_model=dict[str, Any], summary="The front page")
    def front() -> Response:
        """Return the world's stories, ranked, with the newest articles and the countries."""
        return JSONResponse(plain(newsroom.front()))

    @router.get("/story/{story_id}", response_model=dict[str, Any], summary="A story")
    def story(story_id: str) -> Response:
        """Return a story; an older id of it leads to its permanent address."""
        view = newsroom.story(story_id)
        if view.card.story.id != story_id:
            return RedirectResponse(f"{PREFIX}/story/{view.card.story.id}", status_code=308)
        return JSONResponse(plain(view))

    @router.get("/article/{article_id}", response_model=dict[str, Any], summary="An article")
    def article(article_id: str) -> Response:
        """Return an article with its translation, quotes, credits and copies."""
        return JSONResponse(plain(newsroom.article(article_id)))

    @router.get("/search", response_model=dict[str, Any], summary="Search")
    def search(q: str, before: str | None = None) -> Response:
        """Return articles that hold the words of `q`, newest first."""
        return JSONResponse(plain(newsroom.search(q, before)))


def _add_press(router: APIRouter, newsroom: SiteSource) -> None:
    @router.get("/country/{code}", response_model=dict[str, Any], summary="A country's press")
    def country(code: str) -> Response:
        """Return a country's outlets, articles, stories and gaps."""
        return JSONResponse(plain(newsroom.country(code)))

    @router.get("/outlet/{outlet_id}", response_model=dict[str, Any], summary="An outlet")
    def outlet(outlet_id: str) -> Response:
        """Return an outlet with its newest articles and whom it credits."""
        return JSONResponse(plain(newsroom.outlet(outlet_id)))

    @router.get("/status", response_model=dict[str, Any], summary="The state of the house")
    def status() -> Response:
        """Return how each stage stands."""
        return JSONResponse(plain(newsroom.status()))
