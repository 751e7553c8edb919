"""Why a page was read as it was: each block with what it is, each value of the metadata with where it is from; and as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from worldtake.extract.jsonl import to_json
from worldtake.extract.labels import TITLE, is_text, label_words

if TYPE_CHECKING:
    from worldtake.model import Article, Span

#: How a page was read: by the blocks of its markup, or by its lines.
Form: TypeAlias = Literal["html", "text"]
#: Values of an article that are shown -> what they are called.
VALUES = {
    "title": "headline",
    "authors": "authors",
    "agencies": "agencies",
    "published": "published",
    "modified": "changed",
    "site": "outlet",
    "language": "language",
    "url": "address",
    "image": "main image",
    "image_caption": "caption of the image",
    "image_credit": "credit of the image",
    "section": "section",
    "keywords": "keywords",
    "paywalled": "must be paid for",
    "live": "live blog",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that moved the classifier's judgement of a block."""

    #: Name of the column.
    column: str
    #: What the column says, in plain language.
    words: str
    #: What it says of this block, such as "yes", "12%" or "140".
    value: str
    #: How far it moved the log-odds: above 0 towards the text, below 0 away from it.
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedBlock:
    """A block, or a line of a plain text page, with what it was found to be and why."""

    #: The words.
    text: str
    #: A block's role, `title`, or the reason that it is left out.
    label: str
    #: How likely the trees found it to be the text, 0 to 1; None where they were not asked.
    chance: float | None = None
    #: What the rule goes by that overruled the classifier; empty where none did.
    rule: str = ""
    #: Elements that it stands in, the outermost first, with their class names; empty for lines.
    path: tuple[str, ...] = ()
    #: The kind of furniture that these say they are, where they are believed; empty where none.
    says: str = ""
    #: What moved the classifier most: first what speaks for its answer, then what speaks against.
    reasons: tuple[Reason, ...] = ()
    #: Where in the decoded page, for lines; None for blocks.
    raw: Span | None = None

    @property
    def kept(self) -> bool:
        """True where it is part of the text."""
        return is_text(self.label)

    @property
    def state(self) -> Literal["text", "title", "left out"]:
        """Whether it is part of the text, the headline, or neither."""
        return "text" if self.kept else "title" if self.label == TITLE else "left out"

    @property
    def words(self) -> str:
        """What its label says in plain language."""
        return label_words(self.label)

    @property
    def says_words(self) -> str:
        """What its boxes say that they are, in plain language; empty where nothing."""
        return label_words(self.says) if self.says else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of the metadata."""

    #: Its field in JSON Lines, and what it is called.
    name: str
    words: str
    #: The value as it is shown.
    value: str
    #: Where it was found; empty where that is not noted.
    place: str = ""
    #: How sure it is, 0 to 1; None where that is not measured.
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a page was read as it was."""

    #: Where the page is from.
    url: str
    #: Whether it was read by its markup or by its lines.
    form: Form
    #: What was read; None where nothing was.
    article: Article | None = field(default=None, repr=False)
    #: Why nothing was read; empty where something was.
    skipped: str = ""
    #: Blocks or lines in page order.
    blocks: tuple[ExplainedBlock, ...] = field(default=(), repr=False)
    #: How likely a block was to be text before anything was known of it, 0 to 1.
    start: float = 0.0
    #: Chance from which the trees take a block for text, 0 to 1; 0 where they were not asked, as `start` is.
    threshold: float = 0.0
    #: What else is to be known of the reading.
    notes: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Value, ...]:
        """The metadata of the article, each value with where it is from."""
        return values_of(self.article) if self.article else ()


def values_of(article: Article) -> tuple[Value, ...]:
    """Return the values of an article's metadata that are known, each with where it was found and how sure it is."""
    stated = to_json(article)
    places = dict(article.provenance)
    sure: dict[str, float] = dict(stated.get("confidences", {}))
    if article.language_confidence:
        places["language"], sure["language"] = "detected in headline and text", article.language_confidence  # fmt: skip
    if article.title_raw:
        places["title"] = f"printed [{article.title_raw.start}:{article.title_raw.end}]"
    if article.url.startswith("file:"):
        places["url"] = "made of the file's bytes and name"
    if article.published and article.published_precision != "day" and places.get("published"):
        places["published"] += "" if article.published_zone_stated else "; the zone is assumed"
    return tuple(
        Value(
            name=name,
            words=words,
            value=_shown(stated[name]),
            place=places.get(name, ""),
            confidence=sure.get(name),
        )
        for name, words in VALUES.items()
        if _is_known(name, stated.get(name))
    )


def _is_known(name: str, value: Any) -> bool:
    # That a page is no live blog goes without saying.
    return value not in (None, "", [], "und") and (name != "live" or bool(value))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def explanation_json(found: Explanation) -> dict[str, Any]:
    """Return an explanation as plain values."""
    return {
        "url": found.url,
        "form": found.form,
        "skipped": found.skipped or None,
        "notes": list(found.notes),
        "values": [
            {"name": each.name, "value": each.value, "place": each.place, "confidence": each.confidence}
            for each in found.values
        ],
        "start": round(found.start, 4),
        "threshold": found.threshold,
        "blocks": [_block_json(each) for each in found.blocks],
    }  # fmt: skip


def _block_json(block: ExplainedBlock) -> dict[str, Any]:
    return {
        "text": block.text,
        "label": block.label,
        "kept": block.kept,
        "chance": None if block.chance is None else round(block.chance, 4),
        "rule": block.rule,
        "path": list(block.path),
        "says": block.says,
        "raw": [block.raw.start, block.raw.end] if block.raw else None,
        "reasons": [
            {"column": each.column, "words": each.words, "value": each.value, "log_odds": round(each.share, 3)}
            for each in block.reasons
        ],
    }  # fmt: skip
