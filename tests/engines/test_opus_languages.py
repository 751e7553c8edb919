from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.engines.opus_languages import (
    GROUPS,
    base_language,
    languages_of,
    pair_of_name,
    tokens_by_language,
)

CODES = {
    "slv": "sl",
    "sl-SI": "sl",
    "cmn_Hans": "zh",
    "zh_cn": "zh",
    "bos_Latn": "bs",
    "nob": "no",
    "nn": "no",
    "arb_Arab": "ar",
    "es-419": "es",
    "sr-Latn-RS": "sr",
    "mul": "",
    "opus": "",
    "": "",
}


@pytest.mark.parametrize("code", CODES)
def test_a_code_of_any_standard_is_a_plain_tag(code: str) -> None:
    assert CODES[code] == base_language(code)


def test_a_group_stands_for_its_languages() -> None:
    assert ("sl", "hr", "bs", "sr", "mk", "bg") == languages_of("zls")
    assert ("de", "nl", "fy") == languages_of("de+nl+fy")


def test_every_language_of_a_group_is_a_plain_tag() -> None:
    tags = {tag for group in GROUPS.values() for tag in group.split()}
    assert {tag: tag for tag in tags} == {tag: base_language(tag) for tag in tags}


NAMES = {
    "sl-en": ("sl", "en"),
    "opus-mt-sla-en": ("sla", "en"),
    "opus-mt-tc-big-zls-en": ("zls", "en"),
    "opus-mt-sl-en-ctranslate2-int8": ("sl", "en"),
    "de+nl-en": ("de+nl", "en"),
    "opus-mt-ROMANCE-en": ("ROMANCE", "en"),
    "opus-2020-01-16": None,
    "my-models": None,
    "the-new": None,
    "": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_tells_a_pair_only_where_it_is_one(name: str) -> None:
    assert NAMES[name] == pair_of_name(name)


def test_a_language_of_two_scripts_is_named_by_the_usual_one() -> None:
    found = tokens_by_language(["srp_Latn", "srp_Cyrl", "zho_Hant", "zho_Hans"], ">>{}<<")
    expected = {
        "sr": ">>srp_Cyrl<<",
        "sr-Cyrl": ">>srp_Cyrl<<",
        "sr-Latn": ">>srp_Latn<<",
        "zh": ">>zho_Hans<<",
        "zh-Hans": ">>zho_Hans<<",
        "zh-Hant": ">>zho_Hant<<",
    }
    assert expected == found


@given(st.text(max_size=20))
def test_any_text_is_a_language_or_none(text: str) -> None:
    base = base_language(text)
    assert base in {"", base_language(base)}
    pair_of_name(text)
