"""The two lanes of translation: the beginnings of all articles, so that stories are found, and the whole of those that are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldtake.pipeline.names import MATCH, READ
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import articles as shelf
from worldtake.store import ledger, translations
from worldtake.store import stories as shelves
from worldtake.store.records import moment
from worldtake.translate import TranslateArticle, told, translate_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worldtake.model import Article, Skip, Translation
    from worldtake.pipeline.house import House
    from worldtake.store import Connection
    from worldtake.translate import Router

#: Articles translated to their ends at once: what a slow engine has in hand must end before its lease does.
READ_AT_ONCE = 8
#: Ids in one statement.
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateAll:
    """Translate articles, several of a language together."""

    router: Router
    #: Whether to their ends, or their beginnings alone.
    whole: bool

    def __call__(self, article: Article) -> Translation | Skip:
        """Return the translation of one article, or why there is none."""
        return self.all([article])[0]

    def all(self, articles: Sequence[Article]) -> list[Translation | Skip]:
        """Return the translation of each article, or why there is none, in order."""
        return translate_articles(self.router, articles, whole=self.whole)


def match_step(
    house: House, follow: Callable[[Connection, Sequence[str]], Sequence[Following]]
) -> Step:
    """Return the step of every article's beginning; `follow` says what comes after it."""

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        _keep(connection, house, batch, MATCH)
        return follow(connection, [done.item for done in batch])

    call = TranslateAll(router=house.router, whole=False)
    return Step(
        name=MATCH,
        version=TranslateArticle.version,
        place="match",
        load=shelf.articles,
        call=call,
        call_all=call.all,
        write=write,
        after_skip=follow,
    )


def read_step(house: House) -> Step:
    """Return the step of the whole articles that somebody reads, or that enough outlets tell of."""

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        _keep(connection, house, batch, READ)
        items = [done.item for done in batch if done.answer.shown]
        stories = sorted(set(shelves.stories_of(connection, items).values()))
        return [("index", item) for item in items] + [("origins", story) for story in stories]

    call = TranslateAll(router=house.router, whole=True)
    return Step(
        name=READ,
        version=TranslateArticle.version,
        place="read",
        batch=READ_AT_ONCE,
        load=shelf.articles,
        call=call,
        call_all=call.all,
        write=write,
    )


def _keep(connection: Connection, house: House, batch: Sequence[Done], stage: str) -> None:
    """Keep the translations; what waits for an engine or a new day is due again then."""
    for done in batch:
        found: Translation = done.answer
        translations.keep_translation(
            connection,
            found,
            told=told(found),
            stage=stage,
            version=TranslateArticle.version,
        )
        if found.waits in {"budget", "engine"}:
            due = moment(house.router.due(found.waits, found.waits_for))
            ledger.postpone(connection, stage, done.item, due=due)


def of_many_outlets(
    connection: Connection, house: House, outlets: Mapping[str, Mapping[str, Any]]
) -> list[Following]:
    """Return the work of translating the stories that enough outlets tell: `outlets` is story -> article -> outlet."""
    many = [
        article
        for those in outlets.values()
        if len({each.id for each in those.values()}) >= house.settings.read_outlets
        for article in those
    ]
    language = house.settings.language
    waiting = [
        each
        for at in range(0, len(many), AT_ONCE)
        for each in translations.waiting_for_readers(connection, many[at : at + AT_ONCE], language)
    ]
    languages = shelf.languages(connection, waiting)
    return [(READ, each) for each in waiting if not house.reader.reads(languages[each])]
