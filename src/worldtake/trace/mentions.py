"""Find the words that name a speaker: the subject of a clause or a sentence, the mention after a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from worldtake.model import Span
from worldtake.trace.scene import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.trace.grammar import Grammar
    from worldtake.trace.scene import Scene

#: Longest mention of a speaker, in words and in characters.
MENTION_WORDS = 14
#: The same in characters.
MENTION_CHARS = 110
#: Longest mention without a capital letter, words.
COMMON_WORDS = 6
_STOP = regex.compile(r"[.;:—–(«»“”„\"!?\n،，、。：；]|,|\s-\s")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}.’'-]*")
_HEARER = regex.compile(
    r"(?:\p{Ll}+\s+|\p{Ll}+['’]){1,3}+(?:\p{Ll}+\s+){0,2}"
    r"(?:[«“„\"‘]?\p{Lu}[\p{L}'’.-]*[»”“\"’]?(?:\s+(?:de|del|da|do|du|della)(?=\s))?(?:\s+|(?=[.,;])|$)){1,5}+"
)
#: Words that join clauses.
_JOINERS = {
    "en": "and|but", "de": "und|aber", "fr": "et|mais", "es": "y|e|pero", "it": "e|ed|ma", "pt": "e|mas", "sl": "in|a|ter",
    "sr": "i|a|ali|и|а|али", "ru": "и|а|но", "uk": "і|й|та|а|але", "pl": "i|a|ale", "tr": "ve|ama", "id": "dan|tetapi",
    "sw": "na|lakini",
}  # fmt: skip
_TITLE_END = regex.compile(
    r"(?<!\p{L})(?:\p{Lu}|[MD]rs?|Sen|Rep|Gov|Capt|Lt|Gen|Col|Prof|dr|St|Jr|Me)\.$"
)
_CAPITAL_END = regex.compile(r"(?:^|\s)\p{Lu}[\p{L}\p{M}’'-]*$|^(?!.*\p{Ll})[^\p{Ll}]+$")
_PARTICIPLE = regex.compile(r"(?!(?:un)?named)\p{Ll}+ed\s")
#: A pronoun right before its verb: what he called ...
_LAST_PRONOUN = regex.compile(
    r"(?:^|\s)(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)(?:\s+(?:also|has|had|have|then|later|once))?\s*$"
)
_LETTERS = regex.compile(r"\p{L}")
#: A name at the end of a clause that is the object of a preposition.
_OBJECT_NAME = regex.compile(
    r"\b(?:on|with|to|by|of|between|from|for|about)\s+(?:\p{Lu}[\p{L}’'-]+\s*){1,3}$"
)


class Mentions:
    """Find mentions in one scene by the words of one language."""

    def __init__(self, scene: Scene, grammar: Grammar) -> None:
        self.scene = scene
        self.grammar = grammar
        self.masked = scene.masked

    def subject_of_sentence(self, start: int, end: int) -> Span | None:
        """Return the first mention of the sentence that is no adverbial, up to its verb."""
        for part_start, part_end in self.segments(start, end):
            if self.grammar.adverbial.match(self.masked, part_start, part_end):
                continue
            speaker = self.subject(part_start, part_end)
            if speaker is not None:
                return speaker
        return None

    def segments(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a sentence between commas, conjunctions left out."""
        place = start
        for comma in regex.finditer(r"[,;،，、：:]", self.masked, pos=start, endpos=end):
            yield self.skipped(place, comma.start()), comma.start()
            place = comma.end()
        yield self.skipped(place, end), end

    def skipped(self, start: int, end: int) -> int:
        """Return where the clause starts without its conjunction."""
        while True:
            while start < end and (
                self.masked[start].isspace() or self.masked[start] in "—–-«“\"‘('"
            ):
                start += 1
            word = self.grammar.skip.match(self.masked, start, end)
            if word is None or word.end() >= end:
                return start
            start = word.end()

    def subject(self, start: int, end: int, *, strict: bool = False) -> Span | None:
        """Return the mention that fills `start`..`end` up to the first verb, without adverbs; None where it is none."""
        start = self.skipped(start, end)
        pronoun = _LAST_PRONOUN.search(self.masked, start, end)
        if pronoun is not None and self.grammar.language == "en":
            return Span(*pronoun.span("who"))
        for pattern in (
            self.grammar.verb,
            self.grammar.that,
            self.grammar.relative,
            self.grammar.between,
        ):
            found = pattern.search(self.masked, start + 1, end)
            if found is not None and _LETTERS.search(self.masked, start, found.start()):
                end = found.start()
        comma = regex.search(r"[,،，]", self.masked, pos=start, endpos=end)
        if comma is not None and not strict and _LETTERS.search(self.masked, start, comma.start()):
            end = comma.start()
        return self.mention(start, end)

    def clause_start(self, start: int, end: int) -> int:
        """Return where the clause that ends at `end` starts."""
        place = start
        joiners = _JOINERS.get(self.grammar.language)
        pattern = rf"[,;:(—–،，]\s*|\s(?:{joiners})\s" if joiners else r"[,;:(—–،，]\s*"
        for found in regex.finditer(pattern, self.masked, pos=start, endpos=end):
            if found.end() >= end or self.masked[found.end() : end].isspace():
                continue
            if not self._joins_names(found, place):
                place = found.end()
        return place

    def _joins_names(self, joiner: regex.Match[str], start: int) -> bool:
        """Tell whether `and` joins two names after a preposition ("briefed on A and B's plan"), not two clauses."""
        if self.grammar.language != "en" or not joiner.group().strip().isalpha():
            return False
        ahead = _OBJECT_NAME.search(self.masked[start : joiner.start()])
        return ahead is not None and self.masked[joiner.end()].isupper()

    def mention(
        self, start: int, end: int, *, text: str = "", follows: bool = False
    ) -> Span | None:
        """Return `start`..`end` without marks and spaces if it may name someone; `follows` a verb or a preposition."""
        span = self.trimmed(start, end)
        if span is None or len(span) > MENTION_CHARS:
            return None
        said = span.cut(text or self.masked)
        words = _WORD.findall(said)
        if not words or len(words) > MENTION_WORDS or MASK * 3 in said:
            return None
        if self.grammar.pronouns.fullmatch(said):
            return span
        if self._function_word(said) or _LETTERS.search(said) is None:
            return None
        capital = regex.search(r"\p{Lu}", said[1:]) is not None
        if not (follows or capital) and self.grammar.adverbial.match(said):
            return None
        cased = regex.search(r"\p{Ll}|\p{Lu}", said)
        return span if not cased or self._nominal(said, words) else None

    def _function_word(self, said: str) -> bool:
        """Tell whether a mention is a word of grammar, or starts with a verb."""
        grammar = self.grammar
        small = (
            grammar.that,
            grammar.relative,
            grammar.prepositions,
            grammar.between,
            grammar.skip,
        )
        if any(pattern.fullmatch(said) for pattern in small):
            return True
        if not grammar.spaced or grammar.language == "ar":
            return False
        participle = grammar.language == "en" and _PARTICIPLE.match(said) is not None
        return participle or grammar.verb.match(said) is not None

    def _nominal(self, mention: str, words: list[str]) -> bool:
        """Tell whether a mention in a script with capitals may name someone."""
        return bool(regex.search(r"\p{Lu}", mention)) or len(words) <= COMMON_WORDS

    def mention_after(
        self, start: int, end: int, *, text: str = "", names_only: bool = True
    ) -> Span | None:
        """Return the mention that starts at `start`: up to a comma, a relative or a preposition."""
        text = text or self.masked
        while start < end and text[start].isspace():
            start += 1
        if names_only and self.grammar.prepositions.match(text, start, end):
            hearer = _HEARER.match(text, start, end)
            if hearer is None:
                return None
            start = hearer.end()
        limit = self._mention_end(start, end, text)
        return self.mention(start, limit, text=text, follows=True) if limit > start else None

    def _mention_end(self, start: int, end: int, text: str) -> int:
        stop = _STOP.search(text, start, end)
        while (
            stop is not None and stop.group() == "." and _TITLE_END.search(text, start, stop.end())
        ):
            stop = _STOP.search(text, stop.end(), end)
        limit = stop.start() if stop is not None else end
        for pattern in (self.grammar.relative, self.grammar.prepositions):
            for found in pattern.finditer(text, start + 1, limit):
                ahead = text[start : found.start()].strip()
                if _LETTERS.search(ahead) is not None and not self._function_word(ahead):
                    limit = found.start()
                    break
        return limit

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return `start`..`end` without marks and spaces at its ends; None where nothing is left."""
        loose = ' \t\u00a0\u202f\n,،、，;:—–-«»“”"„(…'
        while start < end and self.masked[start] in loose:
            start += 1
        while end > start and self.masked[end - 1] in loose:
            end -= 1
        return Span(start, end) if end > start else None

    def topic(self, start: int, end: int) -> Span | None:
        """Return what the topic particle marks before `end`, in languages without spaces."""
        pattern = rf"(?P<who>[^。「」、\s]{{1,40}}(?:、[^。「」、]{{1,24}}(?:さん|氏))?)(?:{self.grammar.topic})(?=[^。]*$)"
        found = list(regex.finditer(pattern, self.masked[start:end]))
        if not found:
            return None
        return Span(start + found[0].start("who"), start + found[0].end("who"))

    def previous_speaker(self, place: int) -> Span | None:
        """Return the subject of the sentence before the one at `place`."""
        sentence = self.scene.sentence_at(place)
        before = self.scene.sentence_before(sentence)
        if before is None:
            return None
        found = self.subject_of_sentence(before.start, before.end)
        if found is not None and (
            not self.grammar.spaced or _CAPITAL_END.search(found.cut(self.masked))
        ):
            return found
        return self.capitals(before) or found

    def capitals(self, sentence: Span) -> Span | None:
        """Return the first name of two capitalised words or more in `sentence`."""
        name = regex.search(
            r"\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)+", self.masked[sentence.start : sentence.end]
        )
        return Span(sentence.start + name.start(), sentence.start + name.end()) if name else None

    def arabic_subject(self, verb: regex.Match[str], start: int, end: int) -> Span | None:
        """Return the subject of a verb that stands first."""
        if regex.match(r"قوله", verb.group()):
            about = self.masked.rfind(" عن ", start, verb.start())
            return self.trimmed(about + 4, verb.start()) if about >= 0 else None
        return (
            self.mention_after(verb.end(), end)
            or self.subject_of_sentence(start, verb.start())
            or self.previous_speaker(start)
        )

    def subject_of_verb(self, verb: regex.Match[str], start: int, end: int) -> Span | None:
        """Return the subject before `verb`, or after it where an adverbial opens the sentence."""
        first = self.skipped(start, verb.start())
        opened = self.grammar.adverbial.match(self.masked, first, verb.start()) is not None
        if (
            opened
            and "," not in self.masked[first : verb.start()]
            and self.grammar.language != "en"
        ):
            after = self.mention_after(verb.end(), end)
            if after is not None:
                return after
        if self.masked[start : verb.start()].rstrip().endswith(","):
            return self.subject_of_sentence(start, verb.start())
        clause = self.clause_start(start, verb.start())
        speaker = self.subject(clause, verb.start())
        if speaker is not None and (not self.grammar.final or self._has_capital(speaker)):
            return speaker
        return (self.subject_of_sentence(start, clause) if clause > start else None) or speaker

    def _has_capital(self, span: Span) -> bool:
        return regex.search(r"\p{Lu}", span.cut(self.masked)) is not None
