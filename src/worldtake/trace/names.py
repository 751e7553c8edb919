"""Find the names of outlets in a text, thousands of them, inflected as each language does.

The first letters of every name lead to the few names that may stand at a place; only those are compiled and tried. Names
are matched with their case; endings of declension are let through by rule, not by list.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.model import Outlet, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Letters by which names are filed; names in scripts without spaces by as many characters as they have, at most this.
KEY_CHARS = 3
KEY_CHARS_TIGHT = 2
#: Most last letters of a word that a case may change.
ENDING_CHARS = 3
#: Most characters that a word of a name grows by in any case, its mark included (Turkish).
MAX_ENDING_CHARS = 8
#: Shortest name that is looked for, characters.
MIN_NAME_CHARS = 2
#: Languages whose names take endings; the rest keep theirs but for a possessive.
SLAVIC = frozenset(("sl", "sr", "hr", "bs", "ru", "uk", "pl", "cs", "sk", "bg", "mk", "be"))
_GENERIC_TEXT = """
news agency agence agencia agenzia agência agentur nachrichtenagentur press presse newswire wire
service de the la le el das die der of
"""
#: Words of a name that say what kind of publisher it is; an agency is known without them in a dateline.
GENERIC = frozenset(_GENERIC_TEXT.split())
_PLAIN_TEXT = """
time mail sun independent hill post mirror star express metro nation guardian observer telegraph
times today world herald tribune chronicle standard record journal economist people fortune wired
quartz vice mother globe welt zeit spiegel bild stern focus kurier presse monde croix libération
point humanité parisien país mundo razón nación tiempo hoy correo vanguardia periódico stampa giorno
tempo messaggero libero fatto foglio público expresso sábado estado globo folha delo večer dnevnik
danas politika vreme blic kurir novosti правда известия труд звезда время новости вести сегодня день
факти rzeczpospolita fakt gazeta polityka sabah zaman hürriyet milliyet vatan sözcü akşam republika
tempo kompas dawn hindu pioneer statesman nation
"""
#: Names that are words of the language too: they need their article or a noun such as "newspaper".
PLAIN = frozenset(_PLAIN_TEXT.split())
_TIGHT = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_STARTS = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}]|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|(?<=(?<!\p{L})[وفبلك])\p{Arabic}"
    r"|(?<=(?<!\p{L})[وف][بل])\p{Arabic}|(?<=ـ)\p{Arabic}"
)
_PLAIN_MARKS = str.maketrans("\u00a0\u202f’", "  '")
_MARK = regex.compile(r"\p{M}")
_ARTICLE = regex.compile(
    r"(?:The|El|La|Los|Las|Il|Lo|Le|Les|O|A|Os|As|Der|Die|Das|I|Gli)\s+|L['’](?=\p{Lu})"
)
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+")
_FLEETING = (
    (("ок", "ек", "ёк"), "к"),
    (("ец",), "ц"),
    (("ek", "ak"), "k"),
    (("iec",), "ńc"),
    (("ec", "ac"), "c"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An outlet named at a place."""

    outlet: Outlet
    #: The form that was found, as in the catalogue.
    form: str
    span: Span
    #: True where the name is an ordinary word too.
    plain: bool


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    outlet: Outlet
    #: With plain spaces and apostrophes, as written, and in capitals where these are as many letters.
    plain: str
    capitals: str | None
    #: True where it is an ordinary word too.
    common: bool
    #: The last of several words without what a case may change, folded; empty for a name of one word.
    tail: str
    #: Characters that the name may take up with endings.
    reach: int


class _Same:
    """Compare outlets by identity: hashing thousands of them for each article would cost more than finding them."""

    __slots__ = ("outlets",)

    def __init__(self, outlets: tuple[Outlet, ...]) -> None:
        self.outlets = outlets

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.outlets is other.outlets

    def __hash__(self) -> int:
        return id(self.outlets)


