"""Find credits: an article naming another outlet as where it has something from.

A name alone is none: a trigger beside it is needed, from the table of the language. Datelines, lines of credit, photo
credits and lines of republication are kinds of their own. A publisher naming itself is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import regex

from worldtake.model import Credit, Outlet, Skip, Span
from worldtake.text.sentences import split
from worldtake.trace.discarded import closing_spans, discarded_text
from worldtake.trace.grammar import grammar
from worldtake.trace.names import Named, named, short_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import Article, CreditKind, Part
    from worldtake.trace.grammar import CreditWords, Grammar

#: Characters beside a name in which its trigger is looked for.
REACH_CHARS = 130
#: Most words between a trigger and the name.
FILLER_WORDS = 5
#: A line of credit has at most this many words beside the name.
LINE_WORDS = 12
#: Most characters between two names of one credit.
JOINED_CHARS = 60
#: Blocks at the end of a text in which a line of credit may stand.
LAST_LINES = 3
#: Longest place in a dateline, characters.
DATELINE_CHARS = 60
_OPEN = "«“„\"‘'‚»「『《(（"
_CLOSE = "»”“\"’'«」』》)）"
_WORDS = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*")
_POSSESSIVE = regex.compile(r"\p{Lu}\p{L}+(?:['’]s|s['’])$")
_LINE = regex.compile(r"[^\n]+")
_DATELINE = regex.compile(
    rf"(?P<place>[^\n.()]{{2,{DATELINE_CHARS}}}?(?:\b[A-Z]\p{{L}}{{1,5}}\.)?)\s*\((?P<name>[^()\n]{{2,40}})\)\s*[—–.:-]"
)
_PRESS_ENDING = (
    r"(?:Times|Post|Tribune|News|Journal|Herald|Gazette|Chronicle|Telegraph|Mail|Guardian|Observer|Star|Press|Zeitung"
    r"|Anzeiger|Nachrichten|Rundschau|Tagblatt|Presse|Kurier|Agency|Courier|Dispatch|Sentinel|Ledger|Register|Argus)"
)
_UNKNOWN = regex.compile(
    rf"(?:[Aa]ccording to|[Rr]eport(?:s|ed)? (?:in|by)|told|interview with|[Cc]iting|[Ll]aut|[Ss]elon|[Ss]egún)"
    rf"\s+(?:(?:the|der|die|das|le|la|el)\s+)?(?P<name>(?:The\s+)?(?:\p{{Lu}}[\p{{L}}'’]+\s+){{1,3}}{_PRESS_ENDING})"
    rf"(?![\p{{L}}\p{{N}}]|\s+\p{{Lu}})"
)
_ORDER = regex.compile(
    r"\b(?:after|follow(?:s|ed|ing)|since|before|prompted by|nach|après|tras|dopo|após)\s+(?:an?|the|una?|une|eine[mr]?|uma?)\s*(?:\p{Ll}+\s+){0,2}$"
)
_AND = regex.compile(
    r"\s*(?:,|,?\s*(?:and|und|et|y|e|и|та|і|in|i|oraz|ve|dan|na|和|と|और|و))\s*(?:(?:the|der|die|das|le|la|el|il|o|a)\s+)?"
    r"(?:\p{Lu}?\p{L}+\s+)?[«“„\"‘]?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindCredits:
    """Find the credits of an article to other outlets."""

    name: ClassVar[str] = "find-credits"
    version: ClassVar[int] = 1
    #: Outlets that may be credited.
    outlets: tuple[Outlet, ...]

    def __call__(self, article: Article) -> tuple[Credit, ...] | Skip:
        """Return the credits of text, title and discarded texts; skip an article without text."""
        if not article.text.strip():
            return Skip("no-text")
        found: list[Credit] = []
        for part, text in _parts(article):
            found.extend(_Text(text, part, article, self.outlets).credits())
        return tuple(_without_self(found, article))


def _parts(article: Article) -> Iterator[tuple[Part, str]]:
    yield "text", article.text
    if article.title:
        yield "title", article.title
    if article.discarded:
        yield "discarded", discarded_text(article)


def _without_self(found: list[Credit], article: Article) -> list[Credit]:
    own = {article.site.casefold()} if article.site else set()
    seen: set[tuple[str, str, int]] = set()
    kept = []
    for credit in found:
        key = (credit.part, credit.outlet, credit.span.start)
        mine = article.outlet_id is not None and credit.outlet_id == article.outlet_id
        if not mine and credit.outlet.casefold() not in own and key not in seen:
            seen.add(key)
            kept.append(credit)
    return kept


class _Text:
    """One text of an article under the rules."""

    def __init__(
        self, text: str, part: Part, article: Article, outlets: tuple[Outlet, ...]
    ) -> None:
        self.text = text
        self.part = part
        #: Discarded lines that close the article and may say where it comes from.
        self.closing = closing_spans(article) if part == "discarded" else ()
        self.own = article.outlet_id
        self.outlets = outlets
        self.grammar: Grammar = grammar(article.language)
        self.words: CreditWords = self.grammar.credit
        self.names = named(text, outlets, article.language)
        self.sentences = split(text)

    def credits(self) -> list[Credit]:
        """Return the credits in the order of the text."""
        if self.part == "discarded":
            return [credit for line in self._lines() for credit in self._left_out(line)]
        found = list(self._dateline()) if self.part == "text" else []
        lines = self._lines()
        for at, line in enumerate(lines):
            if self.part == "text":
                found.extend(self._credit_line(line, last=at >= len(lines) - LAST_LINES, at=at))
        taken = [credit.span for credit in found]
        found.extend(self._triggered(taken))
        found.extend(self._unknown([credit.span for credit in found]))
        found.sort(key=lambda credit: credit.span.start)
        found.extend(self._anaphors(found))
        found.sort(key=lambda credit: credit.span.start)
        return found

    def _lines(self) -> list[Span]:
        return [Span(*found.span()) for found in _LINE.finditer(self.text) if found.group().strip()]

    def _credit(self, outlet: Outlet, kind: CreditKind, start: int, end: int, rule: str) -> Credit:
        return Credit(
            outlet_id=outlet.id,
            outlet=outlet.name,
            kind=kind,
            span=Span(start, end),
            part=self.part,
            rule=rule,
        )

    # --- datelines and lines ---

    def _dateline(self) -> Iterator[Credit]:
        for line in self._lines()[:LAST_LINES]:
            found = _DATELINE.match(self.text, line.start, line.end)
            outlet = short_name(found.group("name"), self.outlets) if found else None
            if found is not None and outlet is not None:
                yield self._credit(
                    outlet, "dateline", line.start, found.end("name") + 1, "dateline"
                )
                return

    def _credit_line(self, line: Span, *, last: bool, at: int) -> Iterator[Credit]:
        text = line.cut(self.text)
        named_here = [
            one for one in self.names if one.span.start >= line.start and one.span.end <= line.end
        ]
        if len(_WORDS.findall(text)) > LINE_WORDS + 6:
            return
        short = self._bracketed(line) if not named_here and last else None
        if short is not None:
            yield self._credit(
                short,
                "agency" if short.kind == "agency" else "republication",
                line.start,
                line.end,
                "line",
            )
        republished = self.words.republish.search(text)
        for one in named_here:
            if republished is not None:
                yield self._credit(one.outlet, "republication", line.start, line.end, "republished")
            elif self._only_credit(text, one, named_here):
                if not last and one.outlet.kind != "agency" and at > 0:
                    continue
                kind = self._line_kind(one, line, last=last)
                yield self._credit(one.outlet, kind, line.start, line.end, "line")

    def _line_kind(self, one: Named, line: Span, *, last: bool) -> CreditKind:
        ahead = self.text[line.start : one.span.start]
        if self.words.photo.search(ahead) or (not last and line.cut(self.text).isupper()):
            return "photo"
        return "agency" if one.outlet.kind == "agency" else "republication"

    def _bracketed(self, line: Span) -> Outlet | None:
        """Read `(Atlas)` on a line of its own."""
        found = regex.fullmatch(
            r"\s*[(（\[]\s*([^()（）]{2,40}?)\s*[)）\]]\s*", line.cut(self.text)
        )
        return short_name(found.group(1), self.outlets) if found else None

    def _only_credit(self, text: str, one: Named, others: list[Named]) -> bool:
        """Tell whether a line holds nothing but names of outlets and words of credit."""
        rest = text
        for name in {self.text[other.span.start : other.span.end] for other in [one, *others]}:
            rest = rest.replace(name, " ")
        rest = self.words.line.sub(" ", rest)
        rest = self.words.press.sub(
            " ", self.words.articles.sub(" ", self.words.photo.sub(" ", rest))
        )
        own = [outlet for outlet in self.outlets if outlet.id == self.own]
        for outlet in own:
            for name in outlet.names():
                rest = rest.replace(name, " ")
        left = _WORDS.findall(rest)
        return not left

    def _left_out(self, line: Span) -> Iterator[Credit]:
        """Read a discarded line: the closing line of an article as text, any other for photos and republication."""
        if not any(span.overlaps(line) for span in self.closing):
            yield from self._discarded(line)
            return
        found = list(self._credit_line(line, last=True, at=1))
        yield from found
        for one in self.names:
            if line.start <= one.span.start and one.span.end <= line.end and not found:
                credit = self._beside(one)
                if credit is not None:
                    yield credit

    def _discarded(self, line: Span) -> Iterator[Credit]:
        text = line.cut(self.text)
        republished = self.words.republish.search(text) or _ENGLISH_REPUBLISHED.search(text)
        for one in self.names:
            if not (line.start <= one.span.start and one.span.end <= line.end):
                continue
            ahead = text[: one.span.start - line.start]
            if republished is not None and republished.start() < one.span.start - line.start:
                yield self._credit(
                    one.outlet,
                    "republication",
                    line.start + republished.start(),
                    one.span.end,
                    "republished",
                )
            elif (
                self.words.photo.search(ahead)
                or _PHOTO.search(ahead)
                or self._only_credit(text, one, [])
            ):
                yield self._credit(one.outlet, "photo", line.start, line.end, "photo")
            elif one.outlet.kind == "agency" and regex.search(r"[/|©(–—-]\s*$", ahead):
                yield self._credit(one.outlet, "photo", one.span.start, one.span.end, "photo")

    # --- triggers in sentences ---

    def _triggered(self, taken: list[Span]) -> Iterator[Credit]:
        previous: tuple[Named, Credit] | None = None
        for one in self.names:
            if any(span.overlaps(one.span) for span in taken):
                continue
            credit = self._beside(one)
            if credit is None and previous is not None:
                credit = self._with_previous(previous, one)
            if credit is not None:
                previous = (one, credit)
                yield credit

    def _with_previous(self, previous: tuple[Named, Credit], one: Named) -> Credit | None:
        """Read a second name joined to a credited one: the Financial Times and the British Guardian."""
        last, credit = previous
        between = self.text[last.span.end : one.span.start]
        if len(between) > JOINED_CHARS or _AND.fullmatch(between) is None:
            return None
        return self._credit(one.outlet, credit.kind, one.span.start, one.span.end, "and")

    def _beside(self, one: Named) -> Credit | None:
        sentence = self._sentence(one.span.start)
        ahead_start = max(sentence.start, one.span.start - REACH_CHARS)
        behind_end = min(sentence.end, one.span.end + REACH_CHARS)
        ahead, press, hearer = self._unfilled(ahead_start, one)
        behind, press_behind = self._behind(one, behind_end)
        if one.plain and not self._sure(one, press=press or press_behind):
            return None
        photo = _ending(self.words.photo, self.text[ahead_start:ahead].rstrip(" :：©/("))
        if photo is not None:
            return self._credit(
                one.outlet, "photo", ahead_start + photo.start(), one.span.end, "photo"
            )
        return (
            self._trigger_ahead(one, ahead_start, ahead, behind_end)
            or self._hearer(one, hearer, sentence)
            or self._trigger_behind(one, behind, behind_end, near=press or press_behind)
        )

    def _sure(self, one: Named, *, press: bool) -> bool:
        """Tell whether a name that is a plain word too is used as a name."""
        article = regex.search(
            r"(?:The|the|Der|Die|Das|der|die|das|Le|La|El|Il|O|A)\s+$",
            self.text[: one.span.start][-8:],
        )
        follows = regex.match(
            r"\s+(?:of\b|\p{Lu}|[Cc]ommi|is\b|are\b)", self.text[one.span.end : one.span.end + 12]
        )
        marks = self.text[one.span.start - 1 : one.span.start] in tuple(_OPEN)
        return (press or article is not None or marks) and follows is None

    def _trigger_ahead(self, one: Named, start: int, end: int, behind_end: int) -> Credit | None:
        text = self.text[start:end].rstrip()
        behind = self.text[one.span.end : behind_end]
        interview = _ending(self.words.interview, text)
        needs = self.words.interview_needs
        if interview is not None and (
            needs is None or needs.search(text[interview.start() :] + behind[:24])
        ):
            return self._credit(
                one.outlet, "interview", start + interview.start(), one.span.end, interview.group()
            )
        report = _ending(self.words.report, text)
        if report is not None and _ORDER.search(text[: report.start()]):
            return None  # order in time, no credit
        if report is not None and (
            self.grammar.language != "de" or self._german(report.group(), behind)
        ):
            return self._credit(
                one.outlet, "report", start + report.start(), one.span.end, report.group()
            )
        return None

    def _hearer(self, one: Named, start: int | None, sentence: Span) -> Credit | None:
        """Read a name as hearer: afirmó a la Agencia X, sagte ... dem Sender X."""
        if start is None:
            return None
        verb = self._speech(sentence, start)
        return (
            self._credit(one.outlet, "interview", start, one.span.end, "hearer") if verb else None
        )

    def _german(self, trigger: str, behind: str) -> bool:
        """Tell whether `wie X` or `so X` is a credit: a verb of reporting follows."""
        if trigger.casefold() not in ("wie", "so"):
            return True
        return regex.search(
            r"\b(?:berichte\p{Ll}*|melde\p{Ll}*|schreib\p{Ll}*|schrieb|mitteil\p{Ll}*)\b",
            behind,
        ) is not None or (trigger.casefold() == "so" and behind[:1] in ".,")

    def _speech(self, sentence: Span, before: int) -> bool:
        """Tell whether a verb of speech stands close before a hearer, in the same clause."""
        ahead = self.text[max(sentence.start, before - REACH_CHARS) : before]
        verbs = [*self.grammar.verb.finditer(ahead), *self.grammar.pronominal.finditer(ahead)]
        return bool(verbs) and regex.search(r"[;:]", ahead[verbs[-1].end() :]) is None

    def _trigger_behind(self, one: Named, start: int, end: int, *, near: bool) -> Credit | None:
        hearer = self.words.after_interview.match(self.text, start, end)
        if hearer is not None:
            return self._credit(
                one.outlet, "interview", one.span.start, hearer.end(), hearer.group()
            )
        after = self.words.after.match(self.text, start, end)
        if after is None:
            after = self._after_clause(start, end, near=near)
        if after is None:
            return None
        return self._credit(one.outlet, "report", one.span.start, after.end(), after.group())

    def _after_clause(self, start: int, end: int, *, near: bool) -> regex.Match[str] | None:
        """Read a verb after a clause between commas, or after a few words where a noun says that it is a paper."""
        clause = regex.match(r"\s*,[^,.;:!?]{1,80},\s*", self.text, pos=start, endpos=end)
        if clause is not None:
            return self.words.after.match(self.text, clause.end(), end)
        if not near or not self.grammar.spaced:
            return None
        place = start
        for _ in range(3):
            word = regex.match(r"[\p{L}\p{M}]+\s+", self.text, pos=place, endpos=end)
            if word is None:
                return None
            place = word.end()
            found = self.words.after.match(self.text, place, end)
            if found is not None:
                return found
        return None

    def _unfilled(self, start: int, one: Named) -> tuple[int, bool, int | None]:
        """Return where the words ahead of a name end once articles, marks and "newspaper" are taken off.

        With it, whether one was "newspaper", and where a word stands that makes the name a hearer.
        """
        end = one.span.start
        press = False
        loose = 0
        hearer = None
        for _ in range(FILLER_WORDS + 1):
            end = self._unmarked(start, end)
            ahead = self.text[start:end]
            heard = _ending(self.words.hearer, ahead.rstrip())
            hearer = start + heard.start() if heard is not None else hearer
            if _any_trigger(self.words, ahead.rstrip()):
                break
            noun = _ending(self.words.press, ahead.rstrip())
            article = _ending(self.words.articles, ahead.rstrip())
            if noun is not None and (self.grammar.spaced or noun.end() == len(ahead)):
                end, press = start + noun.start(), True
            elif article is not None:
                end = start + article.start()
            elif (word := self._loose_word(ahead, press=press, used=loose)) is not None:
                end, loose = start + word, loose + 1
            else:
                break
        return end, press, hearer

    def _loose_word(self, ahead: str, *, press: bool, used: int) -> int | None:
        """Return where an adjective before a name starts; None where the word ahead is no adjective."""
        if not self.grammar.spaced or used >= (3 if press else 1):
            return None
        word = regex.search(r"[\p{L}\p{M}’'-]+$", ahead.rstrip())
        if word is None or self.words.stop.fullmatch(word.group()):
            return None
        english = self.grammar.language == "en"
        fits = (
            press
            or _POSSESSIVE.match(word.group())
            or (word.group()[0].isupper() if english else word.group().islower())
        )
        return word.start() if fits else None

    def _unmarked(self, start: int, end: int) -> int:
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in _OPEN):
            if (
                self.text[end - 1] in _OPEN
                and self.text[end - 1] in "»’'”\""
                and end - 2 >= start
                and self.text[end - 2].isalnum()
            ):
                break
            end -= 1
        return end

    def _behind(self, one: Named, end: int) -> tuple[int, bool]:
        """Return where the words after a name start once marks, "newspaper" and adverbs are taken off."""
        place = one.span.end
        press = False
        for _ in range(FILLER_WORDS):
            while place < end and (self.text[place].isspace() or self.text[place] in _CLOSE):
                place += 1
            if self.words.after.match(self.text, place, end) or self.words.after_interview.match(
                self.text, place, end
            ):
                break
            noun = self.words.press.match(self.text, place, end)
            filler = noun or self.grammar.between.match(self.text, place, end)
            if filler is None or not self.grammar.spaced:
                break
            press = press or noun is not None
            place = filler.end()
        return place, press

    def _sentence(self, place: int) -> Span:
        return next(
            (span for span in self.sentences if span.start <= place < span.end),
            Span(place, place + 1),
        )

    # --- names not in the catalogue, and "the paper" ---

    def _unknown(self, taken: list[Span]) -> Iterator[Credit]:
        for found in _UNKNOWN.finditer(self.text):
            span = Span(*found.span())
            known = any(one.span.overlaps(Span(*found.span("name"))) for one in self.names)
            if known or any(span.overlaps(other) for other in taken):
                continue
            name = found.group("name")
            if self.part == "text":
                yield Credit(
                    outlet_id=None,
                    outlet=name,
                    kind="report",
                    span=span,
                    part=self.part,
                    rule="unknown-outlet",
                )

    def _anaphors(self, found: list[Credit]) -> list[Credit]:
        """Resolve "the paper said", "told the agency" to the outlet credited last that was not named only as its source."""
        extra = []
        for mention in self.words.anaphors.finditer(self.text):
            if any(credit.span.start <= mention.start() < credit.span.end for credit in found):
                continue
            span = self._anaphor_span(mention)
            last = self._antecedent(found, mention.start()) if span is not None else None
            if span is not None and last is not None:
                kind: CreditKind = (
                    "interview"
                    if _ending(self.words.interview, self.text[: mention.start()].rstrip()[-40:])
                    else "report"
                )
                extra.append(
                    Credit(
                        outlet_id=last.outlet_id,
                        outlet=last.outlet,
                        kind=kind,
                        span=span,
                        part=self.part,
                        rule="anaphor",
                    )
                )
        return extra

    def _anaphor_span(self, mention: regex.Match[str]) -> Span | None:
        sentence = self._sentence(mention.start())
        ahead = self.text[sentence.start : mention.start()].rstrip()
        for pattern in (self.words.report, self.words.interview):
            trigger = _ending(pattern, ahead)
            if trigger is not None:
                return Span(sentence.start + trigger.start(), mention.end())
        after = regex.match(r"\s+", self.text[mention.end() : sentence.end])
        place = mention.end() + (after.end() if after else 0)
        verb = self.words.after.match(self.text, place, sentence.end)
        if verb is not None:
            return Span(mention.start(), verb.end())
        return (
            Span(*mention.span())
            if "данн" in mention.group() or "даними" in mention.group()
            else None
        )

    def _antecedent(self, found: list[Credit], place: int) -> Credit | None:
        """Return the credit that "the paper" at `place` takes up; at the head of a text, the first one after it."""
        before = self._credited_before(found, place)
        if before is not None or any(credit.span.end <= place for credit in found):
            return before
        named_before = any(one.span.end <= place for one in self.names)
        later = [credit for credit in found if credit.kind in ("report", "interview")]
        head = (
            len(self.sentences) > 0 and place < self.sentences[min(1, len(self.sentences) - 1)].end
        )
        return later[0] if head and later and not named_before else None

    def _credited_before(self, found: list[Credit], place: int) -> Credit | None:
        texts = [
            credit
            for credit in found
            if credit.span.end <= place and credit.kind in ("report", "interview")
        ]
        if not texts:
            return None
        last = texts[-1]
        sentence = self._sentence(last.span.start)
        nested = regex.match(r"citing|quoting|unter Berufung|citant|citando", last.rule)
        heads = [credit for credit in texts[:-1] if credit.span.start >= sentence.start]
        chosen = heads[-1] if nested and heads else last
        return chosen if chosen.outlet_id != self.own else None


_PHOTO = regex.compile(
    r"(?i)(?:photo|foto|fotó|image|picture|credit|©|фото|صورة|写真|图|圖|फ़ोटो|picha)[^\n]{0,60}$"
)
_ENGLISH_REPUBLISHED = regex.compile(
    r"(?i)source of (?:the )?information(?: and images)?|first appeared in|originally published (?:in|by|on)|republished from"
)


def _ending(pattern: regex.Pattern[str], text: str) -> regex.Match[str] | None:
    """Return the longest match of `pattern` that ends where `text` ends."""
    for found in pattern.finditer(text, max(0, len(text) - 90)):
        if found.end() == len(text):
            return found
    shorter = [
        found
        for found in pattern.finditer(text, max(0, len(text) - 90), overlapped=True)
        if found.end() == len(text)
    ]
    return shorter[0] if shorter else None


def _any_trigger(words: CreditWords, ahead: str) -> bool:
    return any(_ending(pattern, ahead) is not None for pattern in (words.report, words.interview))
