"""Languages as models name them: `deu`, `zh_cn`, `sla`, `de+nl+fy`, `>>srp_Latn<<`, `slv_Latn`, as plain tags."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel.core import Locale, get_global

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Groups of ISO 639-5, and those of OPUS-MT, with the languages of theirs that a press writes in.
GROUPS: Mapping[str, str] = {
    "afa": "ar he am mt ha so ti om",
    "bat": "lt lv",
    "bnt": "sw rw rn ln lg sn zu xh st tn ts ny",
    "cel": "ga cy gd br",
    "dra": "ta te kn ml",
    "fiu": "fi et hu",
    "gem": "de nl en sv da no is fo af fy lb yi",
    "gmq": "sv da no is fo",
    "gmw": "de nl en af fy lb yi",
    "grk": "el",
    "hbs": "hr bs sr",
    "iir": "fa ps ku tg hi ur bn mr gu pa ne si or as",
    "inc": "hi ur bn mr gu pa ne si or as",
    "ira": "fa ps ku tg",
    "itc": "it es pt fr ro ca gl oc",
    "map": "id ms jv su fil mg mi",
    "poz": "id ms jv su fil mg mi",
    "roa": "it es pt fr ro ca gl oc",
    "sem": "ar he am mt ti",
    "sh": "hr bs sr",
    "sit": "zh my bo",
    "sla": "ru uk be pl cs sk sl hr bs sr mk bg",
    "trk": "tr az kk ky uz tk tt ug",
    "urj": "fi et hu",
    "zle": "ru uk be",
    "zls": "sl hr bs sr mk bg",
    "zlw": "pl cs sk",
    "romance": "it es pt fr ro ca gl oc",
    "scandinavia": "sv da no is fo",
    "celtic": "ga cy gd br",
}  # fmt: skip
#: Codes that are older, narrower or OPUS's own.
_RENAMED = {
    "iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "mo": "ro", "tl": "fil", "cn": "zh", "zhs": "zh",
    "zht": "zh", "jap": "ja", "ze": "zh", "fa_AF": "fa", "cnr": "sr",
}  # fmt: skip
#: Codes that stand for no language of their own.
_NONE = frozenset(("mul", "und", "mis", "zxx"))
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{4}))?(?:[_-][A-Za-z0-9_-]+)?")
#: What stands round the pair of languages in the names of folders and archives.
_AROUND = re.compile(
    r"^(?:opus[-_.]mt[-_.])?(?:tc[-_.](?:big|base)[-_.])?|[-_.](?:ct2|ctranslate2|int8|converted)"
)


@cache
def base_language(code: str) -> str:
    """Return the plain tag of one language: `sl` of `slv`, `zh` of `cmn_Hans`; empty where it is none."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return ""
    base = found.group(1).lower()
    alias = get_global("language_aliases").get(base) or base
    base = _RENAMED.get(alias) or _RENAMED.get(base) or alias.partition("_")[0]
    return base if base in Locale("en").languages and base not in _NONE else ""


def languages_of(code: str) -> tuple[str, ...]:
    """Return the plain tags that a code stands for: of a group, of several joined by +, of one language."""
    if "+" in code:
        return _unique(each for part in code.split("+") for each in languages_of(part))
    group = GROUPS.get(code.strip().lower())
    if group is not None:
        return tuple(group.split())
    base = base_language(code)
    return (base,) if base else ()


def pair_of_name(name: str) -> tuple[str, str] | None:
    """Return the codes of the pair that a name of a folder or archive tells: `sl-en`, `opus-mt-sla-en`; None if none."""
    source, dash, target = _AROUND.sub("", name.strip()).partition("-")
    known = dash and languages_of(source) and languages_of(target)
    return (source, target) if known else None


def tokens_by_language(codes: Iterable[str], token: str) -> dict[str, str]:
    """Return, for each language of some codes, the token that names it to a model: `token` with `{}` for the code.

    Where a language is written in two scripts, each stands under its tag (`sr-Latn`), and the usual one under the plain tag.
    """
    found: dict[str, str] = {}
    for code in sorted(codes, key=_usual_first):
        parts = _CODE.fullmatch(code)
        base = base_language(code)
        if parts is None or not base:
            continue
        if parts.group(2):
            found.setdefault(f"{base}-{parts.group(2).title()}", token.format(code))
        found.setdefault(base, token.format(code))
    return found


def _usual_first(code: str) -> tuple[bool, int, str]:
    """Order codes so that a language's usual script, then its shortest code, comes first."""
    parts = _CODE.fullmatch(code)
    script = (parts.group(2) or "").title() if parts else ""
    usual = get_global("likely_subtags").get(base_language(code), "").split("_")
    return (bool(script) and script not in usual, len(code), code)


def _unique(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))
