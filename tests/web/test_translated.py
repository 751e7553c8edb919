from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.web.press import (
    APERTIUM,
    DOUBTED,
    DUE,
    FERRY,
    FOR_BUDGET,
    FOR_ENGINE,
    INTO_PERSIAN,
    MATCHED,
    OPUS,
    OUTLETS,
    PIVOT,
    READ,
    UNSERVED,
    UNTITLED,
    WAITING,
    Written,
)

from worldtake.model import Maker, Translation
from worldtake.model.views import ArticleView
from worldtake.web.translated import Told, reasons, tell, why_kept


def view_of(written: Written) -> ArticleView:
    return ArticleView(
        article=written.article(), outlet=OUTLETS[written.outlet], translation=written.translation(),
        trace=written.trace(), story=None, copies=(), copied=(), credited=(), **written.view,
    )  # fmt: skip


def told(written: Written) -> Told:
    view = view_of(written)
    known = view.translation
    return tell(view, shown=known if known and known.shown and not view.reads else None)


def made_by(*makers: Maker) -> str:
    view = view_of(DOUBTED)
    assert isinstance(view.translation, Translation)
    return tell(view, shown=replace(view.translation, makers=makers)).made


def test_who_translated_is_said_with_the_day() -> None:
    assert "from Slovenian by OPUS-MT sl-en, 22 November 2026" == made_by(OPUS)


def test_several_makers_are_named_in_order() -> None:
    assert "from Slovenian by OPUS-MT sl-en and Apertium spa-eng, 22 November 2026" == made_by(
        OPUS, APERTIUM
    )


def test_a_language_in_between_is_said() -> None:
    assert (
        "from Hebrew by LibreTranslate he-fa (through English), 21 November 2026"
        == told(INTO_PERSIAN).made
    )


def test_work_of_several_days_says_first_and_last() -> None:
    later = replace(OPUS, made=OPUS.made + timedelta(days=2))
    assert made_by(OPUS, later).endswith("by OPUS-MT sl-en, 22 November 2026 to 24 November 2026")


def test_a_maker_whose_work_is_not_shown_is_not_named() -> None:
    hidden = replace(APERTIUM, tier="match")
    assert "from Slovenian by OPUS-MT sl-en, 22 November 2026" == made_by(OPUS, hidden)


def test_a_translation_of_unknown_making_names_its_engine() -> None:
    assert "from Italian by sample 1" == told(FERRY[0]).made


def test_doubtful_sentences_are_listed_with_the_reason_in_words() -> None:
    assert [
        ("New path to the cave opened on the Karst", "a name of the original is missing"),
        (
            "The municipality opened a 5 kilometre path to the cave on Saturday.",
            "digits differ from the original",
        ),
        (
            "The state state also contributed the money the state also contributed the money.",
            "it repeats words that the original says once; it is much longer or shorter than the original",
        ),
    ] == [(each.words, each.why) for each in told(DOUBTED).doubtful]


def test_sentences_left_in_the_original_are_listed_with_why() -> None:
    assert [
        "no translator had an answer for it",
        (
            "no translation of it could be trusted: digits differ from the original;"
            " it is in another language than was asked for"
        ),
    ] == [each.why for each in told(DOUBTED).kept]


def test_a_headline_left_in_the_original_is_among_them() -> None:
    first = told(UNTITLED).kept[0]
    assert ("", "Na Krasu odprli novo pot do jame") == (first.anchor, first.words)


def test_sentences_that_are_still_to_come_are_no_doubt() -> None:
    assert ((), ()) == (told(WAITING).doubtful, told(WAITING).kept)


def test_a_finding_without_words_of_ours_is_said_as_it_is() -> None:
    assert "new-finding" == reasons(("new-finding",))
    assert "no translation of it could be trusted: new-finding" == why_kept(("new-finding",), "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (WAITING, "The beginning is translated. The rest is being translated now that you opened it."),
        (FOR_BUDGET, "The rest waits for tomorrow: today’s budget of DeepL is used up."),
        (FOR_ENGINE, "LibreTranslate does not answer; the rest comes when it does."),
        (DOUBTED, ""),
        (DUE, "It is being translated. Until then the original stands alone."),
        (UNSERVED, "No translator is set up for Slovenian: the original stands alone."),
        (MATCHED, "What is set up for Slovenian translates well enough to find its story, not to be read: the original stands alone."),
        (READ, "You read Slovenian: it stands as it was printed."),
    ],
    ids=["reader", "budget", "engine", "whole", "due", "unserved", "match", "read"],
)  # fmt: skip
def test_what_waits_or_is_missing_is_said(written: Written, said: str) -> None:
    assert said == told(written).waiting


@pytest.mark.parametrize(
    ("waits", "said"),
    [
        ("budget", "The translation waits for tomorrow: today’s budget of DeepL is used up."),
        ("engine", "DeepL does not answer; the translation comes when it does."),
        ("reader", "It is being translated. Until then the original stands alone."),
    ],
)
def test_an_article_of_which_nothing_is_translated_says_what_it_waits_for(
    waits: str, said: str
) -> None:
    none = {"engine": "none", "tier": "none", "waits": waits, "waits_for": "deepl"}
    assert said == told(replace(WAITING, changes=none)).waiting


def test_an_unknown_language_is_said() -> None:
    lost = replace(UNSERVED, language="und")
    assert "The language is unknown, so the original stands alone." == told(lost).waiting


def test_a_translation_of_which_nothing_could_be_trusted_says_so() -> None:
    none = {"engine": "none", "tier": "none"}
    failed = replace(WAITING, changes=none)
    assert (
        "No translation of it could be trusted: the original stands alone." == told(failed).waiting
    )


@pytest.mark.parametrize(
    ("written", "asks"),
    [(WAITING, True), (DUE, True), (FOR_BUDGET, False), (FOR_ENGINE, False), (UNSERVED, False), (READ, False), (DOUBTED, False)],
)  # fmt: skip
def test_only_what_is_being_translated_is_asked_for_again(written: Written, *, asks: bool) -> None:
    assert asks == told(written).refreshes


def test_the_language_in_between_is_not_named_where_it_is_the_source() -> None:
    assert "from Slovenian by LibreTranslate he-fa, 21 November 2026" == made_by(
        replace(PIVOT, via="sl")
    )
