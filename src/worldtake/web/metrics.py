"""The state of the house in the exposition format of Prometheus: counts, never a label per outlet.

A gauge for each of thousands of outlets would be a series each; how many stand how in which country, and how long since
the last entry of how many, is enough to alarm on, and the status page names them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeHistogramMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from worldtake.model.health import HEALTH_STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

    from worldtake.model.views import StatusView

#: Bounds of the time since an outlet's last entry, in seconds: one hour to four weeks.
SINCE_SECONDS = tuple(3600 * hours for hours in (1, 3, 6, 12, 24, 48, 96, 168, 336, 672))


def expose(status: StatusView, accept: str) -> tuple[bytes, str]:
    """Return the metrics in the format that `accept` asks for (text or OpenMetrics), and its media type."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Held(status))
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type


class _Held(Collector):
    """Hand one status on as metrics."""

    def __init__(self, status: StatusView) -> None:
        self.status = status

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        status = self.status
        for name, number in (("articles", status.articles), ("stories", status.stories)):
            yield GaugeMetricFamily(f"worldtake_{name}", f"All {name} held.", value=number)
        yield GaugeMetricFamily(
            "worldtake_outlets", "All outlets known, followed or not.", value=status.outlets
        )
        yield _stages(status)
        yield _states(status)
        yield _since_entry(status)
        yield from _translation(status)


def _stages(status: StatusView) -> Metric:
    found = GaugeMetricFamily(
        "worldtake_stage_items",
        "Items of a stage, by how they stand.",
        labels=("stage", "standing"),
    )
    for stage in status.stages:
        for standing in ("due", "running", "done", "skipped", "quarantined"):
            found.add_metric((stage.stage, standing), getattr(stage, standing))
    return found


def _states(status: StatusView) -> Metric:
    found = GaugeMetricFamily(
        "worldtake_followed_outlets",
        "Outlets with feeds, by country (empty where unknown) and by how they stand.",
        labels=("country", "state"),
    )
    counts = Counter((line.country or "", line.health.state) for line in status.health)
    for country in sorted({line.country or "" for line in status.health}):
        for state in HEALTH_STATES:
            found.add_metric((country, state), counts[country, state])
    return found


def _since_entry(status: StatusView) -> Metric:
    """Count outlets by the time since their last entry; those that never had one are in no bucket but the last."""
    ages = [
        (line.health.measured - line.health.last_entry).total_seconds()
        if line.health.last_entry
        else float("inf")
        for line in status.health
    ]
    buckets = [(f"{bound}.0", float(sum(age <= bound for age in ages))) for bound in SINCE_SECONDS]
    return GaugeHistogramMetricFamily(
        "worldtake_seconds_since_entry",
        "Outlets with feeds, by the seconds since their last entry.",
        buckets=[*buckets, ("+Inf", float(len(ages)))],
        gsum_value=sum(age for age in ages if age != float("inf")),
    )


def _translation(status: StatusView) -> Iterator[Metric]:
    waiting = GaugeMetricFamily(
        "worldtake_translation_waiting",
        "Articles whose translation is still to come, by what it waits for.",
        labels=["why"],
    )
    for why, number in status.translation.waiting:
        waiting.add_metric([why], number)
    sent = GaugeMetricFamily(
        "worldtake_translation_characters",
        "Characters sent to a translator today (UTC).",
        labels=["engine"],
    )
    resting = GaugeMetricFamily(
        "worldtake_translation_resting",
        "Whether a translator rests after failures.",
        labels=["engine"],
    )
    for engine in status.translation.engines:
        sent.add_metric([engine.id], engine.characters)
        resting.add_metric([engine.id], engine.state == "rests")
    yield from (waiting, sent, resting)
