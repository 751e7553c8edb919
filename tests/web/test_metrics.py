from __future__ import annotations

from dataclasses import replace

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient  # noqa: TC002 pytest reads the hint of the fixture
from tests.web.conftest import client_of
from tests.web.press import TRANSLATING, SmallPress

from worldtake.web.metrics import expose


def samples(client: TestClient) -> dict[tuple[str, tuple[str, ...]], float]:
    answer = client.get("/metrics")
    assert (200, True) == (
        answer.status_code,
        answer.headers["content-type"].startswith("text/plain; version="),
    )
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_outlets_are_counted_by_country_and_state(client: TestClient) -> None:
    found = samples(client)
    assert (1, 0, 1) == (
        found["worldtake_followed_outlets", ("KE", "silent")],
        found["worldtake_followed_outlets", ("KE", "healthy")],
        found["worldtake_followed_outlets", ("", "unreached")],
    )


def test_stages_and_what_is_held_are_counted(client: TestClient) -> None:
    found = samples(client)
    assert (7, 2, 1) == (
        found["worldtake_articles", ()],
        found["worldtake_stage_items", ("extract", "running")],
        found["worldtake_stage_items", ("extract", "quarantined")],
    )


def test_outlets_are_spread_over_the_time_since_their_last_entry(client: TestClient) -> None:
    found = samples(client)
    name = "worldtake_seconds_since_entry_bucket"
    assert (0, 3, 4) == (
        found[name, ("21600.0",)],
        found[name, ("43200.0",)],
        found[name, ("+Inf",)],
    )


def test_translation_is_counted_by_what_waits_and_by_translator() -> None:
    found = samples(client_of(SmallPress(translation=TRANSLATING)))
    assert (1204, 20_000, 0, 1) == (
        found["worldtake_translation_waiting", ("reader",)],
        found["worldtake_translation_characters", ("deepl",)],
        found["worldtake_translation_resting", ("deepl",)],
        found["worldtake_translation_resting", ("libretranslate",)],
    )


def test_no_outlet_is_a_label() -> None:
    body, _ = expose(SmallPress().status(), "")
    assert b"ke-shore" not in body


def test_a_house_that_measured_nothing_yet_is_exposed_too() -> None:
    body, media_type = expose(
        replace(SmallPress().status(), health=()), "application/openmetrics-text; version=1.0.0"
    )
    assert media_type.startswith("application/openmetrics-text")
    assert body.endswith(b"# EOF\n")
