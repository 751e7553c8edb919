from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from worldtake.engines.apertium import ApertiumTranslator
from worldtake.engines.apertium_stream import Command
from worldtake.engines.translators import Translated
from worldtake.errors import EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

HOSTILE = (
    "",
    "  \n\t ",
    "...?! —",
    "12.500",
    "🎉🎉 👩‍👩‍👧",
    "Vlada [je] ^odbila$ {zakon} / \\ <b>danas</b> * # ~ + @.",
    "][][0] .[][1]",
    "שלום עולם و مرحبا",
    "Prvi red\n\ndrugi red\ttreći \x00 red",
    "\ud800 osamljena polovica",
    "\ufdd0\ufdd1 nepostojeći znakovi",
    "zqbqz Zqcqz",
    "Dom " * 2500,
    "a" * 10_000,
)


def texts(apertium: ApertiumTranslator, segments: Sequence[str], *pair: str) -> list[str]:
    answers = apertium.translate(segments, *pair)
    return [each.text if isinstance(each, Translated) else f"({each.reason})" for each in answers]


def test_each_segment_has_its_translation(apertium: ApertiumTranslator) -> None:
    segments = ("La casa es blanca.", "El perro come.", "Llueve en la ciudad.")
    assert ["The house is white.", "The dog eats."] == texts(apertium, segments, "es", "en")[:2]


def test_hostile_segments_each_have_an_answer(apertium: ApertiumTranslator) -> None:
    plain = "Pas je u velikoj kući."
    mixed = [segment for hostile in HOSTILE for segment in (hostile, plain)]
    found = texts(apertium, mixed, "hr", "en")
    assert len(mixed) == len(found)
    assert {"Dog is in large home."} == set(found[1::2])


def test_signs_of_the_stream_come_through_unchanged(apertium: ApertiumTranslator) -> None:
    (found,) = texts(apertium, ["[a] ^b$ {c} <d> * # ~ @ \\ / + 5"], "es", "en")
    assert "[]^${}<>*#~@\\/+5" == "".join(c for c in found if not (c.isalpha() or c.isspace()))


def test_what_holds_no_letter_is_its_own_translation(apertium: ApertiumTranslator) -> None:
    segments = ["", " \n", "1.234,5", "—?!", "🎉"]
    assert segments == texts(apertium, segments, "sl", "en")


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(segments=st.lists(st.text(max_size=60), max_size=12))
def test_as_many_come_out_as_go_in(apertium: ApertiumTranslator, segments: list[str]) -> None:
    assert len(segments) == len(apertium.translate(segments, "sl", "en"))


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(noise=st.lists(st.text("[]^$*\\<>{}@/#~+.:;\n zqb0", max_size=30), min_size=1, max_size=20))
def test_no_noise_moves_a_translation_to_another(
    apertium: ApertiumTranslator, noise: list[str]
) -> None:
    plain = "La casa es blanca."
    mixed = [segment for each in noise for segment in (each, plain)]
    assert {"The house is white."} == set(texts(apertium, mixed, "es", "en")[1::2])


def test_a_path_through_another_language_stores_it(apertium: ApertiumTranslator) -> None:
    (found,) = apertium.translate(["Hiša je bela."], "sl", "en")
    assert isinstance(found, Translated)
    assert ("hr", "Kuća je bijela.") == (found.via, found.pivot)


def test_a_pair_without_a_pivot_stores_none(apertium: ApertiumTranslator) -> None:
    (found,) = apertium.translate(["La casa."], "es", "en")
    assert Translated(text="The house.") == found


def test_serbian_in_cyrillic_reads_as_in_latin_letters(apertium: ApertiumTranslator) -> None:
    cyrillic, latin = "Влада је усвојила закон.", "Vlada je usvojila zakon."
    assert texts(apertium, [latin], "sr", "en") == texts(apertium, [cyrillic], "sr-Cyrl", "en")


def test_no_cyrillic_is_left_of_unknown_words(apertium: ApertiumTranslator) -> None:
    (found,) = texts(apertium, ["Господин Кракаџијев дојде."], "mk", "en")
    assert found.isascii()
    assert "Kraka" in found


def test_marks_of_unknown_words_do_not_get_through(apertium: ApertiumTranslator) -> None:
    found = texts(apertium, ["Grumbelfutz je šprnclo."], "hr", "en")
    assert not any(mark in found[0] for mark in "*#@~")


def test_addresses_stay_as_they_are(apertium: ApertiumTranslator) -> None:
    kept = "https://example.org/la/casa?de=las", "ana.casa@example.org", "#LaCasa", "@casa_blanca"
    (found,) = texts(apertium, [f"La casa: {' y '.join(kept)}."], "es", "en")
    assert [True] * 4 == [each in found for each in kept]


def test_the_united_states_are_not_now(apertium: ApertiumTranslator) -> None:
    found = texts(apertium, ["Plan SAD-a je dobar.", "SAD je to odbio."], "hr", "en")
    assert [True, True] == ["the US" in each for each in found]
    assert not any("now" in each.lower() for each in found)


def test_a_name_of_which_half_came_through_is_kept_whole(apertium: ApertiumTranslator) -> None:
    told = (
        "Según el hotel, la portavoz Paloma Vendramin no respondió.",
        "El martes habló el Presidente Vendramin.",
    )
    first, second = texts(apertium, told, "es", "en")
    assert "Paloma Vendramin" in first
    assert "Presidente" not in second


def test_numbers_are_written_as_english_does(apertium: ApertiumTranslator) -> None:
    (found,) = texts(apertium, ["12.500 ljudi i 3,5 posto u 20 godina."], "hr", "en")
    assert ["12,500", "3.5", "20"] == [w for w in found.rstrip(".").split() if w[0].isdigit()]


@pytest.mark.parametrize(
    ("source", "target", "segment", "expected"),
    [
        ("en", "es", "The house is white.", "La casa es blanca."),
        ("es", "ca", "La casa es blanca.", "La casa és blanca."),
        ("es-MX", "gl-ES", "La casa es blanca.", "A casa é branca."),
        ("en", "sr-Cyrl", "Money", "Новац"),
        ("en", "sr-Latn", "Money", "Novac"),
    ],
)
def test_other_targets_than_english(
    apertium: ApertiumTranslator, source: str, target: str, segment: str, expected: str
) -> None:
    assert [expected] == texts(apertium, [segment], source, target)


def test_support_names_the_path_and_the_packages(apertium: ApertiumTranslator) -> None:
    found = apertium.supports("sl-SI", "en")
    assert found is not None
    assert ("match", "Apertium slv-hbs + hbs-eng") == (found.tier, found.model)
    assert "hbs" in found.revision


def test_a_pair_that_is_not_there_is_refused_with_the_remedy(apertium: ApertiumTranslator) -> None:
    assert apertium.supports("th", "en") is None
    with pytest.raises(EngineRefusedError, match=r"from th to en .*worldtake translate setup"):
        apertium.translate(["สวัสดี"], "th", "en")


def test_where_there_is_no_apertium_nothing_is_supported() -> None:
    absent = ApertiumTranslator(command=Command(program="apertium-that-is-not-there"))
    assert (None, "absent") == (absent.supports("es", "en"), absent.version.partition("+")[0])
    with pytest.raises(EngineRefusedError, match="worldtake translate setup apertium"):
        absent.translate(["Hola."], "es", "en")


def test_it_can_be_sent_to_another_process() -> None:
    translator = pickle.loads(pickle.dumps(ApertiumTranslator(seconds=7)))  # noqa: S301
    assert 7 == translator.seconds
