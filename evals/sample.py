"""How well worldtake reads the sample press: pages against the articles they were made from, and what is planted in them.

`python -m evals.sample` prints the table of extraction by site template, and the pages that fail.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page, Skip
from worldtake.testing import (
    Request,
    Sample,
    SamplePress,
    Score,
    compare_words,
    load_sample,
    outlets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from worldtake.testing import SampleArticle, SampleOutlet

#: Port that the pages are rendered for; nothing listens there.
PORT = 8765
#: When the pages are fetched: after the last article.
FETCHED = datetime(2026, 9, 17, 6, 0, tzinfo=UTC)
#: Below this a body counts as failed: words missing or chrome let in (bag-of-words F1).
BODY_FLOOR = 0.95
#: Lowest figures that are let pass.
FLOORS: dict[str, float] = {
    "pages: body F1": 0.999,
    "pages: body F1 at least 0.95": 1.0,
    "pages: body exact": 0.99,
    "pages: title": 1.0,
    "pages: published": 1.0,
    "pages: same day": 1.0,
    "pages: author": 0.93,
}

#: Titles that the sample's pages print before names.
_TITLES = frozenset(("Dr.", "记者"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """How one page was read."""

    article_id: str
    template: str
    #: Words of the body, the better of with and without standfirst.
    body: Score
    #: True where the text is the body character for character.
    exact: bool
    title: bool
    #: Same instant, or the same clock where the page states no zone.
    published: bool
    same_day: bool
    author: bool
    #: Set of reasons, where the stage refused the page.
    skipped: str = ""


def sample_pages(sample: Sample) -> Iterator[tuple[SampleArticle, SampleOutlet, Page]]:
    """Yield every article of the sample with its outlet and its page as fetched."""
    press = SamplePress(sample=sample)
    press.port = PORT
    by_id = {outlet.id: outlet for outlet in sample.outlets}
    for article in sample.articles:
        outlet = by_id[article.outlet_id]
        request = Request(method="GET", host=outlet.host, path=article.path, headers={})
        answer, _ = press.respond(request)
        page = Page(
            url=press.url(outlet.host, article.path),
            body=answer.body,
            fetched=FETCHED,
            media_type=answer.media_type,
            charset=answer.charset,
            outlet_id=outlet.id,
            outlet_languages=outlet.languages,
        )
        yield article, outlet, page


def score_pages(sample: Sample, read: Callable[[Page], Article | Skip]) -> tuple[PageScore, ...]:
    """Return how `read` did on every page of the sample."""
    return tuple(
        score_page(planted, outlet, read(page)) for planted, outlet, page in sample_pages(sample)
    )


def score_page(planted: SampleArticle, outlet: SampleOutlet, found: Article | Skip) -> PageScore:
    """Return how one page was read."""
    if isinstance(found, Skip):
        return PageScore(
            article_id=planted.id,
            template=outlet.template,
            body=Score(0.0, 0.0, 0.0),
            exact=False,
            title=False,
            published=False,
            same_day=False,
            author=False,
            skipped=found.reason,
        )
    bodies = _bodies(planted)
    moment = found.published
    same_day = moment is not None and abs(moment - planted.published) < timedelta(days=1)
    return PageScore(
        article_id=planted.id,
        template=outlet.template,
        body=max((compare_words(found.text, body) for body in bodies), key=lambda s: s.f1),
        exact=found.text in bodies,
        title=found.title == planted.title.source,
        published=_same_moment(found, planted),
        same_day=same_day,
        author=_same_author(found.authors, planted.author or ""),
    )


def _same_author(found: tuple[str, ...], planted: str) -> bool:
    """Tell whether the author is the one planted; a title before the name, which pages print, is left out."""
    return found == ((planted,) if planted else ()) or (
        len(found) == 1
        and planted.endswith(f" {found[0]}")
        and planted.split(maxsplit=1)[0] in _TITLES
    )


def _bodies(planted: SampleArticle) -> tuple[str, ...]:
    """Return the texts that are right: with and without standfirst, with and without credit line."""
    text = planted.text()
    without = "\n\n".join(planted.printed()[: len(planted.paragraphs)])
    lead = f"{planted.standfirst.source}\n\n" if planted.standfirst else ""
    return tuple(dict.fromkeys((lead + text, text, lead + without, without)))


def _same_moment(found: Article, planted: SampleArticle) -> bool:
    if found.published is None:
        return False
    if found.published_zone_stated:
        return found.published == planted.published
    return _clock(found.published) == _clock(planted.published)


def _clock(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def print_table(scores: Iterable[PageScore]) -> None:
    """Print the mean of each measure by template, and the pages that fail."""
    by_template: dict[str, list[PageScore]] = defaultdict(list)
    for score in scores:
        by_template[score.template].append(score)
    every = [score for group in by_template.values() for score in group]
    print("template      pages  body F1  exact  title  published  day  author")
    for name, group in [*sorted(by_template.items()), ("all", every)]:
        print(
            f"{name:12} {len(group):6} {fmean(s.body.f1 for s in group):8.3f}"
            f" {fmean(s.exact for s in group):6.2f} {fmean(s.title for s in group):6.2f}"
            f" {fmean(s.published for s in group):10.2f} {fmean(s.same_day for s in group):4.2f}"
            f" {fmean(s.author for s in group):7.2f}"
        )
    for score in every:
        if score.body.f1 < BODY_FLOOR or not score.title or not score.published:
            print(
                f"{score.template:12} {score.article_id:12} body {score.body.f1:.3f}"
                f" title {score.title:d} published {score.published:d} {score.skipped}"
            )


def measure() -> dict[str, float]:
    """Return the figures of extraction over all pages of the sample."""
    scores = read_all()
    return {
        "pages: body F1": fmean(s.body.f1 for s in scores),
        "pages: body F1 at least 0.95": fmean(s.body.f1 >= BODY_FLOOR for s in scores),
        "pages: body exact": fmean(s.exact for s in scores),
        "pages: title": fmean(s.title for s in scores),
        "pages: published": fmean(s.published for s in scores),
        "pages: same day": fmean(s.same_day for s in scores),
        "pages: author": fmean(s.author for s in scores),
    }


def read_all() -> tuple[PageScore, ...]:
    """Return how the house's extraction does on every page of the sample."""
    sample = load_sample()
    return score_pages(sample, ExtractArticle(outlets=outlets(PORT, sample)))


if __name__ == "__main__":
    print_table(read_all())
