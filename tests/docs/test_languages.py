"""The page on languages and encodings says what the code knows."""

import re
from pathlib import Path

from tests.text.written import ENCODINGS

from worldtake.text.labels import codec_of
from worldtake.translate.language import known

PAGE = (Path(__file__).parents[2] / "docs/reference/languages.md").read_text("utf-8")


def test_every_encoding_that_is_tried_is_listed() -> None:
    missing = [label for label in ENCODINGS if f"`{label}`" not in PAGE]
    assert missing == []


def test_every_encoding_that_is_listed_is_known() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    labels = [label for row in rows for label in re.findall(r"`([^`]+)`", row)]
    assert [label for label in labels if codec_of(label) is None] == []


def test_the_languages_listed_are_those_that_are_known() -> None:
    listed = re.findall(r"`([^`]+)`", PAGE.partition("Known:")[2])
    assert sorted(listed) == sorted(known())
