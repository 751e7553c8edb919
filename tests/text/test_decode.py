"""Bytes become text by mark, header, declaration, detection; what is no text is refused by name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.text.written import AMBIGUOUS, ENCODINGS, TEXTS, as_written, page, pairs

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
        ("iso-ir-100", "cp1252"),
        ("win-1251", "cp1251"),
        ("windows1251", "cp1251"),
        ("CP-1250", "cp1250"),
        ("iso8859_2", "iso8859-2"),
        ("ISO 8859-7", "iso8859-7"),
        ("x-windows-949", "cp949"),
        ("utf8mb4", "utf-8"),
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


def test_forty_old_encodings_are_tried() -> None:
    old = {codec for label, (codec, _) in ENCODINGS.items() if not label.startswith("utf")}
    assert len(old) >= 40


@pytest.mark.parametrize(("label", "codec", "language"), pairs())
def test_a_page_is_read_exactly_by_its_header(label: str, codec: str, language: str) -> None:
    text = as_written(page(TEXTS[language]), codec)
    assert decode(text.encode(codec), charset=label, html=True).text == text


@pytest.mark.parametrize(("label", "codec", "language"), pairs())
def test_a_page_is_read_exactly_by_its_declaration(label: str, codec: str, language: str) -> None:
    text = as_written(page(TEXTS[language], head=f'<meta charset="{label}">'), codec)
    assert decode(text.encode(codec), charset=None, html=True).text == text


def test_a_page_without_a_label_is_read_by_its_bytes_save_where_they_are_ambiguous() -> None:
    unread = set()
    for label, codec, language in pairs():
        text = as_written(page(TEXTS[language]), codec)
        if decode(text.encode(codec), charset=None, html=True).text != text:
            unread.add((label, language))
    assert unread == AMBIGUOUS


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", ["de", "ru", "ja", "ar"])
@pytest.mark.parametrize("charset", [None, "utf-8", "iso-8859-1"])
def test_wide_text_is_read_without_a_mark(codec: str, language: str, charset: str | None) -> None:
    text = page(TEXTS[language])
    assert decode(text.encode(codec), charset=charset, html=True).text == text


@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_mark_is_believed_against_every_label(codec: str) -> None:
    text = page(TEXTS["ja"], head='<meta charset="euc-jp">')
    found = decode(text.encode(codec), charset="windows-1252", html=True)
    assert (found.text, found.how) == (text, "bom")


@pytest.mark.parametrize("label", ["utf-16", "utf-16le", "utf-32"])
def test_a_label_of_wide_text_is_not_believed_of_narrow_text(label: str) -> None:
    text = page("The council voted to close the bridge.")
    assert decode(text.encode(), charset=label, html=True).text == text


@pytest.mark.parametrize("language", ["de", "ru", "th", "ja"])
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "shift_jis", "big5"])
def test_utf_8_is_read_under_every_label(language: str, label: str) -> None:
    text = page(TEXTS[language])
    assert decode(text.encode(), charset=label, html=True).text == text


def test_a_short_page_of_utf_8_is_read_under_the_label_that_servers_state_by_default() -> None:
    text = page("Žáby a kočky")
    assert decode(text.encode(), charset="iso-8859-1", html=True).text == text


@pytest.mark.parametrize(
    ("codec", "language"),
    [("cp1251", "ru"), ("koi8-r", "ru"), ("cp1253", "el"), ("cp932", "ja"), ("gb18030", "zh-Hans"), ("cp949", "ko")],
)  # fmt: skip
def test_a_latin_label_on_text_in_no_latin_script_is_not_believed(
    codec: str, language: str
) -> None:
    text = page(TEXTS[language])
    assert decode(text.encode(codec), charset="iso-8859-1", html=True).text == text


@pytest.mark.parametrize(
    ("header", "declaration"),
    [
        ("windows-1250", "windows-1251"),
        ("windows-1251", "windows-1250"),
        ("iso-8859-1", "windows-1251"),
    ],
)
def test_of_a_contradictory_header_and_declaration_the_bytes_bear_one_out(
    header: str, declaration: str
) -> None:
    text = page(RUSSIAN, head=f'<meta charset="{declaration}">')
    found = decode(text.encode("cp1251"), charset=header, html=True)
    assert (found.text, found.encoding) == (text, "cp1251")


def test_the_characters_of_windows_1252_are_read_under_a_latin_1_label() -> None:
    text = page("“The bridge – our bridge – is open…” said the mayor’s office, for €9")
    assert decode(text.encode("cp1252"), charset="iso-8859-1", html=True).text == text


def test_control_characters_that_stand_for_punctuation_are_read_as_that() -> None:
    found = decode("\x93Open,\x94 she said \x96 at last\x85".encode(), charset="utf-8", html=True)
    assert (found.text, found.repairs) == ("“Open,” she said – at last…", ("controls",))


def test_a_user_defined_charset_is_windows_1252() -> None:
    assert decode("Café".encode("cp1252"), charset="x-user-defined", html=True).text == "Café"


@pytest.mark.parametrize(
    ("wrong", "language"),
    [("cp1252", "fr"), ("cp1252", "cs"), ("latin-1", "ru"), ("latin-1", "ja"), ("latin-1", "el"), ("cp1251", "de")],
)  # fmt: skip
def test_text_that_was_written_twice_is_undone(wrong: str, language: str) -> None:
    text = TEXTS[language].replace("à", "a").replace("ј", "j")
    twice = _twice(text, wrong)
    found = decode(twice.encode(), charset="utf-8", html=False)
    assert (found.text, found.repairs) == (text, ("twice",))


def test_right_text_in_a_page_that_was_written_twice_stays() -> None:
    twice = _twice(TEXTS["fr"].replace("à", "a"), "cp1252")
    found = decode(f"© Écho du Port. {twice}".encode(), charset="utf-8", html=False)
    assert found.text == f"© Écho du Port. {TEXTS['fr'].replace('à', 'a')}"


@pytest.mark.parametrize(
    "text", [*TEXTS.values(), "LIBERTÉ\xa0! « Ã© » est un é lu de travers, É\xa0» aussi."]
)
def test_right_text_is_never_undone(text: str) -> None:
    found = decode(text.encode(), charset="utf-8", html=False)
    assert (found.text, found.repairs) == (text, ())


@pytest.mark.parametrize(
    ("codec", "language"),
    [("utf-8", "ru"), ("utf-8", "ja"), ("cp932", "ja"), ("gb18030", "zh-Hans"), ("euc_kr", "ko"), ("utf-16-le", "de")],
)  # fmt: skip
def test_a_page_cut_within_a_character_loses_that_character_alone(
    codec: str, language: str
) -> None:
    text = TEXTS[language] + TEXTS[language][:1] * 2
    found = decode(text.encode(codec)[:-1], charset=codec, html=True)
    assert (found.text, found.repairs) == (text[:-1], ("cut",))


def test_stray_bytes_in_a_page_of_utf_8_are_read_as_windows_1252() -> None:
    text = page(TEXTS["fr"])
    body = text.encode() + "<p>« Déjà ouvert » – le maire</p>".encode("cp1252")
    found = decode(body, charset="utf-8", html=True)
    assert found.text == text + "<p>« Déjà ouvert » – le maire</p>"
    assert found.repairs == ("mixed",)


def test_a_stray_letter_in_text_of_another_script_is_not_guessed() -> None:
    body = TEXTS["ru"].encode() + b" \x96 \xe9"
    assert decode(body, charset="utf-8", html=True).text == TEXTS["ru"] + " – \ufffd"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    body = ("x" + text).encode()
    assert decode(body, charset="utf-8", html=False).text == "x" + text


@given(st.data())
def test_what_is_declared_comes_back_as_it_was(data: st.DataObject) -> None:
    label, codec, language = data.draw(st.sampled_from(pairs()))
    words = as_written(TEXTS[language], codec).split()
    text = "<p>" + " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=60)))
    assert decode(text.encode(codec), charset=label, html=True).text == text


@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(st.sampled_from([b"<p>", b"\x1b$B", b"~{", b"\x00", b"\xff", b"\xc3\xa9", b"\x96", b"ab ", b"<meta charset="])).map(b"".join),
    ),
    st.sampled_from([None, "utf-8", "big5", "utf-16", "utf-32be", "hz", "iso-2022-jp", "koi8-r", "latin1", "bogus"]),
    st.booleans(),
)  # fmt: skip
def test_hostile_bytes_are_read_or_refused(body: bytes, charset: str | None, html: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    try:
        found = decode(body, charset=charset, html=html)
    except UnreadableInputError:
        return
    assert found.text.strip()


@pytest.mark.parametrize(
    ("codec", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", None),
        ("cp1251", "windows-1251"),
        ("cp1251", None),
        ("cp932", None),
    ],
)
def test_a_page_of_three_million_bytes_is_read_at_once(codec: str, charset: str | None) -> None:
    language = "ja" if codec == "cp932" else "ru"
    body = page(TEXTS[language] * (3_000_000 // len(TEXTS[language].encode(codec)))).encode(codec)
    decode(body[:3000], charset=None, html=True)
    begun = time.thread_time()
    decode(body, charset=charset, html=True)
    assert time.thread_time() - begun < 0.3


def _twice(text: str, wrong: str) -> str:
    """Return `text` as it looks when its UTF-8 is read in another encoding, byte for byte."""
    read = (bytes((byte,)) for byte in text.encode())
    return "".join(each.decode(wrong, "ignore") or chr(each[0]) for each in read)
