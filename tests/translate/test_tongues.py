from __future__ import annotations

import pytest

from worldtake.translate.tongues import language_is_wrong

FRENCH = "Les pompiers ont éteint hier matin un incendie dans le port de la ville."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The firemen put out a fire in the harbour yesterday morning.", "en"),
        (FRENCH, "fr"),
        ("Gasilci so včeraj zjutraj pogasili požar v pristanišču.", "sl"),
        ("Vatrogasci su jučer ujutro ugasili požar u luci.", "sr-Latn"),
        ("Пожарные вчера утром потушили пожар в порту.", "ru"),
        ("消防隊は昨日の朝、港の火災を消し止めた。", "ja"),
        ("Brandmændene slukkede i går morges en brand i havnen.", "nb"),
        ("Ana Vidal, Peter Kovač, Marta Quiroga", "en"),
        ("Ana Vidal 在 Facebook 上对 Peter Kovač 说话。", "zh"),
        ("OK", "ru"),
        ("", "en"),
    ],
)
def test_a_text_in_its_language_or_too_short_to_tell_is_right(text: str, language: str) -> None:
    assert not language_is_wrong(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "en"),
        (FRENCH, "de"),
        ("Пожарные вчера утром потушили пожар в порту.", "en"),
        ("The firemen put out a fire in the harbour yesterday morning.", "ru"),
        ("消防隊は昨日の朝、港の火災を消し止めた。", "en"),
        ("消防队昨天早上扑灭了港口的火灾，无人受伤。", "ko"),
    ],
)
def test_a_text_in_another_language_is_wrong(text: str, language: str) -> None:
    assert language_is_wrong(text, language)
