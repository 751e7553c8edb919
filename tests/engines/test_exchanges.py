from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.engines import Translated, Untranslated, WireAnswer
from worldtake.engines.exchanges import Reply, Server, parcels, translate_filled, translated
from worldtake.errors import EngineBusyError, EngineRefusedError


@dataclass
class LoggedWire:
    """Answers the same to all, and keeps what was sent."""

    answer: WireAnswer
    log: list[Any] = field(default_factory=list)

    def send(self, url: str, **given: Any) -> WireAnswer:
        self.log.append((url, given))
        return self.answer


def server(body: bytes = b"{}", status: int = 200) -> Server:
    wire = LoggedWire(WireAnswer(status=status, body=body))
    return Server(name="home", url="http://a/v1", wire=wire, headers={"X-Key": "hush"}, key="hush")


def test_what_is_asked_is_json_with_the_headers_of_the_server() -> None:
    asked = server()
    asked.ask("/x", {"q": "Pož\ud83dar"}, seconds=2.0)
    url, given = asked.wire.log[0]  # type: ignore[attr-defined]
    assert ("http://a/v1/x", "POST", '{"q": "Pož?ar"}'.encode(), 2.0) == (
        url,
        given["method"],
        given["body"],
        given["seconds"],
    )
    assert ("application/json", "hush") == (
        given["headers"]["Content-Type"],
        given["headers"]["X-Key"],
    )


@pytest.mark.parametrize(
    ("body", "content", "fault"),
    [
        (b'{"a": 1}', {"a": 1}, ""),
        (b'\xef\xbb\xbf["a"]', ["a"], ""),
        (b"", None, "with what is no JSON"),
        (b"\xff", None, "with what is not UTF-8"),
        (b"[" * 100_000, None, "with what is no JSON"),
        (b"9" * 5000, None, "with what is no JSON"),
    ],
)
def test_an_answer_is_read_as_json_or_its_fault_is_told(
    body: bytes, content: Any, fault: str
) -> None:
    reply = server(body).ask("/x")
    assert (content, fault) == (reply.content, reply.fault)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"error": "no\n such\x00 key"}, "no such key"),
        ({"error": {"message": "no"}}, "no"),
        ({"message": "no"}, "no"),
        ({"detail": "no"}, "no"),
        ({"error": {"error": {"message": "no"}}}, ""),
        ({"detail": [{"msg": "no"}]}, ""),
        (["no"], ""),
        (None, ""),
        ({"error": "n" * 999}, "n" * 200),
    ],
)
def test_the_words_of_a_refusal_are_found(content: Any, words: str) -> None:
    assert words == Reply(status=400, content=content).words


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, EngineRefusedError),
        (401, EngineRefusedError),
        (404, EngineRefusedError),
        (408, EngineBusyError),
        (429, EngineBusyError),
        (500, EngineBusyError),
        (529, EngineBusyError),
    ],
)
def test_a_refusal_is_for_now_or_for_good(status: int, kind: type[Exception]) -> None:
    reply = Reply(status=status, content={"error": "key hush?"}, retry_after_seconds=7.0)
    error = server().refusal(reply)
    assert (kind, False) == (type(error), "hush" in str(error))
    assert 7.0 == getattr(error, "retry_after_seconds", 7.0)


def test_long_translations_of_short_sentences_are_believed_up_to_a_bound() -> None:
    found = [translated("x" * length, "Da.") for length in (500, 501)]
    assert [Translated, Untranslated] == [type(each) for each in found]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b", " ", "", "c\n"])))
def test_each_text_is_asked_for_once_and_blanks_never(segments: list[str]) -> None:
    asked: list[str] = []

    def translate(texts: list[str]) -> list[Any]:
        asked.extend(texts)
        return [Translated(text=text.upper()) for text in texts]

    answers = translate_filled(segments, translate)
    assert len(asked) == len({text for text in segments if text.strip()})
    assert [text.upper() if text.strip() else None for text in segments] == [
        getattr(each, "text", None) for each in answers
    ]


@settings(deadline=None)
@given(st.lists(st.text(max_size=9)), st.integers(1, 5), st.integers(1, 20))
def test_parcels_keep_order_and_limits(segments: list[str], count: int, size: int) -> None:
    found = list(parcels(segments, count=count, size=size, measure=len))
    assert segments == [text for parcel in found for text in parcel]
    assert all(
        len(parcel) <= count and (len(parcel) == 1 or sum(map(len, parcel)) <= size)
        for parcel in found
    )
