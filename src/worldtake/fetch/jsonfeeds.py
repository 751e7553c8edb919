"""Read JSON Feed, versions 1 and 1.1 (jsonfeed.org); what is not as it should be is left out, item by item."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from worldtake.fetch.items import Announced, Item, moment

if TYPE_CHECKING:
    from collections.abc import Mapping


def looks_like(content: bytes) -> bool:
    """Tell whether `content` is a JSON object."""
    return content[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read(content: bytes) -> Announced:
    """Return the feed in `content`.

    Raises:
        ValueError: if it is not JSON or has no items.
    """
    try:
        found = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        message = f"broken JSON ({error})"
        raise ValueError(message) from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        message = "JSON without a list of items"
        raise ValueError(message)  # noqa: TRY004 a value of the feed, not of the caller
    return Announced(
        items=tuple(_item(item) for item in items if isinstance(item, dict)),
        kind="json",
        title=_text(found, "title"),
        language=_text(found, "language") or None,
        hub=_hub(found.get("hubs")),
        self_url=_text(found, "feed_url"),
    )


def _item(item: Mapping[str, Any]) -> Item:
    named = _text(item, "id")
    return Item(
        link=_text(item, "url")
        or _text(item, "external_url")
        or (named if named.startswith(("http://", "https://")) else ""),
        title=_text(item, "title"),
        summary=_text(item, "summary")
        or _text(item, "content_text")
        or _text(item, "content_html"),
        published=moment(item.get("date_published")),
        updated=moment(item.get("date_modified")),
        language=_text(item, "language") or None,
        authors=_authors(item),
        image=_text(item, "image") or _text(item, "banner_image"),
    )


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    people = item.get("authors") or [item.get("author")]
    if not isinstance(people, list):
        return ()
    return tuple(_text(person, "name") for person in people if isinstance(person, dict))


def _hub(hubs: object) -> str:
    """Return the first hub that speaks WebSub."""
    found = [hub for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    return next((_text(hub, "url") for hub in found if _text(hub, "type").lower() == "websub"), "")


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""
