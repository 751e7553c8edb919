from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from worldtake.model import Aligned, Skip, Span
from worldtake.testing import (
    STAGE_CHECKS,
    a_report,
    a_story_file,
    a_trace,
    a_translation,
    an_outlet,
)
from worldtake.trace import FindDifferences

from .tracing_builders import ATLAS, GAZETTE, NOON, article

if TYPE_CHECKING:
    from worldtake.model import Outlet, Report, Tier

    from .tracing_builders import StageCheck


LEDGER = an_outlet(id="us-ledger", name="Harbor Ledger", kind="newspaper")


def report(outlet: Outlet, text: str, hours: int = 0) -> Report:
    made = article(
        text, outlet_id=outlet.id, url=f"https://{outlet.id}.test/{hours}", id=f"{hours:03}{outlet.id}",
        published=NOON + timedelta(hours=hours), published_precision="minute",
    )  # fmt: skip
    return a_report(made, outlet=outlet, trace=a_trace(made))


def found(*reports: Report) -> list[tuple[str, list[str]]]:
    differences = FindDifferences()(a_story_file(reports))
    assert not isinstance(differences, Skip)
    return [(one.kind, [value.value for value in one.values]) for one in differences]


TWELVE = report(GAZETTE, "The fire left 12 people injured, the coast guard said.")
NINETEEN = report(LEDGER, "The company spoke of 19 injured.", 1)


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_finding_differences_is_a_stage(check: StageCheck) -> None:
    check(FindDifferences(), [a_story_file([TWELVE, NINETEEN])])


def test_two_outlets_with_two_figures_differ() -> None:
    assert [("difference", ["12", "19"])] == found(TWELVE, NINETEEN)


def test_the_same_figure_is_no_difference() -> None:
    assert [] == found(TWELVE, report(LEDGER, "It left 12 people injured.", 1))


def test_one_outlet_alone_makes_no_difference() -> None:
    assert [] == found(TWELVE, report(GAZETTE, "It left 19 people injured.", 1))


def test_a_figure_of_a_day_later_is_an_update() -> None:
    assert [("update", ["12", "19"])] == found(
        TWELVE, report(LEDGER, "It left 19 people injured.", 30)
    )


def test_figures_of_other_things_are_not_compared() -> None:
    assert [] == found(TWELVE, report(ATLAS, "It left 19 people missing.", 1))


def test_figures_of_other_wholes_are_not_compared() -> None:
    one = report(GAZETTE, "A premium of 19 percent of the cargo was agreed.")
    other = report(LEDGER, "A premium of 14 percent of the ship was agreed.", 1)
    assert [] == found(one, other)


SLOVENE = "Poškodovanih je bilo 19 ljudi. Na krovu jih je bilo 214."
ENGLISH = "The fire left 19 people injured. There were 214 of them aboard."


def translated(
    *, tier: Tier = "good", flags: tuple[str, ...] = (), source: str = SLOVENE
) -> Report:
    """Return a Slovene report of two sentences, the first of them with `flags`."""
    made = report(LEDGER, source, 1)
    start, target = source.index(". ") + 2, ENGLISH.index(". ") + 2
    pairs = (
        Aligned(source=Span(0, start - 1), target=Span(0, target - 1), flags=flags),
        Aligned(source=Span(start, len(source)), target=Span(target, len(ENGLISH))),
    )
    article = replace(made.article, language="sl")
    translation = a_translation(article, ENGLISH, tier=tier, alignment=pairs)
    return replace(made, article=article, translation=translation)


def cited(made: Report) -> tuple[str, str]:
    (one,) = FindDifferences()(a_story_file([TWELVE, made]))  # type: ignore[misc]
    evidence = one.values[1].receipts[0]
    return evidence.part, evidence.exact


def test_a_figure_of_a_translation_cites_the_number_in_the_original() -> None:
    assert ("text", "19") == cited(translated())


def test_a_number_written_out_in_the_original_cites_its_sentence() -> None:
    source = "Poškodovanih je bilo devetnajst ljudi. Na krovu jih je bilo 214."
    assert ("text", "Poškodovanih je bilo devetnajst ljudi.") == cited(translated(source=source))


def test_a_figure_in_a_sentence_left_in_the_original_is_not_compared() -> None:
    assert [] == found(TWELVE, translated(flags=("untranslated",)))


def test_a_figure_of_a_translation_for_grouping_alone_is_not_compared() -> None:
    assert [] == found(TWELVE, translated(tier="match"))
