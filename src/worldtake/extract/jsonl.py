"""Articles as JSON: the form in which the extract command writes them and the later stage commands read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from worldtake.errors import UnreadableInputError
from worldtake.model import Article, Block, Discarded, Span, article_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.model import BlockRole

_ROLES = frozenset(("standfirst", "paragraph", "subheading", "quote", "list", "table", "dateline"))
#: When an article was first seen that says neither that nor when it was published: the start of Unix time.
UNSEEN = datetime(1970, 1, 1, tzinfo=UTC)


def to_json(article: Article) -> dict[str, Any]:
    """Return an article as plain values; dates in ISO 8601, a day alone where no more is known."""
    return {
        "file": article.file,
        "url": article.url,
        "title": article.title,
        "authors": list(article.authors),
        "agencies": list(article.agencies),
        "published": _stated(article.published, is_day=article.published_precision == "day"),
        "modified": _stated(article.modified, is_day=False),
        "site": article.site,
        "language": article.language,
        "image": article.image,
        "image_caption": article.image_caption,
        "image_credit": article.image_credit,
        "section": article.section,
        "keywords": list(article.keywords),
        "paywalled": article.paywalled,
        "live": article.live,
        "provenance": dict(article.provenance),
        "confidences": dict(article.confidences),
        "text": article.text,
        "blocks": [_block_values(each) for each in article.blocks],
        "discarded": [{"text": each.text, "reason": each.reason} for each in article.discarded],
    }


def from_json(values: Mapping[str, Any]) -> Article:
    """Return the article that `values` say; what is missing is unknown.

    Raises:
        UnreadableInputError: if a value cannot be read, such as a block outside the text.
    """
    try:
        return _read(values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = (
            f"this is no article as extract writes it ({error}): write it with the extract command"
        )
        raise UnreadableInputError(message) from error


def _read(values: Mapping[str, Any]) -> Article:
    published, is_day = _moment(values.get("published"))
    text = str(values.get("text") or "")
    url = str(values.get("url") or f"file:{values.get('file') or 'unknown'}")
    seen = published or UNSEEN
    return Article(
        id=str(values.get("id") or article_id(url, seen)),
        url=url,
        outlet_id=values.get("outlet_id"),
        title=str(values.get("title") or ""),
        text=text,
        blocks=tuple(_block(each, text) for each in values.get("blocks") or ())
        or _paragraphs(text),
        discarded=tuple(
            Discarded(text=str(each["text"]), reason=str(each.get("reason", "")))
            for each in values.get("discarded") or ()
        ),
        authors=tuple(str(each) for each in values.get("authors") or ()),
        agencies=tuple(str(each) for each in values.get("agencies") or ()),
        published=published,
        published_precision=None if published is None else "day" if is_day else "second",
        published_zone_stated=published is not None and not is_day,
        modified=_moment(values.get("modified"))[0],
        site=values.get("site"),
        language=str(values.get("language") or "und"),
        image=values.get("image"),
        image_caption=values.get("image_caption"),
        image_credit=values.get("image_credit"),
        section=values.get("section"),
        keywords=tuple(str(each) for each in values.get("keywords") or ()),
        paywalled=values.get("paywalled"),
        live=bool(values.get("live")),
        provenance=tuple((str(k), str(v)) for k, v in (values.get("provenance") or {}).items()),
        confidences=tuple((str(k), float(v)) for k, v in (values.get("confidences") or {}).items()),
        file=values.get("file"),
        seen=seen,
    )


def _block_values(block: Block) -> dict[str, Any]:
    """Return a block's place and role, and its language where that is not the article's."""
    values = {"start": block.span.start, "end": block.span.end, "role": block.role}
    return values | ({"language": block.language} if block.language else {})


def _stated(moment: datetime | None, *, is_day: bool) -> str | None:
    if moment is None:
        return None
    return moment.date().isoformat() if is_day else moment.isoformat()


def _moment(stated: Any) -> tuple[datetime | None, bool]:
    """Return a moment and whether only its day is known."""
    if not stated:
        return None, False
    if len(stated) == len("2025-11-28"):
        return datetime.combine(date.fromisoformat(stated), time(), tzinfo=UTC), True
    moment = datetime.fromisoformat(stated)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)), False


def _block(values: Mapping[str, Any], text: str) -> Block:
    span = Span(int(values["start"]), int(values["end"]))
    if span.end > len(text):
        message = f"a block ends at {span.end} in a text of {len(text)} characters"
        raise ValueError(message)
    role = values.get("role", "paragraph")
    return Block(
        span=span,
        role=cast("BlockRole", role if role in _ROLES else "paragraph"),
        language=str(values["language"]) if values.get("language") else None,
    )


def _paragraphs(text: str) -> tuple[Block, ...]:
    """Return the parts between blank lines as paragraphs, for articles written without blocks."""
    blocks = []
    place = 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(span=Span(place, place + len(part)), role="paragraph"))
        place += len(part) + 2
    return tuple(blocks)
