from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from evals.gaps import measure

from worldtake.coverage import (
    CoverageRequest,
    MeasureCoverage,
    OutletHealth,
    carried,
    hold_false_discovery,
    importance,
    sum_up,
)
from worldtake.model import Copy, CountryCoverage, Coverage
from worldtake.testing import NOON, a_report, a_story_file, an_article, an_outlet
from worldtake.testing.stage_checks import check_is_stage

ABROAD = ("de", "fr", "it", "es", "tr", "in")


def a_press(**sizes: int) -> tuple[OutletHealth, ...]:
    return tuple(
        OutletHealth(
            outlet=an_outlet(id=f"{country}-paper{n}"), healthy=True, articles_in_window=20
        )
        for country, size in sizes.items()
        for n in range(size)
    )


def a_request(carrying: list[str], press: tuple[OutletHealth, ...], **more: Any) -> CoverageRequest:
    reports = [
        a_report(
            an_article(f"Report {n}.", outlet_id=outlet, published=NOON + timedelta(minutes=n))
        )
        for n, outlet in enumerate(carrying)
    ]
    as_of = more.get("as_of", NOON + timedelta(days=2))
    return CoverageRequest(told=carried(a_story_file(reports)), press=sum_up(press), as_of=as_of)


def country(coverage: Coverage, code: str) -> CountryCoverage:
    return next(each for each in coverage.countries if each.country == code)


def a_gap_request(us: int = 12, **more: Any) -> CoverageRequest:
    press = a_press(us=us, **dict.fromkeys(ABROAD, 6))
    carrying = [f"{code}-paper{n}" for code in ABROAD for n in range(4)]
    return a_request(carrying, press, **more)


def test_a_press_that_leaves_out_what_the_others_carry_is_a_gap() -> None:
    us = country(MeasureCoverage()(a_gap_request()), "US")
    assert ("under-covered", 0, 12, 24, 36) == (
        us.verdict,
        us.carrying,
        us.healthy,
        us.elsewhere_carrying,
        us.elsewhere_healthy,
    )


def test_under_eight_healthy_outlets_nothing_is_said() -> None:
    assert "too-few-outlets" == country(MeasureCoverage()(a_gap_request(us=7)), "US").verdict


def test_a_young_story_is_not_missed_yet() -> None:
    request = a_gap_request(as_of=NOON + timedelta(hours=5))
    assert "unclear" == country(MeasureCoverage()(request), "US").verdict


def test_a_story_of_one_country_alone_is_no_gap_of_the_others() -> None:
    request = a_request([f"si-paper{n}" for n in range(10)], a_press(si=10, us=20))
    assert "unclear" == country(MeasureCoverage()(request), "US").verdict


def test_a_press_that_carries_it_is_covered() -> None:
    press = a_press(us=10, **dict.fromkeys(ABROAD, 6))
    request = a_request([f"us-paper{n}" for n in range(6)], press)
    us = country(MeasureCoverage()(request), "US")
    assert ("covered", 6, 6) == (us.verdict, us.carrying, len(us.outlets))


def test_outlets_of_one_owner_count_once() -> None:
    press = tuple(
        replace(each, outlet=replace(each.outlet, group="g"))
        if each.outlet.country == "US"
        else each
        for each in a_press(us=9, de=3)
    )
    us = country(MeasureCoverage()(a_request(["us-paper1", "us-paper2"], press)), "US")
    assert (9, 1, 1) == (us.tracked, us.healthy, us.carrying)


def test_broken_feeds_are_taken_out() -> None:
    press = tuple(replace(each, healthy=False) for each in a_press(us=12)) + a_press(de=3)
    assert 0 == country(MeasureCoverage()(a_request(["de-paper1"], press)), "US").healthy


def test_the_interval_is_wide_where_few_are_followed() -> None:
    few = country(MeasureCoverage()(a_gap_request(us=3)), "US")
    many = country(MeasureCoverage()(a_gap_request(us=20)), "US")
    assert few.low == many.low == 0.0
    assert many.high < few.high < 1.0


def test_false_discovery_is_held_over_all_that_was_tested() -> None:
    gap = MeasureCoverage()(a_gap_request(us=8))
    us = country(gap, "US")
    fine = replace(
        gap, countries=tuple(replace(us, verdict="covered", chance=0.9) for _ in range(99))
    )
    assert "under-covered" == country(hold_false_discovery([gap])[0], "US").verdict
    assert "unclear" == country(hold_false_discovery([gap, fine, fine])[0], "US").verdict


def test_the_simulation_keeps_false_alarms_low_and_power_up() -> None:
    figures = measure(worlds=300)
    assert figures["no false alarm"] >= 0.98
    assert figures["power n=8"] >= 0.40
    assert figures["power n=12"] >= 0.60
    assert figures["power n=20"] >= 0.78


def test_countries_weigh_more_than_copies() -> None:
    world = carried(a_story_file([a_report(an_article("A.", outlet_id=f"{c}-a")) for c in ABROAD]))
    reports = [
        a_report(an_article("A.", outlet_id=f"us-a{n}", published=NOON + timedelta(hours=n)))
        for n in range(12)
    ]
    first = reports[0].article.id
    copies = tuple(
        Copy(a=first, b=r.article.id, kind="agency", spans_a=(), spans_b=(), score=1.0)
        for r in reports[1:]
    )
    assert importance(carried(a_story_file(reports, copies=copies))) < importance(world)


def test_one_article_alone_weighs_nothing() -> None:
    assert 0.0 == importance(carried(a_story_file()))


def test_it_keeps_the_promises_of_a_stage() -> None:
    check_is_stage(MeasureCoverage(), [a_gap_request(), a_gap_request(us=3)])
