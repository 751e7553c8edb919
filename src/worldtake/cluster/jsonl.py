"""Group rows of JSON Lines: each comes back with a `story`, the id of the story's first article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from worldtake.cluster.items import ClusterItem
from worldtake.cluster.stream import StreamClusterer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from worldtake.cluster.settings import ClusterSettings

#: Moment of rows before the first that states one.
NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
#: Digits of a row's place in the id that grouping sorts by.
PLACE_DIGITS = 12


def cluster_lines(
    rows: Iterable[dict[str, Any]], settings: ClusterSettings | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows with `story` added, once all are read.

    A row has `id`, `title` or `text`, `language` and `published` (ISO 8601; no zone means UTC).  Rows come in time order;
    one without a moment, or with an earlier one than the row before, counts as of the moment before it.

    Raises:
        ValueError: if a row has no id, an id comes twice, or `published` is no ISO 8601 moment; names the row.
    """
    kept: list[dict[str, Any]] = []
    clusterer = StreamClusterer(settings)
    before, seen = NO_MOMENT, set[str]()
    for place, row in enumerate(rows):
        name = _id_of(row, place, seen)
        before = max(before, _moment(row, place) or before)
        clusterer.add([_item(row, place, before)])
        kept.append(row)
        seen.add(name)
    founders = {
        int(member): str(kept[int(group.founder)]["id"])
        for group in clusterer.stories()
        for member in group.members
    }
    for place, row in enumerate(kept):
        yield {**row, "story": founders[place]}


def _id_of(row: dict[str, Any], place: int, seen: set[str]) -> str:
    name = str(row.get("id") or "")
    if not name or name in seen:
        problem = f"id {name!r} comes twice" if name else "no id"
        message = f"row {place + 1}: {problem}; every row needs an id of its own"
        raise ValueError(message)
    return name


def _moment(row: dict[str, Any], place: int) -> datetime | None:
    published = row.get("published")
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(str(published))
    except ValueError:
        message = f"row {place + 1}: published {published!r} is not ISO 8601, such as 2026-09-08T09:40:00+02:00"
        raise ValueError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _item(row: dict[str, Any], place: int, moment: datetime) -> ClusterItem:
    return ClusterItem(
        id=f"{place:0{PLACE_DIGITS}}",
        moment=moment,
        outlet_id="",
        language=str(row.get("language") or "und"),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
    )
