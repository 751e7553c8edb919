"""What must not stand in an extracted text: the page's captions, and its title once more as first line.

The gold marks no captions, so they are read out of the page itself: the text of a `figcaption` and of an element whose class or
`itemprop` says caption, and of each part of it, from four words up. A caption has leaked where it is a line of the extracted
text and stands nowhere in the gold body.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import regex
from lxml import etree, html

from worldtake.text.decode import decode
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evals.extraction.corpora import Sample

#: Words from which a caption counts: below, "Photo: AFP" and a name are credits, and may be lines of an article too.
CAPTION_WORDS = 4
#: Words up to which a marked element is a caption, and no article in a box that has one.
CAPTION_WORDS_MOST = 150
_WORDS = regex.compile(r"\w+")
#: A class that says caption: `wp-caption`, `imageCaption`; not `text-caption`, a size of type, nor `noCaption`.
_CAPTION_CLASS = regex.compile(r"(?<![a-z])caption(?![a-z]{2})|Caption|CAPTION")
_NO_CAPTION = regex.compile(
    r"^(?:\S+:)?text-caption|no-?caption|without-?caption", regex.IGNORECASE
)
_TEXTS = etree.XPath(
    ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::svg)]"
)


def has_leak(sample: Sample, text: str) -> bool:
    """Return whether a line of `text` is a caption of the page that its gold body does not hold."""
    captions = captions_of(sample)
    return bool(captions) and any(plain(line) in captions for line in text.splitlines())


def has_echo(sample: Sample, text: str) -> bool:
    """Return whether `text` begins with the page's title, where the gold body does not."""
    first = next((plain(line) for line in text.splitlines() if line.strip()), "")
    return first in titles_of(sample) and not plain(sample.text).startswith(first)


def plain(text: str) -> str:
    """Return the words of `text` alone, folded: what two renderings of one line share."""
    return " ".join(_WORDS.findall(fold(text)))


@lru_cache(maxsize=1024)
def captions_of(sample: Sample) -> frozenset[str]:
    """Return the captions of a page that its gold body does not hold."""
    gold = f" {plain(sample.text)} "
    return frozenset(
        words
        for words in map(plain, _captions(_tree(sample)))
        if CAPTION_WORDS <= words.count(" ") + 1 <= CAPTION_WORDS_MOST and f" {words} " not in gold
    )


@lru_cache(maxsize=1024)
def titles_of(sample: Sample) -> frozenset[str]:
    """Return what the page and the gold call its title."""
    tree = _tree(sample)
    found = [
        sample.title or "",
        *(_text(each) for each in tree.iter("h1", "title")),
        *tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content"),
    ]
    return frozenset(filter(None, map(plain, found)))


def _tree(sample: Sample) -> html.HtmlElement:
    text = decode(sample.html, charset=None, html=True).text
    return html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))


def _captions(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.iter(etree.Element):
        if _says_caption(element):
            # Extractors differ in whether they keep the credit, and put a space where an element ends.
            yield from _texts(element)
            for each in element.iter(etree.Element):
                yield _text(each)
                yield _text(each, " ")


def _says_caption(element: html.HtmlElement) -> bool:
    if element.tag == "figcaption" or "caption" in element.get("itemprop", "").lower():
        return True
    return any(
        _CAPTION_CLASS.search(name) and not _NO_CAPTION.search(name)
        for name in element.get("class", "").split()
    )


def _text(element: html.HtmlElement, between: str = "") -> str:
    """Return the text that an element shows, its own texts with `between` between them."""
    return between.join(_texts(element))


def _texts(element: html.HtmlElement) -> list[str]:
    return cast(list[str], _TEXTS(element))
