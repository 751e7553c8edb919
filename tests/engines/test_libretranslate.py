from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from tests.engines.hostile_segments import HOSTILE, SEGMENTS

from worldtake.engines import Translated, Untranslated
from worldtake.engines.remote import open_remote
from worldtake.errors import EngineBusyError, EngineError, EngineRefusedError
from worldtake.settings import TranslatorSettings
from worldtake.testing.engine_server import Told, told
from worldtake.testing.fake_libretranslate import FakeLibreTranslate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.engines import Translator
    from worldtake.pipeline.wires import DoorWire


@pytest.fixture
def server() -> Iterator[FakeLibreTranslate]:
    with FakeLibreTranslate() as started:
        yield started


def opened(server: FakeLibreTranslate, wire: DoorWire, **more: Any) -> Translator:
    given = {"url": server.url, "seconds": 1.0} | more
    return open_remote(TranslatorSettings(engine="libretranslate", **given), wire)


def texts(answers: Any) -> list[str | None]:
    return [getattr(answer, "text", None) for answer in answers]


def test_sentences_come_back_in_order(server: FakeLibreTranslate, wire: DoorWire) -> None:
    answers = opened(server, wire).translate(("Dober dan.", "Dežuje."), "sl", "en")
    assert (
        Translated(text="[sl>en] Dober dan."),
        Translated(text="[sl>en] Dežuje."),
    ) == answers


def test_a_call_is_one_request_of_the_protocol(server: FakeLibreTranslate, wire: DoorWire) -> None:
    server.key = "agreed"
    opened(server, wire, key="agreed").translate(("A b.", "C d.", "A b."), "sl", "en")
    asked = server.log[-1]
    expected = {
        "q": ["A b.", "C d."],
        "source": "sl",
        "target": "en",
        "format": "text",
        "api_key": "agreed",
    }
    assert ("POST", "/translate", expected) == (asked.method, asked.path, asked.content)


def test_it_can_do_what_the_server_says(server: FakeLibreTranslate, wire: DoorWire) -> None:
    translator = opened(server, wire)
    pairs = [("sl", "en"), ("sl-SI", "en-GB"), ("zh-CN", "en"), ("en", "zh"), ("de", "en")]
    found = [translator.supports(*pair) for pair in [*pairs, ("zh-TW", "en"), ("sl", "sl")]]
    assert [True, True, True, False, False, False, False] == [bool(each) for each in found]
    assert ("good", "LibreTranslate") == (found[0] and found[0].tier, found[0] and found[0].model)


def test_languages_are_asked_once(server: FakeLibreTranslate, wire: DoorWire) -> None:
    translator = opened(server, wire)
    for _ in range(5):
        translator.supports("sl", "en")
        translator.translate(("Dan.",), "sl", "en")
    assert 1 == [asked.path for asked in server.log].count("/languages")


def test_settings_say_which_languages_and_how_far_to_trust(
    server: FakeLibreTranslate, wire: DoorWire
) -> None:
    translator = opened(server, wire, sources=("sl",), tier="gist")
    found = [translator.supports(source, "en") for source in ("sl", "zh")]
    assert ["gist", None] == [each and each.tier for each in found]


def test_two_servers_are_told_apart(server: FakeLibreTranslate, wire: DoorWire) -> None:
    with FakeLibreTranslate() as other:
        found = {opened(each, wire).supports("sl", "en") for each in (server, other)}
    assert 2 == len(found)


def test_a_server_out_of_reach_supports_nothing_for_now_and_says_why(wire: DoorWire) -> None:
    now = [0.0]
    server = FakeLibreTranslate()
    with server:
        pass
    translator: Any = opened(server, wire)
    translator._pairs.clock = lambda: now[0]
    assert None is translator.supports("sl", "en")
    assert "engine.localhost" in translator.trouble
    with pytest.raises(EngineBusyError):
        translator.translate(("Dan.",), "sl", "en")
    with server:
        assert None is translator.supports("sl", "en")
        now[0] = 61.0
        assert translator.supports("sl", "en")
    assert "" == translator.trouble


def test_languages_are_kept_while_the_server_is_away(wire: DoorWire) -> None:
    now = [0.0]
    with FakeLibreTranslate() as server:
        translator: Any = opened(server, wire)
        translator._pairs.clock = lambda: now[0]
        assert translator.supports("sl", "en")
    now[0] = 4000.0
    assert translator.supports("sl", "en")
    assert "engine.localhost" in translator.trouble


def test_a_pair_that_the_server_does_not_know_is_refused(
    server: FakeLibreTranslate, wire: DoorWire
) -> None:
    with pytest.raises(EngineRefusedError, match="does not translate de into en"):
        opened(server, wire).translate(("Tag.",), "de", "en")


def test_a_wrong_key_is_refused_and_not_told_on(server: FakeLibreTranslate, wire: DoorWire) -> None:
    server.key = "agreed"
    with pytest.raises(EngineRefusedError, match=r"Invalid API key.*correct the key") as caught:
        opened(server, wire, key="hush").translate(("Dan.",), "sl", "en")
    assert "hush" not in str(caught.value)


