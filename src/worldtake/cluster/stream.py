"""Group a stream of articles into stories, in one pass, with a bounded window and the same result for any batches.

Articles are taken in blocks of a fixed number of the stream's positions.  A full block is put to the stories for good:
terms counted, vectors frozen, each article joined to the story it is most like, then maintenance.  The articles after the
last full block are open: `stories` puts them to a copy.  So the result depends on the sequence alone.

The method is the sparse TF-IDF stream of Miranda et al. (2018), with centroids, time decay and repair.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from worldtake.cluster.frequencies import (
    Counts,
    DocumentFrequencies,
    Vocabulary,
    english_frequencies,
)
from worldtake.cluster.grouping import Grouping
from worldtake.cluster.items import StoryGroup
from worldtake.cluster.packing import pack, unpack
from worldtake.cluster.settings import ClusterSettings
from worldtake.cluster.state import (
    grouping_arrays,
    grouping_plain,
    read_grouping,
    read_weighed,
    weighed_plain,
)
from worldtake.cluster.vectors import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.cluster.items import ClusterItem
    from worldtake.cluster.vectors import Weighed

#: What the stream is sorted by: moment, outlet, id.
Order: TypeAlias = "tuple[datetime, str, str]"


class StreamClusterer:
    """Group articles into stories as they come; the only part of grouping that keeps state."""

    name: ClassVar[str] = "cluster.stream"
    version: ClassVar[int] = 1

    def __init__(
        self,
        settings: ClusterSettings | None = None,
        frequencies: DocumentFrequencies | None = None,
        reader: Reader | None = None,
    ) -> None:
        """Begin a stream; a `reader` that remembers articles spares reading them for each replay."""
        self._settings = settings or ClusterSettings()
        self._prior = frequencies or english_frequencies()
        self._grouping = Grouping(counts=Counts(vocabulary=Vocabulary(prior=self._prior)))
        self._reader = reader or Reader()
        self._ids: list[str] = []
        self._open: list[Weighed] = []
        self._last: Order | None = None

    def add(self, items: Sequence[ClusterItem]) -> None:
        """Take articles, in the order of (moment, outlet, id), none before those taken already.

        Raises:
            ValueError: if an article is out of order; nothing is taken then.
        """
        self._check(items)
        for item in items:
            self._ids.append(item.id)
            self._open.append(self._reader.read(item, self._grouping.counts))
            self._last = item.order()
            if len(self._open) == self._settings.block:
                self._grouping = self._grouping.extended(self._open, self._settings)
                self._open = []

    def stories(self) -> tuple[StoryGroup, ...]:
        """Return all stories so far in the order of their founders."""
        grouping = self.settle()
        groups: dict[int, list[str]] = {}
        for name, label in zip(self._ids, grouping.labels.tolist(), strict=True):
            groups.setdefault(grouping.label_of(label), []).append(name)
        return tuple(
            StoryGroup(founder=names[0], members=tuple(names)) for names in groups.values()
        )

    def settle(self) -> Grouping:
        """Return how things stand with the open articles put to the stories; changes nothing."""
        if not self._open:
            return self._grouping
        return self._grouping.extended(self._open, self._settings)

    def dump(self) -> bytes:
        """Return the whole state; the same stream gives the same bytes."""
        plain = {
            "settings": repr(self._settings),
            "frequencies": self._prior.digest(),
            "ids": self._ids,
            "last": _written(self._last),
            "open": weighed_plain(self._open),
            "grouping": grouping_plain(self._grouping),
        }
        return pack(plain, grouping_arrays(self._grouping))

    @classmethod
    def load(
        cls,
        dumped: bytes,
        settings: ClusterSettings | None = None,
        frequencies: DocumentFrequencies | None = None,
        reader: Reader | None = None,
    ) -> StreamClusterer:
        """Return a clusterer that goes on exactly as the one that was dumped.

        Raises:
            ValueError: if the bytes are no dump, or were made with other settings or frequencies.
        """
        plain, arrays = unpack(dumped)
        made = cls(settings, frequencies, reader)
        made_with = (plain["settings"], plain["frequencies"])
        if made_with != (repr(made._settings), made._prior.digest()):
            message = "the state was made with other settings: group the articles anew"
            raise ValueError(message)
        made._grouping = read_grouping(plain["grouping"], arrays, made._prior)
        made._open = read_weighed(plain["open"])
        made._ids = plain["ids"]
        made._last = _read_order(plain["last"])
        return made

    def _check(self, items: Sequence[ClusterItem]) -> None:
        before = self._last
        for item in items:
            order = item.order()
            if before is not None and order <= before:
                message = f"article {item.id!r} comes after {before[2]!r} and should come before: sort by moment, outlet, id"
                raise ValueError(message)
            before = order


def _written(order: Order | None) -> list[str] | None:
    return [order[0].isoformat(), order[1], order[2]] if order else None


def _read_order(written: list[str] | None) -> Order | None:
    return (datetime.fromisoformat(written[0]), written[1], written[2]) if written else None
