"""Find reported speech without marks, where the wording leaves no doubt: X said that ..., X told Y the ...

High precision only; what a trained model would add is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from worldtake.model import Quote, Span
from worldtake.trace.cues import Reader
from worldtake.trace.scene import MASK

if TYPE_CHECKING:
    from worldtake.trace.grammar import Grammar
    from worldtake.trace.scene import Scene

#: Precision of `X said that ...` on the development part of PolNeAR.
THAT_CONFIDENCE = 0.9
#: Precision of `X said he ...`, without "that", English only.
BARE_CONFIDENCE = 0.82
#: Shortest reported speech, characters.
MIN_CHARS = 15
_STRONG = regex.compile(
    r"\b(?:said|says|told|added|adds|insisted|confirmed|announced|stated|warned|noted|claimed|argued|declared|denied"
    r"|insists|claims|argues|explained|stressed|admitted|acknowledged|suggested|promised|reiterated|predicted)\b"
)
_BARE_START = regex.compile(
    r"\s+(?:(?:reporters|journalists|MPs|lawmakers|supporters|officials|(?:the|a) \p{Ll}+|\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,2})\s+)?"
    r"(?=(?:the|he|she|it|they|his|her|its|their|there|a|an|this|these|no|some|part|we|I|you|both|all|\p{Lu}\p{L}+)\b)"
)
_TOLD = regex.compile(r"\s+(?:\S+\s+){1,5}?(?=that\b)")
_PASSIVE = regex.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\p{Ll}+ly\s+)?$")
_ENDED = regex.compile(r"[\s.!?…。।]+$")


def reported(layout: Scene, words: Grammar) -> list[Quote]:
    """Return the reported speech of the sentences that hold no quotation at their start."""
    reader = Reader(layout, words)
    found = []
    for sentence in layout.sentences:
        quote = _in_sentence(layout, words, reader, sentence)
        if quote is not None:
            found.append(quote)
    return found


def _in_sentence(layout: Scene, words: Grammar, reader: Reader, sentence: Span) -> Quote | None:
    masked = layout.masked
    for verb in words.verb.finditer(masked, sentence.start, sentence.end):
        start, confidence = _content_start(masked, verb, sentence, words)
        if start is None:
            continue
        speaker = _speaker(reader, sentence, verb)
        ended = _ENDED.search(masked, start, sentence.end)
        end = ended.start() if ended else sentence.end
        if speaker is None or end - start < MIN_CHARS or MASK * 60 in masked[start:end]:
            return None
        return Quote(
            kind="indirect",
            content=(Span(start, end),),
            speaker=speaker,
            cue=Span(*verb.span()),
            confidence=confidence,
            rule="that" if confidence == THAT_CONFIDENCE else "bare-said",
        )
    return None


def _speaker(reader: Reader, sentence: Span, verb: regex.Match[str]) -> Span | None:
    if MASK in reader.masked[sentence.start : verb.start()]:
        return None
    if reader.grammar.language == "ar":
        return reader.arabic_subject(verb, sentence.start, sentence.end)
    if _PASSIVE.search(reader.masked, sentence.start, verb.start()):
        return None
    return reader.subject_of_verb(verb, sentence.start, sentence.end)


def _content_start(
    masked: str, verb: regex.Match[str], sentence: Span, words: Grammar
) -> tuple[int | None, float]:
    gap = regex.compile(r"\s*,?\s*").match(masked, verb.end(), sentence.end)
    that = words.that.match(masked, gap.end() if gap else verb.end(), sentence.end)
    if (
        that is None
        and (told := _TOLD.match(masked, verb.end(), sentence.end))
        and words.language == "en"
    ):
        that = words.that.match(masked, told.end(), sentence.end)
    if that is not None:
        space = regex.compile(r"\s*").match(masked, that.end())
        return (space.end() if space else that.end()), THAT_CONFIDENCE
    if words.language == "en" and _STRONG.fullmatch(verb.group()):
        bare = _BARE_START.match(masked, verb.end(), sentence.end)
        return (bare.end() if bare else None), BARE_CONFIDENCE
    return None, 0.0
