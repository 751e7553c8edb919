"""An article ready to read: translation and original in rows of sentences, marks on the original, lists beside it.

A row is a block of the original. Its sentences are numbered so that both sides of a pair can light up together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from worldtake.model.spans import Span
from worldtake.web.marks import Mark, MarkKind, Run, anchor, cut
from worldtake.web.translated import (
    Told,
    is_to_come,
    reasons,
    stands_in_original,
    tell,
    why_kept,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worldtake.model.articles import Article, BlockRole
    from worldtake.model.traces import Credit, Part, Quote
    from worldtake.model.translations import Aligned, Translation
    from worldtake.model.views import ArticleView

#: What joins the texts that were left out, so that a span can count into them.
DISCARDED_JOINT = "\n"
#: The words that a reader was led to: a part of the article, or `translation`, and where in it.
Receipt: TypeAlias = "tuple[Part | Literal['translation'], Span]"
#: Shortest and longest text within quotation marks that is marked, in characters; a single letter is no quote.
_QUOTED = regex.compile(
    r"(?|“([^“”]{2,2000})”|„([^„“”]{2,2000})[“”]|«([^«»]{2,2000})»|»([^«»]{2,2000})«|「([^「」]{2,2000})」|\"([^\"]{2,2000})\")"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of one side; a gap between sentences has no number."""

    #: Within its row, from 1; shared by both sides. None for a gap.
    number: int | None
    runs: tuple[Run, ...]
    #: Kinds of the marks on its partner, printed softly on the translated side.
    kinds: tuple[MarkKind, ...] = ()
    #: Fragment of its pair, on the translated side; empty on the other.
    anchor: str = ""
    #: Why it is doubted or stands in the original, in words; empty where nothing is said of it.
    why: str = ""
    #: Whether it stands in the original within the translation.
    kept: bool = False
    #: Whether its translation is still to come.
    to_come: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One block of the article on both sides."""

    role: BlockRole
    original: tuple[Sentence, ...]
    #: BCP 47 where the block is in another language than the article; None where it is the same.
    language: str | None = None
    #: Empty where there is no translation.
    translated: tuple[Sentence, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the whole block stands in the original."""
        return self._all("kept")

    @property
    def to_come(self) -> bool:
        """Whether the translation of the whole block is still to come."""
        return self._all("to_come")

    def _all(self, how: str) -> bool:
        numbered = [getattr(each, how) for each in self.translated if each.number]
        return bool(numbered) and all(numbered)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """A quote in the list beside the article."""

    #: The words, its parts joined.
    words: str
    #: Fragment of where they stand.
    anchor: str
    #: Who says it; None where no one is named.
    speaker: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """A credit in the list beside the article."""

    credit: Credit
    words: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What was left out of the page for one reason."""

    reason: str
    texts: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that an article's page prints of its text."""

    #: The translation that is shown; None where none is.
    translation: Translation | None
    #: What is said of it, or of why there is none.
    told: Told
    #: Sentences that are translated, with the headline: grows while the rest is being translated.
    done: int
    #: The original headline with its marks.
    title: tuple[Run, ...]
    rows: tuple[Row, ...]
    quotes: tuple[QuoteLine, ...]
    credits: tuple[CreditLine, ...]
    left_out: tuple[LeftOut, ...]


def read_article(
    view: ArticleView, receipt: Receipt | None = None, *, as_printed: bool = False
) -> Reading:
    """Return `view` ready to read, with the words of `receipt` marked where it is given; `as_printed` without translation."""
    article, trace = view.article, view.trace
    known = view.translation
    translation = known if known and known.shown and not as_printed else None
    texts = _texts(article)
    marks = {part: _marks(view, part, receipt) for part in texts}
    marks["text"] += tuple(_led_to(translation, receipt))
    pairs = translation.alignment if translation else ()
    return Reading(
        translation=translation,
        done=sum(pair.maker is not None for pair in pairs) + (translation is not None),
        told=tell(view, shown=translation),
        title=cut(article.title, 0, len(article.title), marks["title"]) if article.title else (),
        rows=tuple(_rows(article, translation, marks["text"])),
        quotes=tuple(_quote_line(q, texts[q.part]) for q in trace.quotes),
        credits=tuple(_credit_line(c, texts[c.part]) for c in trace.credits),
        left_out=tuple(_left_out(article, marks["discarded"])),
    )


def _led_to(translation: Translation | None, receipt: Receipt | None) -> Iterator[Mark]:
    """Yield the sentences of the original whose translation the reader was led to."""
    if translation and receipt and receipt[0] == "translation":
        place = anchor(receipt[1], "translation")
        for pair in translation.alignment:
            if pair.target.overlaps(receipt[1]):
                yield Mark(span=pair.source, kind="receipt", anchor=place)


def _texts(article: Article) -> dict[Part, str]:
    left_out = DISCARDED_JOINT.join(item.text for item in article.discarded)
    return {"title": article.title, "text": article.text, "discarded": left_out}


def _marks(view: ArticleView, part: Part, receipt: Receipt | None) -> tuple[Mark, ...]:
    found = [*_quote_marks(view.trace.quotes, part), *_credit_marks(view.trace.credits, part)]
    if receipt and receipt[0] == part:
        span = receipt[1]
        found.append(Mark(span=span, kind="receipt", anchor=anchor(span, part)))
    return tuple(found)


def _quote_marks(quotes: Iterable[Quote], part: Part) -> Iterator[Mark]:
    for quote in quotes:
        if quote.part == part:
            for span in quote.content:
                yield Mark(span=span, kind="quote", anchor=anchor(span, part))
            if quote.speaker:
                yield Mark(span=quote.speaker, kind="speaker", anchor=anchor(quote.speaker, part))


