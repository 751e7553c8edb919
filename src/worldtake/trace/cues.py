"""Find who says quoted words: the rules, each with the precision it had on development data.

`said X` and `X said` after the words, X before them, the subject of the sentence, the speaker of the words before, the
subject of the sentence before. What each language calls saying stands in `languages/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.model import Span
from worldtake.trace.mentions import MENTION_CHARS, MENTION_WORDS, Mentions

if TYPE_CHECKING:
    from worldtake.text.marks import Marked

#: Precision of each rule, measured on the development part of PolNeAR and of the German quotation corpus.
CONFIDENCE = {
    "said-x": 0.9,
    "x-said": 0.93,
    "colon": 0.86,
    "x-before": 0.72,
    "continuation": 0.88,
    "previous-sentence": 0.73,
    "subject": 0.85,
    "according-to": 0.9,
    "incise": 0.9,
    "dash": 0.9,
}
#: Line ends between two quotations of one speaker: one paragraph and the next.
PARAGRAPH_GAP = 2
#: Shortest quotation that stands alone as speech: characters, and words.
ALONE_CHARS = 12
ALONE_WORDS = 4
_GAP = regex.compile(r"[\s,،、，]*[—–―-]?\s*")
_SIGNED_NEXT = regex.compile(r"[ \u00a0]*[―—–]\s*\p{Lu}")
_SIGNED = regex.compile(r"\p{Lu}[\p{L}.’'-]*(?:\s\p{L}[\p{L}.’'-]*){0,4}(?=\s*(?:$|\n|[“\"«(]))")
_LETTERS = regex.compile(r"\p{L}")
_ABBREVIATION = regex.compile(r"\b\p{Lu}\p{Ll}{0,4}\.(?=[\s,)]|$)|(?<=\b\p{Lu})\.")
_AS_SAYING = regex.compile(
    r"\bquot(?:ed|es|ing)\s+(?P<who>[^,.;:]{3,90}?)\s+as\s+(?:saying|telling|writing)"
)
_COLON = regex.compile(r"[:：]\s*$")
_QUOTE_JOIN = regex.compile(r"[\s,،、，:：\-–—…]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says something, and which words say so."""

    speaker: Span | None
    cue: Span | None
    rule: str


