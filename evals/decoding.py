"""Bytes to text: pages made of NTREX's sentences in the old encodings of each language, with and without a declaration.

A page counts as read where every character is right. Each encoding counts alike, however many languages it is tried on. What an
encoding cannot hold is left out of the sentences before they are written in it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from worldtake.errors import UnreadableInputError
from worldtake.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

NTREX = Path(__file__).resolve().parents[2] / "shared/corpora/translation/ntrex"
#: Just under what was reached when each was last raised; with charset-normalizer 0.763 and 0.787 undeclared.
FLOORS = {
    "decoding_declared": 1.0,
    "decoding_undeclared_12_sentences": 0.985,
    "decoding_undeclared_2_sentences": 0.97,
}
#: Python's codec -> NTREX's names of languages that were written in it.
ENCODINGS = {
    "koi8-r": "rus", "koi8-u": "ukr", "cp1251": "rus ukr bul bel mkd srp-Cyrl", "iso8859-5": "rus bul",
    "cp866": "rus", "mac-cyrillic": "rus", "ptcp154": "kaz", "kz1048": "kaz", "iso8859-7": "ell",
    "cp1253": "ell", "cp1256": "arb fas urd", "iso8859-6": "arb", "cp1255": "heb", "iso8859-8": "heb",
    "cp874": "tha", "cp1258": "vie", "gb18030": "zho-CN", "hz": "zho-CN", "big5hkscs": "zho-TW",
    "cp932": "jpn", "euc_jp": "jpn", "iso2022_jp": "jpn", "cp949": "kor", "iso2022_kr": "kor",
    "cp1254": "tur", "iso8859-9": "tur", "cp1257": "lit lav est", "iso8859-4": "lit", "iso8859-13": "lit lav",
    "iso8859-2": "pol ces hun slv ron", "cp1250": "pol ces hun slk slv hrv", "mac_latin2": "pol ces",
    "cp852": "pol", "cp1252": "fra deu spa por ita swe fin dan", "iso8859-15": "fra fin", "mac-roman": "fra deu",
    "cp850": "fra", "cp437": "deu", "iso8859-14": "cym gle", "iso8859-16": "ron", "iso8859-3": "mlt",
    "iso8859-10": "isl",
}  # fmt: skip
PAGES = 4
#: Punctuation of print -> that of a typewriter, for sets that have no other.
_PLAIN = {
    ord(char): plain
    for chars, plain in (("‘’", "'"), ("“”„", '"'), ("–—", "-"), ("…", "..."), ("\xa0", " "))
    for char in chars
}
_COMMAS = str.maketrans("șțȘȚ", "şţŞŢ")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def measure(folder: Path = NTREX) -> dict[str, float]:
    """Return the share of pages read exactly: with a label in the header, and without any."""
    if not (folder / "documents.txt").exists():
        return {}
    figures = {}
    for sentences in (12, 2):
        found = defaultdict(list)
        declared = []
        for codec, text in _pages(folder, sentences):
            found[codec].append(_reads(text, codec, None))
            declared.append(_reads(text, codec, codec))
        figures[f"decoding_undeclared_{sentences}_sentences"] = fmean(map(fmean, found.values()))
        figures["decoding_declared"] = min(figures.get("decoding_declared", 1.0), fmean(declared))
    return figures


def _reads(text: str, codec: str, charset: str | None) -> bool:
    try:
        return decode(text.encode(codec), charset=charset, html=True).text == text
    except UnreadableInputError:
        return False


def _pages(folder: Path, sentences: int) -> Iterator[tuple[str, str]]:
    for codec, names in ENCODINGS.items():
        for name in names.split():
            lines = [
                line for line in (folder / f"{name}.txt").read_text("utf-8").split("\n") if line
            ]
            for start in range(0, 150 * PAGES, 150):
                chosen = [_fitted(line, codec, name) for line in lines[start : start + sentences]]
                yield codec, _page(chosen)


def _page(lines: list[str]) -> str:
    body = "\n".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<!DOCTYPE html>\n<html><head><title>{lines[0]}</title><script>var page = {{id: 1}};</script></head>\n"
        f'<body><ul class="menu"><li><a href="/news">News</a></li></ul>\n{body}\n</body></html>'
    )


def _fitted(line: str, codec: str, name: str) -> str:
    """Return a sentence as its encoding can hold it."""
    if name == "ron" and codec != "iso8859-16":
        line = line.translate(_COMMAS)
    if codec == "cp1258":
        line = "".join(map(_toned, line))
    try:
        line.encode(codec)
    except UnicodeError:
        return line.translate(_PLAIN).encode(codec, "ignore").decode(codec)
    return line


def _toned(char: str) -> str:
    """Return a letter of Vietnamese with its tone after it."""
    parts = unicodedata.normalize("NFD", char)
    letter = unicodedata.normalize("NFC", "".join(each for each in parts if each not in _TONES))
    return letter + "".join(each for each in parts if each in _TONES)
