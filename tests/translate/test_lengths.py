from __future__ import annotations

from worldtake.translate.lengths import length_is_odd

SLOVENE = "Gasilci so včeraj zjutraj v dveh urah pogasili požar na trajektu, ki je plul iz Kopra."


def test_a_full_translation_is_as_long_as_it_should_be() -> None:
    english = (
        "Firefighters needed two hours yesterday morning to put out a fire on a ferry from Koper."
    )
    assert not length_is_odd(SLOVENE, english, "sl", "en")


def test_a_third_of_it_is_too_short_and_thrice_of_it_too_long() -> None:
    third = "Firefighters needed two hours"
    assert [True, True] == [length_is_odd(SLOVENE, each, "sl", "en") for each in (third, third * 9)]


def test_chinese_is_shorter_by_far() -> None:
    source = "消防员昨天早上用了两个小时扑灭了从科佩尔出发的渡轮上的火灾，没有人受伤。"
    english = "It took firefighters two hours yesterday morning to put out the fire on the ferry from Koper; nobody was hurt."
    assert not length_is_odd(source, english, "zh", "en")
    assert not length_is_odd(source, english)
    assert length_is_odd(source, source, "zh", "en")


def test_short_texts_are_not_measured() -> None:
    assert not length_is_odd("Da.", "Yes, indeed, so.", "sl", "en")
