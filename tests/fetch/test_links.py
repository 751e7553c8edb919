from __future__ import annotations

import time

import pytest

from worldtake.fetch import links_of


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", {}),
        (
            '<https://hub.example/>; rel="hub", <https://glas.example/rss>; rel="self"',
            {"hub": "https://hub.example/", "self": "https://glas.example/rss"},
        ),
        ("<https://hub.example/>;rel=hub", {"hub": "https://hub.example/"}),
        ('</rss?a=1,2;b>; title="a, b; rel=x"; REL="Self alternate"', {"self": "/rss?a=1,2;b", "alternate": "/rss?a=1,2;b"}),
        ("<a>; rel=hub, <b>; rel=hub", {"hub": "a"}),
        ("<a>; title=x, <b>", {}),
        ("rel=hub; <a", {}),
    ],
)  # fmt: skip
def test_a_link_header_is_read(header: str, expected: dict[str, str]) -> None:
    assert expected == links_of(header)


@pytest.mark.parametrize(
    "hostile", ["<" * 100_000, "<a>;" * 50_000, '<a>; a="' * 20_000, "<a>" + "; a" * 50_000]
)
def test_a_hostile_header_ends(hostile: str) -> None:
    started = time.monotonic()
    links_of(hostile)
    assert time.monotonic() - started < 2