def named(text: str, outlets: tuple[Outlet, ...], language: str) -> tuple[Named, ...]:
    """Return where `text` names one of `outlets`, the longest name at each place, in order."""
    index = _index(_Same(outlets))
    plain = text.translate(_PLAIN_MARKS)
    family = language.split("-", maxsplit=1)[0]
    found: list[Named] = []
    end = 0
    for start in _STARTS.finditer(text):
        place = start.start()
        if place < end or not _may_stand(text, place, index):
            continue
        best = _best_at(_Place(text, plain, place), index, family)
        if best is not None:
            found.append(best)
            end = best.span.end
    return tuple(found)


def short_name(printed: str, outlets: tuple[Outlet, ...]) -> Outlet | None:
    """Return the outlet that `printed` names in full, by an alias, or (an agency) without its generic words."""
    return _short_names(_Same(outlets)).get(printed.strip().casefold())


def _may_stand(text: str, place: int, index: _Index) -> bool:
    sizes = index.sizes
    return (
        text[place : place + KEY_CHARS] in sizes
        or text[place : place + KEY_CHARS_TIGHT] in sizes
        or text[place] in sizes
    )


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    #: The text with plain spaces and apostrophes, character by character.
    plain: str
    at: int


def _best_at(place: _Place, index: _Index, family: str) -> Named | None:
    end_of = _inflected_end if family in SLAVIC or family in ("de", "tr") else _end
    best: Named | None = None
    for form in _candidates(place.text, place.at, index):
        end = end_of(place, form, family)
        if end is not None and (best is None or end > best.span.end):
            span = Span(place.at, end)
            best = Named(outlet=form.outlet, form=form.text, span=span, plain=form.common)
    return best


def _inflected_end(place: _Place, form: _Form, family: str) -> int | None:
    """Return where the name ends if it stands here, with an ending or without."""
    if form.tail and form.tail not in place.text[place.at : place.at + form.reach].casefold():
        return None  # most names that begin so: a pattern for each would take 0.5 ms to make, and memory
    match = _pattern(form.text, family).match(place.text, place.at)
    return match.end() if match is not None else None


def _end(place: _Place, form: _Form, _family: str) -> int | None:
    """Return where a name that takes no endings ends if it stands here; it needs no pattern."""
    here = place.plain.startswith(form.plain, place.at) or (
        form.capitals is not None and place.plain.startswith(form.capitals, place.at)
    )
    if not here:
        return None
    text, end = place.text, place.at + len(form.plain)
    inside = end < len(text) and (text[end].isalnum() or _MARK.match(text, end) is not None)
    return None if inside and not _TIGHT.search(form.text) else end


def _candidates(text: str, place: int, index: _Index) -> Iterator[_Form]:
    """Yield the forms whose first letters stand at `place`; an outlet of one name among them once."""
    for key_chars in (1, KEY_CHARS_TIGHT, KEY_CHARS):
        for size in index.sizes.get(text[place : place + key_chars], ()):
            yield from index.forms.get((key_chars, text[place : place + size]), ())


@dataclass(frozen=True, slots=True)
class _Index:
    """Forms by their first letters, endings aside, as written and in capitals."""

    #: The first one to three letters -> how many letters the forms that begin so are filed under.
    sizes: dict[str, tuple[int, ...]]
    #: Length of that key and those letters -> forms.
    forms: dict[tuple[int, str], tuple[_Form, ...]]


@functools.lru_cache(maxsize=8)
def _index(same: _Same) -> _Index:
    sizes: dict[str, set[int]] = {}
    forms: dict[tuple[int, str], list[_Form]] = {}
    for outlet in same.outlets:
        for form in _forms(outlet):
            tight = _TIGHT.match(form.text) is not None
            key_chars = KEY_CHARS_TIGHT if tight or len(form.text) < KEY_CHARS else KEY_CHARS
            for head in _heads(form.text):
                sizes.setdefault(head[:key_chars], set()).add(len(head))
                forms.setdefault((len(head[:key_chars]), head), []).append(form)
    return _Index(
        {key: tuple(sorted(found)) for key, found in sizes.items()},
        {key: tuple(found) for key, found in forms.items()},
    )


@functools.lru_cache(maxsize=8)
def _short_names(same: _Same) -> dict[str, Outlet]:
    found: dict[str, Outlet] = {}
    for outlet in same.outlets:
        for name in outlet.names():
            found.setdefault(name.strip("() ").casefold(), outlet)
            if outlet.kind == "agency":
                found.setdefault(bare_name(name).casefold(), outlet)
    found.pop("", None)
    return found


