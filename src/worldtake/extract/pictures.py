"""Find the main image of a page with its caption and its credit, in JSON-LD and in the figure that shows it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import regex

from worldtake.extract.evidence import LD, Evidence, strings, text_of
from worldtake.extract.phrases import is_credit

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest address, caption and credit that are read, characters.
ADDRESS_CHARS, CAPTION_CHARS, CREDIT_CHARS = 2_000, 600, 120
#: How many figures of a page are looked at for the main image.
FIGURES = 12
#: Shortest name of a file by which two addresses show one image, characters: `1.jpg` and `image.png` are anyone's.
NAME_CHARS = 8
_CREDIT_CLASS = regex.compile(
    r"(?:^|[\s_-])(?:\w*credits?|copyright|photo-?(?:graph)?er|source|quelle|author|attribution|byline|rights)(?=$|[\s_-])",
    regex.IGNORECASE,
)
_FILE_ENDS = regex.compile(
    r"(?:[-_]?\d{2,4}x\d{2,4})?\.(?:jpe?g|png|webp|gif|avif)$", regex.IGNORECASE
)
#: A credit at the end of a caption: in brackets, after a bar, or after a word that says so.
_CREDIT_END = regex.compile(
    r"\s*(?:[(\[](?P<c>[^()\[\]]{3,120})[)\]]|(?P<c>(?:©|\(c\)|(?:photos?|foto|image|bild|picture|фото|صورة|사진|写真|图片|credit|crédit|quelle|copyright)\s*[:：/=])\s*.{2,100}|(?:Foto|Photo|Picture) (?:by|von|di|de|:)\s.{2,80}))\.?$",
    regex.IGNORECASE,
)
_CREDIT_START = regex.compile(
    r"^\W*(?:(?:photo(?:graph)?s?|foto|fotos|image|images|bild|bilder|picture|credits?|crédits?|bildquelle|quelle|source|copyright|фото|صورة|사진|写真|图片来源|图片)\b\s*(?:credits?|by|courtesy|von|de|di)?\s*[:：/=|-]?|©|\(c\))\s*",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The main image of a page."""

    #: Its address.
    url: str
    #: Where it was found.
    place: str
    #: What stands under it; None where nothing does.
    caption: str | None = None
    #: Who made it, without the word for that; None where it is not said.
    credit: str | None = None


def main_picture(root: Any, found: Evidence, url: str) -> Picture | None:
    """Return the main image of the page at `url`; None where it states none."""
    stated = next(_stated(found, url), None)
    if stated is None:
        return None
    place, address = stated
    caption, credit = _told(found, address)
    if not caption or not credit:
        shown = _shown(root, address)
        caption, credit = caption or shown[0], credit or shown[1]
    return Picture(url=address, place=place, caption=caption or None, credit=credit or None)


def _stated(found: Evidence, url: str) -> Iterator[tuple[str, str]]:
    places = (
        *(("og:image", each) for each in found.meta.get("og:image", ())),
        *((f"{LD} image", each) for each in _addresses(found.article.get("image"))),
        *(("twitter:image", each) for each in found.meta.get("twitter:image", ())),
    )
    for place, address in places:
        whole = _joined(url, address) if address else ""
        if whole.startswith(("http://", "https://")) and len(whole) < ADDRESS_CHARS:
            yield place, whole


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base if base.startswith("http") else "", address)
    except ValueError:
        return ""


def _addresses(value: Any) -> list[str]:
    return [
        str(each.get("url") or each.get("contentUrl") or "")
        if isinstance(each, dict)
        else str(each or "")
        for each in (value if isinstance(value, list) else [value])
    ]


def _told(found: Evidence, address: str) -> tuple[str, str]:
    """Return caption and credit that JSON-LD states of the image."""
    images = found.article.get("image")
    nodes = [
        each
        for each in (images if isinstance(images, list) else [images])
        if isinstance(each, dict)
    ]
    if len(nodes) != 1:
        nodes = [*nodes, *(each for each in found.nodes if "ImageObject" in str(each.get("@type")))]
        nodes = [each for each in nodes if any(_is_same(one, address) for one in _addresses(each))]
    for node in nodes[:1]:
        caption = html.unescape(next(iter(strings(node.get("caption"))), ""))[:CAPTION_CHARS]
        makers = (node.get(name) for name in ("creditText", "copyrightHolder", "creator", "author"))
        credit = next((each for maker in makers for each in strings(maker)), "")
        parted = _parted(caption)
        return parted[0], _plain(html.unescape(credit)) or parted[1]
    return "", ""


def _shown(root: Any, address: str) -> tuple[str, str]:
    """Return caption and credit of the figure that shows the image."""
    for number, figure in enumerate(root.iter("figure")):
        if number >= FIGURES:
            break
        if not any(_is_same(each, address) for each in _sources(figure)):
            continue
        under = text_of(next(figure.iter("figcaption"), figure))[: CAPTION_CHARS + CREDIT_CHARS]
        credit = next((words for each in figure.iter() if (words := _credit_in(each))), "")
        caption, rest = _parted(under.replace(credit, " ") if credit else under)
        return " ".join(caption.split())[:CAPTION_CHARS], _plain(credit) or rest
    return "", ""


def _sources(figure: Any) -> Iterator[str]:
    for image in figure.iter("img", "source"):
        for name in ("src", "data-src", "srcset", "data-srcset", "data-original"):
            yield from (each.split(" ")[0] for each in (image.get(name) or "").split(", ")[:6])


def _credit_in(element: Any) -> str:
    if not isinstance(element.tag, str) or not _CREDIT_CLASS.search(element.get("class") or ""):
        return ""
    words = text_of(element)
    return words if 1 < len(words) <= CREDIT_CHARS else ""


def _parted(words: str) -> tuple[str, str]:
    """Return a caption and the credit at its end."""
    words = words.strip(" |·•/")
    if is_credit(words) and len(words) <= CREDIT_CHARS:
        return "", _plain(words)
    found = _CREDIT_END.search(words)
    if not found:
        return words, ""
    if found.group().lstrip().startswith(("(", "[")) and not _looks_credit(found["c"]):
        return words, ""
    return words[: found.start()].strip(" |·•/"), _plain(found["c"])


def _looks_credit(words: str) -> bool:
    return (
        is_credit(words)
        or "/" in words
        or bool(_CREDIT_START.match(words) and len(words) > NAME_CHARS)
    )


def _plain(credit: str) -> str:
    """Return a credit without the word for it."""
    return _CREDIT_START.sub("", credit.strip(" ()[]|"))[:CREDIT_CHARS].strip(" ()[]|.")


def _is_same(one: str, other: str) -> bool:
    """Tell whether two addresses show one image: they end in the same file, whatever its size."""
    first, second = _file(one), _file(other)
    return len(first) >= NAME_CHARS and (first == second)


@lru_cache(maxsize=256)
def _file(address: str) -> str:
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return _FILE_ENDS.sub("", path.rstrip("/").rpartition("/")[2])
