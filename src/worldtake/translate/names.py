"""Tell whether a translation keeps the names of its source.

Countries, capitals and unions of states are looked for by what the target calls them. Other names are known by their capital
letter within a sentence, and should stand in the target much as they are written. Words that languages write with a capital
and translate, as bodies, titles and directions, are set off against such words in the target; where no list of these is
there, a name is missed only where the other half of it came through.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import regex

from worldtake.model import base_language
from worldtake.translate.bodies import IN_NAMES, INSTITUTIONS, TRANSLATED
from worldtake.translate.geography import every_form, folded, forms_in, known_places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:\.(?:\p{L}\.)+)?")
_LATIN = regex.compile(r"\p{Latin}")
_OTHER = regex.compile(r"[\p{L}--\p{Latin}]", regex.V1)
_UNPARTED = regex.compile(r"[\p{L}--[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}]]", regex.V1)
_LATIN_NAME = regex.compile(r"(?<![\p{L}\p{M}.@/&])[A-Z][\p{Latin}]{2,}(?![\p{L}\p{M}.@])")
#: What may stand between the end of a sentence, or a quotation mark, and its first word.
_BEFORE = " \u00a0([—–-"
_ENDS = ".!?:…;•¿¡\"“”«»„'‘’"
#: What English writes as St.
_SAINTS = frozenset(("san", "santa", "santo", "saint", "sainte", "são", "sant", "sv", "sveti"))
#: Articles that names begin with.
_ARTICLES = frozenset(("La", "Le", "Les", "Los", "Las", "El", "Il", "Lo", "Os", "As"))
_ROMAN = regex.compile(r"[IVXLCDM]+[eè]?(?!\p{L})")
#: Letters that must be the same at the beginning of a name and what stands for it.
_HEAD_CHARS = 4
#: Letters that a word for a place may differ in at its end.
_ENDING_CHARS = 2
#: Shortest name that is missed by itself, letters: shorter ones are articles and particles too.
_NAME_CHARS = 3
_HALVES_TEXT = """
bs ca cs da es et fi fr gl hr is it lt lv nb nl no pt ro sk sl sq sv
"""
#: Languages that write names as English does and bodies' names with few capitals, so that a lost half of a name is one.
_HALVES = frozenset(_HALVES_TEXT.split())
_UNCHANGED_TEXT = """
ca es fr gl it pt
"""
#: Those of them that never change a name's letters: the second half of one stands as it is.
_UNCHANGED = frozenset(_UNCHANGED_TEXT.split())
_COMPARED_TEXT = """
af bs ca cs da de es et fi fil fr gl hr id is it mt nb nl no pt ro sk sl sv zu
"""
#: Languages in which few capitalised words of a right translation have no likeness in the source: under 3 % of sentences.
_COMPARED = frozenset(_COMPARED_TEXT.split())
#: Share of a target's longer words with a capital letter from which on it is a headline.
_HEADLINE_SHARE = 0.6
_UNSURE_TEXT = """
am bn ga gu he hi ka km kn ku lo ml mr my ne pa ps si sr ta te ti ur yo zu
"""
#: Target languages with more than one writing of most countries, or of which the CLDR has another script than the press:
#: with them 6 to 15 % of NTREX's sentences were doubted.
_UNSURE = frozenset(_UNSURE_TEXT.split())
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_WHOLES_TEXT = """
ca da es fr gl it no nb pt ro sv
"""
#: Those of them in which any lost capitalised word is a name, once the translated ones are set off.
_WHOLES = frozenset(_WHOLES_TEXT.split())
_VOWELS = regex.compile(r"[aeiouyhwj]+")
_DIGRAPHS = (
    ("ph", "f"), ("dzh", "g"), ("dz", "g"), ("dj", "g"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("tch", "c"), ("ck", "k"), ("qu", "k"),
    ("q", "k"), ("x", "ks"), ("c", "k"), ("z", "s"), ("v", "f"), ("w", ""), ("j", "g"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Name:
    """A word with a capital letter."""

    word: str
    #: Whether a capital letter would stand there anyway.
    is_first: bool
    #: Whether it follows another such word at once.
    is_joined: bool
    start: int


def name_missing(source: str, target: str, source_language: str, target_language: str) -> bool:
    """Tell whether a name of `source` stands in no form in `target`."""
    words = {folded(word) for word in _WORD.findall(target)}
    if not words:
        return False
    places = known_places(source, source_language) if source_language else ()
    for place in places if _is_sure(target_language) else ():
        if not _is_told(place.word, place.concepts, words, target_language):
            return True
    if not (_is_latin(source) and _is_latin(target)):
        latin = _LATIN_NAME.findall(source) if _is_latin(target) else ()
        return any(not _has(folded(name), words) for name in latin)
    base = base_language(source_language)
    is_english = base_language(target_language) in ("", "en")
    spans = [(place.start, place.end) for place in places]
    names = _Names(source, target, words, spans)
    if base in _HALVES and names.halves_missing(is_unchanged=base in _UNCHANGED):
        return True
    if is_english and base in _WHOLES and names.wholes_missing():
        return True
    return is_english and base in _COMPARED and names.replaced()


def _is_sure(target_language: str) -> bool:
    """Tell whether a language writes the names of countries mostly as the CLDR does."""
    tag = target_language.lower()
    return tag.partition("-")[0] not in _UNSURE and not tag.startswith(_TRADITIONAL)


def _is_latin(text: str) -> bool:
    return text.isascii() or len(_LATIN.findall(text)) >= len(_OTHER.findall(text))


def _is_told(
    word: str, concepts: Iterable[str], words: Collection[str], target_language: str
) -> bool:
    """Tell whether one of `concepts` is named among `words`; so it is where the target's names of it are not known."""
    forms = {form for each in concepts for form in forms_in(each, target_language or "en")}
    if not forms or any(_has_stem(form, words) for form in (word, *forms)):
        return True
    # Where particles are written onto names, or no space stands between words, a name is somewhere within.
    return any(
        _UNPARTED.match(form) is not None and any(_stem(form) in each for each in words)
        for form in forms
    )


