"""Say which codec a charset's label means, as browsers read labels (WHATWG Encoding), and common misspellings of them.

`latin1` means windows-1252, `gb2312` means gb18030: the larger set holds the smaller one, and pages use it. Beyond browsers, the
labels that those refuse for safety (iso-2022-kr, hz) are read, since here nothing runs.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

import regex

#: Codecs as Python names them -> the larger one that browsers read the label as.
_LARGER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "euc_kr": "cp949",
    "shift_jis": "cp932", "iso2022_jp": "iso2022_jp_ext", "utf-16": "utf-16-le", "utf-32": "utf-32-le",
    "utf-8-sig": "utf-8",
}  # fmt: skip
#: Labels that Python does not know or reads otherwise -> its codec.
_LABELS = {
    label: codec
    for codec, labels in {
        "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8mb3 utf8mb4 utf utf-8-sig",
        "cp1252": "ansi ansi_x3.4-1968 latin1 l1 iso88591 iso_8859-1:1987 x-ansi x-user-defined",
        "cp1254": "iso88599 latin5 l5",
        "cp874": "dos-874 tis620 thai",
        "gb18030": "gb_2312 gb_2312-80 x-gbk csgb2312 iso-ir-58 gb",
        "big5hkscs": "big5-hkscs cn-big5 csbig5 x-x-big5 big5-eten",
        "cp949": "ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean windows-949 uhc cseuckr",
        "cp932": "sjis x-sjis ms_kanji ms932 csshiftjis windows-31j shift-jis shiftjis",
        "euc_jp": "x-euc-jp x-euc cseucpkdfmtjapanese eucjp",
        "koi8-r": "koi koi8 cskoi8r",
        "koi8-u": "koi8-ru",
        "mac-roman": "mac csmacintosh x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "mac-latin2": "x-mac-ce mac-ce x-mac-centraleurroman macce",
        "mac-greek": "x-mac-greek",
        "mac-turkish": "x-mac-turkish",
        "mac-romanian": "x-mac-romanian",
        "mac-croatian": "x-mac-croatian",
        "iso8859-8": "logical visual hebrew",
        "hz": "hz-gb-2312",
        "utf-16-le": "unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff",
        "utf-16-be": "unicodefffe",
    }.items()
    for label in labels.split()
}  # fmt: skip
#: Codecs that Python takes for text encodings and no page is written in.
_NO_CHARSETS = frozenset(
    ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined")
)
_WINDOWS = regex.compile(r"(?:x[-_])?(?:windows|win|cp|ms|ibm|dos)[-_ ]?(\d{3,4})")
_ISO = regex.compile(r"(?:x[-_])?iso[-_ ]?8859[-_ ]?(\d{1,2})(?:[-_][ie]|:\d{4})?")


@lru_cache(maxsize=500)
def codec_of(label: str | None) -> str | None:
    """Return Python's codec for a charset label as browsers read it; None where it is unknown."""
    name = (label or "").strip().strip("\"'").strip().lower()
    if not name:
        return None
    if name in _LABELS:
        return _LABELS[name]
    return _looked_up(name) or _spelled(name)


def is_wide(codec: str | None) -> bool:
    """Return whether a codec writes ASCII in more than one byte a character."""
    return bool(codec) and str(codec).startswith(("utf-16", "utf-32"))


def _spelled(name: str) -> str | None:
    """Return the codec of a label that is not written as it should be, such as `win-1251`."""
    for pattern, stem in ((_WINDOWS, "cp"), (_ISO, "iso8859-")):
        found = pattern.fullmatch(name)
        if found:
            return _looked_up(f"{stem}{found.group(1)}")
    return _looked_up(name[2:]) if name.startswith("x-") else None


def _looked_up(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python knows transformations such as `hex` and `rot13` as codecs too: those are no charsets.
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_CHARSETS:
        return None
    return _LARGER.get(found.name, found.name)
