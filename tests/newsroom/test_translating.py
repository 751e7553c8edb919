from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.translate.scripted import Clock, Scripted

from worldtake.errors import EngineBusyError
from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.pipeline.translators import Translators
from worldtake.settings import Settings
from worldtake.store import memory, translations
from worldtake.store import stories as shelves
from worldtake.translate import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from worldtake.model.views import ArticleView

PARAGRAPHS = (
    "Na trajektu Vela Luna je v torek zjutraj pred Ancono izbruhnil požar. Vseh 214 ljudi je varnih.",
    "Kapitan je ostal na krovu do konca. Obalna straža je poslala štiri čolne in helikopter.",
    "Preiskava o vzroku požara se je že začela. Trajekt so odvlekli v pristanišče.",
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Newsroom]]:
    """Open a house with translators."""
    (tmp_path / "catalogue").mkdir()
    houses: list[Newsroom] = []

    def made(*engines: Engine | Scripted, **settings: Any) -> Newsroom:
        chosen = {"home": tmp_path / "home", "workers": 0, "cluster_wait_seconds": 0} | settings
        house = open_newsroom(Settings(**chosen), clock=clock, catalogue=tmp_path / "catalogue")
        set_up = (each if isinstance(each, Engine) else Engine(translator=each) for each in engines)
        house.translators = Translators(engines=tuple(set_up))
        houses.append(house)
        return house

    yield made
    for house in houses:
        house.close()


def saved(folder: Path, name: str, *paragraphs: str, title: str = "Požar na trajektu") -> Path:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    file = folder / f"{name}.html"
    file.write_text(
        f'<html lang="sl"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="Časnik {name}">'
        '<meta property="article:published_time" content="2026-11-22T09:00:00+01:00"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>",
        "utf-8",
    )
    return file


def read(house: Newsroom, *files: Path) -> ArticleView:
    """Read files and return the newest article's page."""
    house.add_files(files)
    house.run()
    return house.article(house.search("trajekt*").headlines[0].article_id)


