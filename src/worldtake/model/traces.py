"""What an article says of where it has it from: quotes, credits, copies, figures, times, and the lineage they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from worldtake.model.spans import Evidence, Span

QuoteKind: TypeAlias = Literal["direct", "partial", "indirect", "headline", "term"]
CreditKind: TypeAlias = Literal[
    "report", "interview", "agency", "dateline", "republication", "photo"
]
#: Kinds of credit that say where words or facts come from; a photo credit does not.
TEXT_CREDITS: frozenset[CreditKind] = frozenset(
    ("report", "interview", "agency", "dateline", "republication")
)
CopyKind: TypeAlias = Literal["agency", "republication", "rewrite", "passage"]
#: Which of an article's texts a span counts into.
Part: TypeAlias = Literal["title", "text", "discarded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words in quotation, or reported."""

    kind: QuoteKind
    #: The words without their marks, a span for each paragraph they run over.
    content: tuple[Span, ...]
    #: The mention of who says it; None where no one is named.
    speaker: Span | None = None
    #: The verb or phrase that ties speaker and words; None where none.
    cue: Span | None = None
    #: Precision of the rule that found it on development data, 0 to 1.
    confidence: float = 0.0
    #: Name of the rule.
    rule: str = ""
    #: Full name that the mention stands for within the article; None where unresolved.
    speaker_name: str | None = None
    #: Which text `content`, `speaker` and `cue` count into.
    part: Part = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An article naming another outlet as where it has something from."""

    #: `Outlet.id` of the credited outlet; None where the catalogue does not know it.
    outlet_id: str | None
    #: The outlet's name (of the catalogue, else as printed).
    outlet: str
    kind: CreditKind
    #: The words that say so.
    span: Span
    #: Which text `span` counts into; `discarded` is the discarded texts joined by line ends.
    part: Part = "text"
    #: Name of the rule or trigger.
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity said."""

    span: Span
    value: float
    #: Singular or plural as said, folded; `percent` for shares.
    unit: str
    #: One of `=`, `<`, `<=`, `>`, `>=`, `~`.
    op: str = "="
    #: What it measures, as far as the words round it say; empty where not.
    measures: str = ""
    #: Of what whole, for shares; empty where not said.
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time said."""

    span: Span
    #: ISO 8601 date, month, year or interval; None where it cannot be resolved.
    value: str | None
    #: `day`, `month`, `year`, `week`, `minute`.
    granularity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All that was found in one article."""

    article_id: str
    quotes: tuple[Quote, ...] = ()
    credits: tuple[Credit, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeMention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Passages that two articles share nearly word for word."""

    #: Ids of the two articles, the lower first.
    a: str
    b: str
    kind: CopyKind
    #: Shared runs, the same number on both sides, in order of `a`.
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]
    #: Share of the shorter text that is shared, 0 to 1.
    score: float
    #: Id of the article that the other was made from; None where it cannot be said.
    origin: str | None = None
    #: What the direction rests on: `credit`, `time`, `containment`, `agency`; empty where none.
    direction_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One step back towards where a report began."""

    #: The article that has something from elsewhere.
    article_id: str
    #: `Outlet.id` or name of the outlet it leads to.
    to_outlet: str
    #: The article it leads to; None where that was not seen.
    to_article: str | None
    #: `stated` by a sentence, `measured` by shared text, or `inferred`.
    basis: Literal["stated", "measured", "inferred"]
    #: `CreditKind` or `CopyKind`.
    kind: str
    #: The words that bear it.
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a chain of credits and copies ends."""

    #: `Outlet.id` or name of the outlet.
    outlet: str
    #: The article; None where it was not seen.
    article_id: str | None
    #: Articles of the story that lead here, itself included where seen.
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """How the articles of one story descend from its origins."""

    story_id: str
    edges: tuple[Edge, ...]
    origins: tuple[Origin, ...]
    #: Fewest and most independent origins that the evidence allows.
    origins_low: int
    origins_high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceValue:
    """One answer to the question of a difference, and who gives it."""

    value: str
    receipts: tuple[Evidence, ...]
    #: ISO date for which it was said; None where unknown.
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two or more values for one question within a story."""

    #: `difference`, `update`, `contradiction`, `certainty`, `framing`, `tension`.
    kind: str
    question: str
    values: tuple[DifferenceValue, ...]
