"""The image proxy against a real server on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.errors import UnknownItemError
from worldtake.http import DoorSettings
from worldtake.newsroom import images, open_newsroom
from worldtake.newsroom.images import ImageProxy, image_type
from worldtake.settings import Settings
from worldtake.testing.fake_outlets import FakeOutlet
from worldtake.testing.press import Answer, Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.newsroom import Newsroom

HOST = "lantern.localhost"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(900)
BODIES = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(90),
    "image/gif": b"GIF89a" + bytes(90),
    "image/webp": b"RIFF\x00\x01\x00\x00WEBPVP8 " + bytes(90),
    "image/avif": b"\x00\x00\x00\x20ftypavif" + bytes(90),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
STORY = "<html><head><title>Ferry</title><meta property='og:image' content='{}'></head><body><article><h1>Ferry burns off Ancona</h1><p>All 214 people were taken off a car ferry that burned off Ancona on Friday morning.</p><p>The fire began on the car deck, the coast guard said, and was put out before noon.</p></article></body></html>"


def serve(press: Press, **answers: Answer) -> None:
    press.add(FakeOutlet(host=HOST, answers={f"/{name}": each for name, each in answers.items()}))


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as opened:
        yield opened


@pytest.fixture
def proxy() -> Iterator[ImageProxy]:
    opened = ImageProxy(DoorSettings(allow_hosts=(HOST,)), 2000, wait_seconds=2.0)
    yield opened
    opened.close()


def refused(proxy: ImageProxy, url: str) -> bool:
    try:
        proxy.image(url)
    except UnknownItemError:
        return True
    return False


@pytest.mark.parametrize("kind", BODIES)
def test_images_are_handed_on(press: Press, proxy: ImageProxy, kind: str) -> None:
    serve(press, picture=Answer(body=BODIES[kind], media_type=kind, charset=None))
    found = proxy.image(press.url(HOST, "/picture"))
    assert (kind, BODIES[kind]) == (found.media_type, found.body)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=SVG, media_type="image/svg+xml"),
        Answer(body=SVG, media_type="image/png"),
        Answer(body=b"<html><script>alert(1)</script>", media_type="image/jpeg"),
        Answer(body=PNG, media_type="text/html"),
        Answer(body=PNG * 3, media_type="image/png"),
        Answer(body=PNG, media_type="image/png", status=404),
        Answer(body=b"", media_type="image/png"),
    ],
    ids=["svg", "svg as png", "page as jpeg", "png as page", "too large", "missing", "empty"],
)
def test_what_is_no_image_that_can_be_shown_is_refused(
    press: Press, proxy: ImageProxy, answer: Answer
) -> None:
    serve(press, picture=answer)
    assert refused(proxy, press.url(HOST, "/picture"))


@pytest.mark.parametrize("to", ["http://127.0.0.1:{}/picture", "http://other.localhost:{}/picture"])
def test_a_redirect_to_this_machine_is_refused(press: Press, proxy: ImageProxy, to: str) -> None:
    serve(press, picture=Answer(body=PNG, media_type="image/png"), moved=Answer())
    port = press.url(HOST, "/").rsplit(":", 1)[1].strip("/")
    press.plant(HOST, "/moved", Fault(redirect_to=to.format(port)))
    assert refused(proxy, press.url(HOST, "/moved"))
    assert not refused(proxy, press.url(HOST, "/picture"))


def test_an_address_of_this_machine_is_refused(press: Press) -> None:
    serve(press, picture=Answer(body=PNG, media_type="image/png"))
    proxy = ImageProxy(DoorSettings(), 2000)
    assert refused(proxy, press.url(HOST, "/picture"))
    proxy.close()


def test_robots_txt_is_obeyed(press: Press, proxy: ImageProxy) -> None:
    picture = Answer(body=PNG, media_type="image/png", charset=None)
    robots = "User-agent: *\nDisallow: /\n"
    press.add(FakeOutlet(host=HOST, robots=robots, answers={"/picture": picture}))
    assert refused(proxy, press.url(HOST, "/picture"))


def test_a_slow_image_is_given_up(press: Press, proxy: ImageProxy) -> None:
    serve(press, picture=Answer(body=PNG, media_type="image/png"))
    press.plant(HOST, "/picture", Fault(delay_seconds=4.0))
    assert refused(proxy, press.url(HOST, "/picture"))


def test_an_image_is_fetched_once(press: Press, proxy: ImageProxy) -> None:
    serve(press, picture=Answer(body=PNG, media_type="image/png"))
    for _ in range(3):
        proxy.image(press.url(HOST, "/picture"))
    assert ["/picture"] == [each.path for each in press.requests if each.path != "/robots.txt"]


def test_a_refused_image_is_asked_for_again_later(press: Press) -> None:
    now = [0.0]
    proxy = ImageProxy(DoorSettings(allow_hosts=(HOST,)), 2000, lambda: now[0])
    serve(press, picture=Answer(body=PNG, media_type="image/png"))
    press.plant(HOST, "/picture", Fault(status=500, times=1))
    url = press.url(HOST, "/picture")
    found = []
    for now[0] in (0.0, 500.0, 700.0):
        found.append(refused(proxy, url))
    proxy.close()
    assert [True, True, False] == found


def test_only_so_many_images_are_kept(
    press: Press, proxy: ImageProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "KEPT_BYTES", 2000)
    serve(press, **{name: Answer(body=PNG, media_type="image/png") for name in "abc"})
    for name in "abca":
        proxy.image(press.url(HOST, f"/{name}"))
    asked = [each.path for each in press.requests if each.path != "/robots.txt"]
    assert ["/a", "/b", "/c", "/a"] == asked


@pytest.mark.parametrize("body", [b"", b"RIFF", SVG, b"\x00\x00\x00\x20ftypmp42", b"%PDF-1.7"])
def test_other_bytes_are_no_image(body: bytes) -> None:
    assert None is image_type(body)


def house(tmp_path: Path, **settings: object) -> Newsroom:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    chosen = Settings(home=tmp_path / "home", workers=0, cluster_wait_seconds=0, **settings)  # type: ignore[arg-type]
    return open_newsroom(chosen, catalogue=catalogue, loopback_hosts=(HOST,))


@pytest.mark.parametrize("on", [True, False])
def test_an_article_shows_its_own_image_where_that_is_set(
    press: Press,
    tmp_path: Path,
    on: bool,  # noqa: FBT001 a case
) -> None:
    page = STORY.format(press.url(HOST, "/picture"))
    serve(press, picture=Answer(body=PNG, media_type="image/png"), ferry=Answer(body=page.encode()))
    with house(tmp_path, image_proxy=on) as newsroom:
        newsroom.add_address(press.url(HOST, "/ferry"))
        newsroom.run()
        [line] = newsroom.search("ferry").headlines
        assert line.image
        if on:
            assert ("image/png", PNG) == newsroom.image(line.article_id)
        else:
            with pytest.raises(UnknownItemError, match="image_proxy"):
                newsroom.image(line.article_id)
        asked = [each.path for each in press.requests]
        assert on == ("/picture" in asked)
        with pytest.raises(UnknownItemError):
            newsroom.image("none")
