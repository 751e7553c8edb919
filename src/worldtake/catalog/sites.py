"""Read out of a home page who publishes there: name, language, country, kind, as far as the page states them.

Where each was found is kept beside it. What is not stated, or stated in two ways, stays None: nothing is guessed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from worldtake.catalog.common_words import common_words
from worldtake.catalog.index import domain_of
from worldtake.catalog.tags import country_of_host, country_of_locale, language_tag
from worldtake.places import country, find_country
from worldtake.text.fold import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from worldtake.model import OutletKind

#: Longest page that is read, in characters; what states the publisher stands at the beginning.
MAX_CHARS = 2_000_000
#: Longest name, in characters and words; longer ones are slogans.
NAME_CHARS, NAME_WORDS = 60, 7
#: Most words of a part of a title that is taken for the name because it stands first.
SHORT_WORDS = 3
#: Nesting of JSON-LD that is read.
MAX_DEPTH = 6
_ORGANISATIONS = frozenset(("NewsMediaOrganization", "Organization", "Corporation", "Newspaper"))
_BROADCASTERS = frozenset(("RadioStation", "TelevisionStation", "TelevisionChannel"))
_BARS = regex.compile(r"\s+[-–—|·•:»«/]+\s+|\s*[|｜│•»«―–—]\s*|:\s+")
_LATIN = regex.compile(r"\p{Latin}")
_OTHER_SCRIPT = regex.compile(r"(?!\p{Latin})\p{L}")
#: Words for a front page, folded.
_FRONT = (
    "home homepage index start startseite accueil inicio portada page pagina iniziale главная головна начало pocetna"
    " naslovnica strona główna anasayfa ana sayfa trang chu الرئيسية דף הבית صفحه اصلی होम 首页 首頁 ホーム 홈"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a home page states of its publisher."""

    #: The name as printed; None where the page states none.
    printed: str | None
    #: The name in Latin script; None where the page states none.
    latin: str | None
    #: BCP 47 tag that the page declares; None where it declares none.
    language: str | None
    #: ISO 3166-1 alpha-2; None where nothing says, or two things say differently.
    country: str | None
    #: What kind of publisher it says that it is.
    kind: OutletKind
    #: Field -> where it was found, in words.
    places: tuple[tuple[str, str], ...] = ()


def read_site(html: str, url: str) -> SiteFacts:
    """Return what the home page `html` at `url` states of its publisher."""
    page = _Page(html[:MAX_CHARS], url)
    places: dict[str, str] = {}
    printed = _printed(page, places)
    latin = _latin(page, printed, places)
    return SiteFacts(
        printed=printed,
        latin=latin,
        language=_language(page, places),
        country=_country(page, places),
        kind=_kind(page, places),
        places=tuple(places.items()),
    )


def label_name(address: str) -> str:
    """Return the longest label of a host as a name ("www.glas-naroda.example" -> "Glas Naroda"): a last resort."""
    labels = domain_of(address).split(".")[:-1] or [domain_of(address)]
    longest = max(labels, key=len)
    return " ".join(part.capitalize() for part in longest.split("-") if part)


class _Page:
    """A parsed page: its tags, and the nodes of its JSON-LD that are organisations."""

    def __init__(self, html: str, url: str) -> None:
        self.url = url
        self.domain = domain_of(url)
        parser = etree.HTMLParser(no_network=True, recover=True, encoding="utf-8")
        content = html.encode("utf-8", "replace")
        self.root = etree.fromstring(content, parser) if html.strip() else None
        self.organisations = tuple(self._organisations())

    def first(self, *names: str) -> str:
        """Return the content of the first meta tag of these names or properties; empty where there is none."""
        for name in names:
            for meta in self._all("meta"):
                said = meta.get("property") or meta.get("name") or ""
                if said.lower() == name and (content := squeeze(meta.get("content") or "")):
                    return content
        return ""

    def title(self) -> str:
        """Return the page's title; empty where it has none."""
        found = next(self._all("title"), None)
        return squeeze("".join(map(str, found.itertext()))) if found is not None else ""

    def language(self) -> str:
        """Return the language that the root declares; empty where it does not."""
        return (self.root.get("lang") or "") if self.root is not None else ""

    def _all(self, tag: str) -> Iterator[etree._Element]:
        return iter(()) if self.root is None else iter(self.root.iter(tag))

    def _organisations(self) -> Iterator[dict[str, Any]]:
        """Yield the organisations of the JSON-LD that stand at this site or at none, news media first."""
        found: list[dict[str, Any]] = []
        for script in self._all("script"):
            if (script.get("type") or "").strip().lower() == "application/ld+json":
                found += _nodes(_json(script.text or ""), MAX_DEPTH)
        here = [each for each in found if _stands_at(each, self.domain)]
        yield from sorted(here, key=lambda each: "Organization" in _types(each))


def _json(text: str) -> Any:
    try:
        return json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict):
        if _types(value) & (_ORGANISATIONS | _BROADCASTERS):
            yield value
        for key in ("@graph", "publisher", "mainEntity", "isPartOf", "copyrightHolder"):
            yield from _nodes(value.get(key), depth - 1)


