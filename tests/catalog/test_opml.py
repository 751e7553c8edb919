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
