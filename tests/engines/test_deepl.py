from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from tests.engines.hostile_segments import HOSTILE, SEGMENTS

from worldtake.engines import Translated, Untranslated
from worldtake.engines.deepl import FREE_URL, PAID_URL, home_url
from worldtake.engines.remote import open_remote
from worldtake.errors import EngineBusyError, EngineError, EngineRefusedError
from worldtake.settings import TranslatorSettings
from worldtake.testing.engine_server import Told, told
from worldtake.testing.fake_deepl import MAX_BYTES, FakeDeepL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.engines import Translator
    from worldtake.pipeline.wires import DoorWire


@pytest.fixture
def server() -> Iterator[FakeDeepL]:
    with FakeDeepL() as started:
        yield started


def opened(server: FakeDeepL, wire: DoorWire, **more: Any) -> Translator:
    given = {"url": server.url, "seconds": 1.0, "key": server.key} | more
    return open_remote(TranslatorSettings(engine="deepl", **given), wire)


def test_a_call_is_one_request_of_the_api(server: FakeDeepL, wire: DoorWire) -> None:
    answers = opened(server, wire).translate(("Dober dan.", "Dežuje."), "sl", "en")
    asked = server.log[-1]
    assert ("POST", "/v2/translate") == (asked.method, asked.path)
    assert {
        "text": ["Dober dan.", "Dežuje."],
        "source_lang": "SL",
        "target_lang": "EN-US",
        "split_sentences": "0",
        "preserve_formatting": True,
    } == asked.content
    assert ["[SL>EN-US] Dober dan.", "[SL>EN-US] Dežuje."] == [
        isinstance(each, Translated) and each.text for each in answers
    ]


@pytest.mark.parametrize(
    ("source", "target", "revision"),
    [
        ("sl", "en", "EN-US"),
        ("sl", "en-GB", "EN-GB"),
        ("sl", "en-AU", "EN-GB"),
        ("sl", "en-CA", "EN-US"),
        ("sl", "pt", "PT-PT"),
        ("sl", "pt-BR", "PT-BR"),
        ("sl", "zh", "ZH-HANS"),
        ("sl", "zh-CN", "ZH-HANS"),
        ("sl", "zh-TW", "ZH-HANT"),
        ("zh-TW", "sl", "SL"),
        ("pt-BR", "de", "DE"),
        ("sl-SI", "bg", "BG"),
        ("sl", "sl", None),
        ("pt", "pt-BR", None),
        ("mk", "en", None),
        ("en", "mk", None),
    ],
)
def test_languages_are_spelled_as_deepl_spells_them(
    server: FakeDeepL, wire: DoorWire, source: str, target: str, revision: str | None
) -> None:
    found = opened(server, wire).supports(source, target)
    assert revision == (found.revision if found else None)


def test_keys_of_the_free_kind_go_to_their_own_host() -> None:
    assert (FREE_URL, PAID_URL) == (home_url("abc:fx"), home_url("abc"))


def test_languages_are_asked_once(server: FakeDeepL, wire: DoorWire) -> None:
    translator = opened(server, wire)
    for _ in range(3):
        translator.translate(("Dan.",), "sl", "en")
    assert 5 == len(server.log)


def test_more_texts_than_a_request_holds_go_in_several(server: FakeDeepL, wire: DoorWire) -> None:
    segments = [f"Stavek {number}." for number in range(120)]
    answers = opened(server, wire).translate(segments, "sl", "en")
    counts = [len(each.content["text"]) for each in server.log if each.content]
    assert ([50, 50, 20], True) == (counts, all(isinstance(each, Translated) for each in answers))


def test_more_bytes_than_a_request_holds_go_in_several(server: FakeDeepL, wire: DoorWire) -> None:
    segments = [f"{number} " + "Ž\n" * 8000 for number in range(20)]
    answers = opened(server, wire).translate(segments, "sl", "en")
    assert all(isinstance(each, Translated) for each in answers)
    assert MAX_BYTES >= max(len(each.body) for each in server.log)


def test_a_text_longer_than_a_request_stays_alone(server: FakeDeepL, wire: DoorWire) -> None:
    answers = opened(server, wire).translate(("Dan.", "Ž" * 70_000), "sl", "en")
    assert [True, False] == [isinstance(each, Translated) for each in answers]


def test_a_wrong_key_is_refused_and_not_told_on(server: FakeDeepL, wire: DoorWire) -> None:
    translator: Any = opened(server, wire, key="hush:fx")
    with pytest.raises(EngineRefusedError, match="correct the key of the translator") as caught:
        translator.translate(("Dan.",), "sl", "en")
    assert None is translator.supports("sl", "en")
    assert "403" in translator.trouble
    assert "hush" not in str(caught.value)


def test_a_used_up_quota_is_waited_for_long(server: FakeDeepL, wire: DoorWire) -> None:
    server.quota = 3
    with pytest.raises(EngineBusyError, match="quota") as caught:
        opened(server, wire).translate(("Dober dan.",), "sl", "en")
    assert 6 * 3600.0 == caught.value.retry_after_seconds


@pytest.mark.parametrize("status", [429, 500, 503, 529])
def test_an_overloaded_server_is_busy_for_as_long_as_it_says(
    server: FakeDeepL, wire: DoorWire, status: int
) -> None:
    server.script = [Told(status=status, headers=(("Retry-After", "7"),))]
    with pytest.raises(EngineBusyError) as caught:
        opened(server, wire).translate(("Dan.",), "sl", "en")
    assert 7.0 == caught.value.retry_after_seconds


def test_a_bad_request_is_refused_in_the_words_of_the_server(
    server: FakeDeepL, wire: DoorWire
) -> None:
    server.script = [told({"message": "Value for 'target_lang' not supported."}, 400)]
    with pytest.raises(EngineRefusedError, match="not supported"):
        opened(server, wire).translate(("Dan.",), "sl", "en")


@pytest.mark.parametrize(
    "answer",
    [
        told({"translations": [{"text": "One."}]}),
        told({"translations": {"text": "One."}}),
        told({}),
        Told(body=b"\xff\xfe"),
    ],
)
def test_what_is_not_of_the_api_is_no_translation(
    server: FakeDeepL, wire: DoorWire, answer: Told
) -> None:
    server.script = [answer]
    with pytest.raises(EngineError, match="see whether it is the address"):
        opened(server, wire).translate(("Ena.", "Dve."), "sl", "en")


@pytest.mark.parametrize("bad", [None, {"text": None}, {"text": "\ud83d"}, [], {"text": " "}])
def test_an_answer_that_can_be_no_text_leaves_its_sentence_alone(
    server: FakeDeepL, wire: DoorWire, bad: Any
) -> None:
    body = {"translations": [{"text": "One."}, bad]}
    server.script = [Told(body=json.dumps(body).encode())]
    answers = opened(server, wire).translate(("Ena.", "Dve."), "sl", "en")
    assert [Translated, Untranslated] == [type(each) for each in answers]


@settings(max_examples=25, deadline=None)
@given(segments=SEGMENTS)
def test_each_comes_back_in_its_place(wire: DoorWire, segments: list[str]) -> None:
    with FakeDeepL() as server:
        answers = opened(server, wire).translate((*segments, *HOSTILE), "sl", "en")
    assert len(segments) + len(HOSTILE) == len(answers)
    for segment, answer in zip(segments, answers, strict=False):
        if isinstance(answer, Translated):
            sent = segment.encode("utf-8", "replace").decode()
            assert "".join(sent.split()) in "".join(answer.text.split())