def test_a_missing_key_is_refused_in_the_words_of_the_server(
    server: FakeLibreTranslate, wire: DoorWire
) -> None:
    server.key = "agreed"
    with pytest.raises(EngineRefusedError, match="to get an API key"):
        opened(server, wire).translate(("Dan.",), "sl", "en")


def test_calls_are_cut_to_the_texts_that_the_server_takes(
    server: FakeLibreTranslate, wire: DoorWire
) -> None:
    server.batch_limit = 3
    segments = [f"Stavek {number}." for number in range(20)]
    translator = opened(server, wire)
    assert [f"[sl>en] {text}" for text in segments] == texts(
        translator.translate(segments, "sl", "en")
    )
    before = len(server.log)
    translator.translate(segments, "sl", "en")
    assert 7 == len(server.log) - before


def test_a_sentence_longer_than_the_server_takes_stays_alone(
    server: FakeLibreTranslate, wire: DoorWire
) -> None:
    server.char_limit = 20
    segments = ["Kratek.", "Ta stavek je daljši, kot sme biti.", "Spet kratek.", "Zadnji."]
    answers = opened(server, wire).translate(segments, "sl", "en")
    assert [True, False, True, True] == [isinstance(each, Translated) for each in answers]
    assert Untranslated(reason="longer than the server takes (20 characters)") == answers[1]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_an_overloaded_server_is_busy(
    server: FakeLibreTranslate, wire: DoorWire, status: int
) -> None:
    server.script = [
        told({"error": "Slowdown: 80 per 1 minute"}, status, headers=(("Retry-After", "7"),))
    ]
    with pytest.raises(EngineBusyError, match="Slowdown"):
        opened(server, wire).translate(("Dan.",), "sl", "en")


def test_a_ban_passes(server: FakeLibreTranslate, wire: DoorWire) -> None:
    server.script = [told({"error": "Too many request limits violations"}, 403)]
    with pytest.raises(EngineBusyError):
        opened(server, wire).translate(("Dan.",), "sl", "en")


@pytest.mark.parametrize(
    "answer",
    [
        told({"translatedText": ["One."]}),
        told({"translatedText": ["One.", "Two.", "Three."]}),
        told({"translatedText": "One. Two."}),
        told(["One.", "Two."]),
        Told(body=b"<html>Log in</html>"),
        Told(body='{"translatedText": ["Pož", "b"]}'.encode("cp1250")),
        Told(body=b'{"a":' * 50_000),
    ],
)
def test_what_is_not_of_the_protocol_is_no_translation(
    server: FakeLibreTranslate, wire: DoorWire, answer: Told
) -> None:
    server.script = [answer]
    with pytest.raises(EngineError, match="see whether it is the address"):
        opened(server, wire).translate(("Ena.", "Dve."), "sl", "en")


@pytest.mark.parametrize("bad", [None, 7, "", " ", "\ud83d", "a\x00", "x" * 5000, ["a"]])
def test_an_answer_that_can_be_no_text_leaves_its_sentence_alone(
    server: FakeLibreTranslate, wire: DoorWire, bad: Any
) -> None:
    body = {"translatedText": ["One.", bad, "Three."]}
    server.script = [Told(body=json.dumps(body).encode())]
    answers = opened(server, wire).translate(("Ena.", "Dve.", "Tri."), "sl", "en")
    assert ["One.", None, "Three."] == texts(answers)


def test_a_sentence_of_one_line_stays_on_one(server: FakeLibreTranslate, wire: DoorWire) -> None:
    server.script = [told({"translatedText": ["One\n line.\n", "Two\nlines."]})]
    answers = opened(server, wire).translate(("Ena vrsta.", "Dve\nvrsti."), "sl", "en")
    assert ["One line.", "Two\nlines."] == texts(answers)


def test_a_slow_server_is_busy(server: FakeLibreTranslate, wire: DoorWire) -> None:
    server.script = [Told(delay_seconds=0.5)]
    translator = opened(server, wire, seconds=0.2)
    with pytest.raises(EngineBusyError):
        translator.translate(("Dan.",), "sl", "en")


def test_as_many_come_back_as_were_given(server: FakeLibreTranslate, wire: DoorWire) -> None:
    answers = opened(server, wire).translate(HOSTILE, "sl", "en")
    assert len(HOSTILE) == len(answers)
    assert [not text.strip() for text in HOSTILE[:2]] == [
        isinstance(each, Untranslated) for each in answers[:2]
    ]


@settings(max_examples=25, deadline=None)
@given(segments=SEGMENTS)
def test_each_comes_back_in_its_place(wire: DoorWire, segments: list[str]) -> None:
    with FakeLibreTranslate() as server:
        answers = opened(server, wire).translate(segments, "sl", "en")
    assert len(segments) == len(answers)
    for segment, answer in zip(segments, answers, strict=True):
        if isinstance(answer, Translated):
            sent = segment.encode("utf-8", "replace").decode()
            assert "".join(sent.split()) in "".join(answer.text.split())
