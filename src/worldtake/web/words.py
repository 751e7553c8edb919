"""How the site says things: counts, dates, shares, verdicts, names of languages, the direction of a script.

Every number that is printed goes through here, so that one idea has one wording.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

from worldtake.model import base_language

if TYPE_CHECKING:
    from worldtake.model.articles import Precision
    from worldtake.model.health import HealthState
    from worldtake.model.stories import CountryCoverage, Verdict

#: The language of the site's own words; what is told is in the reader's.
WORDS_LANGUAGE = "en"
#: What translators are called, by the kind that is set.
ENGINES = {
    "apertium": "Apertium",
    "opus": "OPUS-MT",
    "libretranslate": "LibreTranslate",
    "deepl": "DeepL",
    "llm": "the language model",
}
#: What articles do that wait for their translation, by why: one article, and several.
WAITS = {
    "reader": (
        "waits until it is opened, or more outlets carry its story",
        "wait until they are opened, or more outlets carry their stories",
    ),
    "budget": ("waits for tomorrow’s budget", "wait for tomorrow’s budget"),
    "engine": (
        "waits for a translator that does not answer",
        "wait for a translator that does not answer",
    ),
    "translator": (
        "is in a language that no translator is set up for",
        "are in languages that no translator is set up for",
    ),
}
#: English forms that no rule of -s gives.
PLURALS = {
    "country": "countries",
    "more country": "more countries",
    "story": "stories",
    "copy": "copies",
}
#: A verdict as a table prints it.
VERDICTS: dict[Verdict, str] = {
    "covered": "reporting",
    "under-covered": "silent though able",
    "unclear": "within chance",
    "too-few-outlets": "too few outlets to say",
}
#: The order in which a coverage table groups verdicts: what asks for attention first.
VERDICT_ORDER: tuple[Verdict, ...] = ("under-covered", "covered", "unclear", "too-few-outlets")
#: What a verdict means, in one sentence.
VERDICT_MEANINGS: dict[Verdict, str] = {
    "under-covered": "Followed, healthy, and carrying it less than chance would explain.",
    "covered": "At least one followed outlet carries it, in line with the rest.",
    "unclear": "Fewer carry it than elsewhere, but chance could explain that.",
    "too-few-outlets": "Under eight healthy outlets are followed, so nothing can be said.",
}

#: How an outlet stands, as a list is headed.
STATES: dict[HealthState, str] = {
    "unreached": "Not reached",
    "silent": "Silent",
    "changed-layout": "Pages changed",
    "thin": "Thin",
    "late": "Late",
    "unknown": "Too little history to say",
    "healthy": "As usual",
}
#: What that means, in one sentence.
STATE_MEANINGS: dict[HealthState, str] = {
    "unreached": "Their feeds or pages have not answered, or are closed to us.",
    "silent": "Far longer without an article than they ever were: their press is not counted as able to report.",
    "changed-layout": "Their pages are fetched, but articles are no longer found in them as before.",
    "thin": "Less than half of what their own weeks let expect.",
    "late": "A longer pause than usual; it may be chance.",
    "unknown": "Followed for less than two weeks, or too few articles yet.",
    "healthy": "What comes is what their own weeks let expect.",
}


def count(number: int, noun: str) -> str:
    """Return such as `1 article`, `1,204 articles`."""
    return f"{number:,} {noun if number == 1 else PLURALS.get(noun, noun + 's')}"


def between(low: int, high: int, noun: str) -> str:
    """Return such as `2 origins` or `2 to 3 origins`."""
    return count(low, noun) if low == high else f"{low:,} to {count(high, noun)}"


def span(low: float, high: float) -> str:
    """Return such as `12 to 30`."""
    return f"{round(low):,} to {round(high):,}"


def share(rate: float) -> str:
    """Return a rate of 0 to 1 as a whole percentage."""
    return f"{round(rate * 100)} %"


def moment(when: datetime, precision: Precision | None = None) -> str:
    """Return a moment in UTC such as `8 Sept 2026, 05:50 UTC`, without its time where only the day is known."""
    if precision == "day" or (precision is None and when.timetz() == time(tzinfo=UTC)):
        return format_date(when, "d MMM y", locale="en_GB")
    return format_datetime(when.astimezone(UTC), "d MMM y, HH:mm 'UTC'", locale="en_GB")


def day(when: date) -> str:
    """Return a day such as `Tue 8 Sept`."""
    return format_date(when, "EEE d MMM", locale="en_GB")


def coverage_words(row: CountryCoverage) -> str:
    """Return the statistics of a country's coverage, such as `0 of 12 tracked outlets (95 % bound 22 %), 19 of 41 elsewhere`."""
    if row.carrying == 0:
        bounds = f"95 % bound {share(row.high)}"
    else:
        bounds = f"95 % interval {share(row.low)} to {share(row.high)}"
    here = f"{row.carrying} of {row.healthy} tracked {'outlet' if row.healthy == 1 else 'outlets'}"
    return f"{here} ({bounds}), {row.elsewhere_carrying} of {row.elsewhere_healthy} elsewhere"


def engine_name(identity: str) -> str:
    """Return what a translator is called, by the id that it is set under."""
    return ENGINES.get(identity, identity or "the translator")


def first_capital(words: str) -> str:
    """Return `words` as they begin a sentence."""
    return words[:1].upper() + words[1:]


def waits_words(why: str, number: int) -> str:
    """Return what `number` articles do that wait for their translation."""
    one, many = WAITS.get(why, (f"waits: {why}", f"wait: {why}"))
    return one if number == 1 else many


def megabytes(size: int) -> str:
    """Return such as `12.5 MB`."""
    return f"{size / 1e6:,.1f} MB"


def same_language(one: str, other: str) -> bool:
    """Tell whether two tags name one language, whatever the region: `pt` and `pt-BR`."""
    return base_language(one) == base_language(other)


@lru_cache(maxsize=512)
def direction(language: str) -> str:
    """Return how a language is written: `ltr`, `rtl`, or `auto` where it is unknown."""
    if language == "und":
        return "auto"
    try:
        order = Locale.parse(language, sep="-").character_order
    except (UnknownLocaleError, ValueError):
        return "auto"
    return "rtl" if order == "right-to-left" else "ltr"


def web_address(url: str) -> str | None:
    """Return `url` where a reader may be sent there: an http or https address; else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def web_site(url: str) -> str:
    """Return the domain of an address without `www.`; empty where it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if web_address(url) else ""