def _has_stem(name: str, words: Collection[str]) -> bool:
    """Tell whether a word begins as `name` does but for an ending: Slovenia and Slovakia are two."""
    stem = _stem(name)
    return name in words or (
        len(name) >= _HEAD_CHARS and any(word.startswith(stem) for word in words)
    )


def _stem(name: str) -> str:
    return name[: max(_HEAD_CHARS, len(name) - _ENDING_CHARS)]


def _has(name: str, words: Collection[str]) -> bool:
    """Tell whether a word begins as `name` does."""
    if name in words:
        return True
    head = name[:_HEAD_CHARS]
    return len(name) >= _HEAD_CHARS and any(word.startswith(head) for word in words)


class _Names:
    """The capitalised words of two texts in Latin letters."""

    def __init__(
        self, source: str, target: str, words: Collection[str], places: Sequence[tuple[int, int]]
    ) -> None:
        self.ours = _capitalised(source)
        self.theirs = _capitalised(target)
        self.words = words
        self.places = places
        self.target_words: list[str] = _WORD.findall(target)
        self.source_words = {folded(word) for word in _WORD.findall(source)}
        self.exact = {name.word for name in self.theirs}
        self.skeletons = {skeleton(folded(name.word)) for name in self.theirs}

    @cached_property
    def lost(self) -> list[int]:
        """Places among the source's capitalised words of those that stand in no form in the target."""
        return [at for at, name in enumerate(self.ours) if not self._came(name)]

    def halves_missing(self, *, is_unchanged: bool) -> bool:
        """Tell whether a word is lost whose neighbour came through; `is_unchanged` asks for second halves letter by letter."""
        if any(self._is_half(at) or self._has_article(at) for at in self.lost):
            return True
        return is_unchanged and any(self._is_changed(at) for at in range(1, len(self.ours)))

    def wholes_missing(self) -> bool:
        """Tell whether more words are lost than the target may have translated."""
        within = [
            name
            for at in self.lost
            if not (name := self.ours[at]).is_first and _may_be_name(name.word)
        ]
        return len(within) > self._translated()

    def replaced(self) -> bool:
        """Tell whether a word is lost and the target has a name of its own instead."""
        if all(self.ours[at].is_first for at in self.lost) or self._is_headline():
            return False
        bones = {skeleton(word) for word in self.source_words}
        return any(self._is_invented(name, bones) for name in self.theirs)

    def _is_invented(self, name: _Name, bones: Collection[str]) -> bool:
        word, places = folded(name.word), every_form("en")
        if name.is_first or len(word) < _HEAD_CHARS or name.word.isupper():
            return False
        if any(each in INSTITUTIONS or each in places for each in (word, word.rstrip("s"))):
            return False
        head = word[:_HEAD_CHARS]
        if any(head in each for each in self.source_words):
            return False
        return not any(_is_near(each, skeleton(word)) for each in bones)

    def _is_headline(self) -> bool:
        """Tell whether the target writes words with capitals throughout, as English headlines do."""
        longer = [word for word in self.target_words if len(word) >= _HEAD_CHARS]
        return sum(word[0].isupper() for word in longer) > _HEADLINE_SHARE * len(longer)

    def _came(self, name: _Name) -> bool:
        """Tell whether something like a name stands in the target, or it is a place that was looked for already."""
        if any(start <= name.start < end for start, end in self.places):
            return True
        if _ROMAN.match(name.word):
            return True
        word = folded(name.word)
        if _has(word, self.words) or any(
            len(each) >= _NAME_CHARS and word.startswith(each) for each in self.words
        ):
            return True
        return any(_is_near(skeleton(word), each) for each in self.skeletons)

    def _is_half(self, at: int) -> bool:
        """Tell whether the word beside a lost one came through letter by letter."""
        name = self.ours[at]
        word = name.word.casefold()
        if name.is_first or (word in TRANSLATED and word not in IN_NAMES):
            return self._follows_exact(at) and word not in TRANSLATED
        if word in _SAINTS and "st" in self.words:
            return False
        after = at + 1 < len(self.ours) and self.ours[at + 1].is_joined
        return self._follows_exact(at) or (after and self._is_exact(self.ours[at + 1]))

    def _has_article(self, at: int) -> bool:
        """Tell whether a lost word follows an article that is part of a name: within a sentence it has a capital letter."""
        name, before = self.ours[at], self.ours[at - 1]
        return at > 0 and name.is_joined and not before.is_first and before.word in _ARTICLES

    def _is_changed(self, at: int) -> bool:
        """Tell whether a word after one that came through letter by letter came through with other letters."""
        name = self.ours[at]
        word = folded(name.word)
        if word in self.words or word in TRANSLATED or name.word.isupper():
            return False
        return self._follows_exact(at) and not any(
            start <= name.start < end for start, end in self.places
        )

    def _follows_exact(self, at: int) -> bool:
        return at > 0 and self.ours[at].is_joined and self._is_exact(self.ours[at - 1])

    def _is_exact(self, name: _Name) -> bool:
        return name.word in self.exact and len(name.word) >= _NAME_CHARS

    def _translated(self) -> int:
        """Return how many capitalised words of the target may be translations of capitalised words."""
        theirs = {folded(name.word) for name in self.theirs}
        return sum(word in INSTITUTIONS and not _has(word, self.source_words) for word in theirs)


def _may_be_name(word: str) -> bool:
    return len(word) >= _NAME_CHARS and word.casefold() not in TRANSLATED


def _is_near(bones: str, other: str) -> bool:
    """Tell whether two skeletons are of one name, an ending aside."""
    if bones == other:
        return True
    return len(other) > 1 and bones.startswith(other) and len(bones) <= len(other) + 2


def _capitalised(text: str) -> list[_Name]:
    found: list[_Name] = []
    end = -1
    for match in _WORD.finditer(text):
        word = match.group()
        if not word[0].isupper() or len(word) == 1:
            continue
        before = text[: match.start()].rstrip(_BEFORE)
        is_first = not before or before[-1] in _ENDS
        is_joined = bool(found) and text[end : match.start()] in (" ", "-", "\u00a0")
        found.append(_Name(word, is_first, is_joined, match.start()))
        end = match.end()
    return found


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word as most languages would write them, each once."""
    for letters, one in _DIGRAPHS:
        word = word.replace(letters, one)
    bones = _VOWELS.sub("", word)
    return "".join(char for at, char in enumerate(bones) if at == 0 or bones[at - 1] != char)
