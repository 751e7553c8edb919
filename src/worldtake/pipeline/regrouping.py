"""One pass of grouping: which stories there are after new articles, and which threads they make.

The pass reads and reckons outside of any transaction that writes, for it may take a minute while others write; what it
found is written by `pipeline.grouping` in one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worldtake.cluster import ClusterItem, FindThreads, Reader, StorySummary, StreamClusterer
from worldtake.model import timed_id
from worldtake.store import stories as shelves
from worldtake.store.records import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from worldtake.model import Story
    from worldtake.store import Connection

#: Articles between kept states of grouping: a late article replays at most so many more than it must. To write down the state
#: of 10,000 articles takes as long as to replay 400.
STATE_EVERY = 4000
#: Articles read at once.
READ_AT_ONCE = 500
#: Articles remembered from pass to pass, 2 KB each.
ARTICLES_KEPT = 25_000
#: Stories remembered from pass to pass, twice: their words and their names.
STORIES_KEPT = 2 * 8_000
#: How long a thread may pause, in days.
THREAD_DAYS = 14
#: Characters of an article's text that speak for it when threads are looked for.
LEAD_CHARS = 600
DAY_MICROS = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """What a pass found."""

    changed: tuple[shelves.StoryRow, ...]
    #: Stories that are no more -> those that took in most of their articles.
    gone: Mapping[str, str]
    #: Sort key after which earlier states are wrong (None: all of them) and the new ones.
    wrong_after: str | None
    states: Sequence[tuple[str, bytes]]


@dataclass(slots=True, kw_only=True)
class Regrouper:
    """Group what is in the store; remembers what it has read."""

    #: The reader's language.
    language: str
    window_days: float
    _reader: Reader = field(default_factory=lambda: Reader(kept=ARTICLES_KEPT))
    _threads: FindThreads = field(
        default_factory=lambda: FindThreads(reader=Reader(kept=STORIES_KEPT))
    )

    def group(self, connection: Connection, fresh: Sequence[str]) -> Regrouped:
        """Return how the stories change with the articles `fresh`."""
        keys = shelves.sort_keys(connection, fresh).values()
        state = shelves.last_state(connection, before=min(keys)) if keys else None
        after, clusterer = None, StreamClusterer(reader=self._reader)
        if state is not None:
            after, dumped = state
            clusterer = StreamClusterer.load(dumped, reader=self._reader)
        stream = shelves.stream_after(connection, fresh, after)
        states = []
        for at in range(0, len(stream), READ_AT_ONCE):
            some = stream[at : at + READ_AT_ONCE]
            clusterer.add(self._items(connection, some))
            if (at + len(some)) % STATE_EVERY == 0:
                states.append((some[-1][0], clusterer.dump()))
        changed, gone = _compare(connection, clusterer)
        return Regrouped(changed=changed, gone=gone, wrong_after=after, states=states)

    def _items(
        self, connection: Connection, stream: Sequence[tuple[str, str]]
    ) -> list[ClusterItem]:
        told = shelves.told(connection, [item for _, item in stream], self.language)
        return [_item(told[item]) for _, item in stream if item in told]

    def threads(self, connection: Connection, newest: int) -> dict[str, str]:
        """Return story id -> thread id, for stories that are near enough to the newest article to be tied.

        A thread is called after its earliest story; one that goes on keeps the name of a story that lies further back.
        """
        since = newest - round((THREAD_DAYS + self.window_days) * DAY_MICROS)
        found = shelves.stories(connection, shelves.since(connection, since))
        ids = [article for story in found.values() for article in story.articles]
        told = shelves.told(connection, ids, self.language, most=LEAD_CHARS)
        summaries = [_summary(story, told) for story in found.values()]
        known = shelves.threads(connection)
        older = shelves.before(connection, since)
        return {
            story: _thread_id(thread, known, older)
            for thread in self._threads(tuple(summaries))
            for story in thread
        }


def _item(told: shelves.Told) -> ClusterItem:
    return ClusterItem(
        id=told.id,
        moment=read_moment(told.moment),
        outlet_id=told.outlet_id,
        language=told.language,
        title=told.title,
        text=told.text,
    )


def _compare(
    connection: Connection, clusterer: StreamClusterer
) -> tuple[tuple[shelves.StoryRow, ...], dict[str, str]]:
    """Return the stories that changed, and those that are no more."""
    groups = clusterer.stories()
    moments = shelves.moments(connection, [each for group in groups for each in group.members])
    after = {
        timed_id(read_moment(moments[group.founder]), "story", group.founder): group.members
        for group in groups
        if group.founder in moments
    }
    before = shelves.memberships(connection)
    home = {article: story for story, members in after.items() for article in members}
    gone = {
        story: Counter(home[article] for article in members if article in home).most_common(1)[0][0]
        for story, members in before.items()
        if story not in after and any(article in home for article in members)
    }
    moved = sorted(story for story, members in after.items() if before.get(story) != members)
    return tuple(_row(story, after[story], moments) for story in moved), gone


def _row(story: str, members: Sequence[str], moments: Mapping[str, int]) -> shelves.StoryRow:
    known = [moments[each] for each in members if each in moments]
    return shelves.StoryRow(id=story, first=min(known), last=max(known), articles=tuple(members))


def _summary(story: Story, told: Mapping[str, shelves.Told]) -> StorySummary:
    texts = [told[each] for each in story.articles if each in told]
    return StorySummary(
        id=story.id,
        first=story.first,
        last=story.last,
        text="\n".join(f"{each.title}\n{each.text}" for each in texts),
    )


def _thread_id(thread: Sequence[str], known: Mapping[str, str], older: Mapping[str, int]) -> str:
    """Return the name of a thread, whose stories are given in time order."""
    names: Iterable[str] = {known[story] for story in thread if known.get(story) in older}
    return min(names, key=lambda name: (older[name], name), default=thread[0])
