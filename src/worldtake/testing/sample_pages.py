"""Render the pages of the sample press: nineteen site templates, with the noise that real sites put round an article.

Pages are the same for the same sample and port. Every page says, in English and in its own language, that it is invented.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import format_date, format_time

from worldtake.testing.markup import fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from worldtake.testing.sample_nouns import SampleArticle, SampleOutlet

#: Days from the article's own to those of the teasers beside it: dates that are not the article's.
TEASER_DAYS = (1, -3, 2, -9, -1, -30)
#: Days from the article's own to the remarks below it.
REMARK_DAYS = (1, 2)
#: How many of the outlet's earlier articles a page links to.
RELATED = 3
#: Minutes after publication that metadata state as the last change.
CHANGED_MINUTES = 47
#: Names by which templates put noise after the first paragraphs.
PLACES = ("first", "second", "third")
#: What stands between day and time, by language; a comma elsewhere.
GAPS = {"ja": " ", "zh": " ", "ar": "، "}
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def render_article(
    article: SampleArticle,
    outlet: SampleOutlet,
    *,
    earlier: Sequence[SampleArticle],
    words: Mapping[str, Mapping[str, Any]],
    port: int,
    feed: Mapping[str, str],
) -> bytes:
    """Return the page of `article` in its site's template and charset."""
    values = _chrome(outlet, words, port) | _story(article, outlet, port)
    w = words[outlet.languages[0]]
    teasers = _teasers(w, article, outlet)
    related = [_link(other, outlet, w, port) for other in earlier[:RELATED]] or teasers[:2]
    values |= {
        "section": w["sections"][0],
        "date": visible_moment(article.published, outlet, w["locale"]),
        "today": visible_day(article.published + timedelta(days=2), outlet, w["locale"]),
        "feed": feed,
        "trending": teasers[:5],
        "fillers": teasers[1:],
        "related": related,
        "teaser": related[0],
        "menu": _menu(values["nav"], teasers, w),
        "remarks": _remarks(article, outlet, w),
    }
    values |= _metadata(article, values)
    return _encoded(fill(template(outlet.template), values), outlet)


def render_home(
    outlet: SampleOutlet,
    articles: Sequence[SampleArticle],
    *,
    words: Mapping[str, Mapping[str, Any]],
    port: int,
    feed: Mapping[str, str] | None,
    sitemap: str | None,
) -> bytes:
    """Return the home page with `articles`, the newest first, and where the feed is."""
    w = words[outlet.languages[0]]
    entries = [
        _link(article, outlet, w, port) | {"summary": summary_of(article)} for article in articles
    ]
    values = _chrome(outlet, words, port) | {
        "articles": entries,
        "feed": feed,
        "sitemap": sitemap,
    }
    return _encoded(fill(template("home"), values), outlet)


@cache
def template(name: str) -> str:
    """Return the text of a site template.

    Raises:
        FileNotFoundError: if there is none of that name.
    """
    path = files("worldtake.testing") / "templates" / f"{name}.html"
    return path.read_text(encoding="utf-8")


def summary_of(article: SampleArticle) -> str:
    """Return what a feed says below the headline."""
    return article.standfirst.source if article.standfirst else article.paragraphs[0][0].source


def visible_moment(moment: datetime, outlet: SampleOutlet, locale: str) -> str:
    """Return day and time as the outlet prints them, without zone."""
    local, custom = moment.replace(tzinfo=None), _custom(locale, outlet)
    gap = GAPS.get(custom.language, ", ")
    time = format_time(local, "short", locale=custom).replace("\u202f", " ")
    return _digits(f"{format_date(local, 'long', locale=custom)}{gap}{time}", outlet)


def visible_day(moment: datetime, outlet: SampleOutlet, locale: str) -> str:
    """Return the day as the outlet prints it beside a teaser."""
    custom = _custom(locale, outlet)
    return _digits(format_date(moment.replace(tzinfo=None), "medium", locale=custom), outlet)


def _custom(locale: str, outlet: SampleOutlet) -> Locale:
    """Return how dates are written in the outlet's language and country."""
    return Locale.parse(f"{locale}_{outlet.country}")


def _digits(text: str, outlet: SampleOutlet) -> str:
    return text.translate(str.maketrans("0123456789", outlet.digits)) if outlet.digits else text


def _encoded(page: str, outlet: SampleOutlet) -> bytes:
    return page.encode(outlet.encoding, "xmlcharrefreplace")


