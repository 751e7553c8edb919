"""Articles a second through the stream: 20,000 headlines with leads of 500 invented stories, seeded."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from worldtake.cluster import ClusterItem, StreamClusterer

ARTICLES, STORIES, WORDS = 20_000, 500, 30
START = datetime(2026, 9, 7, tzinfo=UTC)


def run() -> tuple[int, str]:
    """Group the articles in batches of 256."""
    items = _items(random.Random(7))  # noqa: S311 chance, not secrets
    clusterer = StreamClusterer()
    for at in range(0, len(items), 256):
        clusterer.add(items[at : at + 256])
    clusterer.stories()
    return len(items), "articles"


def _items(chance: random.Random) -> list[ClusterItem]:
    words = ["".join(chance.choices("bcdfghjklmnprstvwz", k=7)) for _ in range(20_000)]
    stories = [chance.sample(words, WORDS) for _ in range(STORIES)]
    return [
        ClusterItem(
            id=f"{number:026d}",
            moment=START + timedelta(seconds=30 * number),
            outlet_id=f"xx-{number % 150}",
            language="en",
            title=" ".join(chance.sample(story, 7)),
            text=" ".join(chance.choices(story, k=40) + chance.choices(words, k=20)),
        )
        for number in range(ARTICLES)
        for story in [stories[number * STORIES // ARTICLES]]
    ]
