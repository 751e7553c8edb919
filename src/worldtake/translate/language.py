"""Say which language an article is in: by its script where one language alone uses that, else by py3langid with priors.

What the page and the outlet declare, and the languages of the outlet's country, count as priors: they decide between near
languages and short texts, and are overruled by clear words. On short texts pycld2, where it is installed, has a second vote.
Serbian, Croatian and Bosnian are told apart by country, since their words are one; Chinese and Serbian carry their script.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import regex
from babel.languages import get_official_languages

from worldtake.translate.paragraphs import Ways, spread
from worldtake.translate.scripts import (
    SHARED,
    SOLE,
    count_scripts,
    leading_script,
    script_of,
    weight,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from worldtake.model import Article

#: How much of the text is looked at, characters.
LEAD_CHARS = 1000
#: Weight of letters below which a text shows no language: eight Latin letters, or four of another script.
LEAST_WEIGHT = 8
#: Confidence below which the language is unknown.
LEAST_CONFIDENCE = 0.15
#: By how much a declared language gains, and one of the outlet's country.
DECLARED_FACTOR = 6.0
COUNTRY_FACTOR = 2.0
#: By how much a language loses that hardly any outlet publishes in: its words are near a larger one's.
RARE_FACTOR = 0.1
#: Those languages, among the ones that py3langid knows.
_RARE = frozenset((
    "ace", "an", "bcl", "br", "crh", "dz", "eo", "ext", "fo", "fuv", "gcf", "gcr", "gom", "gug", "guw", "ht",
    "kab", "kik", "la", "lij", "ltg", "oc", "pcm", "qu", "sa", "se", "vec", "vo", "wa",
))  # fmt: skip
#: The same for a language of few outlets whose words are near a large one's: Spanish headlines read as Galician.
SMALL_FACTOR = 0.5
_SMALL = frozenset(("gl", "lb", "fy", "jv"))
#: What most headlines are in that no other sign places, and by how much it gains: names and titles make English look like others.
COMMON = "en"
COMMON_FACTOR = 2.0
#: By how much pycld2's vote multiplies a language's likelihood; 3 is best of 1, 3, 8 and 30 on half of NTREX's sentences.
VOTE_FACTOR = 3.0
#: What a language is likely at least that pycld2 votes for.
VOTE_FLOOR = 1e-4
#: Length from which py3langid decides alone, characters: longer texts are sure, and the vote takes time.
VOTE_CHARS = 400
#: Power that likelihoods are raised to before confidence is read off: without it a confidence of 0.88 was right in 0.95.
SHARPNESS = 1.5
#: Confidence of an answer that rests on the script alone.
SCRIPT_CONFIDENCE = 0.99

_DIGITS = regex.compile(r"\p{N}+")
#: What stands in words that are of no language: addresses, names of accounts, tags.
_FOREIGN = ("://", "@", "#")
#: What py3langid tells apart and the press does not.
_MERGED = {
    "wuu": "zh", "yue": "zh", "lzh": "zh", "sdh": "ckb", "arz": "ar", "pnb": "pa", "azb": "az",
    "ary": "ar", "uzs": "uz", "hbo": "he", "grc": "el", "zxx": "und", "nn": "no", "tl": "fil",
}  # fmt: skip
_SOUTH_SLAVIC = frozenset(("sr", "hr", "bs", "sh", "cnr"))
_SOUTH_SLAVIC_OF = {"RS": "sr-Latn", "ME": "sr-Latn", "XK": "sr-Latn", "HR": "hr", "BA": "bs"}
#: pycld2's tags that are not those of the press.
_VOTES = {"iw": "he", "jw": "jv", "zh-Hant": "zh", "nn": "no", "nb": "no", "tl": "fil"}
#: Languages that the second vote alone knows: py3langid says Hebrew, Amharic and Arabic for them.
_VOTED_ALONE = ("yi", "ti", "sd")
_TRADITIONAL = frozenset(("TW", "HK", "MO"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectLanguage:
    """Set an article's language and how sure that is."""

    name: ClassVar[str] = "detect"
    version: ClassVar[int] = 2

    #: Languages that count as declared for every article, BCP 47.
    prior: tuple[str, ...] = ()
    #: `Outlet.id` -> country (ISO 3166-1 alpha-2).
    countries: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, article: Article) -> Article:
        """Return the article with its language, and its paragraphs with theirs where they differ.

        What its page declared counts as a prior.
        """
        declared = (article.language, *self.prior) if article.language != "und" else self.prior
        country = self.countries.get(article.outlet_id or "") or article.original_country
        found = detect(
            f"{article.title}\n{article.text[:LEAD_CHARS]}", declared=declared, country=country
        )

        ways = Ways(
            detect=lambda text: detect(text, country=country), glance=glance if _voter() else None
        )
        language, confidence, blocks = spread(article, found, ways)
        return replace(article, language=language, language_confidence=confidence, blocks=blocks)


