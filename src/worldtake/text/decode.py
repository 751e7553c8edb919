"""Turn the bytes of a page into text: byte order mark, then header, then the page's own declaration, then detection.

Labels are read as browsers read them (WHATWG Encoding): `latin1` means windows-1252, `gb2312` means gb18030. What is no text,
such as an image or an archive, is refused by name.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal, TypeAlias

import regex
from charset_normalizer import from_bytes

from worldtake.errors import UnreadableInputError

How: TypeAlias = Literal["bom", "header", "declaration", "utf-8", "detected", "fallback"]

#: Largest page that is read, bytes. The largest of 362 news pages measured had 3.1 million.
MAX_BYTES = 10_000_000
#: Where a declaration may stand, bytes from the start (WHATWG prescans 1,024; real pages run later).
DECLARATION_BYTES = 4096
#: How much is looked at to find an undeclared encoding, bytes.
DETECTION_BYTES = 60_000
#: Share of control characters from which bytes are no text. Real pages have none.
CONTROL_SHARE = 0.02

#: One broken character in this many is forgiven: a page cut or patched together is still its encoding.
BROKEN_ONE_IN = 200

#: Sequences of UTF-8 in a valid page from which no other label is believed: text in another encoding is never valid so long.
SURE_SEQUENCES = 8
#: Bytes from the first that can lead a sequence of UTF-8 on.
_LEADS = bytes(range(0xC2, 0x100))

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Labels that browsers read as another encoding than their name says -> Python codec.
_ALIASES = {
    codec: labels.split()
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
        "cp1252": "ascii us-ascii ansi_x3.4-1968 latin1 l1 iso-8859-1 iso8859-1 iso88591 iso_8859-1 "
        "windows-1252 cp1252 cp819 ibm819 x-cp1252",
        "cp1254": "iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 windows-1254 x-cp1254",
        "cp874": "iso-8859-11 iso8859-11 tis-620 dos-874 windows-874",
        "gb18030": "gb2312 gb_2312 gb_2312-80 gbk x-gbk chinese csgb2312 gb18030 iso-ir-58",
        "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
        "cp949": "ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 euc-kr korean windows-949",
        "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 csshiftjis windows-31j",
        "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
        "koi8-r": "koi koi8 koi8-r koi8_r cskoi8r",
        "koi8-u": "koi8-u koi8-ru",
        "cp1251": "windows-1251 cp1251 x-cp1251",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "mac-roman": "macintosh mac csmacintosh x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "iso8859-8": "iso-8859-8 iso-8859-8-i logical visual hebrew",
        "utf-16-le": "utf-16 utf-16le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff",
        "utf-16-be": "utf-16be unicodefffe",
    }.items()
}
_CODECS = {label: codec for codec, labels in _ALIASES.items() for label in labels}
#: Codecs that Python takes for text encodings and no page is written in.
_NO_CHARSETS = frozenset(
    ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-8-sig")
)
_META = regex.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", regex.IGNORECASE)
_XML = regex.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
#: First bytes of what is no text -> its name.
_KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"SQLite format 3", "a SQLite database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x0b"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text, and how it was read."""

    #: The text, without a byte order mark; line ends as they stand in the bytes.
    text: str
    #: Python's name of the encoding.
    encoding: str
    #: What the encoding was known by.
    how: How


def decode(body: bytes, *, charset: str | None, html: bool) -> Decoded:
    """Read `body` as text; `charset` is the label of the header, `html` allows a declaration in the page.

    Raises:
        UnreadableInputError: if it is empty, too large or no text.
    """
    _refuse_size(body)
    for mark, codec in _MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(codec, "replace")
            return _checked(Decoded(text=text, encoding=codec, how="bom"))
    declared = codec_of(_declared(body)) if html else None
    header = codec_of(charset)
    _refuse_binary(body, wide=_is_wide(header) or _is_wide(declared))
    return _checked(_surely_utf8(body) or _by_labels(body, header, declared) or _by_bytes(body))


