"""Read what a page prints round its text: lines that state a date, a byline, a country, the site's own name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex
from babel import Locale

from worldtake.extract.moments import LOCALES, Moment, read_moment, read_time, with_time
from worldtake.extract.phrases import byline_names, plain_form
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

#: Words beyond a date and its label that a line of a date may hold, letters.
DATE_REST_LETTERS = 24
#: Longest line that may be a date, characters.
DATE_CHARS = 100
#: Most words in a person's name.
NAME_WORDS = 5
#: Longest name of a person or country, characters.
NAME_CHARS = 60
#: Words in a day without its year: weekday and month, with an article or two.
DAY_WORDS = range(2, 5)
#: Letters of a country's code; longer ones are of regions.
ALPHA2 = 2
_PUBLISHED = regex.compile(
    r"^(?:(?:first |date )?(?:published|posted|publication date|created|issued)\b|veroffentlicht|erstellt|publie|mis en ligne|"
    r"publicad[oa]|publicacion|pubblicat[oa]|gepubliceerd|publicerad|publisert|udgivet|julkaistu|opublikowano|data publikacji|"
    r"publikovano|zverejneno|objavljeno|objavljen|objavlen|opublikov|опубликован|дата публикации|опубліковано|публикувано|"
    r"објављено|yayinlanma|yayin tarihi|yayimlan|δημοσιευ|نشر|تاريخ النشر|تم النشر|منتشر|تاریخ انتشار|פורסם|प्रकाशित|diterbitkan|"
    r"dipublikasikan|imechapishwa|ilichapishwa|发布|發布|发表|發表|发布时间|公開|配信|掲載|등록|입력|게시|เผยแพร่|dang luc)"
)
_UPDATED = regex.compile(
    r"^(?:last )?(?:updated|modified|edited|revised|aktualisiert|geandert|mis[e]? a jour|actualizad[oa]|atualizad[oa]|aggiornat[oa]|"
    r"bijgewerkt|uppdaterad|oppdatert|opdateret|aktualizacja|aktualizovano|posodobljeno|azurirano|обновлен|оновлен|обновена|"
    r"ажурирано|guncelle|ενημερωθηκε|آخر تحديث|تحديث|به روز|עודכן|अपडेट|diperbarui|imesasishwa|更新|수정|อัปเดต|cap nhat)"
)
_FILLER = regex.compile(r"^(?:on|at|am|um|le|a|el|em|il|op|la|на|в|о|at:|on:)$")
_ONLY_TIME = regex.compile(
    r"^\W*(?:at |um |a las |alle (?:ore )?|ore |às |u |ob |о |в )?\p{Nd}{1,2}[:.h]\p{Nd}{2}(?::\p{Nd}{2})?\s*(?:[ap]\.?m\.?|uhr|h|[A-Z]{2,4})?\W*$",
    regex.IGNORECASE,
)
_LETTERS = regex.compile(r"\p{L}+")
_DOMAIN = regex.compile(r"^(?:https?://)?(?:www\.)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,12})/?$")
_NAME = regex.compile(
    r"^\p{Lu}[\p{L}\p{M}.'’-]*(?: (?:(?:de|da|dos?|di|del|della|van|von|der|den|bin|al|el|la|le|y|e|i)|\p{Lu}[\p{L}\p{M}.'’-]*)){1,4}$"
)
_SITE_SAYS = (
    regex.compile(r"^(?P<name>.{2,40}?)\s+logo$", regex.IGNORECASE),
    regex.compile(r"^(?:discover )?more from (?P<name>.{2,40})$", regex.IGNORECASE),
    regex.compile(
        r"^(?:mehr von|plus de|mas de|más de|altro da|więcej od|mais de) (?P<name>\p{Lu}.{2,40})$"
    ),
    regex.compile(
        r"^(?:subscribe to|sign up (?:for|to)|follow|welcome to|about) (?P<name>\p{Lu}[\p{L}\p{M}\p{N} .&'’-]{1,40}?)(?: (?:on|newsletter|newsletters)\b.*)?$",
        regex.IGNORECASE,
    ),
    regex.compile(r"^\W*for more: (?P<name>\p{Lu}[\p{L}\p{N}.-]*) website\b", regex.IGNORECASE),
    regex.compile(
        r"^(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:\p{Nd}{4}(?:\s?[-–]\s?\p{Nd}{4})?,?\s*)?(?:by )?(?P<name>\p{L}[\p{L}\p{M}\p{N} .&'’-]{1,40}?)(?:[.,|]? all rights.*|\.)?$",
        regex.IGNORECASE,
    ),
)
_NO_SITES = regex.compile(
    r"^(?:us|me|him|her|them|this|the|our|your|my|author|topic|section|here|now|today|free|all|world|politics|news|sports?|business|\W*)(?: .*)?$",
    regex.IGNORECASE,
)
_IMAGE_ALT = regex.compile(
    r"^(?:article |main |featured |hero |lead |cover |header )*(?:image|photo|picture|thumbnail|logo|icon|badge)$"
)


def date_label(text: str) -> str | None:
    """Return `publication_date`, `modification_date` or `publication_time` for a line that says only that."""
    if len(text) > DATE_CHARS:
        return None
    folded = plain_form(text)
    if _ONLY_TIME.match(text):
        return "publication_time"
    label = "modification_date" if _UPDATED.match(folded) else ""
    label = label or ("publication_date" if _PUBLISHED.match(folded) else "")
    if not label:
        return None
    # "Published by X" and "Updated figures show ..." say something else.
    has_digit = any(char.isdigit() for char in text)
    rest = sum(map(len, _LETTERS.findall(folded)))
    return (
        label if rest <= (2 * DATE_REST_LETTERS if has_digit else DATE_REST_LETTERS // 2) else None
    )


def is_filler(text: str) -> bool:
    """Tell whether a line is the word between a date's label and the date."""
    return bool(_FILLER.match(fold(text)))


