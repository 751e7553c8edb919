from __future__ import annotations

import pytest

from worldtake.translate import flags

GOOD = [
    ("Na krovu je bilo 214 ljudi.", "There were 214 people aboard."),
    ("地震が発生し、41人が負傷した。", "An earthquake struck and 41 people were injured."),
    ("أصيب ٤١ شخصًا في الزلزال.", "41 people were injured in the earthquake."),
    ("Cena je 1.250.000 evrov.", "The price is 1,250,000 euros."),
    ("Президент приехал в Киев.", "The president arrived in Kyiv."),
    ("Berlin", "Berlin"),
]


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_a_sound_translation_has_no_flag(source: str, target: str) -> None:
    assert () == flags(source, target)


BAD = [
    ("Ladja gori.", "  ", "empty"),
    ("Ladja gori v pristanišču.", "ladja gori v pristanišču.", "equal-to-source"),
    ("Na krovu je bilo 214 ljudi.", "There were 241 or 2 people aboard.", "digits-differ"),
    ("Na krovu je bilo veliko ljudi iz Kopra in Izole.", "Many people.", "length-ratio"),
    ("Kratko je to poročilo.", "It is " * 30, "length-ratio"),
    ("Gasilci so pogasili požar.", "the fire was out the fire was out the fire was", "repeats"),
    ("Президент приехал в Киев.", "The president приехал in Kyiv.", "source-script-left"),
]


@pytest.mark.parametrize(("source", "target", "flag"), BAD)
def test_an_odd_translation_is_flagged(source: str, target: str, flag: str) -> None:
    assert flag in flags(source, target)
