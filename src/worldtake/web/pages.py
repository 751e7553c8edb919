"""The pages that people read, one route each; all of them are complete without scripts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from pydantic import BaseModel

from worldtake.errors import UnknownItemError
from worldtake.model.spans import Span
from worldtake.places import country_name
from worldtake.web.chart import day_chart
from worldtake.web.descent import trace_descent
from worldtake.web.images import add_images
from worldtake.web.metrics import expose
from worldtake.web.reading import read_article
from worldtake.web.revisions import revision_lines

if TYPE_CHECKING:
    from worldtake.model.traces import Part
    from worldtake.model.views import CountryCount
    from worldtake.web.reading import Receipt
    from worldtake.web.render import Renderer
    from worldtake.web.source import SiteSource

#: Longest query that is passed on; a longer one is cut.
MAX_QUERY_CHARS = 300
#: A span in a page's address: two positions.
SPAN_PATTERN = r"^\d{1,7}-\d{1,7}$"

#: Status of an answer that says: nothing has changed since.
NO_NEWS = 204

SpanParam = Annotated[str | None, Query(pattern=SPAN_PATTERN)]


class Asked(BaseModel):
    """How an article is to be shown."""

    #: Words that the reader is led to: of the text, of what was left out, of the headline, of the translation.
    s: SpanParam = None
    d: SpanParam = None
    h: SpanParam = None
    t: SpanParam = None
    #: Whether the translation is wanted though the reader reads the language.
    translated: Literal["yes"] | None = None
    #: Translated sentences that the asking page shows.
    have: int | None = None

    def receipt(self) -> Receipt | None:
        """Return the words led to; None where there are none."""
        given: tuple[tuple[Literal[Part, "translation"], str | None], ...] = (
            ("text", self.s),
            ("discarded", self.d),
            ("title", self.h),
            ("translation", self.t),
        )
        for part, value in given:
            if value:
                start, end = (int(position) for position in value.split("-"))
                return (part, Span(start, end)) if start < end else None
        return None

    def again(self) -> str:
        """Return the query that asks for the same once more, without what is shown already."""
        return urlencode(self.model_dump(exclude_none=True, exclude={"have"}))


def page_routes(newsroom: SiteSource, renderer: Renderer) -> APIRouter:
    """Return the routes of all pages."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_front(router, newsroom, renderer)
    _add_stories(router, newsroom, renderer)
    _add_articles(router, newsroom, renderer)
    _add_places(router, newsroom, renderer)
    _add_house(router, newsroom, renderer)
    add_images(router, newsroom)
    return router


def _add_front(router: APIRouter, newsroom: SiteSource, renderer: Renderer) -> None:
    @router.get("/")
    def front(part: Literal["stories"] | None = None) -> Response:
        """Show the world's stories; `part` gives what changes while the page fills."""
        template = "front_part.html" if part else "front.html"
        view = newsroom.front()
        heard = tuple(c for c in view.countries if c.articles)
        return renderer.page(template, view=view, countries=_by_name(heard, newsroom))

    @router.get("/search")
    def search(q: str = "", before: str | None = None) -> Response:
        """Show articles that hold the words asked for."""
        query = " ".join(q.split())[:MAX_QUERY_CHARS]
        view = newsroom.search(query, before) if query else None
        older = urlencode({"q": query, "before": view.older}) if view and view.older else None
        return renderer.page("search.html", query=query, view=view, older=older)


def _add_stories(router: APIRouter, newsroom: SiteSource, renderer: Renderer) -> None:
    @router.get("/story/{story_id}")
    def story(story_id: str, by: Literal["country", "bloc"] = "country") -> Response:
        """Show a story; an older id of it leads to its permanent address."""
        view = newsroom.story(story_id)
        if view.card.story.id != story_id:
            return RedirectResponse(f"/story/{view.card.story.id}", status_code=308)
        return renderer.page(
            "story.html",
            view=view,
            by=by,
            groups=view.by_bloc if by == "bloc" else view.by_country,
            picture=newsroom.shows_images and view.card.lead.image,
            descent=trace_descent(view),
            earliest_first=sorted(view.headlines, key=lambda h: h.published or h.seen),
            headlines={h.article_id: h for h in view.headlines},
            outlets={outlet.id: outlet for outlet in view.outlets},
        )


def _add_articles(router: APIRouter, newsroom: SiteSource, renderer: Renderer) -> None:
    @router.get("/article/{article_id}")
    def article(article_id: str, asked: Annotated[Asked, Query()]) -> Response:
        """Show an article; `s`, `d`, `h` and `t` are spans of its text, of what was left out, of its headline, of its translation."""
        view = newsroom.article(article_id)
        as_printed = view.reads and not asked.translated
        reading = read_article(view, asked.receipt(), as_printed=as_printed)
        if reading.told.refreshes and asked.have == reading.done:
            return Response(status_code=NO_NEWS)
        return renderer.page(
            "article.html",
            view=view,
            reading=reading,
            copied={headline.article_id: headline for headline in view.copied},
            left_out_open=bool(asked.d),
            revised=revision_lines(view.revisions),
            picture=newsroom.shows_images and bool(view.article.image),
            again=asked.again(),
        )


def _add_places(router: APIRouter, newsroom: SiteSource, renderer: Renderer) -> None:
    @router.get("/countries")
    def countries() -> Response:
        """Show every country with its press, as an equal list."""
        counts = _by_name(newsroom.front().countries, newsroom)
        letters = groupby(counts, key=lambda c: country_name(c.country, newsroom.language)[0])
        return renderer.page("countries.html", letters=[(k, list(g)) for k, g in letters])

    @router.get("/country/{code}")
    def country(code: str) -> Response:
        """Show a country's press."""
        if code != code.upper():
            return RedirectResponse(f"/country/{code.upper()}", status_code=308)
        if country_name(code, newsroom.language) == code:
            message = f"no country {code}: use two letters of ISO 3166-1, such as SI"
            raise UnknownItemError(message)
        return renderer.page("country.html", view=newsroom.country(code))

    @router.get("/outlet/{outlet_id}")
    def outlet(outlet_id: str) -> Response:
        """Show an outlet."""
        view = newsroom.outlet(outlet_id)
        return renderer.page("outlet.html", view=view, chart=day_chart(view.days))


def _add_house(router: APIRouter, newsroom: SiteSource, renderer: Renderer) -> None:
    @router.get("/about")
    def about() -> Response:
        """Say what the site is and how its numbers come about."""
        return renderer.page("about.html")

    @router.get("/status")
    def status() -> Response:
        """Show how each stage and each outlet stands, and what could not be processed."""
        return renderer.page("status.html", view=newsroom.status(), items=newsroom.quarantine())

    @router.get("/metrics")
    def metrics(request: Request) -> Response:
        """Give counts for Prometheus: stages, outlets by country and state, time since last entries."""
        body, media_type = expose(newsroom.status(), request.headers.get("accept", ""))
        return Response(body, media_type=media_type, headers={"Cache-Control": "no-store"})

    @router.get("/healthz")
    def healthz() -> PlainTextResponse:
        """Answer that the site is up."""
        return PlainTextResponse("ok\n")


def _by_name(counts: tuple[CountryCount, ...], newsroom: SiteSource) -> list[CountryCount]:
    return sorted(counts, key=lambda c: country_name(c.country, newsroom.language))