def _types(node: dict[str, Any]) -> frozenset[str]:
    return frozenset(_strings(node.get("@type")))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [squeeze(each) for each in values if isinstance(each, str) and each.strip()]


def _stands_at(node: dict[str, Any], domain: str) -> bool:
    addresses = _strings(node.get("url"))
    hosts = [domain_of(each) for each in addresses if each.startswith("http")]
    return not hosts or any(_akin(host, domain) for host in hosts)


def _akin(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _printed(page: _Page, places: dict[str, str]) -> str | None:
    """Return the name as printed: what is stated, else what the title holds beside slogans, else a stated domain."""
    stated = [
        ("og:site_name", page.first("og:site_name")),
        *(("JSON-LD", name) for each in page.organisations for name in _strings(each.get("name"))),
        ("application-name", page.first("application-name", "apple-mobile-web-app-title")),
        ("title", _without_slogans(page.title(), page.domain)),
    ]
    named = [(place, name) for place, name in stated if name and _is_name(name)]
    proper = [each for each in named if not _is_address(each[1])]
    for place, name in (*proper, *named):
        places["name"] = place
        return name
    return None


def _is_name(text: str) -> bool:
    return len(text) <= NAME_CHARS and len(text.split()) <= NAME_WORDS


def _is_address(text: str) -> bool:
    return text.startswith(("http:", "https:", "www.")) or (
        text == text.lower() and "." in text.strip(".") and " " not in text
    )


def _without_slogans(title: str, domain: str) -> str:
    """Return the part of a title that is the name: one alike to the domain, else the first short one, else the shortest."""
    parts = [part for part in map(squeeze, _BARS.split(title)) if part and not _is_common(part)]
    label = _letters(max(domain.split("."), key=len))
    alike = (part for part in parts if _is_name(part) and _is_alike(_letters(part), label))
    short = next((part for part in parts if len(part.split()) <= SHORT_WORDS), None)
    fewest = short or min(parts, key=lambda part: len(part.split()), default="")
    return min(alike, key=len, default=fewest)


def _is_alike(letters: str, label: str) -> bool:
    return bool(letters and label) and (letters in label or label in letters)


def _is_common(part: str) -> bool:
    common = common_words() | frozenset(_FRONT.split())
    return all(word in common for word in fold(part).split())


def _letters(text: str) -> str:
    return regex.sub(r"[^\p{L}\p{N}]", "", fold(text)).removeprefix("the")


def _latin(page: _Page, printed: str | None, places: dict[str, str]) -> str | None:
    if printed is None or is_latin(printed):
        return printed
    stated = [
        *(("JSON-LD", name) for each in page.organisations for name in _other_names(each)),
        ("application-name", page.first("application-name", "apple-mobile-web-app-title")),
        ("og:site_name", page.first("og:site_name")),
        ("title", next((part for part in _BARS.split(page.title()) if is_latin(part)), "")),
    ]
    for place, name in stated:
        if is_latin(name) and _is_name(name) and not _is_address(name):
            places["latin name"] = place
            return squeeze(name)
    return None


def is_latin(text: str) -> bool:
    """Tell whether all letters of a name are Latin ones, and there is one."""
    return bool(_LATIN.search(text)) and not _OTHER_SCRIPT.search(text)


def _other_names(node: dict[str, Any]) -> Iterable[str]:
    return (*_strings(node.get("alternateName")), *_strings(node.get("name")))


def _language(page: _Page, places: dict[str, str]) -> str | None:
    stated = (
        ("html lang", page.language()),
        ("og:locale", page.first("og:locale")),
        ("content-language", page.first("content-language", "language")),
    )
    for place, said in stated:
        if tag := language_tag(said):
            places["language"] = place
            return tag
    return None


def _country(page: _Page, places: dict[str, str]) -> str | None:
    """Return the country that the surest evidence states: address and domain, which must agree; else a locale."""
    surest = [
        *(("JSON-LD address", _address(each)) for each in page.organisations),
        ("domain", country_of_host(page.domain)),
    ]
    weaker = [
        ("og:locale", country_of_locale(page.first("og:locale"))),
        ("html lang", country_of_locale(page.language())),
    ]
    for evidence in (surest, weaker):
        said = {code: place for place, code in evidence if code}
        if len(said) == 1:
            code, places["country"] = next(iter(said.items()))
            return code
        if said:
            both = ", ".join(f"{place} says {code}" for code, place in said.items())
            places["no country"] = both
            return None
    return None


def _address(node: dict[str, Any]) -> str | None:
    address = node.get("address")
    for each in address if isinstance(address, list) else [address]:
        said = each.get("addressCountry") if isinstance(each, dict) else None
        named = said.get("name") if isinstance(said, dict) else said
        if isinstance(named, str) and named.strip():
            code = named.strip().upper()
            return code if country(code) else find_country(named)
    return None


def _kind(page: _Page, places: dict[str, str]) -> OutletKind:
    for each in page.organisations:
        if "Newspaper" in _types(each):
            places["kind"] = "JSON-LD"
            return "newspaper"
        if _types(each) & _BROADCASTERS:
            places["kind"] = "JSON-LD"
            return "broadcaster"
    return "unknown"
