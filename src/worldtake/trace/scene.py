"""Lay out a text for the rules of attribution: its quotations, and its sentences with the quoted words out of sight."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.model import Span
from worldtake.text.marks import Marked, dashed, marked
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from worldtake.trace.grammar import Grammar

#: Longest sentence that pieces are joined to, characters: rules look through a sentence for each of its quotations.
SENTENCE_CHARS = 2_000
#: Stands for each quoted character; a letter, lower case, in no word.
MASK = "ˑ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A text with its quotations masked, same length."""

    text: str
    #: `text` with quoted words as `MASK`, marks and all.
    masked: str
    sentences: tuple[Span, ...]
    quotes: tuple[Marked, ...]

    def sentence_at(self, place: int) -> Span:
        """Return the sentence in which `place` stands, or the one before it."""
        at = bisect_right(self.sentences, place, key=lambda span: span.start) - 1
        return self.sentences[max(0, at)]

    def sentence_before(self, sentence: Span) -> Span | None:
        """Return the sentence before `sentence`; None where it is the first."""
        at = bisect_right(self.sentences, sentence.start, key=lambda span: span.start) - 2
        return self.sentences[at] if at >= 0 else None


def scene(text: str, grammar: Grammar) -> Scene:
    """Lay out `text`."""
    quotes = list(marked(text))
    for dash in dashed(text):
        cue = text[dash.outer.end : dash.outer.end + 60]
        inside = any(quote.outer.overlaps(dash.outer) for quote in quotes)
        if not inside and _starts_with_cue(cue, grammar):
            quotes.append(dash)
    quotes.sort(key=lambda quote: quote.outer.start)
    masked = _masked(text, quotes)
    return Scene(text=text, masked=masked, sentences=_sentences(masked), quotes=tuple(quotes))


def _starts_with_cue(cue: str, grammar: Grammar) -> bool:
    at = 0
    while (lead := grammar.lead.match(cue, at)) is not None:
        at = lead.end() + 1
    return grammar.verb.match(cue, at) is not None or grammar.pronominal.match(cue) is not None


def _masked(text: str, quotes: list[Marked]) -> str:
    chars = list(text)
    for quote in quotes:
        for span in quote.spans:
            last = text[span.end - 1]
            chars[span.start : span.end] = [MASK] * len(span)
            if last in ".!?…。！？।" and span.end < quote.outer.end:
                chars[span.end - 1] = last
    return "".join(chars)


def _sentences(masked: str) -> tuple[Span, ...]:
    """Return the sentences; pieces of one that was cut for length are joined again."""
    spans: list[Span] = []
    for span in split(masked):
        fits = spans and span.end - spans[-1].start <= SENTENCE_CHARS
        if fits and (spans[-1].end == span.start or _was_cut(masked, spans[-1], span)):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)


def _was_cut(masked: str, before: Span, after: Span) -> bool:
    gap = masked[before.end : after.start]
    return "\n" not in gap and masked[before.end - 1] not in ".!?…。！？।؟»”\"’'“」)"
