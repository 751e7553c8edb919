"""Read who wrote an article out of the words of a byline or of metadata: people, with agencies kept apart.

What is stripped: "By" and its like, titles before and after a name, marks in brackets, places, mail addresses. What names the
outlet itself, its editors as a body or nobody is left out.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import regex

from worldtake.extract.agencies import agency
from worldtake.extract.phrases import byline_names
from worldtake.extract.printed import country_named, domain_of, is_person
from worldtake.text.fold import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Longest statement of authors that is read, characters.
AUTHORS_CHARS = 300
#: Fewest letters of a name of the outlet that may be one word of a longer name.
OWN_LETTERS = 3
#: Fewest words on either side of a word for "and" that is a part of names, too.
FULL_NAME_WORDS = 2
_PARTS = regex.compile(
    r"\s*(?:[,;|/&•·、，;،]|\s(?:and|und|et|и|та|і|və|ve|dan|och|og|en|με|και|और)\s)\s*|\s+[-–—]\s+",
    regex.IGNORECASE,
)
#: Words for "and" that are parts of names, too: `Ortega y Gasset`.
_WEAK = regex.compile(r"\s+(?:y|e|i|in|a|oraz)\s+")
_BRACKETS = regex.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,60}[)\]）】]")
_ASIDE = regex.compile(r"[=＝/,·()\[\]（）【】]")
_MAIL = regex.compile(r"\S+@\S+")
_PLACE = regex.compile(r"\s+(?:in|from|aus|à|en|w|v|у|в|на)\s+\p{Lu}.*$")
#: What a person is, after or before the name; in some scripts without a space.
_AFTER = regex.compile(
    r"\s*(?:선임기자|인턴기자|객원기자|수습기자|전문기자|기자|특파원|논설위원|칼럼니스트|앵커|记者|記者|编辑|編輯|特派員|論説委員|編集委員|\(?ph\.?\s?d\.?\)?|m\.?d\.)$",
    regex.IGNORECASE,
)
_OTHERS_TOO = regex.compile(r"\s*(?:외|等)\s*\p{Nd}*\s*[명人]?$")
_BEFORE = regex.compile(
    r"^(?:文\s*[・／/＝=]\s*|(?:dr|prof|professor|mag|dipl|ing|mr|mrs|ms|sir|dame|lord|lady|rev|don|doña|д-р|проф)\.?\s+|(?:本报|本報|新华社)?(?:记者|記者|通讯员|特派員|编辑|编译)\s*[:：=＝]?\s*|기자\s*[=:]\s*|[\p{L}\p{M}]{1,8}=[\p{L}\p{M}]{1,12}\s+)+",
    regex.IGNORECASE,
)
_ROLE = regex.compile(
    r"\b(?:editors?|correspondents?|reporters?|writers?|staff|redaktion|redaktor|journalists?|columnists?|corresponsal|redactor\w*|"
    r"redacción|redazione|rédaction|redação|redactie|redakcja|редакція|редакция|редакци\w*|newsroom|news|desk|team|agenc(?:y|ies|ia|e)|agentur(?:en)?|"
    r"media|online|zeitung|nachrichten|haber\w*|ajans\w*|editorial|admin|webmaster|contributors?|anonymous|services|wires?|"
    r"producer|university|network|channel|magazine|group|publishing|verlag|tv|television|radio)\b"
    r"|تحرير|وكالات|편집국|뉴스|编辑部|編集部|通信社|新闻网|新聞網|网站",
    regex.IGNORECASE,
)
_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]")
#: Places of two words that are not in the database of time zones.
_CITIES = ("washington dc", "san francisco", "new delhi", "cape town", "rio de janeiro", "tel aviv", "st petersburg", "abu dhabi",
    "den haag", "the hague", "san diego", "las vegas", "frankfurt am main", "new orleans", "nueva york", "nueva delhi", "mar del plata", "saint-denis")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """Who is credited with an article."""

    #: Names of people.
    people: tuple[str, ...] = ()
    #: News agencies, as `agencies` shows them.
    agencies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.agencies)


def credited(said: str, own: frozenset[str] = frozenset()) -> Credited:
    """Return who words credit; `own` are the letters of the outlet's names."""
    plain = squeeze(html.unescape(said))
    if not plain or len(plain) > AUTHORS_CHARS or "://" in plain or plain.startswith("@"):
        return Credited()
    after = byline_names(plain)
    plain = after if after and _may_be_all(after) else plain
    if any(domain_of(each.strip(" ()[]")) for each in _BRACKETS.findall(plain)):
        # `Echo Radio (www.echo.example)`: an organisation with its address.
        return Credited()
    aside = [agency(word) for said in _BRACKETS.findall(plain) for word in _ASIDE.split(said)]
    plain = _BRACKETS.sub("", _MAIL.sub("", plain)) or plain.strip("()[]（）【】 ")
    named = [_sorted(part, n, own) for n, part in enumerate(_split(plain))]
    return both((*named, Credited(agencies=tuple(each for each in aside if each))))


def _may_be_all(after: str) -> bool:
    """Tell whether what follows "By" can be a name: one cased word is the rest of a name that begins like "By"."""
    return len(after.split()) > 1 or agency(after) is not None or after == after.swapcase()


def both(found: Iterable[Credited]) -> Credited:
    """Return all that are credited in any of `found`, each once."""
    each = list(found)
    return Credited(
        people=tuple(dict.fromkeys(name for one in each for name in one.people)),
        agencies=tuple(dict.fromkeys(name for one in each for name in one.agencies)),
    )


def own_letters(names: Iterable[str | None]) -> frozenset[str]:
    """Return the letters of the outlet's names, by which it is known among authors."""
    return frozenset(key for name in names if name and (key := name_key(name)))


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return the letters and digits of a name, folded."""
    return _LETTERS.sub("", fold(name))


def _split(plain: str) -> list[str]:
    parts: list[str] = []
    for part in _PARTS.split(plain):
        halves = _WEAK.split(part)
        whole = all(len(half.split()) >= FULL_NAME_WORDS and is_person(half) for half in halves)
        parts += halves if whole else [part]
    return [part.strip(" .:|-–—*\"'“”") for part in parts if part.strip()]


def _sorted(part: str, place: int, own: frozenset[str]) -> Credited:
    """Tell a person from an agency; neither where it is the outlet, a body, a role or a place."""
    if found := agency(part):
        return Credited(agencies=(found,))
    name = _person(part)
    if not name or _is_own(name, own) or _ROLE.search(name):
        return Credited()
    return Credited() if place and _is_place(name) else Credited(people=(name,))


def _person(part: str) -> str:
    """Return the name of a person without titles; empty where the words have not the shape of one."""
    cleaned = _PLACE.sub("", _AFTER.sub("", _OTHERS_TOO.sub("", part)).strip())
    untitled = _BEFORE.sub("", cleaned).strip()
    if is_person(untitled):
        return untitled
    return cleaned if is_person(cleaned) else ""


def _is_own(name: str, own: frozenset[str]) -> bool:
    """Tell whether a name is the outlet's or holds it as a word: `Echo Thüringen` by `echo.example`."""
    if name_key(name) in own:
        return True
    shown = [word for word in name.split() if word.isupper() and len(word) >= OWN_LETTERS]
    return any(name_key(word) in own for word in shown)


def _is_place(name: str) -> bool:
    return name_key(name) in _places() or country_named(name) is not None


@cache
def _places() -> frozenset[str]:
    cities = (zone.rpartition("/")[2].replace("_", " ") for zone in available_timezones())
    return frozenset(name_key(each) for each in (*cities, *_CITIES))