def _credit_marks(credits_: Iterable[Credit], part: Part) -> Iterator[Mark]:
    for credit in credits_:
        if credit.part == part:
            yield Mark(span=credit.span, kind="credit", anchor=anchor(credit.span, part))


def _rows(
    article: Article, translation: Translation | None, marks: Sequence[Mark]
) -> Iterator[Row]:
    blocks = _blocks(article)
    if translation is None or not translation.alignment:
        paragraphs = translation.text.split("\n\n") if translation else []
        yield from _unaligned(article.text, blocks, paragraphs, marks)
        return
    pairs = sorted(translation.alignment, key=lambda pair: pair.source)
    for role, block, language in blocks:
        inside = [p for p in pairs if block.start <= p.source.start < block.end]
        original = tuple(_originals(article.text, block, inside, marks))
        translated = tuple(_translations(article, translation, inside, marks))
        yield Row(role=role, original=original, translated=translated, language=language)


def _blocks(article: Article) -> list[tuple[BlockRole, Span, str | None]]:
    if article.blocks:
        return [(block.role, block.span, block.language) for block in article.blocks]
    return [("paragraph", Span(0, len(article.text)), None)] if article.text else []


def _unaligned(
    text: str,
    blocks: Sequence[tuple[BlockRole, Span, str | None]],
    paragraphs: Sequence[str],
    marks: Sequence[Mark],
) -> Iterator[Row]:
    for block, words in zip_longest(blocks, paragraphs):
        role: BlockRole = block[0] if block else "paragraph"
        runs = cut(text, block[1].start, block[1].end, marks) if block else ()
        yield Row(
            role=role,
            original=(Sentence(number=None, runs=runs),),
            translated=(Sentence(number=None, runs=(Run(text=words),)),) if words else (),
            language=block[2] if block else None,
        )


def _originals(
    text: str, block: Span, pairs: Sequence[Aligned], marks: Sequence[Mark]
) -> Iterator[Sentence]:
    at = block.start
    for number, pair in enumerate(pairs, 1):
        if at < pair.source.start:
            yield Sentence(number=None, runs=cut(text, at, pair.source.start, marks))
        start, end = max(at, pair.source.start), pair.source.end
        if start < end:
            yield Sentence(number=number, runs=cut(text, start, end, marks))
            at = end
    if at < block.end:
        yield Sentence(number=None, runs=cut(text, at, block.end, marks))


def _translations(
    article: Article, translation: Translation, pairs: Sequence[Aligned], marks: Sequence[Mark]
) -> Iterator[Sentence]:
    rendered = _rendered(translation, pairs)
    for number, pair in enumerate(pairs, 1):
        if number > 1:
            yield Sentence(number=None, runs=(Run(text=" "),))
        yield _translated(article, translation, pair, number, (marks, rendered))


def _translated(
    article: Article,
    translation: Translation,
    pair: Aligned,
    number: int,
    marks: tuple[Sequence[Mark], Sequence[Mark]],
) -> Sentence:
    """Return one sentence of the translation, with the marks of the original and its own."""
    place = anchor(pair.source, "pair")
    if stands_in_original(pair, translation.makers):
        return Sentence(
            number=number,
            runs=(Run(text=pair.source.cut(article.text)),),
            anchor=place,
            why=why_kept(pair.flags, translation.waits),
            kept=True,
            to_come=is_to_come(pair, translation.waits),
        )
    over = [m.kind for m in marks[0] if m.span.overlaps(pair.source)]
    return Sentence(
        number=number,
        runs=cut(translation.text, pair.target.start, pair.target.end, marks[1]),
        kinds=tuple(kind for kind in dict.fromkeys(over) if kind != "speaker"),
        anchor=place,
        why=reasons(pair.flags),
    )


def _rendered(translation: Translation, pairs: Sequence[Aligned]) -> tuple[Mark, ...]:
    """Return what stands within quotation marks in a block of the translation, over sentence ends."""
    if not pairs:
        return ()
    start = min(pair.target.start for pair in pairs)
    words = translation.text[start : max(pair.target.end for pair in pairs)]
    spans = (Span(start + m.start(1), start + m.end(1)) for m in _QUOTED.finditer(words))
    return tuple(Mark(span=span, kind="rendered", anchor="") for span in spans)


def _quote_line(quote: Quote, text: str) -> QuoteLine:
    mention = quote.speaker.cut(text) if quote.speaker else None
    return QuoteLine(
        words=" ".join(span.cut(text) for span in quote.content),
        anchor=anchor(quote.content[0], quote.part),
        speaker=quote.speaker_name or mention,
        kind=quote.kind,
    )


def _credit_line(credit: Credit, text: str) -> CreditLine:
    return CreditLine(
        credit=credit, words=credit.span.cut(text), anchor=anchor(credit.span, credit.part)
    )


def _left_out(article: Article, marks: Sequence[Mark]) -> Iterator[LeftOut]:
    whole = DISCARDED_JOINT.join(item.text for item in article.discarded)
    placed, at = [], 0
    for item in article.discarded:
        placed.append((item.reason, cut(whole, at, at + len(item.text), marks)))
        at += len(item.text) + len(DISCARDED_JOINT)
    for reason, items in groupby(sorted(placed, key=lambda p: p[0]), key=lambda p: p[0]):
        yield LeftOut(reason=reason.replace("_", " "), texts=tuple(runs for _, runs in items))
