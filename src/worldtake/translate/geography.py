"""Know the names of countries, their largest cities and a few unions of states in many languages, as one concept each.

The names come from the Unicode CLDR through Babel and from the table of countries; what is written here are the short forms
that no table has. Inflected forms are found by their beginnings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex
from babel import Locale, UnknownLocaleError

from worldtake.model import base_language
from worldtake.places import countries, country
from worldtake.text.fold import fold
from worldtake.translate.place_names import (
    CASED_ONLY,
    CITIES,
    ENGLISH_FORMS,
    ORDINARY,
    SHORT_FORMS,
    UNIONS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Stems of names are at least so long, letters; shorter names are looked for whole.
_STEM_CHARS = 4
#: Most letters that a name grows by in any case, and where words are built of many endings.
_ENDING_CHARS = 3
_LONG_ENDING_CHARS = 5
_LONG_ENDINGS_TEXT = """
tr az kk ky uz tk fi et hu eu hy mn
"""
_LONG_ENDINGS = frozenset(_LONG_ENDINGS_TEXT.split())
_VOWELS = "aeiouyаеиоуыэюяйьіїαεηιουωςाे"
_KEY_CHARS = 2
_SPECIAL = str.maketrans("đłøßıəæœðþёі’", "dlosieaodtеи'")
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:\.(?:\p{L}\.)+)?")
#: A word that a name may begin with: one with a capital letter, or of a script without.
_NAME = regex.compile(
    r"(?<![\p{L}\p{M}])[\p{Lu}\p{Lo}\p{Georgian}][\p{L}\p{M}]*(?:\.(?:\p{L}\.)+)?"
)
_TIGHT = regex.compile(r"[\p{Han}\p{Katakana}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_CASED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}]")
_PREFIXES = regex.compile(
    r"(?:[وف]?[بكل]?(?:ال|لل)?(?=\p{Arabic}{3})|[ושכ]?[הבלמ]{1,2}(?=\p{Hebrew}{3})|[የበለከ](?=\p{Ethiopic}{3}))"
)


_UNCHANGED_TEXT = """
vi id ms sw yo ig ha zu so fil en
"""
#: Languages whose words do not change, and scripts in which what follows a name is written onto it.
_UNCHANGED = frozenset(_UNCHANGED_TEXT.split())
_JOINED = regex.compile(
    r"[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Hangul}\p{Georgian}\p{Ethiopic}]"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a concept."""

    concept: str
    #: Its words, folded.
    words: tuple[str, ...]
    #: As it is written, where it is all capitals; else empty.
    capitals: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A name found in a text."""

    #: Which concepts it may name.
    concepts: frozenset[str]
    #: Its first word, folded.
    word: str
    #: Where its first word starts and its last one ends.
    start: int
    end: int


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word as names are compared: folded, special letters as their nearest plain ones."""
    return fold(word).translate(_SPECIAL)


def known_places(text: str, language: str) -> tuple[Known, ...]:
    """Return the names of countries, cities and unions in `text`, by the names of its language."""
    index = _index(base_language(language) or "en")
    return tuple(_tight(text, index) if _TIGHT.search(text) else _spaced(text, index))


def forms_in(concept: str, language: str) -> frozenset[str]:
    """Return the words, folded, of which one at least stands where a text of `language` names a concept."""
    return _words_by_concept(base_language(language) or "en").get(concept, frozenset())


@lru_cache(maxsize=8)
def every_form(language: str) -> frozenset[str]:
    """Return all words, folded, that names of known places have in a language."""
    return frozenset().union(*_words_by_concept(language).values())


def _spaced(text: str, index: _Index) -> Iterator[Known]:
    for match in _NAME.finditer(text):
        word = folded(match.group())
        is_cased = _CASED.match(word) is not None
        for bare in (word,) if is_cased else {word, _PREFIXES.sub("", word, count=1)}:
            candidates = index.forms.get(bare[:_KEY_CHARS], ())
            found = [(form, end) for form in candidates if (end := _end(form, bare, match, index))]
            if found:
                most = max(_common(form.words[0], bare) for form, _ in found)
                kept = [each for each in found if _common(each[0].words[0], bare) == most]
                concepts = frozenset(form.concept for form, _ in kept)
                yield Known(concepts, bare, match.start(), max(end for _, end in kept))
                break


def _end(form: Form, word: str, match: regex.Match[str], index: _Index) -> int:
    """Return where a name ends whose first word is matched; 0 where it is another."""
    if form.capitals:
        token = match.group()
        is_form = token.startswith(form.capitals) and not token[len(form.capitals) :].isupper()
        return match.end() if is_form else 0
    if not _inflects(form.words[0], word, index):
        return 0
    end = match.end()
    for part in form.words[1:]:
        following = _WORD.search(match.string, end)
        if following is None or not _inflects(part, folded(following.group()), index):
            return 0
        end = following.end()
    return end