def test_the_beginning_is_translated_at_once_and_the_rest_when_the_article_is_opened(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    engine = Scripted(invents=True)
    house = opened(engine)
    first = read(house, saved(tmp_path, "A", *PARAGRAPHS)).translation
    assert first
    assert (4, "reader", True) == (len(engine.asked), first.waits, first.shown)
    house.run()
    whole = house.article(first.article_id).translation
    assert whole
    assert (7, "") == (len(engine.asked), whole.waits)
    assert "scripted said in en" in whole.text
    assert house.search("said").headlines


def test_an_article_that_is_read_again_asks_no_engine(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    engine = Scripted(invents=True)
    house = opened(engine)
    read(house, saved(tmp_path, "A", *PARAGRAPHS))
    house.run()
    before = len(engine.calls)
    read(house, saved(tmp_path, "B", *PARAGRAPHS))
    house.run()
    assert before == len(engine.calls)


def test_of_an_edited_copy_at_most_15_per_cent_is_translated_anew(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    long = [
        f"Reševalci so v {number}. uri požara na trajekt pripeljali nove gasilce. Veter je slabel."
        for number in range(1, 21)
    ]
    edited = [*long[:7], long[7].replace("nove", "sveže"), *long[8:], "Dodano zvečer."]
    engine = Scripted(invents=True)
    house = opened(engine)
    for name, paragraphs in (("A", long), ("B", edited)):
        before = len(engine.asked)
        article = read(house, saved(tmp_path, name, *paragraphs)).article
        for headline in house.search("trajekt*").headlines:
            house.article(headline.article_id)
        house.run()
    assert article
    assert 0 < len(engine.asked) - before <= 0.15 * before


def test_what_serves_grouping_alone_is_read_by_grouping_and_shown_to_nobody(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    house = opened(Scripted(invents=True, pairs={("sl", "en"): "match"}))
    view = read(house, saved(tmp_path, "A", *PARAGRAPHS))
    assert "Požar na trajektu" == house.search("trajekt*").headlines[0].title
    with house.store.read() as connection:
        told = shelves.told(connection, [view.article.id], "en")[view.article.id]
    assert ("en", True, False) == (
        told.language,
        "said in en" in told.text,
        "Preiskava" in told.text,
    )
    house.run()
    assert not house.search("said").headlines


def test_a_story_of_enough_outlets_is_translated_without_being_opened(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    engine = Scripted(invents=True)
    house = opened(engine, read_outlets=2)
    files = [
        saved(tmp_path, name, *PARAGRAPHS, f"Poroča {name} iz pristanišča ob morju.")
        for name in ("A", "B")
    ]
    house.add_files(files)
    house.run()
    with house.store.read() as connection:
        assert {} == translations.waiting_counts(connection, "en")
    assert 9 == len(set(engine.asked))


def test_a_language_that_the_reader_reads_stays_as_it_was_printed(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    engine = Scripted(invents=True)
    house = opened(engine, reads=("sl",), read_outlets=1)
    read(house, saved(tmp_path, "A", *PARAGRAPHS))
    house.run()
    assert "Požar na trajektu" == house.search("trajekt*").headlines[0].title
    assert 4 == len(engine.asked)


def test_what_is_over_the_budget_waits_for_the_next_day_and_is_translated_then(
    opened: Callable[..., Newsroom], tmp_path: Path, clock: Clock
) -> None:
    engine = Scripted(invents=True)
    house = opened(Engine(translator=engine, daily_characters=10))
    view = read(house, saved(tmp_path, "A", *PARAGRAPHS))
    assert view.translation
    assert ("none", "budget", "scripted") == (
        view.translation.engine,
        view.translation.waits,
        view.translation.waits_for,
    )
    house.translators = Translators(engines=(Engine(translator=engine, daily_characters=10_000),))
    house.run()
    assert [] == engine.calls
    clock.move(86_400)
    house.run()
    assert 4 == len(engine.asked)
    with house.store.read() as connection:
        assert {"scripted"} == memory.spent(connection, "2026-11-23").keys()


def test_an_engine_that_does_not_answer_is_waited_for_and_the_run_ends(
    opened: Callable[..., Newsroom], tmp_path: Path, clock: Clock
) -> None:
    engine = Scripted(invents=True, errors=[EngineBusyError("no answer", 3000.0)])
    house = opened(engine)
    view = read(house, saved(tmp_path, "A", *PARAGRAPHS))
    assert view.translation
    assert ("engine", "scripted") == (view.translation.waits, view.translation.waits_for)
    with house.store.read() as connection:
        assert {("engine", "scripted"): 1} == translations.waiting_counts(connection, "en")
        assert "no answer" == memory.engines(connection)["scripted"].problem
    clock.move(3001)
    house.run()
    again = house.article(view.article.id).translation
    assert again
    assert "reader" == again.waits


def test_an_article_that_nobody_could_translate_is_translated_once_somebody_can(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    house = opened()
    assert read(house, saved(tmp_path, "A", *PARAGRAPHS)).translation is None
    with house.store.read() as connection:
        assert 1 == translations.untranslated_count(connection, "translate.match")
    engine = Scripted(invents=True)
    house.translators = Translators(engines=(Engine(translator=engine),))
    house.run()
    assert 4 == len(engine.asked)
    house.run()
    assert 4 == len(engine.asked)


def test_a_translator_that_comes_back_makes_nothing_due_again(
    opened: Callable[..., Newsroom], tmp_path: Path
) -> None:
    engine = Scripted(invents=True)
    house = opened(engine)
    read(house, saved(tmp_path, "A", *PARAGRAPHS))
    house.run()
    counted: list[str] = []
    for engines in ((), (Engine(translator=engine),)):
        house.translators = Translators(engines=engines)
        house.run(lambda stage, _number: counted.append(stage))
    assert "translate.match" not in counted


def test_the_memory_of_sentences_is_kept_under_its_limit(
    opened: Callable[..., Newsroom], tmp_path: Path, clock: Clock
) -> None:
    engine = Scripted(invents=True)
    house = opened(engine, translation_memory_mb=0.001)
    read(house, saved(tmp_path, "A", *PARAGRAPHS))
    house.run()
    clock.move(2 * 86_400)
    read(house, saved(tmp_path, "B", "Povsem nova vest o trajektu.", title="Nova vest"))
    with house.store.read() as connection:
        before = memory.remembered(connection)
    house.tidy()
    with house.store.read() as connection:
        count, size = memory.remembered(connection)
    assert before[1] > 1000 >= size
    asked = len(engine.asked)
    read(house, saved(tmp_path, "C", "Povsem nova vest o trajektu.", title="Nova vest"))
    assert (asked, True) == (len(engine.asked), count > 0)


def test_translators_are_closed_with_the_house(
    opened: Callable[..., Newsroom],
) -> None:
    engine = Scripted()
    opened(engine).close()
    assert engine.closed
