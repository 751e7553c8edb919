"""What the page on servers tells readers to write is read as it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from worldtake.engines import parse_glossary
from worldtake.settings import TranslatorSettings

PAGE = (Path(__file__).parents[2] / "docs/how-to/translate-by-a-server.md").read_text("utf-8")


def test_the_tables_shown_are_settings() -> None:
    tables = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
    read = [TranslatorSettings(**each) for table in tables for each in table["translators"]]
    assert ["libretranslate", "deepl", "llm"] == [each.engine for each in read]


def test_the_words_shown_are_a_glossary() -> None:
    (text,) = re.findall(r"```\n(\w\w\t.*?)```", PAGE, re.DOTALL)
    book = parse_glossary(text)
    assert (("Vlada RS", "Government of Slovenia"),) == book.terms("Vlada RS", "sl", "en")
    assert (("北京", "Beijing"),) == book.terms("我在北京。", "zh", "en")
