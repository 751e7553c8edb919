"""Feeds: every item with an address that feedparser keeps is kept, and no feed of its tests breaks the parser."""

from __future__ import annotations

import io
from pathlib import Path
from statistics import fmean

import feedparser

from worldtake.errors import UnreadableInputError
from worldtake.fetch import FeedBody, ParseFeed
from worldtake.model import Feed

CORPUS = Path(__file__).resolve().parents[1].parent / "shared/corpora/feeds/feedparser"
#: 1.0 and 1.0 measured over 2,106 feeds.
FLOORS = {"feeds.items_kept": 1.0, "feeds.without_crash": 1.0}
ADDRESS = "http://127.0.0.1:8097/feed.xml"


def measure() -> dict[str, float]:
    """Return the share of items kept and the share of feeds that are read or refused in words."""
    kept, calm = [], []
    for path in sorted(CORPUS.rglob("*.xml")):
        body = path.read_bytes()
        expected = _expected(body)
        try:
            found = _found(body)
        except Exception as error:  # noqa: BLE001 what breaks it is counted and named
            print(f"  {path.name}: {type(error).__name__}: {error}")
            calm.append(False)
            continue
        calm.append(True)
        kept += [number < found for number in range(expected)]
    return {"feeds.items_kept": fmean(kept), "feeds.without_crash": fmean(calm)} if calm else {}


def _expected(body: bytes) -> int:
    """Return how many items with an address of their own feedparser keeps."""
    entries = feedparser.parse(io.BytesIO(body)).entries
    return len({entry.link for entry in entries if str(entry.get("link", "")).strip()})


def _found(body: bytes) -> int:
    feed = Feed(url=ADDRESS, outlet_id="xx-test")
    try:
        return len(ParseFeed()(FeedBody(feed=feed, url=ADDRESS, body=body)).entries)
    except UnreadableInputError:
        return 0
