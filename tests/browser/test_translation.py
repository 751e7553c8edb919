from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import served
from tests.browser.test_site import opened
from tests.web.press import (
    DOUBTED,
    INTO_PERSIAN,
    OPUS,
    READ,
    SLY,
    TRANSLATING,
    TRANSLATIONS,
    WAITING,
    SmallPress,
    Written,
    find,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from worldtake.model.views import ArticleView

PHONE = {"width": 375, "height": 700}
TRANSPARENT = "rgba(0, 0, 0, 0)"
#: An article of one block with more sentences than the style sheet has rules for pairs.
LONG = Written(
    outlet="si-odmev", language="sl", hours=70, title=("Dolga pot", "A long way"),
    paragraphs=(tuple((f"To je {number}. stavek te poti.", f"This is sentence {number} of the way.") for number in range(1, 41)),),
    changes={"makers": (OPUS,)},
)  # fmt: skip
ENGLISH = (*(written for written in TRANSLATIONS if written.target == "en"), LONG)


def address(written: Written) -> str:
    return f"/article/{written.article().id}"


@pytest.fixture(scope="module")
def house() -> Iterator[str]:
    with served(SmallPress(more=(SLY, *ENGLISH), translation=TRANSLATING)) as found:
        yield found


@pytest.fixture(scope="module")
def persian() -> Iterator[str]:
    with served(SmallPress(language="fa", more=(INTO_PERSIAN,))) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("written", TRANSLATIONS, ids=lambda w: str(w.hours))
def test_no_translation_has_a_serious_barrier(
    browser: Browser, house: str, persian: str, axe: str, *, written: Written, scheme: str
) -> None:
    where = (persian if written.target == "fa" else house) + address(written)
    with opened(browser, where, color_scheme=scheme, bypass_csp=True) as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [] == [
        (v["id"], [n["html"] for n in v["nodes"]][:3])
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
@pytest.mark.parametrize("written", [DOUBTED, WAITING, INTO_PERSIAN], ids=lambda w: str(w.hours))
def test_no_translation_scrolls_sideways(
    browser: Browser, house: str, persian: str, written: Written, width: int
) -> None:
    where = (persian if written.target == "fa" else house) + address(written)
    with opened(browser, where, viewport={"width": width, "height": 800}) as page:
        for sentence in page.locator(".text [data-pair]:visible").all():
            sentence.hover()
            assert width >= page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize(
    ("pointed", "partner"), [("translated", "source"), ("source", "translated")]
)
@pytest.mark.parametrize("pair", [2, 39])
def test_pointing_at_a_sentence_marks_its_partner_on_the_other_side(
    browser: Browser, house: str, pointed: str, partner: str, pair: int
) -> None:
    with opened(browser, house + address(LONG), reduced_motion="reduce") as page:
        page.locator(f".{pointed} [data-pair='{pair}']").hover()
        other = page.locator(f".{partner} [data-pair='{pair}']")
        expect(other).not_to_have_css("background-color", TRANSPARENT)
        expect(page.locator(f".{partner} .lit")).to_have_count(1)
        page.locator("h1").hover()
        expect(other).to_have_css("background-color", TRANSPARENT)


def test_the_tab_key_stops_once_in_a_text_and_comes_back_to_where_it_was(
    browser: Browser, house: str
) -> None:
    with opened(browser, house + address(LONG)) as page:
        page.locator(".translated [data-pair='1']").focus()
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(page.locator(".source [data-pair='4']")).to_have_class("s lit")
        page.keyboard.press("Tab")
        assert 0 == page.locator(".text [data-pair]:focus").count()
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".translated [data-pair='4']")).to_be_focused()


def test_the_left_arrow_goes_ahead_where_the_text_runs_from_right_to_left(
    browser: Browser, persian: str
) -> None:
    with opened(browser, persian + address(INTO_PERSIAN)) as page:
        page.locator(".translated [data-pair='1']").first.focus()
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".translated [data-pair='2']").first).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".translated [data-pair='1']").first).to_be_focused()


def test_a_doubtful_sentence_says_why_on_focus_until_it_is_sent_away(
    browser: Browser, house: str
) -> None:
    with opened(browser, house + address(DOUBTED)) as page:
        reason = page.locator(".translated .doubt .reason").first
        expect(reason).to_be_hidden()
        page.locator(".translated .doubt").first.focus()
        expect(reason).to_be_visible()
        expect(reason).to_have_text("Doubtful: digits differ from the original.")
        page.keyboard.press("Escape")
        expect(reason).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_doubtful_sentence_says_why_when_pointed_at(
    browser: Browser, house: str, *, scripts: bool
) -> None:
    with opened(browser, house + address(DOUBTED), java_script_enabled=scripts) as page:
        page.locator(".translated .kept").last.hover()
        expect(page.locator(".translated .kept .reason").last).to_be_visible()


def test_the_list_of_doubts_leads_to_the_sentence(browser: Browser, house: str) -> None:
    with opened(browser, house + address(DOUBTED)) as page:
        page.locator(".doubts summary").first.click()
        page.locator(".doubts a").nth(1).click()
        expect(page.locator(".translated .doubt").first).to_be_focused()


