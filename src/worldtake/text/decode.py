"""Turn the bytes of a page into text: byte order mark, then header, then the page's own declaration, then detection.

What is no text, such as an image or an archive, is refused by name. Detection is chardet's, on the part of the page that is not
ASCII; it is asked only where labels are absent, wrong, or contradict each other. What was broken on the way is mended where that
is certain, and the repair is named.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import regex

from worldtake.errors import UnreadableInputError
from worldtake.text.binary import HEAD_BYTES, is_plain, refuse_binary, wide_guess
from worldtake.text.declared import declared
from worldtake.text.labels import codec_of, is_wide
from worldtake.text.repairs import Repair, holds_controls, read_controls, read_mixed, read_twice

__all__ = ["MAX_BYTES", "Decoded", "codec_of", "decode"]

How: TypeAlias = Literal["bom", "header", "declaration", "utf-8", "detected", "fallback"]

#: Largest page that is read, bytes. The largest of 362 news pages measured had 3.1 million.
MAX_BYTES = 10_000_000
#: How much is looked at to see whether bytes are UTF-8, bytes.
TRIED_BYTES = 60_000
#: How much text is shown to detection, bytes: 0.6 ms; twice as much finds no more.
DETECTION_BYTES = 4000
#: How much ASCII before such text is shown with it, bytes: the word that it ends.
BEFORE_BYTES = 100
#: One broken character in this many is forgiven: a page cut or patched together is still its encoding.
BROKEN_ONE_IN = 200

#: Sequences of UTF-8 in a valid page from which no other label is believed: text in another encoding is never valid so long.
SURE_SEQUENCES = 8
#: How many valid sequences there are for each broken one in a page that is UTF-8 with stray bytes.
SEQUENCES_FOR_ONE = 20
#: The same where the page says that it is UTF-8: text in another encoding has hardly any by chance.
LABELLED_FOR_ONE = 2
#: Share of letters beyond ASCII from which a page is in no Latin script, whatever a Latin label says: French has 0.04, Icelandic
#: 0.11, Cyrillic and Greek 0.7 and more.
ALIEN_SHARE = 0.5
#: Such letters from which it can be said.
LEAST_ALIEN = 12
#: Sequences of UTF-8 in a valid page from which a label that servers state by default is not believed.
LIKELY_SEQUENCES = 3
#: Codecs that servers state by default, whatever the page is in.
_BY_DEFAULT = frozenset(("cp1252", "iso8859-15"))
#: Bytes from the first that can lead a sequence of UTF-8 on.
_LEADS = bytes(range(0xC2, 0xF5))
#: Bytes that are letters in Latin-1, in Cyrillic and in Greek sets.
_HIGH = bytes(range(0xC0, 0x100))
_BEYOND_ASCII = regex.compile("[\x80-\U0010ffff]")
_LETTERS = bytes((*range(0x41, 0x5B), *range(0x61, 0x7B)))

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Sequences that switch character sets in text of seven bits -> its codec.
_SHIFTS = (
    (regex.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (regex.compile(rb"\x1b\$[@B]|\x1b\([IJ]"), "iso2022_jp_ext"),
    (regex.compile(rb"~\{(?:[!-w][!-~]){2,400}~\}"), "hz"),
)
#: A stretch from a byte that is not ASCII to the next markup; no encoding here uses `<` and `>` within a letter.
_STRETCH = regex.compile(rb"[\x80-\xff][^<>]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text, and how it was read."""

    #: The text, without a byte order mark; line ends as they stand in the bytes.
    text: str
    #: Python's name of the encoding.
    encoding: str
    #: What the encoding was known by.
    how: How
    #: What was mended, in order; empty where nothing was.
    repairs: tuple[Repair, ...] = ()


