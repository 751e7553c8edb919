"""Make clean entries of a feed's announcements: plain text, whole addresses, one entry for an article, the newest of too many."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import nh3
import regex

from worldtake.http.addresses import article_key, canonical
from worldtake.model import Entry
from worldtake.text.fold import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worldtake.fetch.items import Item
    from worldtake.model import Feed

#: Longest title, summary and author kept, in characters; feeds that carry whole articles are cut.
MAX_TITLE_CHARS = 500
MAX_SUMMARY_CHARS = 2_000
MAX_AUTHOR_CHARS = 100
#: Most authors of one entry.
MAX_AUTHORS = 20
#: Longest address, in characters.
MAX_ADDRESS_CHARS = 4_000
#: Entries kept of one feed, the newest; a news sitemap may have 1,000, the longest feeds seen have 500.
MAX_ENTRIES = 1_000
_TAG = regex.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>")
_OPEN_COMMENT = regex.compile(r"<!--(?!.*>).*$", regex.DOTALL)
#: Tags that are no words of a headline about HTML.
_HTML = regex.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|div|em|figure|figcaption|font|h[1-6]|hr|i|iframe|img|li|ol|p|script|small|"
    r"span|strong|style|sub|sup|table|tbody|td|tr|u|ul)(?:\s[^<>]*)?/?>",
    regex.IGNORECASE,
)
_BCP_47 = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def entries_of(
    feed: Feed, base: str, items: Iterable[Item], language: str | None
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the items as entries: those with an address, of two for one article the first; then those without any."""
    kept: dict[str, Entry] = {}
    unlinked: list[Entry] = []
    for item in items:
        url = web_address(base, item.link)
        key = article_key(url)
        if not url:
            unlinked.append(_entry(feed, base, "", item, language))
        elif key not in kept:
            kept[key] = _entry(feed, base, canonical(url), item, language)
    return tuple(kept.values()), tuple(unlinked)


def newest(entries: Sequence[Entry], most: int = MAX_ENTRIES) -> tuple[Entry, ...]:
    """Return the `most` newest entries in their order, each article once; undated ones count as older than dated ones."""
    named: dict[str, Entry] = {}
    for entry in entries:
        named.setdefault(entry.url, entry)
    once = list(named.values())
    if len(once) <= most:
        return tuple(once)
    dated = sorted(range(len(once)), key=lambda at: _moment(once[at]), reverse=True)
    return tuple(once[at] for at in sorted(dated[:most]))


def plain(markup: str, max_chars: int) -> str:
    """Return the text of `markup` on one line, at most `max_chars` characters."""
    text = _without_tags(markup[: max_chars * 10])
    text = html.unescape(text)
    if "<" in text and _HTML.search(text):  # escaped twice, or the inside of what shows no HTML
        text = html.unescape(_without_tags(text))
    text = squeeze(text.replace("\x00", ""))
    return text if len(text) <= max_chars else text[: max_chars - 1].rstrip() + "…"


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    text = _OPEN_COMMENT.sub("", text)
    return nh3.clean(_TAG.sub(r" \g<0>", text), tags=set()) if _TAG.search(text) else text


def language_tag(language: object) -> str | None:
    """Return a declared language as a BCP 47 tag; None where it is none."""
    tag = str(language or "").strip().replace("_", "-")
    return tag if _BCP_47.fullmatch(tag) else None


def web_address(base: str, link: str) -> str:
    """Return `link` as a whole http or https address; empty where it is none."""
    link = link.strip()
    if not link or len(link) > MAX_ADDRESS_CHARS:
        return ""
    try:
        joined = urljoin(base, link)
    except ValueError:
        return ""
    return joined if joined.lower().startswith(("http://", "https://")) else ""


def _entry(feed: Feed, base: str, url: str, item: Item, language: str | None) -> Entry:
    names = (plain(name, MAX_AUTHOR_CHARS) for name in item.authors[:MAX_AUTHORS])
    return Entry(
        url=url,
        feed_url=feed.url,
        outlet_id=feed.outlet_id,
        title=plain(item.title, MAX_TITLE_CHARS),
        summary=plain(item.summary, MAX_SUMMARY_CHARS),
        published=item.published,
        updated=item.updated,
        language=language_tag(item.language) or language,
        authors=tuple(dict.fromkeys(filter(None, names))),
        image=web_address(base, item.image) or None,
    )


def _moment(entry: Entry) -> datetime:
    return entry.published or entry.updated or _LONG_AGO
