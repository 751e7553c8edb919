"""Pages a second through extract, detect and trace, in one process, over the sample press."""

from __future__ import annotations

from datetime import UTC, datetime

from worldtake.catalog import read_catalogue, shipped_catalogue
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page
from worldtake.testing.press import Request
from worldtake.testing.sample_server import SamplePress
from worldtake.trace import TraceArticle
from worldtake.translate import DetectLanguage


def run() -> tuple[int, str]:
    """Read every page of the sample press once."""
    outlets = read_catalogue(shipped_catalogue())
    extract, detect = ExtractArticle(outlets=outlets), DetectLanguage()
    trace = TraceArticle(outlets=outlets)
    pages = list(_pages())
    for page in pages:
        article = extract(page)
        if isinstance(article, Article):
            trace(detect(article))
    return len(pages), "pages"


def _pages() -> list[Page]:
    press = SamplePress()
    now = datetime(2026, 9, 17, tzinfo=UTC)
    found = []
    for article in press.sample.articles:
        host, _, path = article.address.partition("/")
        answer, _ = press.respond(Request(method="GET", host=host, path=f"/{path}", headers={}))
        found.append(Page(url=f"http://{article.address}", body=answer.body, fetched=now))
    return found
