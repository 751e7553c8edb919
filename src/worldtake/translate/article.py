"""Build an article's translation out of its segments' translations, aligned with the original sentence by sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from worldtake.model import (
    UNTRANSLATED,
    Aligned,
    Article,
    Maker,
    Skip,
    Span,
    Translation,
    base_language,
)
from worldtake.translate.routes import TIERS
from worldtake.translate.segments import Remembered, Segment, lead, segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import Wait
    from worldtake.translate.router import Given

#: What makes two translations the same work: engine, version, model, tier, language in between.
_Kind: TypeAlias = "tuple[str, str, str, str, str]"
#: Share of flagged segments from which on the whole translation is warned of; doubt in one sentence is shown there.
WARNED_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article, and what became of its segments."""

    article: Article
    #: (language, text) -> what became of it; segments that nobody was asked for are not there.
    given: Mapping[tuple[str, str], Given] = field(repr=False)
    #: Whether what is not there yet may be asked for.
    may_ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateArticle:
    """Put an article into the target language as far as its segments are known."""

    name: ClassVar[str] = "translate"
    version: ClassVar[int] = 2

    #: Target, BCP 47.
    target: str = "en"

    def __call__(self, draft: Draft) -> Translation | Skip:
        """Return the translation; what is not known stands in the original, flagged."""
        article = draft.article
        reason = refusal(article, self.target)
        if reason is not None:
            return reason
        cut = segments(article, self.target)
        if not any(segment.foreign for segment in cut):
            return Skip("source-equals-target")
        if not any(_of(draft, segment) for segment in cut):
            return Skip("no-translator")
        makers = _makers(draft, cut)
        text, alignment = _assembled(draft, cut, makers)
        titles = [segment for segment in cut if segment.span is None]
        title, title_flags = _title(draft, titles, article)
        main = makers[0] if makers else None
        waits, waits_for = _waits(draft, cut)
        return Translation(
            article_id=article.id,
            language=self.target,
            engine=main.engine if main else "none",
            engine_version=main.version if main else "",
            tier=max((maker.tier for maker in makers), key=TIERS.index, default="none"),
            title=title,
            text=text,
            alignment=alignment,
            warnings=(*(f"title-{flag}" for flag in title_flags), *_warnings(alignment)),
            makers=makers,
            title_flags=title_flags,
            waits=waits,
            waits_for=waits_for,
        )


def refusal(article: Article, target: str) -> Skip | None:
    """Return why `article` is not translated into `target`; None if it is."""
    if article.language in {"", "und"}:
        return Skip("unknown-language")
    if base_language(article.language) == base_language(target):
        return Skip("source-equals-target")
    return None


def wanted(article: Article, target: str, *, whole: bool) -> tuple[tuple[str, str], ...]:
    """Return (language, text) of what is to be translated of an article: all of it, or what is before anybody asks."""
    if refusal(article, target) is not None:
        return ()
    cut = segments(article, target) if whole else lead(article, target)
    return tuple(dict.fromkeys((each.language, each.text) for each in cut if each.foreign))


def told(translation: Translation) -> str | None:
    """Return what of `translation.text` is in the target language, as grouping reads it; None where all of it is."""
    pairs = translation.alignment
    if not any(UNTRANSLATED in pair.flags for pair in pairs):
        return None
    known = (pair.target for pair in pairs if UNTRANSLATED not in pair.flags)
    return " ".join(span.cut(translation.text) for span in known)


def _of(draft: Draft, segment: Segment) -> Given | None:
    return draft.given.get((segment.language, segment.text))


def _used(draft: Draft, segment: Segment) -> Remembered | None:
    given = _of(draft, segment)
    return given.remembered if given else None


def _makers(draft: Draft, cut: Sequence[Segment]) -> tuple[Maker, ...]:
    """Return who translated the segments, most of them first, each with when it last did."""
    made: dict[_Kind, list[Remembered]] = {}
    for segment in cut:
        if found := _used(draft, segment):
            made.setdefault(_kind(found), []).append(found)
    return tuple(
        _maker(max(those, key=lambda each: each.made))
        for those in sorted(made.values(), key=len, reverse=True)
    )


def _kind(found: Remembered | Maker) -> _Kind:
    return (found.engine, found.version, found.model, found.tier, found.via)


def _maker(found: Remembered) -> Maker:
    return Maker(
        engine=found.engine,
        version=found.version,
        model=found.model,
        tier=found.tier,
        made=found.made,
        via=found.via,
    )


def _assembled(
    draft: Draft, cut: Sequence[Segment], makers: Sequence[Maker]
) -> tuple[str, tuple[Aligned, ...]]:
    """Return the text in the target language, paragraphs as in the original, and what lies beside what."""
    places = {_kind(maker): place for place, maker in enumerate(makers)}
    original = draft.article.text
    pieces: list[str] = []
    alignment: list[Aligned] = []
    length = end = 0
    for segment in cut:
        if segment.span is None:
            continue
        between = _between(original[end : segment.span.start], first=not alignment)
        found = _used(draft, segment)
        shown = found.target if found else segment.text
        start = length + len(between)
        length, end = start + len(shown), segment.span.end
        pieces += (between, shown)
        alignment.append(
            Aligned(
                source=segment.span,
                target=Span(start, length),
                flags=_flags(draft, segment),
                maker=places[_kind(found)] if found else None,
            )
        )
    return "".join(pieces), tuple(alignment)


def _title(
    draft: Draft, titles: Sequence[Segment], article: Article
) -> tuple[str, tuple[str, ...]]:
    for segment in titles:
        found = _used(draft, segment)
        return (found.target if found else article.title), _flags(draft, segment)
    return article.title, ()


def _flags(draft: Draft, segment: Segment) -> tuple[str, ...]:
    """Return what is to be said of one segment; nothing of one that stands as it is for good reason."""
    if not segment.foreign:
        return ()
    given = _of(draft, segment)
    if given is None or given.remembered is None:
        return (UNTRANSLATED, *(given.doubts if given else ()))
    return given.remembered.flags


def _between(original: str, *, first: bool) -> str:
    """Return what stands between two sentences: the original's line ends, else a space."""
    lines = "".join(char for char in original if char == "\n")
    return lines or ("" if first else " ")


def _waits(draft: Draft, cut: Sequence[Segment]) -> tuple[Wait, str]:
    """Return why some of the article is still to come, and which engine is waited for."""
    reasons = [(given.waits, given.waits_for) for each in cut if (given := _of(draft, each))]
    for reason in reasons:
        if reason[0]:
            return reason
    unasked = any(each.foreign and _of(draft, each) is None for each in cut)
    return ("reader", "") if unasked and draft.may_ask else ("", "")


def _warnings(alignment: Sequence[Aligned]) -> tuple[str, ...]:
    counted = Counter(flag for aligned in alignment for flag in aligned.flags)
    least = max(1.0, WARNED_SHARE * len(alignment))
    return tuple(sorted(flag for flag, times in counted.items() if times >= least))