def test_on_a_phone_a_tap_shows_the_original_beneath_the_sentence(
    browser: Browser, persian: str
) -> None:
    options = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    with opened(browser, persian + address(INTO_PERSIAN), **options) as page:
        expect(page.locator(".source").first).to_be_hidden()
        sentence = page.locator(".translated [data-pair='1']").first
        sentence.tap()
        beneath = page.locator(".beneath")
        expect(beneath).to_have_text(INTO_PERSIAN.paragraphs[0][0][0])
        assert ("he", "rtl") == (beneath.get_attribute("lang"), beneath.get_attribute("dir"))
        expect(sentence).not_to_have_css("background-color", TRANSPARENT)
        page.locator(".translated [data-pair='2']").first.tap()
        expect(beneath).to_have_text(INTO_PERSIAN.paragraphs[0][1][0])
        page.locator(".translated [data-pair='2']").first.tap()
        expect(beneath).to_have_count(0)


def test_on_a_wide_screen_a_tap_marks_the_pair(browser: Browser, house: str) -> None:
    with opened(browser, house + address(LONG), has_touch=True, reduced_motion="reduce") as page:
        page.locator(".source [data-pair='3']").tap()
        expect(page.locator(".translated [data-pair='3']")).to_have_class("s lit")
        expect(page.locator(".beneath")).to_have_count(0)


def test_on_a_phone_every_original_can_be_unfolded(browser: Browser, house: str) -> None:
    with opened(browser, house + address(DOUBTED), viewport=PHONE) as page:
        button = page.get_by_role("button", name="Show the original")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert [True] * 3 == [each.is_visible() for each in page.locator(".source").all()]
        page.locator(".translated [data-pair='1']").first.click()
        expect(page.locator(".beneath")).to_have_count(0)


def test_on_a_phone_without_scripts_the_original_stands_beneath(
    browser: Browser, house: str
) -> None:
    where = house + address(DOUBTED)
    with opened(browser, where, viewport=PHONE, java_script_enabled=False) as page:
        expect(page.locator(".source").first).to_be_visible()
        expect(page.locator(".unfold")).to_be_hidden()


def test_on_a_phone_a_receipt_unfolds_its_words(browser: Browser, house: str) -> None:
    span = find(DOUBTED.article().text, "punčico svojega očesa")
    where = f"{house}{address(DOUBTED)}#s{span.start}-{span.end}"
    with opened(browser, where, viewport=PHONE) as page:
        expect(page.locator("mark.receipt")).to_be_in_viewport()
        expect(page.locator(".source:visible")).to_have_count(1)
        page.go_back()


def test_a_reader_of_the_language_can_see_it_translated_and_back(
    browser: Browser, house: str
) -> None:
    with opened(browser, house + address(READ)) as page:
        page.get_by_role("link", name="See it translated").click()
        expect(page.locator("h1")).to_have_text(str(READ.title[1]))
        page.get_by_role("link", name="see it as it was printed").click()
        expect(page.locator("h1")).to_have_text(READ.title[0])


def test_the_rest_of_a_translation_comes_by_itself_and_keeps_the_place(browser: Browser) -> None:
    whole = tuple(
        tuple((source, target or f"Sentence {source[:3]} in English.") for source, target in each)
        for each in WAITING.paragraphs
    )
    done = replace(WAITING, paragraphs=whole, changes={"makers": (OPUS,)})

    class Working(SmallPress):
        calls = 0

        def article(self, article_id: str) -> ArticleView:
            Working.calls += 1
            press = SmallPress(more=(done if Working.calls > 2 else WAITING,))
            return press.article(article_id)

    with served(Working()) as found, opened(browser, found + address(WAITING)) as page:
        page.locator(".translated [data-pair='1']").first.focus()
        expect(page.locator(".waiting")).to_be_visible()
        expect(page.locator(".waiting")).to_have_count(0, timeout=20_000)
        expect(page.locator("[hx-get]")).to_have_count(0)
        expect(page.locator(".to-come")).to_have_count(0)
        expect(page.locator(".translated [data-pair='1']").first).to_be_focused()
        expect(page.locator("#arrived")).to_have_text("The translation is complete.")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".translated [data-pair='2']").first).to_be_focused()


def test_a_headline_that_comes_later_takes_its_place(browser: Browser) -> None:
    due = replace(WAITING, translated=False)

    class Working(SmallPress):
        calls = 0

        def article(self, article_id: str) -> ArticleView:
            Working.calls += 1
            press = SmallPress(more=(WAITING if Working.calls > 1 else due,))
            return press.article(article_id)

    with served(Working()) as found, opened(browser, found + address(WAITING)) as page:
        expect(page.locator("h1")).to_have_text(WAITING.title[0])
        expect(page.locator("h1")).to_have_text(str(WAITING.title[1]), timeout=20_000)
        assert "en" == page.locator("h1").get_attribute("lang")