def decode(body: bytes, *, charset: str | None, html: bool) -> Decoded:
    """Read `body` as text; `charset` is the label of the header, `html` allows a declaration in the page.

    Raises:
        UnreadableInputError: if it is empty, too large or no text.
    """
    _refuse_size(body)
    for mark, codec in _MARKS:
        if body.startswith(mark):
            body = body[len(mark) :]
            return _checked(_decoded(body, codec, "bom"), body)
    header = codec_of(charset)
    refuse_binary(body, wide=is_wide(header))
    inside = codec_of(declared(body)) if html else None
    # A declaration that can be read byte by byte is not in UTF-16, whatever it says (WHATWG).
    inside = "utf-8" if is_wide(inside) else inside
    found = (
        _shifted(body)
        or _wide(body, header)
        or _surely_utf8(body)
        or _by_labels(body, header, inside)
        or _by_bytes(body)
    )
    return _checked(found, body)


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


def _shifted(body: bytes) -> Decoded | None:
    """Read text of seven bits that switches character sets: any label that says otherwise is wrong."""
    if not body.isascii() or (b"\x1b" not in body and b"~{" not in body):
        return None
    for shift, codec in _SHIFTS:
        if shift.search(body):
            text = _forgiving(body, codec)
            if text is not None:
                return Decoded(text=text, encoding=codec, how="detected")
    return None


def _wide(body: bytes, header: str | None) -> Decoded | None:
    """Read UTF-16 and UTF-32 without a mark; text of one byte a character has no zeros, whatever its label."""
    guess = wide_guess(body[:HEAD_BYTES])
    if guess and header != guess and is_wide(header) and is_plain(body[:HEAD_BYTES], header or ""):
        guess = header
    return _decoded(body, guess, "header" if guess == header else "detected") if guess else None


def _surely_utf8(body: bytes) -> Decoded | None:
    """Read as UTF-8 what holds many of its sequences and next to nothing else, whatever the labels say: pages are re-encoded on the way."""
    if _sequences(body[:TRIED_BYTES]) < SURE_SEQUENCES:
        return None
    return _decoded(body, "utf-8", "utf-8") if _is_mostly_utf8(body, SEQUENCES_FOR_ONE) else None


def _is_mostly_utf8(body: bytes, ratio: int) -> bool:
    """Return whether there are `ratio` sequences of UTF-8 for each byte that is in none."""
    head = body[:TRIED_BYTES]
    if _is_utf8(head):
        return True
    text = head.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(_BEYOND_ASCII.findall(text)) - broken >= ratio * broken


def _sequences(body: bytes) -> int:
    return len(body) - len(body.translate(None, _LEADS))


def _is_utf8(body: bytes) -> bool:
    """Return whether bytes are valid UTF-8 but for an end within a character."""
    try:
        codecs.utf_8_decode(body, "strict", False)  # noqa: FBT003 - the function takes no names
    except UnicodeDecodeError:
        return False
    return True


def _by_labels(body: bytes, header: str | None, inside: str | None) -> Decoded | None:
    """Read as header or declaration says; where they contradict each other or the bytes, detection decides."""
    labels: list[tuple[str, How]] = []
    for codec, how in ((header, "header"), (inside, "declaration")):
        if codec and _fits(body, codec):
            labels.append((codec, "header" if how == "header" else "declaration"))
    if not labels:
        return None
    codec, how = labels[0]
    if len(labels) > 1 and labels[1][0] != codec and not body.isascii():
        codec, how = _witnessed(body, labels)
    if codec in _BY_DEFAULT and (_is_alien(body) or _is_likely_utf8(body)):
        return None
    return _decoded(body, codec, how)


def _fits(body: bytes, codec: str) -> bool:
    if is_wide(codec):
        # Text in bytes has no zeros, and text in words has.
        return body[:HEAD_BYTES].count(0) > 0 or not body[:HEAD_BYTES].isascii()
    if codec == "utf-8" and not body.isascii() and _is_mostly_utf8(body, LABELLED_FOR_ONE):
        return True
    return _without_tail(body, codec) is not None or _forgiving(body, codec) is not None


