"""Find quotes: words in quotation marks and words reported, with who says them.

Rules over the surface alone, after the plain systems that reach the level of trained ones on PolNeAR. The tables of each
language stand in `languages/`; the rules of attribution in `cues`, those for reported speech in `indirect`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import regex

from worldtake.model import Quote, Skip, Span
from worldtake.trace.cues import CONFIDENCE, Attribution, Reader
from worldtake.trace.grammar import grammar
from worldtake.trace.indirect import reported
from worldtake.trace.people import full_name, mentioned, people, person_before
from worldtake.trace.scene import scene

if TYPE_CHECKING:
    from worldtake.model import Article, QuoteKind
    from worldtake.text.marks import Marked
    from worldtake.trace.grammar import Grammar
    from worldtake.trace.people import Person
    from worldtake.trace.scene import Scene

#: Longest term in marks that is not speech, words.
TERM_WORDS = 3
#: Most characters between a cue and words that it introduces.
NEAR_CHARS = 30
#: Shortest quotation without a cue that counts as speech, words.
SPEECH_WORDS = 5
#: What resolving a pronoun costs of the confidence.
PRONOUN_FACTOR = 0.9
_WORDS = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindQuotes:
    """Find the quotes of an article."""

    name: ClassVar[str] = "find-quotes"
    version: ClassVar[int] = 1

    def __call__(self, article: Article) -> tuple[Quote, ...] | Skip:
        """Return the quotes of title and text in order; skip an article without text."""
        if not article.text.strip():
            return Skip("no-text")
        words = grammar(article.language)
        known = people(f"{article.text}\n{article.title}") if words.spaced else ()
        return (*_headline(article.title, words, known), *_in_text(article.text, words, known))


def _headline(title: str, words: Grammar, known: tuple[Person, ...]) -> tuple[Quote, ...]:
    if not title.strip():
        return ()
    layout = scene(title, words)
    reader = Reader(layout, words)
    found = []
    for at, quote in enumerate(layout.quotes):
        if _size(layout, quote) <= 1 and words.spaced:
            continue
        said = reader.attribute(at, None)
        speaker = said.speaker if said else None
        found.append(
            Quote(
                kind="headline",
                content=quote.spans,
                speaker=speaker,
                cue=said.cue if said else None,
                confidence=0.8 if said else 0.7,
                rule=f"headline-{said.rule}" if said else "headline",
                speaker_name=full_name(speaker.cut(title), known, words) if speaker else None,
                part="title",
            )
        )
    return tuple(found)


def _in_text(text: str, words: Grammar, known: tuple[Person, ...]) -> tuple[Quote, ...]:
    layout = scene(text, words)
    reader = Reader(layout, words)
    attributions: list[Attribution | None] = []
    for at in range(len(layout.quotes)):
        before = attributions[-1] if attributions else None
        attributions.append(reader.attribute(at, before))
    quotes = [
        _quote(layout, quote, said, words)
        for quote, said in zip(layout.quotes, attributions, strict=True)
    ]
    quotes += reported(layout, words)
    quotes.sort(key=lambda quote: quote.content[0].start)
    return _named(layout, quotes, words, known)


def _quote(layout: Scene, quote: Marked, said: Attribution | None, words: Grammar) -> Quote:
    kind = _kind(layout, quote, said, words)
    if kind == "term" or said is None:
        confidence = 0.6 if kind == "term" else 0.5
        return Quote(kind=kind, content=quote.spans, confidence=confidence, rule="marks")
    return Quote(
        kind=kind,
        content=_without_incise(layout, quote, said),
        speaker=said.speaker,
        cue=said.cue,
        confidence=CONFIDENCE[said.rule],
        rule=said.rule,
    )


def _without_incise(layout: Scene, quote: Marked, said: Attribution) -> tuple[Span, ...]:
    """Return the spoken pieces on both sides of a speaker who is named within the marks."""
    if said.rule != "incise" or said.cue is None or said.speaker is None:
        return quote.spans
    span = quote.spans[0]
    stop = regex.compile(r"[.!?…]\s+").search(layout.text, said.speaker.end, span.end)
    start = len(layout.text[: said.cue.start].rstrip(" \u00a0\u202f,—–"))
    pieces = [Span(span.start, start)] if start > span.start else []
    if stop is not None and stop.end() < span.end:
        pieces.append(Span(stop.end(), span.end))
    return tuple(pieces) or quote.spans


def _kind(layout: Scene, quote: Marked, said: Attribution | None, words: Grammar) -> QuoteKind:
    content = quote.spans[0].cut(layout.text)
    size = _size(layout, quote)
    if said is None:
        return "direct" if _whole(layout, quote, content) and size >= SPEECH_WORDS else "term"
    ahead = layout.masked[max(0, quote.outer.start - 30) : quote.outer.start].rstrip(" ,")
    if _is_term(ahead, words) and size <= TERM_WORDS + 2:
        return "term"
    if said.rule == "subject" and size <= TERM_WORDS and not _cue_near(quote, said):
        return "term" if size == 1 and content[:1].isupper() else "partial"
    return (
        "direct"
        if _whole(layout, quote, content) or said.rule in ("incise", "colon")
        else "partial"
    )


def _is_term(ahead: str, words: Grammar) -> bool:
    return any(found.end() == len(ahead) for found in words.terms.finditer(ahead))


def _cue_near(quote: Marked, said: Attribution) -> bool:
    return said.cue is not None and abs(said.cue.end - quote.outer.start) <= NEAR_CHARS


def _whole(layout: Scene, quote: Marked, content: str) -> bool:
    """Tell whether the quoted words stand as a sentence of their own."""
    ahead = layout.masked[: quote.outer.start].rstrip()
    opens = (
        not ahead
        or ahead[-1] in ".!?…:：。！？।,،、，\n—–؟”»"
        or layout.masked[quote.outer.start - 1] == "\n"
    )
    lower = content[:1].islower()
    ends = layout.text[quote.spans[-1].end - 1] in ".,!?…。！？।،，؟"
    return (opens and not lower) or (
        ends and not lower and content[:1].isalpha() and _size(layout, quote) >= SPEECH_WORDS
    )


def _size(layout: Scene, quote: Marked) -> int:
    """Return the number of words; two characters of a script without spaces count as one."""
    text = " ".join(span.cut(layout.text) for span in quote.spans)
    tight = len(regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", text))
    return max(len(_WORDS.findall(text)), tight // 2)


def _named(
    layout: Scene, quotes: list[Quote], words: Grammar, known: tuple[Person, ...]
) -> tuple[Quote, ...]:
    """Resolve each speaker to a full name, in order, so that a pronoun finds who spoke before."""
    text = layout.text
    spoke: list[tuple[int, str]] = []
    mentions = mentioned(text, known)
    named = []
    for quote in quotes:
        if quote.speaker is None:
            named.append(quote)
            continue
        mention = quote.speaker.cut(text)
        name = full_name(mention, known, words)
        pronoun = (
            words.pronouns.fullmatch(mention) is not None
            or words.pronominal.fullmatch(mention) is not None
        )
        if name is None and pronoun:
            name = person_before(
                quote.speaker.start,
                mention,
                known,
                tuple(sorted((*mentions, *spoke))),
                layout.sentences,
            )
        if name is not None:
            spoke.append((quote.speaker.start, name))
        named.append(_with_name(quote, name, pronoun=pronoun))
    return tuple(named)


def _with_name(quote: Quote, name: str | None, *, pronoun: bool) -> Quote:
    return Quote(
        kind=quote.kind,
        content=quote.content,
        speaker=quote.speaker,
        cue=quote.cue,
        confidence=round(quote.confidence * (PRONOUN_FACTOR if pronoun else 1.0), 3),
        rule=quote.rule,
        speaker_name=name,
        part=quote.part,
    )