def codec_of(label: str | None) -> str | None:
    """Return Python's codec for a charset label as browsers read it; None where it is unknown."""
    name = (label or "").strip().strip("\"'").lower()
    if not name:
        return None
    if name in _CODECS:
        return _CODECS[name]
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python knows transformations such as `hex` and `rot13` as codecs too: those are no charsets.
    is_text = getattr(found, "_is_text_encoding", True) and found.name not in _NO_CHARSETS
    return found.name if is_text else None


def _is_wide(codec: str | None) -> bool:
    return bool(codec) and str(codec).startswith(("utf-16", "utf-32"))


def _refuse_size(body: bytes) -> None:
    if not body.strip(b" \t\r\n\f\x0b"):
        message = "the page is empty: fetch it again, or leave it out"
        raise UnreadableInputError(message)
    if len(body) > MAX_BYTES:
        message = (
            f"the page has {len(body):,} bytes, more than the {MAX_BYTES:,} that are read: "
            "give the article alone, or leave it out"
        )
        raise UnreadableInputError(message)


def _refuse_binary(body: bytes, *, wide: bool) -> None:
    head = body[:DECLARATION_BYTES]
    kind = next((name for magic, name in _KINDS if head.startswith(magic)), None)
    if kind is None and not wide and _looks_binary(head):
        kind = "binary data"
    if kind and not wide:
        message = f"this is {kind}, not a page: give the page as HTML or as text"
        raise UnreadableInputError(message)


def _looks_binary(head: bytes) -> bool:
    if _wide_guess(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.count(0) > 1 or controls > CONTROL_SHARE * len(head)


def _wide_guess(head: bytes) -> str | None:
    """Name UTF-16 without a mark: markup and spaces leave a zero in every other byte."""
    half = len(head) // 2
    if half > 1 and head[1::2].count(0) > 0.7 * half and not head[0::2].count(0):
        return "utf-16-le"
    if half > 1 and head[0::2].count(0) > 0.7 * half and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _declared(body: bytes) -> str | None:
    head = body[:DECLARATION_BYTES]
    found = _XML.search(head) or _META.search(head)
    label = found.group(1).decode("ascii", "replace") if found else None
    # A declaration that can be read byte by byte is not in UTF-16, whatever it says (WHATWG).
    return "utf-8" if _is_wide(codec_of(label)) else label


def _surely_utf8(body: bytes) -> Decoded | None:
    """Read as UTF-8 what is valid and holds many of its sequences, whatever the labels say: pages are re-encoded on the way."""
    head = body[:DETECTION_BYTES]
    long = len(head) - len(head.translate(None, _LEADS))
    if long < SURE_SEQUENCES:
        return None
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf-8", how="utf-8")
    except UnicodeDecodeError:
        return None


def _by_labels(body: bytes, header: str | None, declared: str | None) -> Decoded | None:
    labels: tuple[tuple[str | None, How], ...] = ((header, "header"), (declared, "declaration"))
    for codec, how in labels:
        text = _strict(body, codec) if codec else None
        if codec and text is not None:
            return Decoded(text=text, encoding=codec, how=how)
    return None


def _strict(body: bytes, codec: str) -> str | None:
    """Decode, forgiving a few broken bytes: a page cut or patched together is still its encoding."""
    try:
        return body.decode(codec)
    except UnicodeError:
        pass
    try:
        text = body.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return None
    broken = text.count("\ufffd")
    return text if broken * BROKEN_ONE_IN < len(text) else None


def _by_bytes(body: bytes) -> Decoded:
    wide = _wide_guess(body[:DECLARATION_BYTES])
    if wide:
        return Decoded(text=body.decode(wide, "replace"), encoding=wide, how="detected")
    text = _strict(body, "utf-8")
    if text is not None:
        return Decoded(text=text, encoding="utf-8", how="utf-8")
    best = from_bytes(body[:DETECTION_BYTES]).best()
    codec = codec_of(best.encoding) if best else None
    text = _strict(body, codec) if codec else None
    if codec and text is not None:
        return Decoded(text=text, encoding=codec, how="detected")
    return Decoded(text=body.decode("cp1252", "replace"), encoding="cp1252", how="fallback")


def _checked(found: Decoded) -> Decoded:
    if not found.text.strip():
        message = "the page holds no text: fetch it again, or leave it out"
        raise UnreadableInputError(message)
    return found
