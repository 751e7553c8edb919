"""Group how a story is told: by the country of the outlets, and by bloc of outlets and of those who are quoted.

A take is shown in the words of the article, never in a paraphrase; one for each independent voice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from worldtake.model import Take, TakeGroup
from worldtake.places import country_blocs
from worldtake.takes.centrality import scores
from worldtake.takes.headings import bloc_heading, country_heading
from worldtake.takes.passages import passage_at, passages
from worldtake.takes.voices import voices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from worldtake.model import Quote, Report, StoryFile
    from worldtake.takes.passages import Passage

#: Most takes under one heading.
MOST_TAKES = 4
#: Least confidence of a quote's speaker for it to stand for an actor (stage design: those shown are at .93 precision).
SURE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A take with what it is chosen by."""

    take: Take
    #: Article with whose words it speaks.
    voice: str
    #: Ownership group or outlet.
    owner: str
    #: How central the passage is; quotes of actors come first.
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTakes:
    """Put one passage of each independent voice under its country and under its bloc."""

    name: ClassVar[str] = "takes.group"
    version: ClassVar[int] = 1

    #: Country -> bloc id.
    blocs: Mapping[str, str] = field(default_factory=country_blocs)
    #: Name of a person or body -> the country it acts for.
    actors: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, file: StoryFile) -> tuple[TakeGroup, ...]:
        """Return the groups by country, then by bloc, those with most independent voices first."""
        told = self._told(file)
        by_country: dict[str, list[_Candidate]] = defaultdict(list)
        by_bloc: dict[str, list[_Candidate]] = defaultdict(list)
        for candidate in told:
            country = candidate.take.country
            bloc = self.blocs.get(country or "")
            if country:
                by_country[country].append(candidate)
            if bloc:
                by_bloc[bloc].append(candidate)
        for bloc, candidate in self._quoted(file):
            by_bloc[bloc].append(candidate)
        return (*_groups("country", by_country), *_groups("bloc", by_bloc))

    def _told(self, file: StoryFile) -> list[_Candidate]:
        """Return the most central passage of each report that has one."""
        leader = voices(file)
        found = [passages(report) for report in file.reports]
        told: list[_Candidate] = []
        for report, choice, central in zip(file.reports, found, scores(found), strict=True):
            if choice:
                best = max(range(len(choice)), key=lambda place: (central[place], -place))
                told.append(_candidate(report, choice[best], leader, central[best]))
        return told

    def _quoted(self, file: StoryFile) -> Iterator[tuple[str, _Candidate]]:
        """Yield the sentences in which actors of a bloc are quoted, with the bloc."""
        for report in file.reports:
            for quote in report.trace.quotes:
                country = self.actors.get(quote.speaker_name or "")
                bloc = self.blocs.get(country or "")
                passage = _passage_of(report, quote) if bloc else None
                if bloc and passage:
                    speaker = quote.speaker_name or ""
                    take = _take(report, passage, speaker=speaker)
                    voice = f"speaker:{speaker}"
                    score = 1.0 + quote.confidence
                    yield bloc, _Candidate(take=take, voice=voice, owner=voice, score=score)


def _passage_of(report: Report, quote: Quote) -> Passage | None:
    """Return the sentence of a sure direct quote in the text; None for others."""
    sure = quote.kind in {"direct", "partial"} and quote.confidence >= SURE
    return passage_at(report, quote.content[0]) if sure and quote.part == "text" else None


def _candidate(
    report: Report, passage: Passage, leader: Mapping[str, str], score: float
) -> _Candidate:
    return _Candidate(
        take=_take(report, passage, speaker=None),
        voice=leader.get(report.article.id, report.article.id),
        owner=report.outlet.voice(),
        score=score,
    )


def _take(report: Report, passage: Passage, *, speaker: str | None) -> Take:
    return Take(
        article_id=report.article.id,
        outlet_id=report.outlet.id,
        country=report.outlet.country,
        speaker=speaker,
        evidence=passage.evidence,
        passage=passage.text,
        translated=passage.translated,
    )


def _groups(
    view: Literal["country", "bloc"], candidates: Mapping[str, Sequence[_Candidate]]
) -> tuple[TakeGroup, ...]:
    groups = []
    for key, all_of_key in candidates.items():
        takes = tuple(chosen.take for chosen in _independent(all_of_key))
        quoted = any(take.speaker for take in takes)
        heading = country_heading(key) if view == "country" else bloc_heading(key, quoted=quoted)
        groups.append(TakeGroup(view=view, key=key, heading=heading, takes=takes))
    return tuple(sorted(groups, key=lambda group: (-len(group.takes), group.heading)))


def _independent(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the best candidates of which no two share words, owner or passage; an owner's latest stands for it."""
    earliest: dict[str, _Candidate] = {}
    for candidate in candidates:
        earliest.setdefault(candidate.voice, candidate)
    latest = {candidate.owner: candidate for candidate in earliest.values()}
    chosen: dict[tuple[str, int], _Candidate] = {}
    for candidate in sorted(latest.values(), key=lambda each: -each.score):
        place = (candidate.take.article_id, candidate.take.evidence.span.start)
        chosen.setdefault(place, candidate)
    return list(chosen.values())[:MOST_TAKES]
