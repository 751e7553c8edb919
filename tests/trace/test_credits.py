from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.model import Discarded, Skip
from worldtake.testing import STAGE_CHECKS, an_article, an_outlet
from worldtake.trace import FindCredits

from .tracing_builders import ATLAS, GAZETTE, OUTLETS, article, credited, credits_of

if TYPE_CHECKING:
    from .tracing_builders import StageCheck


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_finding_credits_is_a_stage(check: StageCheck) -> None:
    check(FindCredits(outlets=OUTLETS), [an_article(), an_article("")])


def test_an_article_without_text_is_skipped() -> None:
    assert Skip("no-text") == FindCredits(outlets=OUTLETS)(an_article(""))


@pytest.mark.parametrize(
    ("language", "text", "outlet", "kind"),
    [
        ("en", "The port was sold, according to the Thames Gazette.", "Thames Gazette", "report"),
        ("en", "The Thames Gazette, which saw the text, reports a sale.", "Thames Gazette", "report"),
        ("en", "“It is sold,” she told the Thames Gazette.", "Thames Gazette", "interview"),
        ("en", "In an interview with the British daily Thames Gazette she wept.", "Thames Gazette", "interview"),
        ("en", "LONDON (Atlas) — The port was sold.", "Atlas News Agency", "dateline"),
        ("en", "The port was sold.\n\n(Atlas News Agency)", "Atlas News Agency", "agency"),
        ("en", "It was sold.\n\nThis article first appeared in the Thames Gazette.", "Thames Gazette", "republication"),
        ("de", "Das meldet die Zeitung laut der Thames Gazette.", "Thames Gazette", "report"),
        ("de", "Das sagte Jan Petersen der Thames Gazette.", "Thames Gazette", "interview"),
        ("fr", "Selon le quotidien britannique Thames Gazette, tout est vendu.", "Thames Gazette", "report"),
        ("es", "«Está vendido», dijo al Thames Gazette.", "Thames Gazette", "interview"),
        ("it", "Lo scrive il quotidiano inglese Thames Gazette.", "Thames Gazette", "report"),
        ("pt", "De acordo com o jornal Thames Gazette, foi vendido.", "Thames Gazette", "report"),
        ("sl", "Kot poroča časnik Jutranjik, je prodano.", "Jutranjik", "report"),
        ("sl", "Po poročanju Jutranjika je prodano.", "Jutranjik", "report"),
        ("ru", "Как пишет турецкая газета «Богаз сеси», порт продан.", "Boğaz Sesi", "report"),
        ("uk", "За даними «Портовика», порт продано.", "Portovyk", "report"),
        ("tr", "Boğaz Sesi'nin haberine göre liman satıldı.", "Boğaz Sesi", "report"),
        ("ar", "وفق ما نشرته صحيفة «بوغاز سيسي» بيع الميناء.", "Boğaz Sesi", "report"),
        ("zh", "据《江畔晨报》报道，港口已售出。", "Jiangpan", "report"),
    ],
)  # fmt: skip
def test_a_credit_is_found_in_each_language(
    language: str, text: str, outlet: str, kind: str
) -> None:
    assert [(outlet, kind)] == credited(text, language)


def test_a_name_without_a_trigger_is_no_credit() -> None:
    assert [] == credited("The Thames Gazette moved to a new building on Friday.")


def test_an_outlet_named_like_a_word_needs_to_be_used_as_a_name() -> None:
    assert [] == credited("She told Time and again that it was sold.")


def test_an_outlet_does_not_credit_itself() -> None:
    text = "The port was sold, she told the Thames Gazette."
    assert [] == credited(text, outlet_id=GAZETTE.id)


def test_the_paper_is_the_outlet_credited_last() -> None:
    text = (
        "It was sold, according to the Thames Gazette. The price was low, the British paper said."
    )
    assert ["Thames Gazette", "Thames Gazette"] == [outlet for outlet, _ in credited(text)]


def test_the_paper_is_not_the_one_that_it_cites() -> None:
    text = "It was sold, according to the Thames Gazette, citing Turkey’s Boğaz Sesi. It was cheap, the paper said."
    assert ["Thames Gazette", "Boğaz Sesi", "Thames Gazette"] == [one for one, _ in credited(text)]


def test_two_outlets_joined_are_both_credited() -> None:
    text = "It was sold, according to Boğaz Sesi and the Thames Gazette."
    assert ["Boğaz Sesi", "Thames Gazette"] == [outlet for outlet, _ in credited(text)]


def test_what_comes_after_a_report_is_order_in_time() -> None:
    assert [] == credited("The sale comes after a report by the Thames Gazette on Tuesday.")


def test_a_photo_credit_is_of_its_own_kind() -> None:
    given = article(
        "The port was sold.",
        discarded=(Discarded(text="Foto: Ines / Atlas News Agency", reason="caption"),),
    )
    found = credits_of(given)
    assert [("photo", "discarded")] == [(one.kind, one.part) for one in found]


def test_an_unknown_paper_is_credited_by_the_name_printed() -> None:
    found = credits_of(article("It was sold, according to The Seaside Times."))
    assert [(None, "The Seaside Times")] == [(one.outlet_id, one.outlet) for one in found]


def test_an_agency_is_known_by_its_short_name_in_brackets() -> None:
    assert [("Atlas News Agency", "agency")] == credited(
        "The port was sold.\n\n(Atlas)", outlets=(ATLAS,)
    )


def test_many_outlets_do_not_hide_one() -> None:
    crowd = tuple(an_outlet(id=f"us-{at}", name=f"Lamp {at} Daily") for at in range(2000))
    assert [("Thames Gazette", "report")] == credited(
        "It was sold, according to the Thames Gazette.", outlets=(*crowd, GAZETTE)
    )
