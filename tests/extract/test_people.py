"""Who wrote it: people out of bylines in many scripts, agencies apart, outlets and roles left out."""

import pytest

from worldtake.extract.agencies import agency
from worldtake.extract.people import Credited, credited, own_letters


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("By Tessa Marlowe and Jon Abel", ("Tessa Marlowe", "Jon Abel")),
        ("Von Ute Brandner und Kai Lorenz", ("Ute Brandner", "Kai Lorenz")),
        ("Par Lise Morel", ("Lise Morel",)),
        ("Ana Rubio y Luis Peral", ("Ana Rubio", "Luis Peral")),
        ("Janez Breznik in Ana Kolar", ("Janez Breznik", "Ana Kolar")),
        ("Автор: Олена Вербицька", ("Олена Вербицька",)),
        ("بقلم: سلمى الخطيب", ("سلمى الخطيب",)),
        ("김하늘 기자", ("김하늘",)),
        ("박가람 기자 외 2명", ("박가람",)),
        ("记者 林晓", ("林晓",)),
        ("作者：周明", ("周明",)),
        ("田中一郎記者", ("田中一郎",)),
        ("文・田中一郎", ("田中一郎",)),
        ("Elif Aydın | Dünya", ("Elif Aydın",)),
    ],
)
def test_people_are_named_without_the_words_round_them(said: str, people: tuple[str, ...]) -> None:
    assert people == credited(said).people


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Tessa Marlowe",
        "Tessa Marlowe (tma)",
        "Tessa Marlowe, Lisbon",
        "Tessa Marlowe, New York",
        "Tessa Marlowe in Cairo",
        "Tessa Marlowe <tessa@echo.example>",
        "Tessa Marlowe, Senior Reporter",
        "Tessa Marlowe, ECHO Radio",
    ],
)
def test_titles_marks_places_and_employers_are_stripped(said: str) -> None:
    assert credited(said, own_letters(["Echo"])).people == ("Tessa Marlowe",)


@pytest.mark.parametrize(
    "said",
    [
        "Quayside Echo",
        "Echo Nachrichten",
        "Redaktion Echo",
        "Staff Reporter",
        "Echo Welle (www.echo.example)",
        "@echo",
        "https://echo.example/authors/1",
        "tma",
        "",
    ],
)
def test_an_outlet_a_role_and_an_address_are_no_people(said: str) -> None:
    assert Credited() == credited(said, own_letters(["Quayside Echo", "echo"]))


def test_a_name_of_two_words_with_a_word_for_and_stays_whole() -> None:
    assert credited("José Ortega y Gasset").people == ("José Ortega y Gasset",)


@pytest.mark.parametrize(
    ("said", "agencies"),
    [
        ("Ute Brandner, dpa", ("dpa",)),
        ("Deutsche Presse-Agentur", ("dpa",)),
        ("Reuters/AFP", ("Reuters", "AFP")),
        ("The Associated Press in Valencia", ("AP",)),
        ("Anadolu Ajansı", ("Anadolu",)),
        ("(서울=연합뉴스) 김하늘 기자", ("Yonhap",)),
        ("新华社", ("Xinhua",)),
        ("Укрінформ", ("Ukrinform",)),
        ("رويترز", ("Reuters",)),
    ],
)
def test_agencies_are_kept_apart_from_people(said: str, agencies: tuple[str, ...]) -> None:
    found = credited(said)
    assert (found.agencies, [agency(each) for each in found.people]) == (
        agencies,
        [None] * len(found.people),
    )
