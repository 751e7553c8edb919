"""Know the people of an article: which mention stands for whom.

A mention in part of a name stands for the fullest name that ends with it; a pronoun stands for the person named last
before it. Surface forms alone; no list of names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.model import Span

if TYPE_CHECKING:
    from worldtake.trace.grammar import Grammar

_PARTICLE = (
    r"(?:de|da|do|dos|das|del|della|di|du|der|den|von|van|bin|ibn|al|el|la|le|Le|Lo|ten|ter|af|y)"
)
_CAPITAL = r"\p{Lu}[\p{L}\p{M}]*(?:[-'’.]\p{L}[\p{L}\p{M}]*)*\.?"
_NAME = regex.compile(rf"{_CAPITAL}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAPITAL}){{0,4}}")
_TITLE = regex.compile(
    r"(?:Mrs?|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|President|Prime Minister|Minister|Senator|Sen|Gov|Governor|Rep|Capt|Captain"
    r"|Inspector|Lt|Col|Gen|General|Secretary|Chancellor|Judge|Chief|King|Queen|Prince|Pope|Spokes(?:wo)?man|Mayor"
    r"|Herr|Frau|Monsieur|Madame|M|Mme|Me|Don|Dona|Doña|Signor|Signora|Sra?|Republican|Democrat|Democratic|Vali|Coach"
    r"|[\p{L}-]*[Ss]precher(?:in)?|[\p{L}-]*(?:präsident|minister|kanzler|chef)(?:in)?)\.?[ \u00a0]"
)
_TITLE_WITHIN = regex.compile(
    r"\b(?:President|Prime Minister|Minister|Chancellor|Secretary|Senator|Governor|Commentator|Spokes(?:wo)?man|Leader|Chief"
    r"|Director|General|Ambassador|Envoy|Mayor|Judge|Captain|Inspector|Sekreteri|Vali)[ \u00a0](?=\p{Lu})"
)
_POSSESSIVE = regex.compile(r"['’]s?$")
_BODIES_TEXT = """
The A An States House Kingdom Union Department Agency News Ministry Court Party Council University
Bank Times Post Army Office Street Group Association Committee Commission Institute Forum Company
Sea City River Island East West North South Europe Africa America Asia In On At But And He She It
They This That Mr Mrs Ms January February March April May June July August September October
November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mutual Luna Der Die Das
Le La Les El Los Las Il Lo Un Una Une
"""
#: Words that a name of a person neither starts nor ends with.
_BODIES = frozenset(_BODIES_TEXT.split())
_FEMALE = regex.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|she|her|spokeswoman|Frau|Sprecherin|Madame|Mme|Signora|Sra|Dona|Doña)\b"
)
_MALE = regex.compile(r"\b(?:Mr|Sir|Lord|King|he|his|spokesman|Herr|Monsieur|Signor)\b")
_SHE = frozenset(("she", "her", "elle", "ella", "ela", "lei", "она", "вона", "ona", "她", "彼女"))
_HE = frozenset(("he", "his", "il", "él", "ele", "lui", "он", "він", "on", "他", "彼", "er"))
_UNCASED_TAIL = regex.compile(
    r"(?P<dotted>[\p{Han}\p{Katakana}ー]+(?:[·・=＝][\p{Han}\p{Katakana}ー]+)+)"
    r"|(?P<words>(?:[\p{Arabic}\p{Devanagari}\p{Hebrew}\p{Thai}]+\s+)?[\p{Arabic}\p{Devanagari}\p{Hebrew}\p{Thai}]+)\s*$"
)
_HONORIFIC = regex.compile(r"(?:氏|さん|様|船長|容疑者|先生|女士)$")
#: Words of a name that are no name of a person when they stand alone at the start of a sentence.
MIN_NAME_WORDS = 2
#: Sentences that are searched backwards for whom a pronoun stands for.
SENTENCES_BACK = 8
#: Longest ending by which two forms of one name differ, characters.
ENDING_CHARS = 3
#: Longest mention in a script without capitals that is a name as it stands, characters.
SHORT_MENTION_CHARS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A full name and where it first stands."""

    name: str
    first: Span
    #: `f`, `m`, or empty where the text does not say.
    gender: str


