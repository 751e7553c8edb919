"""What the pages of an outlet have in common: what one page shows of it, and what was learned from many."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one page shows of its outlet's habits. Lines are kept as short hashes (`extract.habits.line_key`)."""

    #: Canonical address of the article: all its pages count as one.
    url: str
    #: Lines of the text that are no long sentences, ascending.
    lines: tuple[str, ...] = field(default=(), repr=False)
    #: Long sentences of the text, ascending: pages that share several tell one report.
    prose: tuple[str, ...] = field(default=(), repr=False)
    #: Where headlines are stated, and whether each is the one that most places agree on; empty where no two agree.
    places: tuple[tuple[str, bool], ...] = ()
    #: What stands in the page's titles beside the headline (folded), ascending: sites, sections.
    parts: tuple[str, ...] = ()
    #: Outer parts of the headline as it was chosen (folded); empty where it is in one piece.
    edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletHabits:
    """What was learned of one outlet."""

    #: Articles that it was learned from.
    pages: int = 0
    #: Lines that recur (`extract.habits.line_key`), ascending.
    lines: tuple[str, ...] = field(default=(), repr=False)
    #: Place of headlines -> on how many pages it was the headline that most places agree on, of how many; by place.
    places: tuple[tuple[str, int, int], ...] = ()
    #: Names of site and sections that recur in titles (folded), ascending.
    parts: tuple[str, ...] = ()
