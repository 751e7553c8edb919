from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.translate.scripted import START, Clock, Scripted, router_of

from worldtake.engines import Limits
from worldtake.errors import EngineBusyError, EngineError, EngineRefusedError
from worldtake.translate import Engine, Given, Router

FERRY, SAFE = "Trajekt je zagorel.", "Vseh 214 ljudi je varnih."
ENGLISH: dict[str, str | None] = {FERRY: "The ferry caught fire.", SAFE: "All 214 people are safe."}


def _given(router: Router, *texts: str, language: str = "sl") -> list[Given]:
    found = router.translate((language, text) for text in texts)
    return [found[language, text] for text in texts]


def _words(router: Router, *texts: str, language: str = "sl") -> list[str | None]:
    return [
        each.remembered.target if each.remembered else None
        for each in _given(router, *texts, language=language)
    ]


def test_the_next_translator_is_asked_only_for_what_is_left() -> None:
    first = Scripted("first", answers={FERRY: ENGLISH[FERRY]})
    second = Scripted("second", answers=ENGLISH)
    assert [ENGLISH[FERRY], ENGLISH[SAFE]] == _words(router_of(first, second), FERRY, SAFE)
    assert [SAFE] == second.asked


def test_what_is_remembered_is_not_asked_for_again() -> None:
    engine = Scripted(answers=ENGLISH)
    router = router_of(engine)
    assert _words(router, FERRY, SAFE) == _words(router, SAFE, FERRY)[::-1]
    assert 1 == len(engine.calls)
    assert {("sl", FERRY)} == router.recall([("sl", FERRY), ("sl", "Nekaj novega.")]).keys()


def test_a_newer_version_or_model_misses_on_purpose() -> None:
    engine = Scripted(answers=ENGLISH)
    router = router_of(engine)
    for change in ({}, {"version": "2"}, {"revision": "b"}, {}):
        for name, value in change.items():
            setattr(engine, name, value)
        _words(router, FERRY)
    assert [FERRY] * 3 == engine.asked


@pytest.mark.parametrize("answer", ["", FERRY, "All 7 of 99 ferries 12."])
def test_a_doubtful_answer_goes_to_the_next_and_then_the_original_stands(answer: str) -> None:
    hopeless = Scripted("first", answers={FERRY: answer, SAFE: ENGLISH[SAFE]})
    second = Scripted("second", answers=ENGLISH)
    assert ENGLISH[SAFE] == _words(router_of(hopeless, second), SAFE)[0]
    (alone,) = _given(router_of(Scripted(answers={FERRY: ""})), FERRY)
    assert (None, ("empty",), "") == (alone.remembered, alone.doubts, alone.waits)


def test_what_was_not_taken_is_remembered_too_and_not_asked_for_again() -> None:
    engine = Scripted(answers={FERRY: ""})
    router = router_of(engine)
    assert _given(router, FERRY) == _given(router, FERRY)
    assert 1 == len(engine.calls)


def test_an_engine_that_is_busy_is_asked_once_more() -> None:
    engine = Scripted(answers=ENGLISH, errors=[EngineBusyError("full", 2.0)])
    waited: list[float] = []
    router = router_of(engine)
    router.pause = waited.append
    assert [ENGLISH[FERRY]] == _words(router, FERRY)
    assert ([2.0], 0) == (waited, router.books.state("scripted").failures)


def test_an_engine_that_stays_busy_is_passed_over_and_waited_for_where_there_is_no_other() -> None:
    busy = Scripted("busy", errors=[EngineBusyError("full")] * 4)
    other = Scripted("other", answers=ENGLISH)
    assert [ENGLISH[FERRY]] == _words(router_of(busy, other), FERRY)
    busy.errors = [EngineBusyError("full")] * 2
    (alone,) = _given(router_of(busy), FERRY)
    assert Given(waits="engine", waits_for="busy") == alone


def test_after_three_failures_an_engine_is_left_alone_for_a_while_that_doubles() -> None:
    clock = Clock()
    engine = Scripted(errors=[EngineError("broken; restart it")] * 4, answers=ENGLISH)
    router = router_of(engine, clock=clock)
    for _ in range(3):
        _given(router, FERRY)
    assert 3 == len(engine.calls)
    assert "engine" == _given(router, FERRY)[0].waits
    assert 3 == len(engine.calls)
    assert "broken; restart it" == router.books.state("scripted").problem
    clock.move(61)
    _given(router, FERRY)
    clock.move(61)
    _given(router, FERRY)
    assert 4 == len(engine.calls)
    clock.move(60)
    assert [ENGLISH[FERRY]] == _words(router, FERRY)
    assert 0 == router.books.state("scripted").failures


def test_an_engine_that_asks_for_a_long_pause_gets_it_at_once() -> None:
    clock = Clock()
    engine = Scripted(errors=[EngineBusyError("full", 600.0)], answers=ENGLISH)
    router = router_of(engine, clock=clock)
    _given(router, FERRY)
    _given(router, FERRY)
    assert 1 == len(engine.calls)
    assert 600.0 == (router.due("engine", "scripted") - START).total_seconds()
    clock.move(601)
    assert [ENGLISH[FERRY]] == _words(router, FERRY)


