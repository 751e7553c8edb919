from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.fetch import canonical


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "HTTPS://Glas.Example:443/A?utm_source=x&id=7&fbclid=abc#top",
            "https://glas.example/A?id=7",
        ),
        ("http://glas.example", "http://glas.example/"),
        ("http://glas.example:8080/a?", "http://glas.example:8080/a"),
        (
            "http://glas.example./a?UTM_Medium=rss&at_campaign=1&p=%C4%8D",
            "http://glas.example/a?p=%C4%8D",
        ),
        ("http://user:word@glas.example/a", "http://glas.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        (
            "https://glas.example/a?id=2&id=1&empty=&flag",
            "https://glas.example/a?id=2&id=1&empty=&flag",
        ),
        ("file:///tmp/a#b", "file:///tmp/a#b"),
        ("http://[broken", "http://[broken"),
        ("http://glas.example:port/", "http://glas.example:port/"),
    ],
)
def test_an_address_has_one_spelling(url: str, expected: str) -> None:
    assert expected == canonical(url)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_canonical_stays_as_it_is(path: str, query: str) -> None:
    once = canonical(f"https://glas.example/{path}?{query}")
    assert once == canonical(once)