def detect(
    text: str, *, declared: Sequence[str] = (), country: str | None = None
) -> tuple[str, float]:
    """Return the language of `text` (BCP 47, `und` where unsure) and the confidence, 0 to 1."""
    cleaned = _cleaned(text[:LEAD_CHARS])
    scripts = count_scripts(cleaned)
    if weight(scripts) < LEAST_WEIGHT:
        return "und", 0.0
    script = leading_script(scripts)
    if script in SOLE:
        return SOLE[script], SCRIPT_CONFIDENCE
    if script == "Kana":
        return "ja", SCRIPT_CONFIDENCE
    if script == "Han":
        return _chinese(cleaned, declared, country), SCRIPT_CONFIDENCE
    language, confidence = _ranked(cleaned, script, declared, country)
    if confidence < LEAST_CONFIDENCE:
        return "und", confidence
    return _settled(language, script, declared, country), confidence


def known() -> frozenset[str]:
    """Return the base tags of all languages that are told apart; it loads the model."""
    told = {_MERGED.get(each, each) for each in _identifier().nb_classes}
    return frozenset((*told - {"und"}, *SOLE.values(), *_VOTED_ALONE, "zh", "ja"))


def _cleaned(text: str) -> str:
    """Return the words of a text, one space between them, without numbers and addresses."""
    words = text.split()
    if any(mark in text for mark in _FOREIGN):
        words = [word for word in words if not any(mark in word for mark in _FOREIGN)]
    return _DIGITS.sub(" ", " ".join(words))


def _chinese(text: str, declared: Sequence[str], country: str | None) -> str:
    """Return `zh-Hans` or `zh-Hant` by the letters that only one of the two national character sets holds."""
    only_simplified = only_traditional = 0
    for char, times in Counter(text).items():
        if script_of(char) != "Han":
            continue
        in_china, in_taiwan = _encodes(char, "gb2312"), _encodes(char, "big5")
        only_simplified += times * (in_china and not in_taiwan)
        only_traditional += times * (in_taiwan and not in_china)
    if only_simplified != only_traditional:
        return "zh-Hant" if only_traditional > only_simplified else "zh-Hans"
    said = {part for tag in declared for part in tag.split("-")}
    return "zh-Hant" if country in _TRADITIONAL or said & {*_TRADITIONAL, "Hant"} else "zh-Hans"


@cache
def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _ranked(
    text: str, script: str, declared: Sequence[str], country: str | None
) -> tuple[str, float]:
    """Return the best language of the script, likelihood times priors, and its share."""
    likely = _likely(text, script)
    if not likely:
        return "und", 0.0
    said = {_base(tag) for tag in declared}
    home = _home_languages(country)
    weighed = {
        language: (share * _prior(language, said, home)) ** SHARPNESS
        for language, share in likely.items()
    }
    total = sum(weighed.values()) or 1.0
    near = _SOUTH_SLAVIC & weighed.keys()
    best = max(weighed, key=lambda language: weighed[language])
    shown = sum(weighed[each] for each in near) if best in near else weighed[best]
    return best, round(min(1.0, shown / total), 4)


