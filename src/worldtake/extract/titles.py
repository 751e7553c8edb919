"""Read the headlines that a page's markup and its feed state, without the names of site, section and author round them.

What stands round a headline shows in three ways: it is a known name, it recurs over the outlet's pages, or another place
states the same headline without it.
"""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from worldtake.extract.addresses import host_of
from worldtake.extract.evidence import LD, Evidence, strings
from worldtake.extract.phrases import byline_names
from worldtake.extract.printed import is_person
from worldtake.extract.writing import one_line
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.extract.known import Known

#: What parts a headline from the site's name in a title.
_BARS = regex.compile(
    r"\s+[|｜‖ㅣ│»«•·・~–—/*-]+\s+|\s*[|｜‖ㅣ│]\s*|\s+::\s+|\s*_\s*(?=[^_]+$)|:\s+(?=[^:]+$)|\s*：\s*(?=[^：]+$)"
)
#: What may stand between a headline and a name that is known to be the outlet's; a mark within words only with a space.
_JOINTS = regex.compile(r"\s+[-–—~/]+\s*|[-–—~/]+\s+|\s*[|｜‖ㅣ│»«•·・:：_]+\s*|\s+\*\s+")
#: Marks that part a headline from a known part even without a space, but not within a word of a cased script.
_TIGHT = regex.compile(
    r"(?<![\p{Lu}\p{Ll}\p{N}])\s*[-–—]\s*|\s+[-–—/*]+\s+|\s*[|｜‖ㅣ│»«•·:：]+\s*"
)
#: What follows a headline that another place states without it: after a dash a few words, after a bar any.
_TAIL = regex.compile(r"\s*[|｜‖ㅣ\u1175│»•·]\s*\S.*|\s+[*]\s+\S.*|\s+[-–—:]\s+\S+(?:\s+\S+){0,3}$")
#: What parts a kicker from its headline.
_KICKER_END = regex.compile(r"(?:[:：|]|\s[-–—])\s*$")
#: Fewest words of a headline that two kickers share, and letters of one that another place states without more.
SHARED_WORDS, STATED_LETTERS = 4, 12
#: Longest kicker, characters.
KICKER_CHARS = 60
_NO_LETTERS = regex.compile(r"^www|[^\p{L}\p{M}\p{N}]")
_MARKUP = regex.compile(r"<[^<>]{1,80}>")
_COLON = regex.compile(r"\s*[:：]\s*")
#: Places that print the site's name round the headline; in a heading, "Name: ..." is part of it.
_BRANDED = frozenset(("title", "og:title", "twitter:title", "feed"))
#: Longest headline, characters: what is longer and stated as one is none.
TITLE_CHARS = 1_000
#: Longest name of a site, characters, and fewest letters by which the beginning of a name stands for it.
SITE_CHARS, SITE_LETTERS = 80, 4


def read_titles(found: Evidence, site: str | None, known: Known) -> list[tuple[str, str]]:
    """Return the headlines stated, with their places, without the names of site and outlet."""
    exact = {key for name in (site, *known.names) if name and (key := _letters(name))}
    host = host_of(known.url)
    near = exact | {_letters(name) for name in (host, host.partition(".")[0]) if name}
    parts = {
        _letters(part)
        for part in (
            *known.site_parts,
            *found.stated("articleSection"),
            *found.meta.get("article:section", ()),
        )
        if part
    }
    cleaned = []
    for place, stated in _stated(found, known):
        if len(stated) > TITLE_CHARS:
            continue
        text = without_name(one_line(_unescaped(stated)), exact, branded=place in _BRANDED)
        text = without_site(text, near)
        cleaned.append((place, without_parts(text, parts) if place in _BRANDED else text))
    left = [(place, text) for place, text in cleaned if len(text) > 1 and text != site]
    return _compared(left)