def bare_date(text: str, fetched: datetime) -> bool:
    """Tell whether a line holds a date, or a day without its year, and little else."""
    if len(text) > DATE_CHARS or not any(char.isdigit() for char in text):
        return False
    letters = sum(map(len, _LETTERS.findall(text)))
    if letters > 2 * DATE_REST_LETTERS:
        return False
    return read_moment(text, fetched=fetched) is not None or _names_day(text)


def _names_day(text: str) -> bool:
    """Tell whether a line is a weekday with a month and a day: the year is missing."""
    words = [fold(each) for each in _LETTERS.findall(text)]
    known = _date_words()
    return len(words) in DAY_WORDS and all(word in known for word in words)


@cache
def _date_words() -> frozenset[str]:
    words: set[str] = set()
    for code in LOCALES:
        locale = Locale.parse(code)
        for forms in (locale.months, locale.days):
            for style in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    words.update(fold(name).strip(".") for name in forms[style][width].values())
    return frozenset(words)


def stated_moment(
    texts: Sequence[str], *, fetched: datetime, country: str | None
) -> tuple[Moment, str] | None:
    """Return the first moment that the lines of dates and times state, a time of its own line joined, and the words."""
    for index, text in enumerate(texts):
        found = read_moment(text, fetched=fetched, country=country)
        if found is None:
            continue
        following = texts[index + 1] if index + 1 < len(texts) else ""
        if _ONLY_TIME.match(following) and read_time(following):
            return with_time(found, following), f"{text} {following}"
        return found, text
    return None


def byline(text: str) -> tuple[str, ...]:
    """Return the people that a line of its own names as authors; empty where it is no byline."""
    if len(text) > DATE_CHARS:
        return ()
    said = byline_names(text)
    return people(said) if said else ()


_JOINED = regex.compile(
    r"\s*(?:,|;|\||/|、|،|\band\b|&|\bund\b|\bet\b|\by\b|\be\b|\bi\b|\bin\b|\bи\b|\bта\b|\bve\b|\bdan\b)\s+|、|，"
)
_ROLE = regex.compile(
    r"(?:\s+(?:in|from|for)\s+\p{Lu}.*|\s*[,|(–—-]\s*(?:\p{L}+ ){0,4}(?:editor|correspondent|reporter|writer|staff|redakteur|redaktion|journalist|columnist|corresponsal|redactor).*)$",
    regex.IGNORECASE,
)


def people(said: str) -> tuple[str, ...]:
    """Return the names of persons in the words of a byline."""
    cleaned = _ROLE.sub("", said.strip(" .:|-–—"))
    names = [each.strip(" .:|-–—") for each in _JOINED.split(cleaned)]
    return tuple(dict.fromkeys(each for each in names if is_person(each)))


def is_person(name: str) -> bool:
    """Tell whether words have the shape of a person's name, in cased scripts by capitals, in others by length."""
    if not name or len(name) > NAME_CHARS or any(char.isdigit() for char in name) or "@" in name:
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return 1 < len(name) <= NAME_CHARS and len(name.split()) <= NAME_WORDS
    return bool(_NAME.match(name.title() if name.isupper() else name))


def country_named(text: str) -> str | None:
    """Return the country (ISO 3166-1 alpha-2) whose name a line is, in any of the known languages."""
    return _countries().get(fold(text)) if len(text) < NAME_CHARS else None


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in LOCALES:
        for territory, name in Locale.parse(code).territories.items():
            if (
                len(territory) == ALPHA2
                and territory.isalpha()
                and territory not in {"EU", "UN", "EZ", "ZZ", "QO", "XA", "XB"}
            ):
                found.setdefault(fold(name), territory)
    return found


def domain_of(text: str) -> str | None:
    """Return the domain that a line is; None where it is none."""
    found = _DOMAIN.match(text.strip())
    return found[1] if found else None


def site_said(text: str) -> str | None:
    """Return the site's name that a line of furniture states, such as "More from X" or "X Logo"."""
    for pattern in _SITE_SAYS:
        found = pattern.match(text.strip())
        if found and not _NO_SITES.match(found["name"]):
            return str(found["name"]).strip()
    return None


def is_image_alt(text: str) -> bool:
    """Tell whether a line is the stand-in text of a picture."""
    return bool(_IMAGE_ALT.match(plain_form(text)))