def _heads(name: str) -> frozenset[str]:
    """Return the first word of `name` without what a case may change, as written and in capitals."""
    head = _stem(name.split(maxsplit=1)[0])
    return frozenset((head, head.upper()))


def _stem(word: str) -> str:
    """Return a word without what a case may change."""
    return word[: max(1, min(KEY_CHARS, len(word)), len(word) - ENDING_CHARS)]


def _forms(outlet: Outlet) -> Iterator[_Form]:
    for raw in outlet.names():
        name = raw.strip(" ()[]«»“”„\"'")
        if len(name) < MIN_NAME_CHARS:
            continue
        yield _form(name, outlet)
        article = _ARTICLE.match(name)
        if article is not None and len(name) - article.end() > MIN_NAME_CHARS:
            yield _form(name[article.end() :], outlet)


def _form(name: str, outlet: Outlet) -> _Form:
    plain = name.translate(_PLAIN_MARKS)
    capitals = plain.upper()
    words = name.split()
    return _Form(
        text=name,
        outlet=outlet,
        plain=plain,
        capitals=capitals if len(capitals) == len(plain) > MIN_NAME_CHARS else None,
        common=len(words) == 1 and name.casefold() in PLAIN,
        tail=_stem(words[-1]).casefold() if len(words) > 1 and words[-1].isalpha() else "",
        reach=len(name) + len(words) * MAX_ENDING_CHARS,
    )


@functools.lru_cache(maxsize=50_000)
def _pattern(name: str, family: str) -> regex.Pattern[str]:
    """Return what matches `name` in a text of the language `family`."""
    pieces = _WORD.findall(name)
    last = len(pieces) - 1
    body = "".join(_piece(piece, family, last=at == last) for at, piece in enumerate(pieces))
    if _TIGHT.search(name):
        return regex.compile(body)
    return regex.compile(rf"{body}(?![\p{{L}}\p{{M}}\p{{N}}])")


def _piece(piece: str, family: str, *, last: bool) -> str:
    if piece.isspace():
        return r"[\s\u00a0\u202f]+"
    if not piece[0].isalnum():
        return "['’]" if piece in ("'", "’") else regex.escape(piece)
    cased = (
        f"(?:{regex.escape(piece)}|{regex.escape(piece.upper())})"
        if len(piece) > MIN_NAME_CHARS
        else regex.escape(piece)
    )
    if family == "tr" and last:
        return rf"{cased}(?:['’]\p{{L}}{{1,6}})?"
    if family == "de" and len(piece) > KEY_CHARS:
        return _german(piece, cased, last=last)
    if family in SLAVIC and len(piece) > KEY_CHARS and not piece.isupper():
        return f"(?:{cased}|{_slavic(piece)})"
    return cased


def _german(piece: str, cased: str, *, last: bool) -> str:
    if not last and regex.search(r"(?:er|e|es|en)$", piece):
        stem = regex.sub(r"(?:er|e|es|en)$", "", piece)
        return rf"(?:{cased}|{regex.escape(stem)}e[rnms]?)"
    return rf"{cased}(?:e?s|e?n)?" if last else cased


def _slavic(piece: str) -> str:
    """Return `piece` in any case: its stem with another ending, a fleeting vowel dropped."""
    stem = regex.sub(r"(?<=\p{L}{3})[aeiouyąęаеёиіїоуыэюяйьъ]{1,2}$", "", piece)
    forms = [rf"{regex.escape(stem)}\p{{Ll}}{{0,3}}"]
    forms += [
        rf"{regex.escape(piece[: -len(ending)])}{short}\p{{Ll}}{{0,3}}"
        for endings, short in _FLEETING
        for ending in endings
        if piece.endswith(ending) and len(piece) > len(ending) + 2
    ]
    return f"(?:{'|'.join(forms)})"


def bare_name(form: str) -> str:
    """Return a name without the words that say what kind of publisher it is: Atlas, of Atlas News Agency."""
    kept = [word for word in form.split() if word.casefold() not in GENERIC]
    return " ".join(kept)
