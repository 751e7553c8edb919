from __future__ import annotations

import pytest

from worldtake.testing.builders import a_report, a_translation, an_article

SLOVENE = an_article("Svetilke spet gorijo.", language="sl", title="Svetilke v pristanišču")
ENGLISH = a_translation(SLOVENE, "The lanterns burn again.", title="Lanterns in the harbour")


def test_a_report_is_told_in_the_readers_language() -> None:
    report = a_report(SLOVENE, translation=ENGLISH)
    assert ("Lanterns in the harbour", "The lanterns burn again.") == (
        report.title(),
        report.text(),
    )


@pytest.mark.parametrize("hidden", [{"tier": "match"}, {"tier": "none"}, {"engine": "none"}])
def test_a_translation_that_readers_may_not_see_is_not_told(hidden: dict[str, str]) -> None:
    report = a_report(SLOVENE, translation=a_translation(SLOVENE, "The lanterns.", **hidden))
    assert (None, "Svetilke v pristanišču", "Svetilke spet gorijo.") == (
        report.shown, report.title(), report.text(),
    )  # fmt: skip