def _witnessed(body: bytes, labels: list[tuple[str, How]]) -> tuple[str, How]:
    """Return the label that detection bears out; the first where it bears out neither."""
    sample = _sample(body)
    shown = _try(sample, _detected(sample) or "")
    for codec, how in labels:
        if shown is not None and _try(sample, codec) == shown:
            return codec, how
    return labels[0]


def _is_alien(body: bytes) -> bool:
    """Return whether most letters of the text are beyond ASCII, as in no language that is written in Latin-1."""
    sample = _sample(body)
    high = len(sample) - len(sample.translate(None, _HIGH))
    letters = len(sample) - len(sample.translate(None, _LETTERS))
    return high >= LEAST_ALIEN and high > ALIEN_SHARE * (high + letters)


def _is_likely_utf8(body: bytes) -> bool:
    """Return whether a page that is labelled Latin by default is short, and UTF-8."""
    return _sequences(body) >= LIKELY_SEQUENCES and _is_utf8(body)


def _by_bytes(body: bytes) -> Decoded:
    if _is_utf8(body):
        return _decoded(body, "utf-8", "utf-8")
    codec = _detected(_sample(body))
    if codec and _fits(body, codec):
        return _decoded(body, codec, "detected")
    return _decoded(body, "cp1252", "fallback")


def _sample(body: bytes) -> bytes:
    """Return the stretches of a page that are not ASCII: what shows its encoding."""
    found = bytearray()
    for stretch in _STRETCH.finditer(body):
        start = max(0, stretch.start() - BEFORE_BYTES)
        start = max(start, body.rfind(b">", start, stretch.start()) + 1)
        found += body[start : stretch.end()][:DETECTION_BYTES] + b"\n"
        if len(found) > DETECTION_BYTES:
            break
    return bytes(found)


def _detected(sample: bytes) -> str | None:
    """Return the codec that the bytes are most likely in."""
    from chardet import EncodingEra, detect  # noqa: PLC0415 - 25 MB of tables, needed for one page in hundreds

    eras = EncodingEra.ALL & ~EncodingEra.MAINFRAME
    found = detect(sample, encoding_era=eras, compat_names=False)["encoding"]
    return codec_of(found)


def _decoded(body: bytes, codec: str, how: How) -> Decoded:
    """Read `body`, which is in `codec` but for what can be mended or is lost."""
    text = _try(body, codec)
    if text is not None:
        return Decoded(text=text, encoding=codec, how=how)
    whole = _without_tail(body, codec)
    if whole is not None:
        return Decoded(text=whole, encoding=codec, how=how, repairs=("cut",))
    if codec == "utf-8":
        return Decoded(text=read_mixed(body), encoding=codec, how=how, repairs=("mixed",))
    return Decoded(text=body.decode(codec, "replace"), encoding=codec, how=how)


def _without_tail(body: bytes, codec: str) -> str | None:
    """Return the text without a last character that is cut; None where it is broken elsewhere too."""
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(body, final=False)
    except UnicodeError:
        return None


def _try(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _forgiving(body: bytes, codec: str) -> str | None:
    """Decode, forgiving a few broken bytes: a page cut or patched together is still its encoding."""
    text = _try(body, codec)
    if text is not None:
        return text
    try:
        text = body.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return None
    return text if text.count("\ufffd") * BROKEN_ONE_IN < len(text) else None


def _checked(found: Decoded, body: bytes) -> Decoded:
    """Return what was read with its characters mended; refuse it where it holds none."""
    text, repairs = found.text, list(found.repairs)
    if found.encoding == "utf-8":
        text = read_twice(text, body)
        if text is not found.text:
            repairs.append("twice")
    if found.encoding != "utf-8" or repairs or holds_controls(body):
        mended = read_controls(text)
        if mended != text:
            repairs.append("controls")
        text = mended
    if not text.strip():
        message = "the page holds no text: fetch it again, or leave it out"
        raise UnreadableInputError(message)
    return replace(found, text=text, repairs=tuple(repairs)) if repairs else found
