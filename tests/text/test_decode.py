"""Bytes become text by mark, header, declaration, detection; what is no text is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.errors import UnreadableInputError
from worldtake.text.decode import MAX_BYTES, Decoded, codec_of, decode

RUSSIAN = "Сегодня в городе открыли новый мост, сообщает местная газета. Движение по нему начнётся завтра утром."


def test_a_byte_order_mark_is_believed_before_the_header() -> None:
    found = decode("\ufeffživot".encode(), charset="iso-8859-1", html=True)
    assert found == Decoded(text="život", encoding="utf-8", how="bom")


def test_utf_16_with_a_mark_is_read() -> None:
    assert decode("\ufeffنص".encode("utf-16-le"), charset=None, html=True).text == "نص"


def test_the_header_is_believed_before_the_declaration() -> None:
    body = '<meta charset="utf-8"><p>Dvořák a řeka'.encode("cp1250")
    found = decode(body, charset="windows-1250", html=True)
    assert (found.encoding, found.how) == ("cp1250", "header")


def test_a_declared_meta_charset_is_believed() -> None:
    body = f'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>{RUSSIAN}'
    found = decode(body.encode("cp1251"), charset=None, html=True)
    assert (RUSSIAN in found.text, found.how) == (True, "declaration")


def test_an_xml_declaration_is_believed() -> None:
    body = '<?xml version="1.0" encoding="Shift_JIS"?><p>新しい橋が開通した</p>'
    found = decode(body.encode("cp932"), charset=None, html=True)
    assert (found.encoding, "新しい橋" in found.text) == ("cp932", True)


def test_a_declaration_in_plain_text_is_only_words() -> None:
    found = decode(b'<meta charset="shift_jis"> is how it began', charset=None, html=False)
    assert found.how == "utf-8"


def test_undeclared_bytes_are_detected() -> None:
    assert decode(RUSSIAN.encode("cp1251"), charset=None, html=True).text == RUSSIAN


def test_valid_utf_8_is_believed_against_a_wrong_label() -> None:
    found = decode(RUSSIAN.encode(), charset="iso-8859-1", html=True)
    assert (found.text, found.how) == (RUSSIAN, "utf-8")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("latin1", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("x-sjis", "cp932"),
        ("iso-8859-9", "cp1254"),
        ("tis-620", "cp874"),
        ("'utf8'", "utf-8"),
        ("hex", None),
        ("utf-7", None),
        ("no such charset", None),
        (None, None),
    ],
)
def test_labels_are_read_as_browsers_read_them(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG image"),
        (b"PK\x03\x04" + bytes(40), "a ZIP archive"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (bytes(range(256)) * 4, "binary data"),
        (b"a" * (MAX_BYTES + 1), "more than"),
    ],
)
def test_what_is_no_text_is_refused_by_name(body: bytes, words: str) -> None:
    with pytest.raises(UnreadableInputError, match=words):
        decode(body, charset=None, html=True)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    body = ("x" + text).encode()
    assert decode(body, charset="utf-8", html=False).text == "x" + text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "big5", "bogus"]), st.booleans())
def test_hostile_bytes_are_read_or_refused(body: bytes, charset: str | None, html: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    try:
        found = decode(body, charset=charset, html=html)
    except UnreadableInputError:
        return
    assert found.text.strip()
