from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.model.translations import UNTRANSLATED
from worldtake.translate import CHECKS, flags, is_taken, reason_of

GOOD = [
    ("Na krovu je bilo 214 ljudi.", "There were 214 people aboard.", "sl"),
    ("地震が発生し、41人が負傷した。", "An earthquake struck and 41 people were injured.", "ja"),
    ("أصيب ٤١ شخصًا في الزلزال.", "41 people were injured in the earthquake.", "ar"),
    ("Cena je 1.250.000 evrov.", "The price is 1,250,000 euros.", "sl"),
    ("Президент приехал в Киев.", "The president arrived in Kyiv.", "ru"),
    ("Berlin", "Berlin", "de"),
    ("2:1", "2:1", "sl"),
]


@pytest.mark.parametrize(("source", "target", "language"), GOOD)
def test_a_sound_translation_has_no_flag(source: str, target: str, language: str) -> None:
    assert () == flags(source, target, source_language=language, target_language="en")
    assert () == flags(source, target)


BAD = [
    ("Ladja gori.", "  ", "empty"),
    ("Ladja gori v pristanišču.", "ladja gori v pristanišču.", "equal-to-source"),
    ("Na krovu je bilo 214 ljudi.", "There were 241 or 2 people aboard.", "digits-differ"),
    ("Na krovu je bilo veliko ljudi iz Kopra in Izole.", "Many people.", "length-ratio"),
    ("Kratko je to poročilo.", "It is " * 30, "length-ratio"),
    ("Gasilci so pogasili požar.", "the fire was out the fire was out the fire was", "repeats"),
    ("Президент приехал в Киев.", "The president приехал in Kyiv.", "source-script-left"),
    ("Ladja iz Slovenije gori.", "The ship from Slovakia burns.", "name-missing"),
    (
        "Gasilci so včeraj zjutraj pogasili požar v pristanišču.",
        "Firemen včeraj zjutraj pogasili the fire pristanišču.",
        "source-words-left",
    ),
    (
        "Gasilci so včeraj zjutraj pogasili požar v pristanišču.",
        "Les pompiers ont éteint hier matin un incendie dans le port de la ville.",
        "wrong-language",
    ),
    ("Gasilci so pogasili požar.", "Пожарные потушили пожар.", "wrong-language"),
]


@pytest.mark.parametrize(("source", "target", "flag"), BAD)
def test_an_odd_translation_is_flagged(source: str, target: str, flag: str) -> None:
    assert flag in flags(source, target, source_language="sl", target_language="en")


def test_a_word_of_the_glossary_is_missed() -> None:
    terms = (("trajekt", "ferry"),)
    found = [
        flags("Trajekt gori.", target, terms=terms)
        for target in ("The Ferry burns.", "The ship burns.")
    ]
    assert [(), ("term-missing",)] == found


def test_an_engine_that_was_unsure_is_doubted() -> None:
    found = [flags("Ladja gori.", "The ship burns.", score=score) for score in (-0.4, -3.0, None)]
    assert [(), ("low-score",), ()] == found


def test_a_language_that_was_not_told_is_not_checked() -> None:
    french = "Les pompiers ont éteint hier matin un incendie dans le port de la ville."
    assert () == flags("Gasilci so zjutraj pogasili požar v pristanišču mesta.", french)


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        ((), True),
        (("digits-differ",), True),
        (("digits-differ", "name-missing"), False),
        (("wrong-language",), False),
        (("empty",), False),
        ((UNTRANSLATED,), False),
    ],
)
def test_two_doubts_or_a_hard_one_are_too_much(found: tuple[str, ...], taken: bool) -> None:  # noqa: FBT001
    assert taken == is_taken(found)


def test_every_flag_has_a_reason_that_begins_small_and_ends_without_a_stop() -> None:
    reasons = [reason_of(check.flag) for check in CHECKS]
    assert [reason[0].lower() + reason[1:].rstrip(".") for reason in reasons] == reasons
    assert len(set(reasons)) == len(CHECKS)


def test_a_flag_of_the_title_and_an_unknown_one_have_reasons_too() -> None:
    expected = ["title: digits differ from the original", "made-up"]
    assert expected == [reason_of("title-digits-differ"), reason_of("made-up")]


@given(
    st.text(max_size=120),
    st.text(max_size=120),
    st.sampled_from(["", "sl", "ja", "ar", "vi", "zz", "zh-Hant", "en"]),
)
def test_flags_of_any_text_are_known_and_in_order(source: str, target: str, language: str) -> None:
    order = [check.flag for check in CHECKS]
    found = flags(source, target, source_language=language, target_language="en")
    assert sorted(found, key=order.index) == list(found)
    assert len(set(found)) == len(found)
