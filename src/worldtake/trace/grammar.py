"""Read the words by which each language attributes speech and credits outlets, from the tables in `languages/`.

A language without a table is read with the marks that all share: names, brackets, quotation marks and colons.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Languages that are read with the table of a close relative.
RELATIVES = {
    "hr": "sr", "bs": "sr", "sh": "sr", "cnr": "sr", "be": "ru", "ms": "id", "gl": "pt", "ca": "es",
    "yue": "zh", "und": "en",
}  # fmt: skip
#: Matches nothing.
NEVER = regex.compile(r"(?!)")
_LETTER = r"[\p{L}\p{M}\p{N}]"
_CYRILLIC = {
    "dž": "џ", "lj": "љ", "nj": "њ", "a": "а", "b": "б", "c": "ц", "č": "ч", "ć": "ћ", "d": "д", "đ": "ђ", "e": "е",
    "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ј", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п",
    "r": "р", "s": "с", "š": "ш", "t": "т", "u": "у", "v": "в", "z": "з", "ž": "ж",
}  # fmt: skip
_LATIN_PIECE = regex.compile(r"\\.(?:\{[^}]*\})?|\(\?\S*?[:=!]|dž|lj|nj|\p{L}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditWords:
    """How a language credits an outlet; each pattern is searched beside the outlet's name."""

    #: Articles and contracted prepositions that may stand before a name.
    articles: regex.Pattern[str]
    #: Nouns for what publishes: newspaper, agency, site.
    press: regex.Pattern[str]
    #: Ends before the name: according to, cited by.
    report: regex.Pattern[str]
    #: Starts after the name: reported, 'nin haberine göre.
    after: regex.Pattern[str]
    #: Ends before the name: told, in an interview with.
    interview: regex.Pattern[str]
    #: Must occur after the name for `interview` to hold; None where not needed.
    interview_needs: regex.Pattern[str] | None
    #: Prepositions or articles that make the name a hearer where the sentence has a verb of speech.
    hearer: regex.Pattern[str]
    #: Starts after the name and makes it a hearer.
    after_interview: regex.Pattern[str]
    #: The paper, the agency: the outlet named last.
    anaphors: regex.Pattern[str]
    #: Photo: before a name.
    photo: regex.Pattern[str]
    #: Words of a line of credit that is nothing else.
    line: regex.Pattern[str]
    #: First appeared in.
    republish: regex.Pattern[str]
    #: Words that may not stand between a trigger and the name.
    stop: regex.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How a language says who said what."""

    language: str
    #: True where words are set off by spaces.
    spaced: bool
    #: True where the verb of speech stands after the words and the speaker before them.
    final: bool
    #: True where a speaker may stand in the middle of the quoted words.
    incise: bool
    #: Verbs of speech.
    verb: regex.Pattern[str]
    #: Verbs that carry their pronoun within them.
    pronominal: regex.Pattern[str]
    #: Words before an inverted verb.
    lead: regex.Pattern[str]
    #: Words between a subject and its verb.
    between: regex.Pattern[str]
    #: Words that open a clause and are no part of its subject.
    skip: regex.Pattern[str]
    #: Words that open a segment with no subject in it.
    adverbial: regex.Pattern[str]
    pronouns: regex.Pattern[str]
    #: Words that open reported speech.
    that: regex.Pattern[str]
    #: Words that end the mention of a speaker.
    relative: regex.Pattern[str]
    prepositions: regex.Pattern[str]
    #: Words before a term in marks.
    terms: regex.Pattern[str]
    #: According to, before a speaker.
    by: regex.Pattern[str]
    #: Particles that follow a subject, in languages without spaces.
    topic: str
    credit: CreditWords = field(repr=False)


def grammar(language: str) -> Grammar:
    """Return the grammar of `language` (BCP 47); one of shared marks alone where there is no table."""
    main = language.split("-", maxsplit=1)[0].lower()
    return _grammar(RELATIVES.get(main, main))


@functools.cache
def _grammar(main: str) -> Grammar:
    table = _table(main)
    spaced = bool(table.get("spaced", True))

    def words(key: str, *, ignore_case: bool = True) -> regex.Pattern[str]:
        return _pattern(table.get(key, ()), spaced=spaced, ignore_case=ignore_case)

    return Grammar(
        language=main,
        spaced=spaced,
        final=bool(table.get("final", False)),
        incise=bool(table.get("incise", False)),
        verb=words("verbs", ignore_case=False),
        pronominal=words("pronominal"),
        lead=words("lead"),
        between=words("between", ignore_case=False),
        skip=words("skip"),
        adverbial=words("adverbial"),
        pronouns=words("pronouns"),
        that=words("that"),
        relative=words("relative"),
        prepositions=words("prepositions"),
        terms=words("terms"),
        by=words("by"),
        topic="|".join(table.get("topic", ())),
        credit=_credit_words(table.get("credit", {}), spaced=spaced),
    )


def _credit_words(table: dict[str, Any], *, spaced: bool) -> CreditWords:
    def words(key: str) -> regex.Pattern[str]:
        return _pattern(table.get(key, ()), spaced=spaced)

    needs = table.get("interview_needs")
    return CreditWords(
        articles=words("articles"),
        press=words("press"),
        report=words("report"),
        after=words("after"),
        interview=words("interview"),
        interview_needs=regex.compile(needs) if needs else None,
        hearer=words("hearer"),
        after_interview=words("after_interview"),
        anaphors=words("anaphors"),
        photo=words("photo"),
        line=words("line"),
        republish=words("republish"),
        stop=words("stop"),
    )


def _table(main: str) -> dict[str, Any]:
    path = resources.files("worldtake.trace").joinpath("languages", f"{main}.toml")
    if not path.is_file():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return _in_both_scripts(table) if main == "sr" else table


def _pattern(
    pieces: Iterable[str], *, spaced: bool, ignore_case: bool = True
) -> regex.Pattern[str]:
    """Return a pattern for whole words, the longest first."""
    ordered = sorted(pieces, key=len, reverse=True)
    if not ordered:
        return NEVER
    body = "|".join(piece.replace(" ", r"\s+") for piece in ordered)
    flags = regex.IGNORECASE if ignore_case else 0
    if not spaced:
        return regex.compile(f"(?:{body})", flags)
    return regex.compile(f"(?<!{_LETTER})(?:{body})(?<=['’]|(?!{_LETTER}))", flags)


def _in_both_scripts(table: dict[str, Any]) -> dict[str, Any]:
    doubled: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            doubled[key] = _in_both_scripts(value)
        elif isinstance(value, list):
            doubled[key] = value + [_cyrillic(piece) for piece in value]
        else:
            doubled[key] = value
    return doubled


def _cyrillic(piece: str) -> str:
    """Return a piece of a regular expression with its letters, but not its commands, in Cyrillic."""
    return _LATIN_PIECE.sub(lambda found: _CYRILLIC.get(found.group(), found.group()), piece)
