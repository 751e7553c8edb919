from __future__ import annotations

import pytest

from worldtake.engines.tags import spelled


@pytest.mark.parametrize(
    ("tag", "codes", "code"),
    [
        ("sl", "en sl", "sl"),
        ("sl-SI", "en sl", "sl"),
        ("SL", "en sl", "sl"),
        ("pt-BR", "pt pt-BR", "pt-BR"),
        ("pt-BR", "pt", "pt"),
        ("pt", "pt-BR", None),
        ("sr-Latn-RS", "sr-Latn sr", "sr-Latn"),
        ("sr-Latn-RS", "sr-rs", "sr-rs"),
        ("nb", "no", "no"),
        ("no", "nb", "nb"),
        ("nb-NO", "nb no", "nb"),
        ("he", "iw", "iw"),
        ("fil", "tl", "tl"),
        ("zh", "zh-Hans zh-Hant", "zh-Hans"),
        ("zh-CN", "zh", "zh"),
        ("zh-Hant-TW", "zh-Hans zh-Hant", "zh-Hant"),
        ("zh-HK", "zh", None),
        ("zh-TW", "zt zh", "zt"),
        ("de", "en", None),
        ("d", "de", None),
    ],
)
def test_a_tag_is_found_as_a_server_spells_it(tag: str, codes: str, code: str | None) -> None:
    assert code == spelled(tag, codes.split())


def test_other_codes_are_taken_where_nothing_nearer_is_there() -> None:
    assert "EN-US" == spelled("en", ["EN-GB", "EN-US"], also=("en-us",))
    assert "EN-GB" == spelled("en-GB", ["EN-GB", "EN-US"], also=("en-us",))