def _inflects(name: str, word: str, index: _Index) -> bool:
    """Tell whether `word` may be `name` in some case."""
    if name == word:
        return True
    if not index.is_inflected:
        return index.is_joined and len(name) > _STEM_CHARS and word.startswith(name)
    stem = name[:-2] + name[-2:].rstrip(_VOWELS)
    if len(stem) < _STEM_CHARS:
        stem = name
    return (
        len(stem) >= _STEM_CHARS
        and word.startswith(stem)
        and len(word) <= len(name) + index.ending_chars
    )


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _tight(text: str, index: _Index) -> Iterator[Known]:
    plain = fold(text)
    end = 0
    for at in range(len(plain) - 1):
        candidates = index.forms.get(plain[at : at + _KEY_CHARS]) if at >= end else None
        if not candidates or not _TIGHT.match(plain[at]):
            continue
        found = [form for form in candidates if plain.startswith("".join(form.words), at)]
        if found:
            longest = max(len("".join(form.words)) for form in found)
            concepts = frozenset(
                form.concept for form in found if len("".join(form.words)) == longest
            )
            yield Known(concepts, plain[at : at + longest], at, at + longest)
            end = at + longest


@dataclass(frozen=True, slots=True)
class _Index:
    """The names of a language."""

    #: First letters -> names.
    forms: dict[str, tuple[Form, ...]]
    #: Whether words change their ends, and by how many letters they grow at most.
    is_inflected: bool
    ending_chars: int
    #: Whether particles are written onto words.
    is_joined: bool


@lru_cache(maxsize=128)
def _index(language: str) -> _Index:
    found: dict[str, dict[Form, None]] = {}
    sample = ""
    for concept, name in _names(language):
        form = _form(concept, name, language)
        if form is not None:
            sample = sample or form.words[0]
            found.setdefault(form.words[0][:_KEY_CHARS], {})[form] = None
    return _Index(
        forms={key: tuple(forms) for key, forms in found.items()},
        is_inflected=language not in _UNCHANGED and _CASED.match(sample) is not None,
        ending_chars=_LONG_ENDING_CHARS if language in _LONG_ENDINGS else _ENDING_CHARS,
        is_joined=_JOINED.match(sample) is not None,
    )


def _form(concept: str, name: str, language: str) -> Form | None:
    """Return a name as it is looked for; None for one that is too short or ordinary."""
    if name.replace(".", "").isupper() and _CASED.match(name):
        word = folded(name)
        return Form(concept, (word,), name) if len(word) >= _KEY_CHARS else None
    if concept in CASED_ONLY and not _CASED.match(name):
        return None
    words = tuple(folded(word) for word in _WORD.findall(name))
    if words and _TIGHT.search(name):
        words = ("".join(words),)
        return Form(concept, words) if len(words[0]) >= _least_tight(name) else None
    is_short = len(words) == 1 and (
        words[0] in ORDINARY or (language == "vi" and len(words[0]) <= _STEM_CHARS)
    )
    return None if not words or is_short or len(words[0]) < _KEY_CHARS else Form(concept, words)


def _least_tight(name: str) -> int:
    """Return how short a name may be in a script without spaces."""
    return 2 if regex.search(r"\p{Han}", name) else 6


@lru_cache(maxsize=128)
def _words_by_concept(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for concept, name in _names(language):
        found.setdefault(concept, set()).update(_telling(name))
        if language == "en":
            found[concept].update(_english(concept))
    return {concept: frozenset(words) for concept, words in found.items()}


def _telling(name: str) -> set[str]:
    """Return the words of a name, short ones only where they are all of it."""
    if _TIGHT.search(name):
        return {fold(name).replace(" ", "")}
    words = {folded(word) for word in _WORD.findall(name)}
    return {word for word in words if len(word) >= _STEM_CHARS} or words


def _english(concept: str) -> Iterator[str]:
    yield from ENGLISH_FORMS.get(concept, "").split()
    row = country(concept)
    for alias in row.aliases if row else ():
        yield from _telling(alias)


def _names(language: str) -> Iterator[tuple[str, str]]:
    """Yield concepts with their names in a language."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    codes = frozenset((*countries(), *UNIONS))
    for code, name in locale.territories.items():
        if code in codes:
            yield code, regex.sub(r"\s*[(（].*", "", str(name))
    yield from _cores(locale)
    for concept, short in SHORT_FORMS.items():
        for each in short.split():
            tag, _, form = each.rpartition(":")
            if tag in ("", language):
                yield concept, form.replace("-", " ")
    yield from _cities(locale, language)


def _cores(locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the Koreas and Macedonia without their points of the compass."""
    north, south, macedonia = (
        _WORD.findall(str(locale.territories.get(code, ""))) for code in ("KP", "KR", "MK")
    )
    shared = [word for word in north if word in south]
    for codes, words in ((("KP", "KR"), shared), (("MK",), macedonia)):
        core = max(words, key=len, default="")
        if len(core) > _STEM_CHARS:
            yield from ((code, core) for code in codes)


def _cities(locale: Locale, language: str) -> Iterator[tuple[str, str]]:
    for zone in _zones():
        city = zone.rpartition("/")[2]
        names = locale.time_zones.get(zone, {})
        if "city" in names:
            yield zone, str(names["city"])
        if language == "en":
            yield zone, city.replace("_", " ")


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    every = map(str, Locale("ru").time_zones)
    return tuple(zone for zone in every if zone.rpartition("/")[2] in CITIES)