class Reader(Mentions):
    """Apply the rules of one language to one scene."""

    def attribute(self, at: int, before: Attribution | None) -> Attribution | None:
        """Return who says the quotation number `at`; `before` is what was found for the one before it."""
        quote = self.scene.quotes[at]
        colon = _COLON.search(self.masked, max(0, quote.outer.start - 3), quote.outer.start)
        return (
            self._incise(quote)
            or (self._ahead(quote, at, before) if colon else None)
            or self._after(quote, at, before)
            or self._ahead(quote, at, before)
            or self._tail(quote)
            or self._continued(quote, at, before)
            or self._previous(quote)
        )

    # --- within the words: « ..., soupire X. ... » ---

    def _incise(self, quote: Marked) -> Attribution | None:
        if not self.grammar.incise or len(quote.spans) > 1:
            return None
        text, span = self.scene.text, quote.spans[0]
        for verb in self.grammar.verb.finditer(text, span.start, span.end):
            ahead = text[span.start : verb.start()].rstrip()
            if not ahead.endswith((",", "!", "?", "—", "–")) or not regex.match(
                r"\s+(?:\p{Ll}{1,4}['’\s]\s*){0,2}(?:\p{Ll}+\s+){0,2}\p{Lu}",
                text,
                pos=verb.end(),
                endpos=span.end,
            ):
                continue
            speaker = self.mention_after(verb.end(), span.end, text=text)
            if speaker is not None:
                return Attribution(speaker=speaker, cue=Span(*verb.span()), rule="incise")
        return None

    # --- after the words: said X, X said ---

    def _after(self, quote: Marked, at: int, before: Attribution | None) -> Attribution | None:
        start, end = quote.outer.end, self._right_end(quote, at)
        gap = _GAP.match(self.masked, start, end)
        if gap is None or start >= end:
            return None
        ended = (
            self.scene.text[quote.spans[-1].end - 1] in ".。।"
            and self.scene.text[start - 1 : start] != ","
        )
        here = gap.end()
        if not self._may_follow(quote, gap.group()):
            return None
        return (
            self._by_dash(gap, end)
            or self._carried(quote, here, end)
            or self._said_x(quote, here, end, at, before)
            or (None if ended and self.grammar.spaced else self._x_said(here, end))
        )

    def _may_follow(self, quote: Marked, gap: str) -> bool:
        """Tell whether a speaker may follow: not after a fragment that no comma parts from the rest."""
        if not self.grammar.spaced or self.grammar.final or gap.strip():
            return True
        span = quote.spans[-1]
        fragment = self.scene.text[quote.spans[0].start].islower()
        return not fragment or self.scene.text[span.end - 1] in ".,!?…—–-"

    def _by_dash(self, gap: regex.Match[str], end: int) -> Attribution | None:
        """Read `"..." — X` at the end of a line."""
        if not gap.group().strip(" \u00a0\n") or gap.group().strip(" \u00a0\n")[-1] not in "—–―":
            return None
        name = _SIGNED.match(self.masked, gap.end(), end)
        speaker = self.mention(*name.span()) if name is not None else None
        return Attribution(speaker=speaker, cue=None, rule="dash") if speaker else None

    def _carried(self, quote: Marked, here: int, end: int) -> Attribution | None:
        """Read a verb with the pronoun in it, such as `a-t-il dit`."""
        cue = self.grammar.pronominal.match(self.masked, here, end)
        if cue is None:
            return None
        span = Span(*cue.span())
        pronoun = regex.search(r"-(il|elle|ils|elles|on)(?!\p{L})", cue.group())
        if pronoun is not None:
            speaker = Span(cue.start() + pronoun.start(1), cue.start() + pronoun.end(1))
            return Attribution(speaker=speaker, cue=span, rule="said-x")
        return Attribution(speaker=self._subject_before(quote) or span, cue=span, rule="said-x")

    def _said_x(
        self, quote: Marked, here: int, end: int, at: int, before: Attribution | None
    ) -> Attribution | None:
        verb = self._verb_at(here, end)
        if verb is None:
            return None
        cue = Span(*verb.span())
        if self.grammar.final and not verb.group().endswith(("en", "an")):
            speaker = self._final_subject(quote, at) or self._subject_before(quote)
            return Attribution(speaker=speaker, cue=cue, rule="x-said") if speaker else None
        speaker = self.mention_after(verb.end(), end)
        if speaker is None:
            follows = (
                at > 0
                and before is not None
                and "\n" not in self.masked[self.scene.quotes[at - 1].outer.end : quote.outer.start]
            )
            speaker = (
                before.speaker if follows and before is not None else self._subject_before(quote)
            )
        return Attribution(speaker=speaker, cue=cue, rule="said-x") if speaker else None

    def _verb_at(self, here: int, end: int) -> regex.Match[str] | None:
        """Return the verb at `here`, words that lead up to it skipped."""
        while True:
            verb = self.grammar.verb.match(self.masked, here, end)
            if verb is not None:
                return verb
            lead = self.grammar.lead.match(self.masked, here, end)
            if lead is None:
                return None
            here = lead.end()
            while here < end and self.masked[here].isspace():
                here += 1

    def _x_said(self, here: int, end: int) -> Attribution | None:
        for verb in self.grammar.verb.finditer(self.masked, here, min(end, here + MENTION_CHARS)):
            between = self.masked[here : verb.start()]
            if regex.search(r"[.;:!?]", _ABBREVIATION.sub("", between).rstrip()):
                return None
            if between.count(",") == 1 and not between.rstrip().endswith(","):
                return None
            speaker = self.subject(here, verb.start(), strict=True)
            return (
                Attribution(speaker=speaker, cue=Span(*verb.span()), rule="x-said")
                if speaker
                else None
            )
        return None

    def _final_subject(self, quote: Marked, at: int) -> Span | None:
        """Return the subject before the words, in languages whose verb stands last."""
        start = self._left_start(quote, at)
        if self.grammar.topic:
            return self.topic(start, quote.outer.start)
        end = quote.outer.start
        while (piece := _QUOTE_JOIN.search(self.masked, start, end)) and piece.start() < end:
            end = piece.start()
        return self.subject(start, end)

    # --- before the words: X said, said X, X: ---

    def _ahead(self, quote: Marked, at: int, before: Attribution | None) -> Attribution | None:
        start, end = self._left_start(quote, at), quote.outer.start
        if not _LETTERS.search(self.masked, start, end):
            return None
        by = self._by(start, end) or self._as_saying(start, end)
        if by is not None:
            return by
        verb = self._last_verb(start, end)
        colon = _COLON.search(self.masked, start, end) is not None
        if verb is None:
            return self._colon(start, end) if colon else self._joined(quote, at, before, start, end)
        near = colon or len(self.masked[verb.end() : end].split()) <= 1
        rule = "colon" if colon else "x-before" if near else "subject"
        speaker = self._speaker_of(verb, start, end, quote)
        return Attribution(speaker=speaker, cue=Span(*verb.span()), rule=rule) if speaker else None

    def _joined(
        self, quote: Marked, at: int, before: Attribution | None, start: int, end: int
    ) -> Attribution | None:
        """Read a second piece within one sentence: "...," he said, and "..."."""
        if at == 0 or before is None or before.speaker is None:
            return None
        same = (
            self.scene.sentence_at(quote.outer.start).start <= self.scene.quotes[at - 1].outer.start
        )
        short = len(self.masked[start:end].split()) <= MENTION_WORDS
        return (
            Attribution(speaker=before.speaker, cue=before.cue, rule="subject")
            if same and short
            else None
        )

    def _by(self, start: int, end: int) -> Attribution | None:
        """Read `according to X, "..."`."""
        sentence = self.scene.sentence_at(end - 1)
        found = self.grammar.by.match(self.masked, sentence.start, end)
        if found is None or sentence.start < start:
            return None
        speaker = self.mention_after(found.end(), end, names_only=False)
        if speaker is None or self.grammar.verb.search(self.masked, speaker.end, end):
            return None
        return Attribution(speaker=speaker, cue=Span(*found.span()), rule="according-to")

    def _as_saying(self, start: int, end: int) -> Attribution | None:
        """Read `It quoted X as saying: "..."`."""
        found = _AS_SAYING.search(self.masked, start, end)
        speaker = self.mention(*found.span("who")) if found is not None else None
        if found is None or speaker is None:
            return None
        return Attribution(speaker=speaker, cue=Span(*found.span()), rule="x-before")

    def _last_verb(self, start: int, end: int) -> regex.Match[str] | None:
        verbs = list(self.grammar.verb.finditer(self.masked, start, end))
        return verbs[-1] if verbs else None

    def _speaker_of(
        self, verb: regex.Match[str], start: int, end: int, quote: Marked
    ) -> Span | None:
        """Return the subject of `verb`, which stands before the words."""
        if self.grammar.topic:
            return self.topic(start, verb.start())
        if self.grammar.language == "ar":
            return self.arabic_subject(verb, start, end)
        return (
            self.subject_of_verb(verb, start, end)
            or self.mention_after(verb.end(), end)
            or (None if self._has_subject(start, verb.start()) else self._subject_before(quote))
        )

    def _has_subject(self, start: int, end: int) -> bool:
        return bool(regex.search(r"\p{Lu}", self.masked[start + 1 : end])) and self.grammar.spaced

    def _colon(self, start: int, end: int) -> Attribution | None:
        colon = self.masked.rfind(":", start, end)
        speaker = self.subject_of_sentence(start, colon if colon >= 0 else end)
        if speaker is None:
            return None
        return Attribution(
            speaker=speaker, cue=Span(colon, colon + 1) if colon >= 0 else None, rule="colon"
        )

    # --- at the end of the sentence, in the words before, in the sentence before ---

    def _tail(self, quote: Marked) -> Attribution | None:
        """Read `..., he said.` or `according to X` at the end of the sentence."""
        sentence = self.scene.sentence_at(quote.outer.end - 1)
        by = self.grammar.by.search(self.masked, quote.outer.end, sentence.end)
        if by is not None and (
            speaker := self.mention_after(by.end(), sentence.end, names_only=False)
        ):
            return Attribution(speaker=speaker, cue=Span(*by.span()), rule="according-to")
        comma = self.masked.rfind(",", quote.outer.end, sentence.end)
        return self._x_said(comma + 1, sentence.end) if comma >= 0 else None

    def _continued(self, quote: Marked, at: int, before: Attribution | None) -> Attribution | None:
        if at == 0 or before is None or before.speaker is None:
            return None
        last = self.scene.quotes[at - 1]
        gap = self.masked[last.outer.end : quote.outer.start]
        alone = self.scene.sentence_at(quote.outer.start).start >= quote.outer.start - 1
        ends = len(regex.findall(r"[.!?…](?=\s|$)", gap))
        if (
            not alone
            or gap.count("\n") > PARAGRAPH_GAP
            or ends > 1
            or len(quote.spans[0]) < ALONE_CHARS
        ):
            return None
        return Attribution(speaker=before.speaker, cue=None, rule="continuation")

    def _previous(self, quote: Marked) -> Attribution | None:
        sentence = self.scene.sentence_at(quote.outer.start)
        alone = sentence.start >= quote.outer.start - 1 and quote.outer.end >= sentence.end - 1
        if not alone or (
            len(self.scene.text[quote.spans[0].start : quote.spans[0].end].split()) < ALONE_WORDS
            and self.grammar.spaced
        ):
            return None
        speaker = self._subject_before(quote)
        return Attribution(speaker=speaker, cue=None, rule="previous-sentence") if speaker else None

    def _subject_before(self, quote: Marked) -> Span | None:
        return self.previous_speaker(quote.outer.start)

    # --- mentions ---

    def _left_start(self, quote: Marked, at: int) -> int:
        sentence = self.scene.sentence_at(quote.outer.start)
        earlier = self.scene.quotes[at - 1].outer.end if at > 0 else 0
        return (
            max(sentence.start, earlier)
            if self.scene.masked[max(0, earlier - 2)] in ".!?"
            else sentence.start
        )

    def _right_end(self, quote: Marked, at: int) -> int:
        later = (
            self.scene.quotes[at + 1].outer.start
            if at + 1 < len(self.scene.quotes)
            else len(self.masked)
        )
        sentence = self.scene.sentence_at(quote.outer.end - 1)
        end = sentence.end
        signed = _SIGNED_NEXT.match(self.masked, quote.outer.end)
        if signed is not None:
            line = self.masked.find("\n", quote.outer.end)
            return min(later, line if line >= 0 else len(self.masked))
        if (
            end <= quote.outer.end and self.scene.text[quote.spans[-1].end - 1] in "?!…"
        ) or quote.mark == "—":
            follower = self.scene.sentence_at(min(quote.outer.end + 1, len(self.masked) - 1))
            line = self.masked.find("\n", quote.outer.end)
            end = follower.end if line < 0 else min(follower.end, line)
        return min(end, later)
