"""Feeds in, entries and pages out."""

from worldtake.fetch.addresses import canonical
from worldtake.fetch.child import ChildLimits, ParseChild, parse_in_child
from worldtake.fetch.discovery import discover_feeds
from worldtake.fetch.feeds import FeedBody, FeedParse, ParseFeed
from worldtake.fetch.files import ReadFile, read_page
from worldtake.fetch.rounds import FeedFetch, FeedState, fetch_feed, fetch_page

__all__ = [
    "ChildLimits",
    "FeedBody",
    "FeedFetch",
    "FeedParse",
    "FeedState",
    "ParseChild",
    "ParseFeed",
    "ReadFile",
    "canonical",
    "discover_feeds",
    "fetch_feed",
    "fetch_page",
    "parse_in_child",
    "read_page",
]
