"""The main image with its caption and its credit, from JSON-LD and from the figure that shows it."""

import pytest

from worldtake.extract.dom import parse
from worldtake.extract.evidence import gather
from worldtake.extract.pictures import Picture, main_picture

ADDRESS = "https://img.echo.example/2025/last-ferry.jpg"
HEAD = f'<meta property="og:image" content="{ADDRESS}">'


def picture(head: str, body: str = "") -> Picture | None:
    root = parse(f"<html><head>{head}</head><body>{body}<p>Text</p></body></html>")
    return main_picture(root, gather(root), "https://echo.example/1")


def figure(under: str, source: str = "/w/last-ferry-1200x675.jpg") -> str:
    return f'<figure><img src="{source}">{under}</figure>'


@pytest.mark.parametrize(
    "under",
    [
        "<figcaption>The ferry at dusk. <span class='credit'>Photo: Jon Abel</span></figcaption>",
        "<figcaption>The ferry at dusk. (Photo: Jon Abel)</figcaption>",
        "<figcaption>The ferry at dusk. Foto: Jon Abel</figcaption>",
        "<figcaption>The ferry at dusk. © Jon Abel</figcaption>",
        "<figcaption>The ferry at dusk.</figcaption><p class='image-copyright'>Bild: Jon Abel</p>",
    ],
)
def test_caption_and_credit_under_a_picture_are_parted(under: str) -> None:
    found = picture(HEAD, figure(under))
    assert found is not None
    assert (found.caption, found.credit) == ("The ferry at dusk.", "Jon Abel")


def test_the_figure_of_another_image_says_nothing_of_the_main_one() -> None:
    found = picture(
        HEAD, figure("<figcaption>An old timetable.</figcaption>", "/w/timetable-1931.jpg")
    )
    assert found == Picture(url=ADDRESS, place="og:image")


def test_brackets_that_are_no_credit_stay_in_the_caption() -> None:
    found = picture(HEAD, figure("<figcaption>The captain (right)</figcaption>"))
    assert found is not None
    assert (found.caption, found.credit) == ("The captain (right)", None)


def test_linked_data_states_caption_and_credit() -> None:
    image = f'{{"@type":"ImageObject","url":"{ADDRESS}","caption":"The &quot;last&quot; ferry","creditText":"Jon Abel"}}'
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","image":{image}}}</script>'
    found = picture(head)
    assert found == Picture(
        url=ADDRESS, place="json-ld image", caption='The "last" ferry', credit="Jon Abel"
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:image/png;base64,AA", ""])
def test_what_is_no_web_address_is_no_image(address: str) -> None:
    assert picture(f'<meta property="og:image" content="{address}">') is None