def _prior(language: str, said: Collection[str], home: Collection[str]) -> float:
    """Return by how much a language gains or loses before its words are read."""
    factor = DECLARED_FACTOR if language in said else 1.0
    if language in home:
        return factor * COUNTRY_FACTOR
    if factor > 1.0:
        return factor
    if language in _RARE:
        return RARE_FACTOR
    if language in _SMALL:
        return SMALL_FACTOR
    return COMMON_FACTOR if language == COMMON else 1.0


def _likely(text: str, script: str) -> dict[str, float]:
    """Return language -> likelihood among the languages of the script, by py3langid and the vote of pycld2."""
    likely: dict[str, float] = defaultdict(float)
    for language, share in _identifier().rank(text):
        if _is_written(language, script):
            likely[_MERGED.get(language, language)] += share
    voted = glance(text) if len(text) < VOTE_CHARS or script in SHARED else None
    if voted and _is_written(voted, script):
        if voted in _VOTED_ALONE:
            likely[voted] = max(likely.values(), default=1.0)
        near = _SOUTH_SLAVIC & likely.keys() if voted in _SOUTH_SLAVIC else (voted,)
        for language in near:
            likely[language] = VOTE_FACTOR * max(likely[language], VOTE_FLOOR)
    return likely


def _is_written(language: str, script: str) -> bool:
    allowed = _allowed(script)
    return language in allowed if allowed else language not in _elsewhere()


def glance(text: str) -> str | None:
    """Return the language that pycld2 takes the text for; None where it says none, or is not there."""
    voter = _voter()
    if voter is None:
        return None
    try:
        reliable, _, found = voter.detect(text, isPlainText=True, bestEffort=True)
    except (voter.error, UnicodeEncodeError):  # a control character or a lone surrogate
        return None
    tag = str(found[0][1])
    return _VOTES.get(tag, tag) if reliable and tag != "un" else None


def _base(tag: str) -> str:
    first = tag.partition("-")[0].lower()
    return {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "tl": "fil"}.get(
        first, first
    )


@cache
def _allowed(script: str) -> frozenset[str]:
    """Return the languages of a script; none for Latin and rare scripts, where all others are allowed."""
    return frozenset(SHARED.get(script, "").split())


@cache
def _elsewhere() -> frozenset[str]:
    """Return the languages that are not written in Latin letters alone."""
    cyrillic_or_latin = {"sr", "kk", "ky", "mn", "tg", "tt"}
    shared = {each for names in SHARED.values() for each in names.split()} - cyrillic_or_latin
    return frozenset((*SOLE.values(), *shared, "zh", "ja", "wuu", "yue"))


@cache
def _home_languages(country: str | None) -> frozenset[str]:
    if not country:
        return frozenset()
    found: Iterable[str] = get_official_languages(country, regional=True, de_facto=True)
    return frozenset(_base(each.replace("_", "-")) for each in found)


def _settled(language: str, script: str, declared: Sequence[str], country: str | None) -> str:
    """Return the tag of a language, with country and script where they decide."""
    if language not in _SOUTH_SLAVIC:
        return language
    if script == "Cyrillic":
        return "sr-Cyrl"
    if country in _SOUTH_SLAVIC_OF:
        return _SOUTH_SLAVIC_OF[country]
    said = next((_base(tag) for tag in declared if _base(tag) in _SOUTH_SLAVIC), language)
    return {"hr": "hr", "bs": "bs"}.get(said, "sr-Latn")


@cache
def _identifier() -> Any:
    """Load the model once a process: it takes a second and 130 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy tables

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _voter() -> Any:
    """Return pycld2, or None where it is not installed: it has wheels for most machines, not for all."""
    try:
        import pycld2  # noqa: PLC0415 - 10 MB of tables
    except ImportError:
        return None
    return pycld2
