from __future__ import annotations

import pytest

from worldtake.catalog import read_opml, write_opml
from worldtake.errors import UnreadableInputError
from worldtake.model import Feed, Outlet

OUTLETS = (
    Outlet(
        id="eg-sabah",
        name="Sabah <al-Delta> & Co",
        native_name="صباح الدلتا",
        domains=("sabah.example", "delta.example"),
        country="EG",
        languages=("ar", "en"),
        owner="Delta Press",
        feeds=(
            Feed(url="https://sabah.example/rss?a=1&b=2", outlet_id="eg-sabah", language="ar"),
            Feed(url="https://sabah.example/en", outlet_id="eg-sabah", section="English"),
        ),
        provenance="reader",
    ),
    Outlet(id="us-empty", name="Empty", country="US", provenance="reader"),
)


def test_outlets_come_back_as_they_were_written() -> None:
    assert OUTLETS == read_opml(write_opml(OUTLETS))


def test_a_list_of_another_reader_gives_an_outlet_a_domain() -> None:
    content = b"""<opml version="1.0"><body><outline text="News">
      <outline text="World" title="Glas" xmlUrl="https://glas.example/world" htmlUrl="https://glas.example/"/>
      <outline text="Glas" xmlUrl="https://glas.example/local" country="SI"/>
      <outline text="Glas" xmlUrl="https://glas.example/all"/>
    </outline></body></opml>"""
    found = {outlet.id: [feed.url[-5:] for feed in outlet.feeds] for outlet in read_opml(content)}
    assert {"xx-glas": ["world", "e/all"], "si-glas": ["local"]} == found


def test_folders_in_folders_and_attributes_in_any_case_are_read() -> None:
    content = b"""<?xml version="1.0"?><opml version="1.1"><body><outline text="Press" country="KE">
      <outline text="East"><outline TEXT="Nuru" xmlURL="feed:https://nuru.example/rss" language="sw-KE"/></outline>
      </outline><outline title="Vox" xmlurl="http://feeds.feedburner.com/vox" url="x"/></body></opml>"""
    one, two = read_opml(content)
    assert ("ke-nuru", ("nuru.example",), ("sw",)) == (one.id, one.domains, one.languages)
    assert ("https://nuru.example/rss", "sw") == (one.feeds[0].url, one.feeds[0].language)
    assert ("xx-vox", ()) == (two.id, two.domains)


def test_feeds_of_one_site_are_one_outlet_named_by_what_their_titles_share() -> None:
    lines = "".join(
        f'<outline title="The Lantern - {part}" xmlUrl="https://rss.lantern.example/{part}" '
        'htmlUrl="https://www.lantern.example/"/>'
        for part in ("World", "Sport")
    )
    (found,) = read_opml(f"<opml><body>{lines}</body></opml>".encode())
    assert ("The Lantern", 2) == (found.name, len(found.feeds))


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="utf-8"?>'])
def test_a_list_with_a_wrong_encoding_and_bare_ampersands_is_mended(declared: str) -> None:
    text = f"""{declared}<opml><body><outline text="Городские новости & Вечерний город"
      xmlUrl="https://gorod.example/rss?a=1&b=2"/></body></opml>"""
    (found,) = read_opml(text.encode("windows-1251"))
    assert "Городские новости & Вечерний город" == found.native_name
    assert "https://gorod.example/rss?a=1&b=2" == found.feeds[0].url


def test_a_list_in_utf_16_is_read() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><opml><outline text="Å" xmlUrl="https://a.example/"/></opml>'
    assert "Å" == read_opml(text.encode("utf-16"))[0].name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<opml><body/></opml>",
        b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><outline text="&a;"/></opml>',
    ],
)
def test_what_is_no_opml_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(UnreadableInputError, match="export it again"):
        read_opml(content)