def test_a_pair_that_an_engine_refuses_is_closed_for_good_and_other_pairs_are_not() -> None:
    pairs: Any = {("sl", "en"): "good", ("hr", "en"): "good"}
    engine = Scripted(pairs=pairs, answers=ENGLISH, errors=[EngineRefusedError("no such pair")])
    router = router_of(engine)
    assert [Given()] == _given(router, FERRY)
    assert {} == router.translate([("sl", FERRY)])
    assert ((), 1) == (router.routes("sl"), len(router.routes("hr")))
    assert [ENGLISH[SAFE]] == _words(router, SAFE, language="hr")


def test_an_engine_that_loses_count_gives_nothing() -> None:
    router = router_of(
        Scripted("lossy", answers=ENGLISH, loses_one=True), Scripted("b", answers=ENGLISH)
    )
    (found, _) = _given(router, FERRY, SAFE)
    assert found.remembered
    assert "b" == found.remembered.engine


def test_what_a_call_gave_is_remembered_before_the_next_call() -> None:
    engine = Scripted(answers=ENGLISH, limits=Limits(segments=1))
    router = router_of(engine)
    kept: list[int] = []
    answer = engine.translate

    def counted(segments: Any, source: str, target: str) -> Any:
        kept.append(len(router.books.recall(router.routes("sl")[0].key(t) for t in (FERRY, SAFE))))
        return answer(segments, source, target)

    engine.translate = counted  # type: ignore[method-assign]
    _given(router, FERRY, SAFE)
    assert [0, 1] == kept


def test_calls_hold_no_more_than_the_engine_allows() -> None:
    engine = Scripted(invents=True, limits=Limits(segments=3, characters=40))
    texts = [f"Stavek številka {number}." for number in range(7)] + ["D" * 100]
    _given(router_of(engine), *texts)
    assert texts == engine.asked
    assert all(len(call) <= 3 for call in engine.calls)
    assert all(sum(map(len, call)) <= 40 or len(call) == 1 for call in engine.calls)


@pytest.mark.parametrize(
    "limit", [{"daily_characters": 30}, {"daily_money": 0.0003, "price": 10.0}]
)
def test_what_is_over_the_budget_of_the_day_waits_for_the_next(limit: Any) -> None:
    engine = Engine(translator=Scripted(answers=ENGLISH, limits=Limits(segments=1)), **limit)
    router = router_of(engine)
    first, second = _given(router, FERRY, SAFE)
    assert first.remembered
    assert ("budget", "scripted") == (second.waits, second.waits_for)
    assert "2026-11-23T00:00:00+00:00" == router.due("budget", "scripted").isoformat()


def test_a_call_that_gave_nothing_is_not_counted() -> None:
    translator = Scripted(answers=ENGLISH, errors=[EngineError("broken")])
    router = router_of(Engine(translator=translator, daily_characters=len(FERRY)))
    _given(router, FERRY)
    assert [ENGLISH[FERRY]] == _words(router, FERRY)


def test_a_cheaper_engine_takes_over_where_the_budget_ends() -> None:
    dear = Engine(translator=Scripted("dear", answers=ENGLISH), daily_characters=0)
    gist: Any = {("sl", "en"): "gist"}
    found = _given(router_of(dear, Scripted("free", pairs=gist, answers=ENGLISH)), FERRY)[0]
    assert found.remembered
    assert ("free", "gist") == (found.remembered.engine, found.remembered.tier)


def test_a_stopped_router_calls_nobody_and_says_that_the_rest_waits() -> None:
    engine = Scripted(answers=ENGLISH)
    router = router_of(engine)
    router.stop()
    assert "engine" == _given(router, FERRY)[0].waits
    assert [] == engine.calls


def test_a_language_in_between_is_remembered_with_both_steps() -> None:
    pairs: Any = {("sl", "en"): "good"}
    onward: Any = {("en", "es"): "gist"}
    first = Scripted("first", pairs=pairs, answers={**ENGLISH, SAFE: ""})
    second = Scripted(
        "second", pairs=onward, answers={"The ferry caught fire.": "El transbordador se incendió."}
    )
    router = router_of(first, second)
    router.target = "es"
    ferry, safe = _given(router, FERRY, SAFE)
    assert ferry.remembered
    assert (
        "El transbordador se incendió.",
        "first+second",
        "gist",
        "en",
        "The ferry caught fire.",
    ) == (
        ferry.remembered.target,
        ferry.remembered.engine,
        ferry.remembered.tier,
        ferry.remembered.via,
        ferry.remembered.pivot,
    )
    assert safe.remembered is None
    router.target = "en"
    first.calls.clear()
    assert [ENGLISH[FERRY]] == _words(router, FERRY)
    assert [] == first.calls


def test_several_threads_may_ask_at_once() -> None:
    engine = Scripted(invents=True, limits=Limits(segments=5))
    router = router_of(Engine(translator=engine, daily_characters=100_000))
    texts = [f"Stavek številka {number} o trajektu." for number in range(60)]
    results: list[list[str | None]] = []
    threads = [
        threading.Thread(target=lambda: results.append(_words(router, *texts))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[0]] * 4 == results


@given(st.lists(st.text(max_size=60), max_size=30), st.integers(1, 5), st.integers(1, 80))
def test_each_segment_gets_its_own_answer_whatever_it_is(
    texts: list[str], segments: int, characters: int
) -> None:
    engine = Scripted(invents=True, limits=Limits(segments=segments, characters=characters))
    found = router_of(engine).translate(("sl", text) for text in texts)
    assert {("sl", text) for text in texts} == found.keys()
    for (_, text), what in found.items():
        if what.remembered:
            said = f"scripted said in en: {text[::-1]}"
            assert " ".join(said.split()) == what.remembered.target
