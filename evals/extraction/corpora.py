"""The two public sets of article pages as frozen values; a set that is not on the machine is empty."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from worldtake.http import registered_domain
from worldtake.model import Page

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
#: The scrapinghub pages do not say when they were fetched; they are of late 2019.
SCRAPINGHUB_FETCHED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page as it was fetched, with what people read out of it."""

    #: `scrapinghub` or `fundus`.
    corpus: str
    #: The page's name within its corpus.
    name: str
    #: Address that it was fetched from.
    url: str
    #: Registered domain of the address: pages of one publisher are held out together.
    publisher: str
    #: Bytes as fetched.
    html: bytes = field(repr=False)
    #: When it was fetched.
    fetched: datetime
    #: The body, as the corpus parts it: by element, or by empty lines.
    paragraphs: tuple[str, ...] = field(repr=False)
    #: Headline; None where the corpus has none.
    title: str | None = None
    #: Authors; None where the corpus has none, empty where the page has none.
    authors: tuple[str, ...] | None = None
    #: Publication, with its zone where stated; None where the corpus or page has none.
    published: datetime | None = None

    @property
    def text(self) -> str:
        """Return the body as one text."""
        return "\n\n".join(self.paragraphs)

    def page(self) -> Page:
        """Return the page as the pipeline holds it."""
        return Page(url=self.url, body=self.html, fetched=self.fetched)


def samples(shared: Path = SHARED) -> tuple[Sample, ...]:
    """Return every page of both sets."""
    return (*scrapinghub(shared), *fundus(shared))


@cache
def scrapinghub(shared: Path = SHARED) -> tuple[Sample, ...]:
    """Return the pages of the article extraction benchmark, which have a body alone."""
    folder = shared / "corpora/extraction/scrapinghub"
    if not (folder / "ground-truth.json").exists():
        return ()
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return tuple(
        Sample(
            corpus="scrapinghub",
            name=name,
            url=each["url"],
            publisher=_publisher(each["url"]),
            html=gzip.decompress((folder / f"html/{name}.html.gz").read_bytes()),
            fetched=SCRAPINGHUB_FETCHED,
            paragraphs=_paragraphs(each["articleBody"]),
        )
        for name, each in gold.items()
    )


@cache
def fundus(shared: Path = SHARED) -> tuple[Sample, ...]:
    """Return the pages of outlets in ten countries, with title, authors and publication."""
    folder = shared / "corpora/extraction/fundus"
    if not (folder / "gold.jsonl").exists():
        return ()
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    return tuple(_of_fundus(folder, line) for line in lines)


def _of_fundus(folder: Path, line: str) -> Sample:
    gold = json.loads(line)
    return Sample(
        corpus="fundus",
        name=gold["file"].removesuffix(".html.gz"),
        url=gold["url"],
        publisher=_publisher(gold["url"]),
        html=gzip.decompress((folder / gold["file"]).read_bytes()),
        fetched=datetime.fromisoformat(gold["fetched"]).replace(tzinfo=UTC),
        paragraphs=tuple(gold["paragraphs"]),
        title=gold["title"] or "",
        authors=tuple(gold["authors"] or ()),
        published=datetime.fromisoformat(gold["published"]) if gold["published"] else None,
    )


def _publisher(url: str) -> str:
    return registered_domain(urlsplit(url).hostname or "")


def _paragraphs(body: str) -> tuple[str, ...]:
    return tuple(part for part in body.split("\n\n") if part.strip())