def _chrome(
    outlet: SampleOutlet, words: Mapping[str, Mapping[str, Any]], port: int
) -> dict[str, Any]:
    language = outlet.languages[0]
    w = words[language]
    home = f"http://{outlet.host}:{port}/"
    return {
        "w": w,
        "lang": language,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "charset": outlet.encoding,
        "site": outlet.printed_name,
        "home": home,
        "nav": [{"label": w["home"], "href": home}]
        + [{"label": s, "href": f"{home}#{i}"} for i, s in enumerate(w["sections"], 1)],
        "imprint": w["imprint"],
        "topics": w["topics"],
        "invented": "" if language == "en" else w["invented"],
        "invented_en": words["en"]["invented"],
    }


def _story(article: SampleArticle, outlet: SampleOutlet, port: int) -> dict[str, Any]:
    url = f"http://{outlet.host}:{port}{article.path}"
    image_path = f"/images/{article.address.rpartition('/')[2].partition('.')[0]}.svg"
    printed = article.printed()[: len(article.paragraphs)]
    paragraphs = [
        {"text": text, place: True}
        for text, place in zip_longest(printed, PLACES[: len(printed)], fillvalue="later")
    ]
    image = {
        "src": image_path,
        "caption": article.image.caption.source if article.image else "",
        "credit": article.image.credit if article.image else "",
    }
    return {
        "url": url,
        "title": article.title.source,
        "standfirst": article.standfirst.source if article.standfirst else "",
        "summary": summary_of(article),
        "author": article.author or "",
        "iso": article.published.isoformat(),
        "iso_day": article.published.date().isoformat(),
        "stamp": f"{article.published:%Y-%m-%d %H:%M:%S}",
        "number": article.path.rpartition("/")[2],
        "paragraphs": paragraphs,
        "credit_line": article.credit_line.source if article.credit_line else "",
        "image": image if article.image else None,
        "image_url": f"http://{outlet.host}:{port}{image_path}",
    }


def _teasers(
    w: Mapping[str, Any], article: SampleArticle, outlet: SampleOutlet
) -> list[dict[str, str]]:
    pairs = zip(w["fillers"], TEASER_DAYS, strict=True)
    return [
        {"title": title, "href": f"/#{i}"} | _dated(article.published, days, outlet, w)
        for i, (title, days) in enumerate(pairs)
    ]


def _remarks(
    article: SampleArticle, outlet: SampleOutlet, w: Mapping[str, Any]
) -> list[dict[str, str]]:
    pairs = zip(w["remarks"], REMARK_DAYS, strict=True)
    return [
        {"name": name, "words": said} | _dated(article.published, days, outlet, w)
        for (name, said), days in pairs
    ]


def _dated(
    published: datetime, days: int, outlet: SampleOutlet, w: Mapping[str, Any]
) -> dict[str, str]:
    moment = published + timedelta(days=days, minutes=13)
    return {"day": visible_day(moment, outlet, w["locale"]), "iso": moment.isoformat()}


def _link(
    article: SampleArticle, outlet: SampleOutlet, w: Mapping[str, Any], port: int
) -> dict[str, str]:
    href = f"http://{outlet.host}:{port}{article.path}"
    return {"title": article.title.source, "href": href} | _dated(article.published, 0, outlet, w)


def _menu(
    nav: Sequence[Mapping[str, str]], teasers: Sequence[Mapping[str, str]], w: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return [
        {**entry, "teasers": teasers[i % 3 : i % 3 + 3], "text": w["newsletter_text"] if i else ""}
        for i, entry in enumerate(nav)
    ]


def _metadata(article: SampleArticle, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the page's JSON-LD: plain, in a graph, and with the flag of a metered page."""
    publisher = {"@type": "Organization", "name": values["site"], "url": values["home"]}
    changed = article.published + timedelta(minutes=CHANGED_MINUTES)
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": values["url"]},
        "headline": values["title"],
        "description": values["summary"],
        "inLanguage": article.language,
        "datePublished": values["iso"],
        "dateModified": changed.isoformat(),
        "publisher": publisher,
    }
    if article.author:
        news["author"] = [{"@type": "Person", "name": article.author}]
    if values["image"]:
        news["image"] = [values["image_url"]]
    context = {"@context": "https://schema.org"}
    site = {"@type": "WebSite", "@id": f"{values['home']}#site", "name": values["site"]}
    metered = {
        "isAccessibleForFree": False,
        "hasPart": {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".metered-content",
        },
    }
    return {
        "ld": _json(context | news),
        "ld_graph": _json(context | {"@graph": [site, news]}),
        "ld_metered": _json(context | news | metered),
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value).replace("</", "<\\/")
