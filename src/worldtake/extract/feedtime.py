"""Put together when page and feed say that an article was published."""

from __future__ import annotations

from datetime import UTC, datetime, timezone, tzinfo

from worldtake.extract.dates import OFFSETS, QUARTER
from worldtake.extract.moments import Moment, assumed_zone


def with_feed(stated: Moment | None, announced: datetime, country: str | None) -> Moment:
    """Return the moment that page and feed state together.

    What the page states with a zone stands. Of a day the feed knows the time. A local time is put into the zone in which
    it is the feed's moment, else into the feed's.
    """
    told = Moment(at=announced, precision="second", zone_stated=True)
    if stated is None:
        return told
    if stated.zone_stated:
        return stated
    if stated.precision == "day":
        return told if stated.at.date() in _days_of(announced, country) else stated
    local = stated.at.replace(tzinfo=None)
    zone = _zone_between(local, announced, country)
    if zone is None and announced.utcoffset():
        zone = announced.tzinfo
    if zone is None:
        return stated
    return Moment(at=local.replace(tzinfo=zone), precision=stated.precision, zone_stated=True)


def _days_of(announced: datetime, country: str | None) -> set[object]:
    zones = (announced.tzinfo, UTC, assumed_zone(country))
    return {announced.astimezone(zone).date() for zone in zones}


def _zone_between(local: datetime, announced: datetime, country: str | None) -> tzinfo | None:
    """Return the zone in which a local time is the feed's moment; None where there is none that could be the outlet's."""
    offset = local.replace(second=0) - announced.astimezone(UTC).replace(
        tzinfo=None, second=0, microsecond=0
    )
    low, high = OFFSETS
    if not low <= offset <= high or offset % QUARTER:
        return None
    likely = (announced.utcoffset(), announced.astimezone(assumed_zone(country)).utcoffset())
    return timezone(offset) if offset in likely or not any(likely) else None
