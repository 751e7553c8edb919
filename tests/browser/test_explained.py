"""The page that `worldtake explain --html` writes, opened from its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_site import opened

from worldtake.extract import ExtractArticle, explain
from worldtake.fetch import read_page
from worldtake.web.explained import explained_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = Path(__file__).parents[1] / "pages"
CASES = ("awkward/german-paywall", "awkward/hebrew-rtl", "awkward/json-ld-only", "saved-text", "chinese-portal")  # fmt: skip


@pytest.fixture(params=CASES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return written(request.param, tmp_path)


def written(case: str, folder: Path) -> str:
    source = next((PAGES / case).glob("source.*"))
    page = read_page(source, datetime(2026, 9, 16, tzinfo=UTC))
    # Enough blocks for the trees to be asked.
    links = b"".join(b"<li><a href='/%d'>Thema %d</a></li>" % (n, n) for n in range(30))
    larger = page.body.replace(b"</body>", b"<ul>%s</ul></body>" % links)
    found = explain(replace(page, body=larger), ExtractArticle())
    file = folder / "explained.html"
    file.write_text(explained_page(found), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_it_fits_and_has_no_serious_barrier(
    browser: Browser, address: str, axe: str, width: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with opened(browser, address, bypass_csp=True, **options) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    serious = [v["id"] for v in found if v["impact"] in {"serious", "critical"}]
    assert (0, []) == (sideways, serious)


def test_it_works_without_scripts(browser: Browser, tmp_path: Path) -> None:
    address = written("awkward/german-paywall", tmp_path)
    with opened(browser, address, java_script_enabled=False) as page:
        assert 45 == page.locator(".blocks > .out:visible").count()
        page.get_by_label("Hide what is left out").check()
        shown = page.locator(".blocks > .out:visible").count()
        page.locator("summary").last.wait_for(state="hidden")
        page.locator(".text summary").first.click()
        reasons = page.locator(".text tr:visible").count()
    assert (0, True) == (shown, reasons > 0)


def test_words_of_a_script_from_right_to_left_begin_at_the_right(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, written("awkward/hebrew-rtl", tmp_path)) as page:
        direction = page.evaluate(
            "getComputedStyle(document.querySelector('.text .words')).direction"
        )
    assert "rtl" == direction
