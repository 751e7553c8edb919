"""Find the figures an article says: value, unit, bound, and what they measure as far as the words round them say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import regex

from worldtake.model import Figure, Skip
from worldtake.text.dates import mentions
from worldtake.text.quantities import Quantity, quantities

if TYPE_CHECKING:
    from worldtake.model import Article, Span

#: Small numbers without digits that are pronouns more often than counts.
_VAGUE = frozenset(("one", "a"))
_WHOLE = regex.compile(
    r"\s+of\s+(?P<whole>(?:(?:the|its|their|all)\s+)?(?:[\p{L}’'-]+)(?:\s+[\p{L}’'-]+){0,2})"
)
_CLAUSE_END = regex.compile(r"[.;\n?!,]|\band\b|\bbut\b|\bwhile\b")
_WORD = regex.compile(r"[\p{L}][\p{L}\p{M}’'-]*")
_NO_UNIT_TEXT = """
and or of in at on to by the a an is was were are has had have as for from with that which who but
than per more others other local magnitude said after before between left up
"""
_NO_UNIT = frozenset(_NO_UNIT_TEXT.split())
#: Words that say what is measured, looked for behind and before a figure.
_SHIP = regex.compile(
    r"^\s*[,(]?\s*(?:people|persons|passengers|others|residents|villagers)?\s*(?:were|was|are|have been|had been|had)?\s*(?P<state>[\p{L}]+(?:ed|en|ured|lled|ead|ing))\b"
)
_STATE = regex.compile(
    r"\b(?P<state>injured|hurt|wounded|dead|killed|died|missing|rescued|evacuated|arrested|detained|displaced|damaged"
    r"|destroyed|aboard|efficacy|effective|magnitude|premium|cap|deaths|injuries|homeless|infected|participants|volunteers)\b",
    regex.IGNORECASE,
)
_SAME = {
    "hurt": "injured", "wounded": "injured", "injuries": "injured", "killed": "dead", "died": "dead", "deaths": "dead",
    "effective": "efficacy",
}  # fmt: skip
#: Characters round a figure within which what it measures is looked for.
REACH_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FindFigures:
    """Find the figures of an article."""

    name: ClassVar[str] = "find-figures"
    version: ClassVar[int] = 1

    def __call__(self, article: Article) -> tuple[Figure, ...] | Skip:
        """Return the figures of the text in order, times left out."""
        if not article.text.strip():
            return Skip("no-text")
        return figures(article.text, article.language)


def figures(text: str, language: str) -> tuple[Figure, ...]:
    """Return the figures of `text`, written in `language`."""
    times = [mention.span for mention in mentions(text, language)]
    masked = _masked(text, times)
    found = []
    for quantity in quantities(masked, language):
        figure = _figure(text, masked, quantity)
        if figure is not None:
            found.append(figure)
    return tuple(found)


def _masked(text: str, times: list[Span]) -> str:
    chars = list(text)
    for span in times:
        chars[span.start : span.end] = ["\u2007"] * len(span)
    return "".join(chars)


def _figure(text: str, masked: str, quantity: Quantity) -> Figure | None:
    said = quantity.span.cut(text)
    digits = regex.search(r"\p{N}", said) is not None
    unit = "" if quantity.unit in _NO_UNIT else quantity.unit
    shares = unit in ("percent", "percentage_points")
    if (
        not digits
        and not shares
        and (
            not unit
            or (said.split()[0].casefold() in _VAGUE and unit not in ("hundred", "thousand"))
        )
    ):
        return None
    whole = _WHOLE.match(text, quantity.span.end) if quantity.unit == "percent" else None
    return Figure(
        span=quantity.span,
        value=quantity.value,
        unit=unit,
        op=quantity.op,
        measures=_measures(masked, quantity),
        whole=whole.group("whole") if whole else "",
    )


def _measures(text: str, quantity: Quantity) -> str:
    """Return the state or thing that the words beside a figure name; empty where none does."""
    near = max(0, quantity.span.start - REACH_CHARS)
    start = max(text.rfind(mark, near, quantity.span.start) for mark in ".;\n?!") + 1
    clause_end = _CLAUSE_END.search(text, quantity.span.end, quantity.span.end + 2 * REACH_CHARS)
    end = min(clause_end.start() if clause_end else len(text), quantity.span.end + REACH_CHARS)
    behind = _STATE.search(text, quantity.span.start, end)
    if behind is None:
        ahead = list(
            _STATE.finditer(
                text, max(start, quantity.span.start - REACH_CHARS // 2), quantity.span.start
            )
        )
        behind = (
            ahead[-1] if ahead and "," not in text[ahead[-1].end() : quantity.span.start] else None
        )
    if behind is None:
        return ""
    state = behind.group("state").casefold()
    return _SAME.get(state, state)
