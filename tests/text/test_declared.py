"""A page's own declaration of its encoding is found where it is one, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.text.declared import DECLARATION_BYTES, declared


@pytest.mark.parametrize(
    "body",
    [
        b'<meta charset="koi8-r">',
        b"<META CHARSET = 'koi8-r' />",
        b"<meta charset=koi8-r>",
        b'<meta name="x" charset="koi8-r">',
        b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
        b"<meta content='text/html;charset=koi8-r' http-equiv=content-type>",
        b'<?xml version="1.0" encoding="koi8-r"?><html>',
        b'<?xml version="1.0" encoding="utf-8"?><html><meta charset="koi8-r">',
        b"<script>" + b"x = 1;" * 2000 + b"</script><meta charset=koi8-r>",
        b'<!-- <meta charset="utf-8"> --><meta charset="koi8-r">',
        b"<script>t = '<meta charset=utf-8>'</script><meta charset=koi8-r>",
        b"<title><meta charset=utf-8></title><meta charset=koi8-r>",
        b'<meta name="description" content="charset=utf-8"><meta charset="koi8-r">',
        b"<!--><meta charset=koi8-r>",
    ],
)
def test_a_declaration_is_found(body: bytes) -> None:
    assert declared(body) == "koi8-r"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<p>charset=koi8-r</p>",
        b"<!-- <meta charset=koi8-r> -->",
        b"<!-- <meta charset=koi8-r>",
        b"<script>'<meta charset=koi8-r>'",
        b'<body><meta charset="koi8-r">',
        b'<meta name="description" content="text; charset=koi8-r">',
        b"<meta charset=>",
        b" " * DECLARATION_BYTES + b"<meta charset=koi8-r>",
    ],
)
def test_what_is_no_declaration_is_not_taken_for_one(body: bytes) -> None:
    assert declared(body) is None


@given(
    st.lists(
        st.sampled_from(
            [b"<!--", b"-->", b"<script", b"<meta ", b"charset", b"=", b"'", b">", b"<"]
        )
    )
)
def test_broken_markup_is_no_error(parts: list[bytes]) -> None:
    declared(b"".join(parts) * 50)