def people(text: str) -> tuple[Person, ...]:
    """Return those named in full in `text`, in order of first mention."""
    found: dict[str, Person] = {}
    for match in _NAME.finditer(text):
        name = bare(match.group())
        words = name.split()
        if (
            len(words) < MIN_NAME_WORDS
            or name in found
            or words[-1] in _BODIES
            or words[0] in _BODIES
        ):
            continue
        start = text.find(name, match.start(), match.end())
        span = Span(start, start + len(name)) if start >= 0 else Span(*match.span())
        found[name] = Person(
            name=name, first=span, gender=_gender(text, match.start(), match.end())
        )
    return tuple(found.values())


def bare(name: str) -> str:
    """Return `name` without what stands before it, such as a title, and without a possessive."""
    name = _POSSESSIVE.sub("", name.rstrip(".,"))
    while (title := _TITLE.match(name)) and title.end() < len(name):
        name = name[title.end() :]
    inner = list(_TITLE_WITHIN.finditer(name))
    return name[inner[-1].end() :] if inner and inner[-1].end() < len(name) else name


def full_name(mention: str, known: tuple[Person, ...], language: Grammar) -> str | None:
    """Return whom `mention` names, in full as far as the article says; None where it names no one."""
    names = [bare(found.group()) for found in _NAME.finditer(mention)]
    names = [
        name
        for name in names
        if name and name.split()[0] not in _BODIES and not language.pronouns.fullmatch(name)
    ]
    for name in sorted(names, key=lambda name: -len(name.split())):
        matches = [one.name for one in known if _is_part(name, one.name)]
        if matches:
            return min(matches, key=lambda one: (one.split()[-1] != name.split()[-1], len(one)))
    if any(len(name.split()) >= MIN_NAME_WORDS for name in names):
        return max(names, key=len)
    if names and not mention[:1].islower():
        return names[-1] if len(mention.split()) <= MIN_NAME_WORDS else None
    return None if names else _uncased_name(mention, language)


def _is_part(name: str, full: str) -> bool:
    """Tell whether `name` is `full`, or the last or first words of it, case endings aside."""
    if name == full or full.endswith(" " + name) or full.startswith(name + " "):
        return True
    last, stem = full.rsplit(maxsplit=1)[-1], name.rstrip("аяуюеиіїыйоaeiouyъьąęěm")
    return (
        len(name.split()) == 1
        and len(stem) > MIN_NAME_WORDS + 1
        and last.startswith(stem)
        and abs(len(last) - len(name)) <= ENDING_CHARS
    )


def _uncased_name(mention: str, language: Grammar) -> str | None:
    mention = mention.strip(" ،,、")
    if not mention or language.pronouns.fullmatch(mention) or mention[:1].isascii():
        return None
    mention = mention.split("،")[0].strip()
    tail = _UNCASED_TAIL.search(_HONORIFIC.sub("", mention))
    if tail is None:
        return _HONORIFIC.sub("", mention) if len(mention) <= SHORT_MENTION_CHARS else None
    return tail.group("dotted") or tail.group("words")


def mentioned(text: str, known: tuple[Person, ...]) -> tuple[tuple[int, str], ...]:
    """Return where `text` names one of `known` by the last name, in order; possessives are left out."""
    found = []
    for person in known:
        last = person.name.split()[-1]
        at = text.find(last)
        while at >= 0:
            after = text[at + len(last) : at + len(last) + 1]
            if not (text[at - 1 : at].isalnum() or after.isalpha() or after in ("'", "’")):
                found.append((at, person.name))
            at = text.find(last, at + len(last))
    return tuple(sorted(found))


def person_before(
    place: int,
    pronoun: str,
    known: tuple[Person, ...],
    mentions: tuple[tuple[int, str], ...],
    sentences: tuple[Span, ...],
) -> str | None:
    """Return whom a pronoun at `place` stands for: the first fitting person of the nearest sentence before it.

    `mentions` are the places and names of the people mentioned, those who spoke included.
    """
    gender = "f" if pronoun.casefold() in _SHE else "m" if pronoun.casefold() in _HE else ""
    genders = {one.name: one.gender for one in known}
    before = [span for span in sentences if span.start <= place][-SENTENCES_BACK:]
    for sentence in reversed(before):
        for at, name in mentions:
            inside = sentence.start <= at < min(sentence.end, place)
            if inside and (not gender or genders.get(name, "") in ("", gender)):
                return name
    return None


def _gender(text: str, start: int, end: int) -> str:
    around = text[max(0, start - 25) : end + 2] + text[end : end + 60].split(".", maxsplit=1)[0]
    female, male = _FEMALE.search(around), _MALE.search(around)
    if bool(female) == bool(male):
        return ""
    return "f" if female else "m"