def shown_title(stated: str, site: str | None, known: Known) -> str:
    """Return the headline in a page's title or preview, without the names of site and outlet."""
    exact = {key for name in (site, *known.names) if name and (key := _letters(name))}
    return without_name(one_line(_unescaped(stated))[:TITLE_CHARS], exact, branded=True)


def _stated(found: Evidence, known: Known) -> Iterator[tuple[str, str]]:
    yield from ((f"{LD} headline", each) for each in strings(found.article.get("headline"))[:1])
    yield from (("h1", each) for each in found.headings[:3])
    yield from (("og:title", each) for each in found.meta.get("og:title", ())[:1])
    yield from (("twitter:title", each) for each in found.meta.get("twitter:title", ())[:1])
    yield "title", found.title
    yield "feed", known.headline


def _unescaped(text: str) -> str:
    return _MARKUP.sub("", html.unescape(text)) if "<" in text or "&" in text else text


def title_segments(title: str) -> tuple[str, ...]:
    """Return the parts between the bars of a page's title: the headline, the section, the site."""
    return tuple(part.strip() for part in _BARS.split(title) if part.strip())


def without_name(title: str, names: set[str], *, branded: bool) -> str:
    """Return a title without a name that is known to be the outlet's, at its end or its beginning."""
    joints = list(_JOINTS.finditer(title))
    # The last joint first: a quotation mark that closes before it is the headline's.
    for joint in reversed(joints):
        head, tail = title[: joint.start()].strip(), title[joint.end() :].strip()
        if head and _letters(tail) in names:
            return without_name(head, names, branded=branded)
    for joint in joints:
        head, tail = title[: joint.start()].strip(), title[joint.end() :].strip()
        says = branded or not _COLON.fullmatch(joint.group())
        if tail and says and _letters(head) in names:
            return without_name(tail, names, branded=branded)
    return title


def without_parts(title: str, parts: set[str]) -> str:
    """Return a title without sections and other parts that are known to stand round headlines, and without its author."""
    for joint in reversed(list(_TIGHT.finditer(title))):
        head, tail = title[: joint.start()].strip(), title[joint.end() :].strip()
        if head and tail and (_letters(tail) in parts or _names_author(tail)):
            return without_parts(head, parts)
        if tail and _letters(head) in parts and "|" in joint.group():
            return without_parts(tail, parts)
    return title


def _names_author(words: str) -> bool:
    said = byline_names(words)
    return said is not None and is_person(said)


def _compared(titles: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the titles without what one has round the headline and another has not."""
    folded = {text: fold(text) for _, text in titles}
    short = [text for text in folded if len(_letters(text)) >= STATED_LETTERS]
    cut = {
        text: min(
            (each for each in short if _goes_on(folded[each], folded[text])), key=len, default=text
        )
        for text in folded
    }
    texts = list(dict.fromkeys(cut.values()))
    for one in texts:
        for other in texts:
            shared = _shared_headline(one, other)
            if shared:
                cut = {text: shared if kept in (one, other) else kept for text, kept in cut.items()}
    return [(place, cut[text]) for place, text in titles]


def _goes_on(headline: str, title: str) -> bool:
    """Tell whether a title is a headline with a site's, a section's or an author's name after it."""
    return title.startswith(headline) and bool(_TAIL.match(title[len(headline) :]))


def _shared_headline(one: str, other: str) -> str:
    """Return the headline that two titles have after different kickers; empty where they do not."""
    first, second = one.split(), other.split()
    count = 0
    while count < min(len(first), len(second)) - 1 and first[-1 - count] == second[-1 - count]:
        count += 1
    if count < SHARED_WORDS or first == second:
        return ""
    shared = " ".join(first[-count:])
    kickers = [title[: -len(shared)] for title in (one, other)]
    fits = all(len(each) <= KICKER_CHARS and _KICKER_END.search(each) for each in kickers)
    differ = _letters(kickers[0]) != _letters(kickers[1])
    return shared if fits and differ else ""


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


@lru_cache(maxsize=1024)
def _letters(name: str) -> str:
    return _NO_LETTERS.sub("", fold(name))
