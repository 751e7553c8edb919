"""Translate articles: their leads as they come in, so that stories are found; the whole of those that somebody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.model import SHOWN_TIERS
from worldtake.translate.article import Draft, TranslateArticle, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worldtake.model import Article, Skip, Translation
    from worldtake.translate.router import Router


def translate_articles(
    router: Router, articles: Sequence[Article], *, whole: bool
) -> list[Translation | Skip]:
    """Return the translation of each article, or why there is none, in order.

    What is remembered is used of the whole text either way; asked for is the rest of it only where `whole`, else of title
    and first sentences. Segments of all articles are asked for together, one language after the other.
    """
    target = router.target
    every = [wanted(article, target, whole=True) for article in articles]
    given = router.recall(each for some in every for each in some)
    heads = every if whole else [wanted(article, target, whole=False) for article in articles]
    given |= router.translate(each for some in heads for each in some if each not in given)
    stage = TranslateArticle(target=target)
    shown = set() if whole else _shown(router, {article.language for article in articles})
    return [
        stage(Draft(article=article, given=given, may_ask=article.language in shown))
        for article in articles
    ]


def _shown(router: Router, languages: Iterable[str]) -> set[str]:
    """Return those languages whose translations are shown, and do not only serve grouping."""
    ways = {language: router.routes(language) for language in languages}
    return {each for each, routes in ways.items() if routes and routes[0].tier in SHOWN_TIERS}
