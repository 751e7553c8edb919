"""Other extractors, each from a page's bytes to a `Reading`: the text of the article, without comments where it has a say in that.

They are no dependency of the project: `make compare` installs them, in an environment of their own. Each is imported where it is
called, so that this module can be read without them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeAlias

import regex
from lxml import etree, html

from evals.extraction.marks import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evals.extraction.corpora import Sample

Read: TypeAlias = Callable[["Sample"], Reading]

#: All that an extractor may give beside the body.
EVERYTHING = frozenset(("title", "day", "minute", "authors"))
#: Elements that begin a line of their own.
_LINES = regex.compile(
    "address|article|aside|blockquote|br|d[dltiv]+|fig.+|footer|h[1-6r]|header|li|main|nav|[ou]l|p|pre|section|table|t[dhr]"
)
_SPACES = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """One way of reading a page."""

    #: Name as the table shows it.
    name: str
    #: Distribution that it is from; None for worldtake itself.
    distribution: str | None = None
    #: What it gives beside the body, as the figures of `marks` are named.
    gives: frozenset[str] = frozenset()
    #: From a page to what it reads there; raises what it will.
    read: Read

    @property
    def label(self) -> str:
        """Return the name with the version measured."""
        if self.distribution is None:
            return self.name
        name = self.name.removeprefix(self.distribution)
        return f"{self.distribution} {version(self.distribution)}{name}"


def peers() -> tuple[Extractor, ...]:
    """Return every other extractor, trafilatura's default first."""
    return (
        _trafilatura("", read=_read_trafilatura()),
        _trafilatura(
            ", with metadata",
            gives=frozenset(("title", "day", "authors")),
            read=_read_trafilatura(with_metadata=True),
        ),
        _trafilatura(", fast", read=_read_trafilatura(fast=True)),
        _trafilatura(", precision", read=_read_trafilatura(favor_precision=True)),
        Extractor(
            name="resiliparse, main content", distribution="resiliparse", read=_read_resiliparse
        ),
        Extractor(name="readability-lxml", distribution="readability-lxml", read=_read_readability),
        Extractor(
            name="newspaper4k",
            distribution="newspaper4k",
            gives=EVERYTHING,
            read=_read_newspaper,
        ),
    )


def _trafilatura(mode: str, *, read: Read, gives: frozenset[str] = frozenset()) -> Extractor:
    name = f"trafilatura{mode}"
    return Extractor(name=name, distribution="trafilatura", gives=gives, read=read)


def _read_trafilatura(*, with_metadata: bool = False, **options: bool) -> Read:
    def read(sample: Sample) -> Reading:
        from trafilatura import bare_extraction  # noqa: PLC0415

        found = bare_extraction(
            sample.html,
            url=sample.url,
            include_comments=False,
            with_metadata=with_metadata,
            **options,
        )
        if found is None:
            return Reading()
        return Reading(
            text=found.text or "",
            title=found.title or "",
            authors=tuple(name for name in (found.author or "").split("; ") if name),
            published=datetime.fromisoformat(found.date) if found.date else None,
        )

    return read


def _read_resiliparse(sample: Sample) -> Reading:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    encoding = detect_encoding(sample.html, from_html_meta=True)
    tree = HTMLTree.parse_from_bytes(sample.html, encoding)
    text = extract_plain_text(
        tree, main_content=True, comments=False, alt_texts=False, list_bullets=False
    )
    return Reading(text=text)


def _read_readability(sample: Sample) -> Reading:
    from readability import Document  # noqa: PLC0415

    document = Document(sample.html)
    text = "\n".join(_lines(html.fromstring(document.summary(html_partial=True))))
    return Reading(text=text)


def _read_newspaper(sample: Sample) -> Reading:
    from newspaper import Article  # noqa: PLC0415
    from newspaper.parsers import get_unicode_html  # noqa: PLC0415

    article = Article(sample.url, fetch_images=False)
    article.download(input_html=get_unicode_html(sample.html))
    article.parse()
    published = article.publish_date
    return Reading(
        text=article.text or "",
        title=article.title or "",
        authors=tuple(article.authors or ()),
        published=published if isinstance(published, datetime) else None,
    )


def _lines(tree: html.HtmlElement) -> Iterator[str]:
    """Yield the lines that a browser would show of a small, clean tree."""
    line: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end"), tag="*"):
        if _LINES.fullmatch(element.tag) and "".join(line).strip():
            yield _SPACES.sub(" ", "".join(line)).strip()
            line.clear()
        line.append((element.text if event == "start" else element.tail) or "")
    if "".join(line).strip():
        yield _SPACES.sub(" ", "".join(line)).strip()
