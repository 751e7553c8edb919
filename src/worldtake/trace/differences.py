"""Find where the articles of a story give different figures for one question.

Compared are figures of one unit and one measured thing, of one whole where they are shares, from at least two outlets. A
later value by the same outlet, or one said a day or more after the other, is an update. Never who is right.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from worldtake.model import (
    UNTRANSLATED,
    Difference,
    DifferenceValue,
    Skip,
    Span,
    quote_evidence,
)
from worldtake.trace.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from worldtake.model import Evidence, Figure, Report, StoryFile

#: Time after which a new value is an update and no difference.
UPDATE_AFTER = timedelta(days=1)
#: Values from which digits are written out.
PLAIN_BELOW = 1e6
#: Units that count the same things.
_SAME_UNIT = {
    "persons": "people", "person": "people", "passengers": "people", "others": "people", "residents": "people",
    "villagers": "people", "injured": "people", "dead": "people", "wounded": "people", "victims": "people", "": "people",
    "homes": "houses", "buildings": "houses", "vessels": "ships",
}  # fmt: skip
_OF_PEOPLE_TEXT = """
injured dead missing rescued evacuated aboard arrested detained displaced homeless
"""
#: States that only people are in: their figures may come without a noun.
_OF_PEOPLE = frozenset(_OF_PEOPLE_TEXT.split())
_PEOPLE_TEXT = """
people persons person passengers residents villagers injured dead wounded victims
"""
#: Words for whole bodies of people; a figure with another noun counts something else.
_PEOPLE = frozenset(_PEOPLE_TEXT.split())
#: A number in digits of any script, with what groups or parts them.
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u066b\u066c]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindDifferences:
    """Find the differences within a story."""

    name: ClassVar[str] = "find-differences"
    version: ClassVar[int] = 2
    #: Language of the text that is compared: the reader's.
    language: str = "en"

    def __call__(self, file: StoryFile) -> tuple[Difference, ...] | Skip:
        """Return the questions to which at least two outlets give different figures."""
        if len({report.outlet.voice() for report in file.reports}) <= 1:
            return ()
        asked: defaultdict[tuple[str, str, str], list[_Said]] = defaultdict(list)
        for report in file.reports:
            for said in _said(report, self.language):
                asked[said.question()].append(said)
        found = []
        for question, answers in sorted(asked.items()):
            difference = _difference(question, answers)
            if difference is not None:
                found.append(difference)
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    figure: Figure
    report: Report
    part: str

    def question(self) -> tuple[str, str, str]:
        figure = self.figure
        measures = figure.measures
        unit = _SAME_UNIT.get(figure.unit, figure.unit) if measures in _OF_PEOPLE else figure.unit
        return measures, _SAME_UNIT.get(unit, unit) if unit else unit, figure.whole.casefold()

    def moment(self) -> datetime:
        return self.report.article.moment()

    def evidence(self) -> Evidence:
        """Return where it is said: in the original where the translation is aligned with it."""
        article, span = self.report.article, self.figure.span
        pairs = self.report.shown.alignment if self.report.shown else ()
        for pair in pairs:
            if pair.target.overlaps(span):
                said = _number_in(article.text, pair.source, span.cut(self.report.text()))
                return quote_evidence(article.text, said, article_id=article.id)
        return quote_evidence(self.report.text(), span, article_id=article.id, part=self.part)


def _said(report: Report, language: str) -> Iterator[_Said]:
    """Yield the figures of a report that say what they measure, exact ones only."""
    translated = report.shown is not None
    text_language = report.shown.language if report.shown else report.article.language
    if text_language.split("-")[0] != language:
        return
    seen: set[tuple[str, str, float]] = set()
    left = _left_in_original(report)
    for figure in figures(report.text(), text_language):
        if any(figure.span.overlaps(span) for span in left):
            continue
        countable = figure.measures and (figure.unit or figure.measures in _OF_PEOPLE)
        if not countable or figure.op not in ("=", "~"):
            continue
        if figure.measures in _OF_PEOPLE and figure.unit not in _PEOPLE and figure.unit:
            continue
        key = (figure.measures, figure.unit, figure.value)
        if key not in seen:
            seen.add(key)
            yield _Said(figure=figure, report=report, part="translation" if translated else "text")


def _number_in(text: str, sentence: Span, words: str) -> Span:
    """Return where a sentence of the original has the number of `words`; the sentence where that is not one place."""
    wanted = {_digits(found.group()) for found in _NUMBER.finditer(words)}
    places = [
        Span(*found.span())
        for found in _NUMBER.finditer(text, sentence.start, sentence.end)
        if _digits(found.group()) in wanted
    ]
    return places[0] if len(places) == 1 else sentence


def _digits(number: str) -> str:
    """Return the digits of a number in whatever script and however grouped."""
    return "".join(str(int(char)) for char in number if char.isdecimal())


def _left_in_original(report: Report) -> tuple[Span, ...]:
    """Return what of the text is not in the reader's language, though the rest is."""
    pairs = report.shown.alignment if report.shown else ()
    return tuple(pair.target for pair in pairs if UNTRANSLATED in pair.flags)


def _difference(question: tuple[str, str, str], answers: list[_Said]) -> Difference | None:
    by_value: dict[float, list[_Said]] = {}
    for said in sorted(answers, key=lambda one: (one.moment(), one.report.article.id)):
        by_value.setdefault(said.figure.value, []).append(said)
    voices = {said.report.outlet.voice() for said in answers}
    if min(len(by_value), len(voices)) <= 1 or not _apart(by_value):
        return None
    return Difference(
        kind=_kind(by_value),
        question=_question(question),
        values=tuple(_value(value, said) for value, said in by_value.items()),
    )


def _apart(by_value: dict[float, list[_Said]]) -> bool:
    """Tell whether two articles answer differently: one that says both values tells of parts or of the difference."""
    firsts = [{said.report.article.id for said in answers} for answers in by_value.values()]
    return any(not a & b for at, a in enumerate(firsts) for b in firsts[at + 1 :])


def _kind(by_value: dict[float, list[_Said]]) -> str:
    """Return `update` where each new value came a day later, or first by an outlet that had said another."""
    groups = list(by_value.values())
    for before, after in itertools.pairwise(groups):
        apart = after[0].moment() - before[0].moment() >= UPDATE_AFTER
        own = after[0].report.outlet.id in {said.report.outlet.id for said in before}
        if not (apart or own):
            return "difference"
    return "update"


def _question(question: tuple[str, str, str]) -> str:
    measures, unit, whole = question
    counted = "people" if measures in _OF_PEOPLE else unit
    text = (
        f"How many {counted} {measures}?" if counted != "percent" else f"What per cent {measures}?"
    )
    return text if not whole else text.replace("?", f" of {whole}?")


def _value(value: float, answers: list[_Said]) -> DifferenceValue:
    return DifferenceValue(
        value=f"{value:g}" if value < PLAIN_BELOW else f"{value:.0f}",
        receipts=tuple(said.evidence() for said in answers),
        as_of=answers[0].moment().date().isoformat(),
    )
