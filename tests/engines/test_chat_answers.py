from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.engines.chat_answers import LEAST_LIKENESS, likeness, take, without_thought
from worldtake.engines.chat_prompts import question

SENTENCES = (
    "Vlada je odprla predor.",
    "Na mostu v Kopru je obstal vlak s 300 potniki, ki so čakali do večera.",
    "Župan tega ni želel komentirati, češ da ne pozna vseh okoliščin.",
    "Dež bo ponehal v nedeljo.",
)
ASKED = question(SENTENCES, "sl", "en")
NAMES = tuple(ASKED.segments)
LONG = "Župan je na novinarski konferenci v mestni hiši dejal, da most ostaja zaprt."

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def of(at: int) -> dict[str, str]:
    """Return what belongs to a sentence: its echo, and a translation that says whose it is."""
    return {"source": SENTENCES[at], "translation": f"<{at}> " + "x" * (len(SENTENCES[at]) - 4)}


@st.composite
def answers(draw: st.DrawFn) -> str:
    """Draw what a model may say: values under any name, any number of times, within whatever else."""
    values = st.integers(0, 3).map(of) | JSON
    pairs = draw(
        st.lists(st.tuples(st.sampled_from((*NAMES, "s00000000", "a")), values), max_size=8)
    )
    whole = "{" + ", ".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in pairs) + "}"
    if draw(st.booleans()):
        whole = json.dumps({"answer": json.loads(whole)})
    end = draw(st.integers(0, len(whole)) | st.just(len(whole)))
    around = st.text(st.sampled_from('{}[]":,` \nabc<>/think'), max_size=20)
    return draw(around) + whole[:end] + draw(around)


@settings(deadline=None)
@given(answers())
def test_whatever_a_model_says_each_translation_belongs_to_its_sentence(text: str) -> None:
    taken = take(text, ASKED)
    assert set(NAMES) == set(taken.found) | set(taken.missing)
    assert set() == set(taken.found) & set(taken.missing)
    for name, found in taken.found.items():
        assert of(NAMES.index(name))["translation"] == found.text


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_an_answer_in_any_order_of_names_is_taken_whole(order: list[int]) -> None:
    text = json.dumps({NAMES[at]: of(at) for at in order})
    assert {NAMES[at]: of(at)["translation"] for at in range(4)} == {
        name: found.text for name, found in take(text, ASKED).found.items()
    }


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_values_that_changed_places_are_never_taken(order: list[int]) -> None:
    text = json.dumps({NAMES[at]: of(other) for at, other in enumerate(order)})
    moved = {NAMES[at] for at, other in enumerate(order) if at != other}
    assert set() == moved & set(take(text, ASKED).found)


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_translations_that_changed_places_under_right_echoes_are_told_by_their_numbers(
    order: list[int],
) -> None:
    asked = question(
        [f"Na most je prišlo {at}00 ljudi iz mesta." for at in range(1, 5)], "sl", "en"
    )
    names = tuple(asked.segments)
    text = json.dumps(
        {
            names[at]: {
                "source": asked.segments[names[at]],
                "translation": f"There were {other + 1}00.",
            }
            for at, other in enumerate(order)
        }
    )
    moved = {names[at] for at, other in enumerate(order) if at != other}
    assert set() == moved & set(take(text, asked).found)


def test_translations_of_other_lengths_than_their_sentences_are_doubted() -> None:
    text = json.dumps(
        {NAMES[at]: {"source": SENTENCES[at], "translation": "x" * 40} for at in range(4)}
    )
    assert {} == take(text, ASKED).found


@pytest.mark.parametrize(
    ("echo", "fits"),
    [
        (LONG, True),
        (LONG[:60], True),
        (LONG[:30], True),
        (LONG[:20], False),
        (LONG.upper(), True),
        (LONG.replace("ž", "z").replace("š", "s"), True),
        (LONG.replace("most", "predor"), True),
        (LONG + LONG, False),
        ("", False),
        ("Predstavnica policije o nesreči ni želela govoriti.", False),
    ],
)
def test_an_echo_is_the_beginning_give_or_take_a_few_letters(echo: str, fits: bool) -> None:  # noqa: FBT001 a table
    assert fits == (likeness(echo, LONG) >= LEAST_LIKENESS)


@pytest.mark.parametrize(
    ("echo", "source"), [("Da.", "Da."), ("Da", "Da."), ("北京下雨。", "北京下雨。")]
)
def test_a_short_sentence_is_echoed_whole(echo: str, source: str) -> None:
    assert likeness(echo, source) >= LEAST_LIKENESS


def test_a_short_sentence_is_not_echoed_by_a_longer_one() -> None:
    assert 0.0 == likeness("Da. In potem je odšel domov.", "Da.")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<think>{}</think>{1}", "{1}"),
        ("\n<thinking>a</thinking> b", " b"),
        ("draft {2} </think>{1}", "{1}"),
        ("<think>{1}", ""),
        ('{"a": "</think>"}', '{"a": "</think>"}'),
        ("{1}", "{1}"),
    ],
)
def test_thoughts_are_left_out(text: str, rest: str) -> None:
    assert rest == without_thought(text)


@pytest.mark.parametrize("text", ["{" * 190_000, '{"a":' * 39_000, '{"' * 90_000, "[" * 190_000])
def test_hostile_answers_are_read_in_little_time(text: str) -> None:
    started = time.perf_counter()
    assert {} == take(text, ASKED).found
    assert time.perf_counter() - started < 3


def test_an_answer_far_too_long_is_not_read() -> None:
    text = json.dumps({NAMES[0]: of(0)}) + " " * 200_000
    assert {} == take(text, ASKED).found
