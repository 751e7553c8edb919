"""The servers that stand for real ones refuse what those refuse: else the engines' tests would prove little."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.testing.fake_deepl import FakeDeepL
from worldtake.testing.fake_libretranslate import FakeLibreTranslate
from worldtake.testing.misbehaving_model import MisbehavingModel
from worldtake.testing.model_faults import FAULTS

if TYPE_CHECKING:
    from worldtake.testing.engine_server import EngineServer

KEYED = {"Authorization": "DeepL-Auth-Key agreed:fx"}


def posted(
    server: EngineServer, path: str, given: Any, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{server.base}{path}",
        data=json.dumps(given).encode(),
        headers={"Content-Type": "application/json"} | (headers or {}),
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 the same
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"q": []}, "missing q parameter"),
        ({"source": ""}, "missing source parameter"),
        ({"target": "de"}, "de is not supported"),
        ({"source": "zh-Hans", "target": "sl"}, "not available as a target language"),
        ({"format": "xml"}, "xml format is not supported"),
        ({"q": ["Da."] * 5}, r"request \(5\) exceeds text limit \(4\)"),
        ({"q": ["Predolgo."]}, r"request \(9\) exceeds text limit \(8\)"),
    ],
)
def test_libretranslate_refuses(change: dict[str, Any], words: str) -> None:
    given = {"q": ["Da."], "source": "sl", "target": "en"} | change
    with FakeLibreTranslate(batch_limit=4, char_limit=8) as server:
        status, content = posted(server, "/translate", given)
    assert 400 == status
    assert re.search(words, content["error"])


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, KEYED, 200),
        ({}, {}, 403),
        ({"text": "Da."}, KEYED, 400),
        ({"text": ["Da."] * 51}, KEYED, 400),
        ({"text": ["a" * 140_000]}, KEYED, 413),
        ({"target_lang": "XX"}, KEYED, 400),
        ({"split_sentences": 0}, KEYED, 400),
        ({"colour": "red"}, KEYED, 400),
    ],
)
def test_deepl_refuses(change: dict[str, Any], headers: dict[str, str], status: int) -> None:
    given = {"text": ["Da."], "source_lang": "SL", "target_lang": "EN-GB"} | change
    with FakeDeepL() as server:
        assert status == posted(server, "/v2/translate", given, headers)[0]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 200),
        ({"model": "other"}, 404),
        ({"messages": []}, 400),
        ({"messages": [{"role": "user", "content": 1}]}, 400),
        ({"colour": "red"}, 400),
        ({"response_format": {"type": "xml"}}, 400),
        ({"response_format": {"type": "json_object"}}, 200),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "a"}}}, 400),
        (
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {
                        "name": "a",
                        "schema": {"type": "object", "properties": {"b": {}}},
                    },
                }
            },
            400,
        ),
    ],
)
def test_a_model_refuses(change: dict[str, Any], status: int) -> None:
    given = {"model": "toy", "messages": [{"role": "user", "content": "Hello."}]} | change
    with MisbehavingModel() as server:
        assert status == posted(server, "/chat/completions", given)[0]


def test_every_fault_has_a_name_and_says_what_it_does() -> None:
    assert 45 <= len(FAULTS)
    assert all(fault.__doc__ for fault in FAULTS.values())
