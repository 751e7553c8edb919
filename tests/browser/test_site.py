from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import served
from tests.web.press import FERRY, SLY, SmallPress, find, story_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

STORY = f"/story/{story_of(FERRY).id}"
ITALIAN, ARABIC = (f"/article/{FERRY[i].article().id}" for i in (0, 3))
PAGES = (
    "/", STORY, ITALIAN, ARABIC, f"/article/{SLY.article().id}", "/countries", "/country/IT",
    "/outlet/ke-shore", "/search?q=ferry", "/about", "/status", "/nope",
)  # fmt: skip


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a page; at its end nothing may have gone wrong in it."""
    options.setdefault("viewport", {"width": 1280, "height": 900})
    context = browser.new_context(**options)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith(address[:20]) else faults.append(r.url))
    page.goto(address)
    yield page
    context.close()
    assert [] == [fault for fault in faults if "404 (Not Found)" not in fault]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_barrier(
    browser: Browser, site: str, axe: str, path: str, scheme: str
) -> None:
    with opened(browser, site + path, color_scheme=scheme, bypass_csp=True) as page:
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [] == [
        (v["id"], [n["html"] for n in v["nodes"]][:3])
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(browser: Browser, site: str, path: str, width: int) -> None:
    with opened(browser, site + path, viewport={"width": width, "height": 800}) as page:
        assert width >= page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_reads_without_scripts(browser: Browser, site: str, path: str) -> None:
    with opened(browser, site + path, java_script_enabled=False) as page:
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".globe")).to_have_count(1 if path == "/" else 0)
        expect(page.locator(".globe:visible")).to_have_count(0)


def test_the_first_tab_skips_to_the_content(browser: Browser, site: str) -> None:
    with opened(browser, site) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_a_reader_goes_from_the_front_page_to_the_words_by_keys_alone(
    browser: Browser, site: str
) -> None:
    with opened(browser, site) as page:
        page.locator(".card.lead h3 a").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{STORY}")
        page.locator(".receipt-link").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/article/**")
        expect(page.locator("mark.receipt").first).to_be_in_viewport()


def test_a_bare_fragment_marks_its_words(browser: Browser, site: str) -> None:
    words = "bruciato per ore"
    span = find(FERRY[0].article().text, words)
    with opened(browser, f"{site}{ITALIAN}#s{span.start}-{span.end}") as page:
        expect(page.locator("mark.receipt")).to_have_text(words)
        page.go_back()
        assert "about:blank" == page.url


def test_a_quote_in_the_list_lights_up_in_the_text(browser: Browser, site: str) -> None:
    with opened(browser, site + ARABIC) as page:
        page.locator(".finds a.quoted").last.click()
        expect(page.locator("mark.is-target")).to_have_text(FERRY[3].quotes[0][0])


def colour(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor"))


@pytest.mark.parametrize("scripts", [True, False])
def test_pointing_at_a_sentence_lights_up_its_partner(
    browser: Browser, site: str, *, scripts: bool
) -> None:
    with opened(
        browser, site + ITALIAN, java_script_enabled=scripts, reduced_motion="reduce"
    ) as page:
        page.locator(".translated [data-pair='2']").first.hover()
        lit = page.locator(".row:has(:hover) .source [data-pair='2']")
        expect(lit).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
        unlit = page.locator(".row:has(:hover) .source [data-pair='1']")
        expect(unlit).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_arrow_keys_walk_through_the_sentences(browser: Browser, site: str) -> None:
    with opened(browser, site + ITALIAN) as page:
        first = page.locator(".translated [data-pair]").first
        first.focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".translated [data-pair='2']").first).to_be_focused()
        assert 1 == page.locator(".text [tabindex='0']").count()


def test_the_globe_opens_the_country_in_its_middle(browser: Browser, site: str) -> None:
    with opened(browser, site, reduced_motion="reduce") as page:
        page.wait_for_function("document.querySelector('.globe canvas').width > 300")
        # On a busy machine the first focus may come before the page itself has it.
        page.wait_for_function(
            """() => {
                const link = document.querySelector("#country-list a[data-country=EG]");
                link.blur();
                link.focus();
                return document.querySelector(".globe output").textContent === "Egypt: 1 article";
            }""",
            polling=200,
        )
        page.locator(".globe canvas").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/country/EG")


def test_the_globe_turns_by_keys_and_by_drag(browser: Browser, site: str) -> None:
    picture = "document.querySelector('.globe canvas').toDataURL()"
    with opened(browser, site) as page:
        canvas = page.locator(".globe canvas")
        page.wait_for_function("document.querySelector('.globe canvas').width > 300")
        before = page.evaluate(picture)
        canvas.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"old => {picture} !== old", arg=before)
        turned = page.evaluate(picture)
        canvas.drag_to(
            canvas, source_position={"x": 100, "y": 150}, target_position={"x": 220, "y": 170}
        )
        page.wait_for_function(f"old => {picture} !== old", arg=turned)
        assert page.url.endswith("/")


def test_a_filling_front_page_fills_by_itself(browser: Browser) -> None:
    class Filling(SmallPress):
        calls = 0

        def front(self):  # noqa: ANN202 inferred
            Filling.calls += 1
            press = SmallPress(empty=Filling.calls < 3, due=(("extract", 1),) * (Filling.calls < 3))
            return press.front()

    with served(Filling()) as address, opened(browser, address) as page:
        expect(page.locator(".stories .empty")).to_be_visible()
        expect(page.locator(".card.lead h3")).to_be_visible(timeout=15_000)
        expect(page.locator("#country-list a")).to_have_count(6)
        expect(page.locator("[hx-get]")).to_have_count(0)
