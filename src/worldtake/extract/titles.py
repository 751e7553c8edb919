"""Find the headline: what markup and feed state, the site's and the outlet's names cut off, and what most of them agree on."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import regex

from worldtake.extract.addresses import host_of
from worldtake.extract.evidence import LD, Evidence, strings
from worldtake.extract.writing import one_line, word_key
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.extract.known import Known

#: What parts a headline from the site's name in a title.
_BARS = regex.compile(
    r"\s+[|｜‖»«•·・~–—/-]+\s+|\s*[|｜‖]\s*|\s+::\s+|\s*_\s*(?=[^_]+$)|:\s+(?=[^:]+$)|\s*：\s*(?=[^：]+$)"
)
#: What may stand between a headline and a name that is known to be the outlet's; a mark within words only with a space.
_JOINTS = regex.compile(r"\s+[-–—~/]+\s*|[-–—~/]+\s+|\s*[|｜‖»«•·・:：_]+\s*")
_COLON = regex.compile(r"\s*[:：]\s*")
#: Places that print the site's name round the headline; in a heading, "Name: ..." is part of it.
_BRANDED = frozenset(("title", "og:title", "twitter:title", "feed"))
#: Longest headline, characters: what is longer and stated as one is none.
TITLE_CHARS = 1_000
#: Longest name of a site, characters, and fewest letters by which the beginning of a name stands for it.
SITE_CHARS, SITE_LETTERS = 80, 4
#: Which place is believed where no two agree.
_ORDER = {"h1": 0, "og:title": 1, f"{LD} headline": 2, "twitter:title": 3, "title": 4, "feed": 5}


def read_titles(found: Evidence, site: str | None, known: Known) -> list[tuple[str, str]]:
    """Return the headlines stated, with their places, without the names of site and outlet."""
    exact = {key for name in (site, *known.names) if name and (key := _letters(name))}
    host = host_of(known.url)
    near = exact | {_letters(name) for name in (host, host.partition(".")[0]) if name}
    cleaned = []
    for place, stated in _stated(found, known):
        if len(stated) > TITLE_CHARS:
            continue
        text = without_name(one_line(_unescaped(stated)), exact, branded=place in _BRANDED)
        cleaned.append((place, without_site(text, near)))
    return [(place, text) for place, text in cleaned if len(text) > 1 and text != site]


def _stated(found: Evidence, known: Known) -> Iterator[tuple[str, str]]:
    yield from ((f"{LD} headline", each) for each in strings(found.article.get("headline"))[:1])
    yield from (("h1", each) for each in found.headings[:3])
    yield from (("og:title", each) for each in found.meta.get("og:title", ())[:1])
    yield from (("twitter:title", each) for each in found.meta.get("twitter:title", ())[:1])
    yield "title", found.title
    yield "feed", known.headline


def _unescaped(text: str) -> str:
    return regex.sub(r"<[^<>]{1,80}>", "", html.unescape(text))


def title_segments(title: str) -> tuple[str, ...]:
    """Return the parts between the bars of a page's title: the headline, the section, the site."""
    return tuple(part.strip() for part in _BARS.split(title) if part.strip())


def without_name(title: str, names: set[str], *, branded: bool) -> str:
    """Return a title without a name that is known to be the outlet's, at its end or its beginning."""
    for joint in _JOINTS.finditer(title):
        head, tail = title[: joint.start()].strip(), title[joint.end() :].strip()
        if head and _letters(tail) in names:
            return without_name(head, names, branded=branded)
        says = branded or not _COLON.fullmatch(joint.group())
        if tail and says and _letters(head) in names:
            return without_name(tail, names, branded=branded)
    return title


def without_site(title: str, names: set[str]) -> str:
    """Return a title without what begins like the site's name before or after its bars."""
    for bar in reversed(list(_BARS.finditer(title))):
        head, tail = title[: bar.start()].strip(), title[bar.end() :].strip()
        if head and _names_site(tail, names):
            return without_site(head, names)
        if tail and bar is next(_BARS.finditer(title), None) and _names_site(head, names):
            return tail
    return title


def _names_site(words: str, names: set[str]) -> bool:
    letters = _letters(words)
    if not letters or len(words) > SITE_CHARS:
        return False
    return any(
        letters == name
        or (
            len(name) >= SITE_LETTERS
            and letters.startswith(name)
            and len(letters) <= len(name) + 16
        )
        or (len(letters) >= SITE_LETTERS and name.startswith(letters))
        for name in names
    )


def _letters(name: str) -> str:
    return regex.sub(r"^www|[^\p{L}\p{M}\p{N}]", "", fold(name))


def chosen_title(titles: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the headline that most places agree on, with its place; the order of `titles` decides between equals."""
    if not titles:
        return None
    keys = [word_key(text) for _, text in titles]
    votes = [keys.count(key) for key in keys]
    best = max(range(len(titles)), key=lambda n: (votes[n], -n))
    if votes[best] == 1:
        best = min(range(len(titles)), key=lambda n: (_ORDER.get(titles[n][0], 3), n))
        best = _announced(titles, keys, _agreeing(titles, keys, best))
    return titles[best]


def _agreeing(titles: list[tuple[str, str]], keys: list[tuple[str, ...]], best: int) -> int:
    """Return `best` unless it is a heading that shares no word with what the others say."""
    others = {
        word for n, key in enumerate(keys) if titles[n][0] not in {"h1", "feed"} for word in key
    }
    if titles[best][0] != "h1" or not others or set(keys[best]) & others:
        return best
    return next(n for n in range(len(titles)) if titles[n][0] not in {"h1", "feed"})


def _announced(titles: list[tuple[str, str]], keys: list[tuple[str, ...]], best: int) -> int:
    """Return the feed's headline where the page has only a title element, and that begins or ends with it."""
    place, last = titles[best][0], len(titles) - 1
    key = keys[last]
    if place != "title" or titles[last][0] != "feed" or not key:
        return best
    within = key in (keys[best][: len(key)], keys[best][-len(key) :])
    return last if within else best
