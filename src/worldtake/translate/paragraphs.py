"""Say which paragraphs are in another language than their article, and which language most of the text is in.

Only where it is sure: a long enough paragraph, clear words, and a language that is not near the article's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from worldtake.translate.scripts import SOLE, count_scripts, leading_script, weight

if TYPE_CHECKING:
    from collections.abc import Callable

    from worldtake.model import Article, Block

#: A language, BCP 47, and how sure it is, 0 to 1.
Found: TypeAlias = tuple[str, float]

#: Weight of letters from which a paragraph shows another language surely, as `scripts.weight` counts: 60 Latin letters.
LEAST_WEIGHT = 60
#: The same where its script is another than the article's: one clause.
OTHER_SCRIPT_WEIGHT = 40
#: The same where no glance can say that it is worth a look.
UNGLANCED_WEIGHT = 200
#: How much of a text shows its script, characters.
HOME_CHARS = 1500
#: Confidence from which a paragraph's language is believed.
SURE = 0.95
#: Languages whose sentences are taken for one another: a paragraph is not believed to be in a near one.
_NEAR = tuple(
    frozenset(group.split())
    for group in (
        "sr hr bs sh", "id ms jv su", "no nb nn da sv", "cs sk", "pt gl es ca an ext oc", "zu xh ss nr", "mk bg sr",
        "ru uk be bg", "hi mr ne sa mai bho", "af nl fy", "az tr crh tk", "ar fa ur ps", "kk ky tt ba", "en pcm",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The two ways of saying what a part is in."""

    #: Carefully, with a confidence.
    detect: Callable[[str], Found]
    #: At a glance, a tag or None where unsure; None where there is no such way.
    glance: Callable[[str], str | None] | None


def spread(article: Article, lead: Found, ways: Ways) -> tuple[str, float, tuple[Block, ...]]:
    """Return the language of most of the text, how sure it is, and the blocks with theirs where it differs.

    `lead` is what the title and the beginning are in.
    """
    others = _others(article, lead[0], ways)
    main, confidence = _main(article, lead, others)
    if main != lead[0]:
        # Most of the text is in another language than its beginning: the beginning is what differs.
        others = _others(article, main, ways)
    blocks = tuple(
        block if block.language == language else replace(block, language=language)
        for block, language in (
            (block, others[n][0] if n in others else None) for n, block in enumerate(article.blocks)
        )
    )
    return main, confidence, blocks


def _main(article: Article, lead: Found, others: dict[int, Found]) -> Found:
    sizes: Counter[str] = Counter()
    best: dict[str, float] = {lead[0]: lead[1]}
    for n, block in enumerate(article.blocks):
        language, confidence = others.get(n, lead)
        sizes[language] += block.span.end - block.span.start
        best[language] = max(best.get(language, 0.0), confidence)
    if not others or lead[0] == "und":
        return lead
    # What begins the text stays on a tie: a page of two halves is read from its first.
    main = max(sizes, key=lambda language: (sizes[language], language == lead[0]))
    return main, best[main]


def _others(article: Article, main: str, ways: Ways) -> dict[int, Found]:
    """Return the place of each block -> its language, where that is surely not `main`."""
    if main == "und" or len(article.blocks) < 2:  # noqa: PLR2004 - one block is the article
        return {}
    home = leading_script(count_scripts(article.text[:HOME_CHARS]))
    others = {}
    for n, block in enumerate(article.blocks):
        text = block.span.cut(article.text)
        if not _may_differ(text, home, main, ways):
            continue
        found = ways.detect(text)
        if found[1] >= SURE and not are_near(found[0], main):
            others[n] = found
    return others


def _may_differ(text: str, home: str, main: str, ways: Ways) -> bool:
    """Return whether a careful look is worth its time: ten times that of counting letters and a glance."""
    scripts = count_scripts(text)
    letters = weight(scripts)
    if leading_script(scripts) != home:
        return letters >= OTHER_SCRIPT_WEIGHT
    if letters < LEAST_WEIGHT or home in SOLE:
        return False
    if ways.glance is None:
        return letters >= UNGLANCED_WEIGHT
    seen = ways.glance(text)
    return seen is not None and not are_near(seen, main)


def are_near(one: str, other: str) -> bool:
    """Tell whether sentences of two languages (BCP 47) are taken for one another."""
    a, b = one.partition("-")[0], other.partition("-")[0]
    return a == b or any(a in group and b in group for group in _NEAR)
