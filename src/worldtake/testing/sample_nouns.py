"""The nouns of the sample press: its outlets, articles and what is planted in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from worldtake.model import CreditKind, OutletKind

#: How a derived article was made from its source.
Recipe: TypeAlias = Literal["agency", "cut", "edit", "republication"]
#: How an outlet announces its articles.
FeedShape: TypeAlias = Literal["rss", "atom", "json", "sitemap", "sitemap-index", "sitemap-gzip"]

#: Languages written without spaces between sentences.
UNSPACED = ("zh", "ja", "th")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a headline or caption, with its English."""

    #: As printed.
    source: str
    #: In English; equal to `source` in English articles.
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleImage:
    """A picture's words."""

    caption: Sentence
    #: As printed, such as "Foto: ..."; empty where none.
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCredit:
    """A planted credit to another outlet."""

    outlet_id: str
    kind: CreditKind
    #: The words that say so, exactly.
    text: str
    #: The outlet's name within `text`; None where it is not named there.
    alias: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleQuote:
    """A planted direct quote."""

    #: The exact words without their marks, in pieces where it is interrupted.
    content: tuple[str, ...]
    #: The mention of the speaker, exactly; None where the sentence names none.
    speaker: str | None
    #: Who speaks, by full name.
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFigure:
    """A planted quantity."""

    #: The exact words.
    text: str
    value: float
    unit: str
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOutlet:
    """An invented outlet and the shape of its site."""

    #: Id in the catalogue's form, `<country>-<name>`.
    id: str
    #: Name in Latin script.
    name: str
    #: Name as printed, where it differs; None where not.
    native_name: str | None
    #: Host without `.localhost`.
    label: str
    country: str
    #: BCP 47, the main one first.
    languages: tuple[str, ...]
    kind: OutletKind
    #: Ownership group; None where it stands alone.
    group: str | None
    #: Other forms under which it is credited.
    aliases: tuple[str, ...]
    #: Name of its site template.
    template: str
    #: How it announces articles.
    feed: FeedShape
    #: Shape of its article addresses.
    path: str
    #: Charset of its pages.
    encoding: str = "utf-8"
    #: Its digits from 0 to 9 in visible dates; empty for 0123456789.
    digits: str = ""

    @property
    def host(self) -> str:
        """Return its host name."""
        return f"{self.label}.localhost"

    @property
    def printed_name(self) -> str:
        """Return its name as it prints it."""
        return self.native_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One article of the sample press, its English beside it."""

    #: Id in the story file, such as `s01-it-1`.
    id: str
    #: Id of its story.
    story: str
    outlet_id: str
    #: BCP 47.
    language: str
    published: datetime
    #: None where it carries no byline.
    author: str | None
    title: Sentence
    standfirst: Sentence | None
    image: SampleImage | None
    #: Paragraphs of sentences, without dateline and credit line.
    paragraphs: tuple[tuple[Sentence, ...], ...] = field(repr=False)
    #: Printed before the first sentence with the space that follows; empty where none.
    dateline: str = ""
    #: The last line of the text; None where none.
    credit_line: Sentence | None = None
    #: Id of the article that it was made from; None where it was written independently.
    source_id: str | None = None
    #: How it was made; None where it was written independently.
    recipe: Recipe | None = None
    credits: tuple[SampleCredit, ...] = ()
    quotes: tuple[SampleQuote, ...] = ()
    figures: tuple[SampleFigure, ...] = ()
    #: Host and path, without port: `ilfarodellasera.localhost/esteri/...`.
    address: str = ""

    @property
    def path(self) -> str:
        """Return the path of its address."""
        return self.address[self.address.index("/") :]

    @property
    def space(self) -> str:
        """Return what stands between two sentences."""
        return "" if self.language.split("-")[0] in UNSPACED else " "

    def printed(self) -> tuple[str, ...]:
        """Return the paragraphs as printed: dateline before the first, credit line as the last."""
        body = [self.space.join(s.source for s in paragraph) for paragraph in self.paragraphs]
        body[0] = self.dateline + body[0]
        return (*body, *((self.credit_line.source,) if self.credit_line else ()))

    def text(self) -> str:
        """Return the text as printed, paragraphs parted by an empty line; title excluded."""
        return "\n\n".join(self.printed())

    def english(self) -> str:
        """Return the text in English, in the paragraphs of `text`."""
        body = [" ".join(s.english for s in paragraph) for paragraph in self.paragraphs]
        body[0] = self.dateline + body[0]
        return "\n\n".join((*body, *((self.credit_line.english,) if self.credit_line else ())))

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the body in order, without dateline and credit line."""
        for paragraph in self.paragraphs:
            yield from paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedDifference:
    """One question that the reports of a story answer differently."""

    story: str
    question: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStory:
    """One invented happening and what is planted in its articles."""

    id: str
    title: str
    #: Name of its thread; None where it stands alone.
    thread: str | None
    differences: tuple[PlantedDifference, ...]
    #: Pairs of the correcting and the corrected article.
    corrections: tuple[tuple[str, str], ...]
    #: Outlets of each credit chain, from the last teller to the first.
    chains: tuple[tuple[str, ...], ...]
    #: Countries whose press leaves it out; `all countries but XX` where one alone carries it.
    gaps: tuple[str, ...]
    #: Speaker and the articles that carry the same words of theirs.
    shared_quotes: tuple[tuple[str, tuple[str, ...]], ...]
    #: Story of the same day that looks like it; None where none.
    look_alike: str | None
