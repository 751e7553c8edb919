from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from worldtake.engines.remote import open_remote, secret_key
from worldtake.errors import EngineRefusedError
from worldtake.settings import TranslatorSettings

if TYPE_CHECKING:
    from worldtake.engines import WireAnswer


class NoWire:
    """Opening asks no server."""

    def send(self, url: str, **given: Any) -> WireAnswer:
        raise AssertionError((url, given))


def opened(**given: Any) -> Any:
    return open_remote(TranslatorSettings(**given), NoWire())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"engine": "libretranslate"}, "translator libretranslate: it has no url; set `url`"),
        ({"engine": "llm", "model": "m", "name": "home"}, "translator home: it has no url"),
        ({"engine": "llm", "url": "localhost:1", "model": "m"}, "its url is no http address"),
        ({"engine": "llm", "url": "ftp://a/", "model": "m"}, "its url is no http address"),
        ({"engine": "llm", "url": "http://[a/", "model": "m"}, "its url is no http address"),
        ({"engine": "llm", "url": "http://a/v1"}, "it names no model; set `model`"),
        ({"engine": "deepl"}, "it has no key; set `key`"),
        ({"engine": "deepl", "key": "$WORLDTAKE_NO_KEY"}, "variable WORLDTAKE_NO_KEY, which"),
        ({"engine": "deepl", "key": "a\nb"}, "characters that cannot be sent"),
        ({"engine": "apertium"}, "apertium is reached over no wire"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(EngineRefusedError, match=words):
        opened(**given)


def test_a_translator_has_the_name_of_its_settings() -> None:
    found = [
        opened(engine="llm", url="http://a/v1", model="m", name="home"),
        opened(engine="libretranslate", url="http://a"),
        opened(engine="deepl", key="k"),
    ]
    assert ["home", "libretranslate", "deepl"] == [each.id for each in found]


def test_addresses_are_taken_with_and_without_what_stands_behind() -> None:
    urls = ("http://a/v1", "http://a/v1/", "http://a/v1/chat/completions")
    found = {opened(engine="llm", url=url, model="m").server.url for url in urls}
    assert {"http://a/v1"} == found


def test_deepl_goes_home_unless_told_otherwise() -> None:
    found = [
        opened(engine="deepl", key="k:fx").server.url,
        opened(engine="deepl", key="k").server.url,
        opened(engine="deepl", key="k", url="http://a/").server.url,
    ]
    assert ["https://api-free.deepl.com", "https://api.deepl.com", "http://a"] == found


def test_a_key_is_read_from_the_environment() -> None:
    settings = TranslatorSettings(engine="deepl", key="$K")  # type: ignore[arg-type]
    assert "agreed" == secret_key(settings, {"K": " agreed\n"})
    assert "" == secret_key(TranslatorSettings(engine="llm"), {})


def test_keys_are_not_shown() -> None:
    found = opened(engine="llm", url="http://a/v1", model="m", key="hush")
    assert "hush" not in repr(found)
