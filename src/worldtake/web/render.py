"""Templates bound to the words of the site: every value is escaped, an unknown name is an error."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from worldtake.places import bloc_name, centroid, country_name, flag, language_name
from worldtake.web import words
from worldtake.web.marks import anchor

if TYPE_CHECKING:
    from collections.abc import Callable

    from worldtake.model.spans import Evidence

#: Where the front end's build puts its files.
STATIC = Path(__file__).parent / "static"
#: Characters of a digest that tell two builds of a file apart.
DIGEST_CHARS = 10


@dataclass(frozen=True, slots=True)
class Renderer:
    """Print pages."""

    environment: Environment
    #: Gives what stands on every page; asked for each page, as it may change while the site runs.
    banner: Callable[[], str | None]

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return the page of `template` with `values`."""
        body = self.environment.get_template(template).render(banner=self.banner(), **values)
        return HTMLResponse(body, status_code=status, headers={"Cache-Control": "no-cache"})


def make_renderer(language: str, banner: Callable[[], str | None]) -> Renderer:
    """Return a renderer for a reader's language, with what `banner` gives on every page."""
    environment = Environment(
        loader=PackageLoader("worldtake.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        count=words.count,
        engine_name=words.engine_name,
        first_capital=words.first_capital,
        megabytes=words.megabytes,
        share=words.share,
        moment=words.moment,
        day=words.day,
        web_address=words.web_address,
        web_site=words.web_site,
        language_name=partial(language_name, language=words.WORDS_LANGUAGE),
        country_name=partial(country_name, language=language),
        flag=flag,
        bloc_name=bloc_name,
    )
    environment.globals.update(
        anchor=anchor,
        asset=_asset_addresses(),
        between=words.between,
        centroid=centroid,
        coverage_words=words.coverage_words,
        direction=words.direction,
        language=language,
        receipt=receipt_address,
        same_language=words.same_language,
        span=words.span,
        state_meanings=words.STATE_MEANINGS,
        states=words.STATES,
        verdict_meanings=words.VERDICT_MEANINGS,
        verdict_order=words.VERDICT_ORDER,
        verdicts=words.VERDICTS,
        waits_words=words.waits_words,
        words_language=words.WORDS_LANGUAGE,
    )
    return Renderer(environment, banner)


def receipt_address(evidence: Evidence) -> str:
    """Return the address that opens an article at the words of `evidence`, marked with or without scripts."""
    place = anchor(evidence.span, evidence.part)
    query = f"?{place[0]}={place[1:]}" if place[0] in "sdht" else ""
    return f"/article/{evidence.article_id}{query}#{place}"


def _asset_addresses() -> dict[str, str]:
    """Return the address of each static file, with its digest so that it may be kept for good."""
    files = ("app.css", "app.js", "globe.js", "htmx.min.js", "icon.svg", "world-110m.json")
    return {name: f"/static/{name}{_version(STATIC / name)}" for name in files}


def _version(path: Path) -> str:
    if not path.is_file():
        return ""
    digest = hashlib.blake2b(path.read_bytes()).hexdigest()[:DIGEST_CHARS]
    return f"?v={digest}"
