"""Build an article's translation out of remembered segments, aligned with the original sentence by sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, get_args

from worldtake.model import Aligned, Article, Skip, Span, Tier, Translation
from worldtake.translate.checks import flags
from worldtake.translate.segments import Remembered, Segment, base, segment_key, segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: From the most to the least trusted.
_TIERS: tuple[Tier, ...] = get_args(Tier)
UNTRANSLATED = "untranslated"
#: Share of flagged segments from which on the whole translation is warned of; doubt in one sentence is shown there.
WARNED_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article, and what is known of its segments' translations."""

    article: Article
    #: `segment_key` -> translation, of title and text.
    known: Mapping[str, Remembered] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateArticle:
    """Put an article into the target language as far as its segments are known."""

    name: ClassVar[str] = "translate"
    version: ClassVar[int] = 1

    #: Target, BCP 47.
    target: str = "en"

    def __call__(self, draft: Draft) -> Translation | Skip:
        """Return the translation; what is not known stands in the original, flagged."""
        article = draft.article
        reason = refusal(article, self.target)
        if reason is not None:
            return reason
        cut = segments(article, self.target)
        used = [found for segment in cut if (found := draft.known.get(segment.key))]
        if not used:
            return Skip("no-translator")
        title = draft.known.get(segment_key(article.title, article.language, self.target))
        text, alignment = _assembled(article, self.target, cut, draft.known)
        engine, version = _main_engine(used)
        return Translation(
            article_id=article.id,
            language=self.target,
            engine=engine,
            engine_version=version,
            tier=max((found.tier for found in used), key=_TIERS.index),
            title=title.target if title else article.title,
            text=text,
            alignment=alignment,
            warnings=(*_title_warnings(article, self.target, title), *_warnings(alignment)),
        )


def refusal(article: Article, target: str) -> Skip | None:
    """Return why `article` is not translated into `target`; None if it is."""
    if article.language in {"", "und"}:
        return Skip("unknown-language")
    if base(article.language) == base(target):
        return Skip("source-equals-target")
    return None


def _assembled(
    article: Article, target: str, cut: Sequence[Segment], known: Mapping[str, Remembered]
) -> tuple[str, tuple[Aligned, ...]]:
    """Return the text in the target language, paragraphs as in the original, and what lies beside what."""
    original = article.text
    pieces: list[str] = []
    alignment: list[Aligned] = []
    length = end = 0
    for segment in cut:
        if segment.span is None:
            continue
        between = _between(original[end : segment.span.start], first=not alignment)
        found = known.get(segment.key)
        words = _one_line(found.target) if found else ""
        shown = words or segment.text
        start = length + len(between)
        length, end = start + len(shown), segment.span.end
        pieces += (between, shown)
        doubts = _doubts(article, target, segment.text, words) if words else (UNTRANSLATED,)
        alignment.append(Aligned(source=segment.span, target=Span(start, length), flags=doubts))
    return "".join(pieces), tuple(alignment)


def _one_line(target: str) -> str:
    """Return a translated sentence without line ends: paragraphs are those of the original."""
    return " ".join(line.strip() for line in target.splitlines()).strip()


def _between(original: str, *, first: bool) -> str:
    """Return what stands between two sentences: the original's line ends, else a space."""
    lines = "".join(char for char in original if char == "\n")
    return lines or ("" if first else " ")


def _main_engine(used: Sequence[Remembered]) -> tuple[str, str]:
    """Return engine and version of most of the segments; of equals the first."""
    counted = Counter((found.engine, found.version) for found in used)
    return counted.most_common(1)[0][0]


def _doubts(article: Article, target: str, source: str, words: str) -> tuple[str, ...]:
    return flags(source, words, source_language=article.language, target_language=target)


def _title_warnings(article: Article, target: str, title: Remembered | None) -> tuple[str, ...]:
    if title is None:
        return ("title-untranslated",) if article.title else ()
    return tuple(f"title-{flag}" for flag in _doubts(article, target, article.title, title.target))


def _warnings(alignment: Sequence[Aligned]) -> tuple[str, ...]:
    counted = Counter(flag for aligned in alignment for flag in aligned.flags)
    least = max(1.0, WARNED_SHARE * len(alignment))
    return tuple(sorted(flag for flag, times in counted.items() if times >= least))
