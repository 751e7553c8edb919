from __future__ import annotations

import pytest

from worldtake.translate.geography import known_places
from worldtake.translate.names import name_missing

TOLD = [
    ("Predsednik Slovenije je obiskal Nemčijo.", "The Slovenian president visited Germany.", "sl"),
    ("Делегация прибыла в Россию из США.", "The delegation came to Russia from the U.S.", "ru"),
    ("Kancléřka Německa v Praze", "The German chancellor in Prague", "cs"),
    ("日本と中国の首脳が会談した。", "The leaders of Japan and China met.", "ja"),
    ("وصل الوفد إلى ألمانيا.", "The delegation arrived in Germany.", "ar"),
    ("EE. UU. y la OTAN firmaron.", "The United States and NATO signed.", "es"),
    ("Almanya'nın başkenti", "Germany's capital", "tr"),
    # Names as they are, with endings, or spelt as the language sounds.
    ("Povedal je županu Petru Kovaču.", "He told mayor Peter Kovač.", "sl"),
    ("Dijo que Marta Quiroga firmó.", "He said that Marta Quiroga signed.", "es"),
    ("Компания Facebook сообщила", "Facebook said", "ru"),
    # Bodies and titles are translated.
    ("Habló ante el Tribunal Supremo.", "He spoke before the Supreme Court.", "es"),
    ("Le dijo la Señora Vidal.", "Mrs Vidal told him.", "es"),
    ("Er sagte dem Parlament die Wahrheit.", "He told the house the truth.", "de"),
    ("En el siglo XIX", "In the 19th century", "es"),
]


@pytest.mark.parametrize(("source", "target", "language"), TOLD)
def test_a_name_in_its_other_form_is_there(source: str, target: str, language: str) -> None:
    assert not name_missing(source, target, language, "en")


LOST = [
    ("Načrt ZDA je jasen.", "The plan of now is clear.", "sl"),
    ("Predsednik Slovenije je govoril.", "The president of Slovakia spoke.", "sl"),
    ("Делегация прибыла в Россию.", "The delegation arrived in Prussia.", "ru"),
    ("中国の首脳が会談した。", "The leaders of Korea met.", "ja"),
    ("Dijo que Juan Guerra firmó.", "He said that Juan War signed.", "es"),
    ("Viajó a San Telmo con Ana Morales.", "He travelled to San Telmo with Ana Moral.", "es"),
    ("Компания Facebook сообщила", "The company said", "ru"),
    ("Vivió en Las Palomas.", "He lived in The Pigeons.", "es"),
    ("Vive en La Paloma.", "He lives in The Pigeon.", "es"),
    (
        "Sie traf gestern Frau Vidal im Garten.",
        "She met Mrs Quiroga in the garden yesterday.",
        "de",
    ),
]


@pytest.mark.parametrize(("source", "target", "language"), LOST)
def test_a_name_that_is_lost_is_missed(source: str, target: str, language: str) -> None:
    assert name_missing(source, target, language, "en")


def test_a_country_is_looked_for_in_any_target_language() -> None:
    source = "The president of Germany spoke."
    targets = ("Der Präsident Deutschlands sprach.", "Der Präsident Dänemarks sprach.")
    assert [False, True] == [name_missing(source, target, "en", "de") for target in targets]


def test_a_country_is_found_within_a_text_without_spaces() -> None:
    source = "The president of Germany spoke."
    found = [
        name_missing(source, each, "en", "ja")
        for each in ("ドイツの大統領が話した。", "中国の大統領が話した。")
    ]
    assert [False, True] == found


def test_a_country_is_not_missed_where_a_language_has_several_names_for_most() -> None:
    assert not name_missing("The president of Germany spoke.", "ประธานาธิบดี", "en", "lo")


def test_a_longer_name_is_not_the_shorter_one() -> None:
    found = [place.concepts for place in known_places("Iz Nigerije in Nigra", "sl")]
    assert frozenset({"NG"}) == found[0]


def test_a_word_that_only_begins_as_a_country_is_none() -> None:
    assert () == known_places("Kanal je odprt. Sadar je tu.", "sl")
