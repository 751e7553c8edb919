from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from worldtake.errors import FetchError, RefusedAddressError
from worldtake.http.websub import (
    LEASE_SECONDS,
    MAX_LEASE_SECONDS,
    MIN_LEASE_SECONDS,
    callback_url,
    is_signed,
    read_question,
    subscribe_form,
    unsubscribe_form,
)

if TYPE_CHECKING:
    from worldtake.http import Response

BODY = "<rss>Požar</rss>".encode()
AGREED = "agreed"
TOPIC = "https://lantern.test/rss.xml"
ASKS = {
    "hub.mode": "subscribe",
    "hub.topic": TOPIC,
    "hub.challenge": "c",
    "hub.lease_seconds": "600",
}


def signature(method: str, body: bytes = BODY, agreed: str = AGREED) -> str:
    return f"{method}={hmac.new(agreed.encode(), body, method).hexdigest()}"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_body_is_signed_by_each_hash_of_the_recommendation(method: str) -> None:
    assert is_signed(BODY, AGREED, signature(method))
    assert is_signed(BODY, AGREED, signature(method).upper())


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "sha256=",
        "=",
        signature("md5"),
        signature("sha3_256"),
        signature("sha256")[:-1],
        signature("sha256").removeprefix("sha256="),
        signature("sha256", b"other"),
        signature("sha256", BODY, "other"),
        "sha256=ž",
        f"sha512={hashlib.sha256(BODY).hexdigest()}",
    ],
)
def test_a_body_that_is_signed_otherwise_is_not_signed(given: str | None) -> None:
    assert not is_signed(BODY, AGREED, given)


def test_a_hub_is_told_where_to_call_for_what_and_how_long() -> None:
    callback = callback_url("https://news.test/take/", "token")
    form = subscribe_form(callback, TOPIC, AGREED)
    assert "https://news.test/take/websub/token" == form["hub.callback"]
    assert ("subscribe", TOPIC, str(LEASE_SECONDS), AGREED) == (
        form["hub.mode"],
        form["hub.topic"],
        form["hub.lease_seconds"],
        form["hub.secret"],
    )
    assert {"hub.callback", "hub.mode", "hub.topic"} == set(unsubscribe_form(callback, TOPIC))


def test_what_a_hub_asks_is_read() -> None:
    question = read_question(ASKS)
    assert question is not None
    assert ("subscribe", TOPIC, "c", 600) == (
        question.mode,
        question.topic,
        question.challenge,
        question.lease_seconds,
    )


@pytest.mark.parametrize(
    ("stated", "lease"),
    [
        ("", LEASE_SECONDS),
        ("-5", LEASE_SECONDS),
        ("soon", LEASE_SECONDS),
        ("²", LEASE_SECONDS),
        ("9" * 5000, LEASE_SECONDS),
        ("0", MIN_LEASE_SECONDS),
        ("99999999999", MAX_LEASE_SECONDS),
    ],
)
def test_a_lease_is_believed_within_bounds(stated: str, lease: int) -> None:
    question = read_question(ASKS | {"hub.lease_seconds": stated})
    assert question is not None
    assert lease == question.lease_seconds


@pytest.mark.parametrize(
    "changed",
    [
        {"hub.mode": "publish"},
        {"hub.topic": ""},
        {"hub.challenge": ""},
        {"hub.challenge": "c" * 5000},
    ],
)
def test_what_is_no_question_is_none(changed: dict[str, str]) -> None:
    assert None is read_question(ASKS | changed)


def test_a_refusal_needs_no_challenge() -> None:
    question = read_question({"hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "no" * 999})
    assert question is not None
    assert ("denied", 300) == (question.mode, len(question.reason))


async def _echo(request: web.BaseRequest) -> web.Response:
    if request.path.startswith("/to-"):
        return web.Response(status=int(request.path[4:]), headers={"Location": "/there"})
    return web.json_response([request.method, dict(await request.post())], status=202)


def posted(serving: Any, door: Any, path: str, **options: Any) -> Response:
    async def scene() -> Response:
        async with serving(_echo) as base, door(**options) as open_door:
            return await open_door.post(f"{base}{path}", {"hub.topic": "ž&="})

    return asyncio.run(scene())


def test_a_form_is_sent(serving: Any, door: Any) -> None:
    answer = posted(serving, door, "/hub")
    assert (202, ["POST", {"hub.topic": "ž&="}]) == (answer.status, json.loads(answer.body))


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_goes_on_where_it_may_be_sent_again(serving: Any, door: Any, status: int) -> None:
    answer = posted(serving, door, f"/to-{status}")
    assert answer.url.endswith("/there")
    assert (202, ["POST", {"hub.topic": "ž&="}]) == (answer.status, json.loads(answer.body))


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_form_does_not_go_on_elsewhere(serving: Any, door: Any, status: int) -> None:
    assert status == posted(serving, door, f"/to-{status}").status


def test_a_form_is_not_sent_within_this_machine(serving: Any, door: Any) -> None:
    with pytest.raises(RefusedAddressError):
        posted(serving, door, "/hub", allow_hosts=())


def test_a_form_that_nobody_takes_is_an_error(door: Any) -> None:
    async def scene() -> None:
        async with door() as open_door:
            await open_door.post("http://press.localhost:1/hub", {"a": "b"})

    with pytest.raises(FetchError) as caught:
        asyncio.run(scene())
    assert "reset" == caught.value.outcome
