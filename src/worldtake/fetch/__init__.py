"""Feeds in, entries and pages out."""

from worldtake.fetch.child import ChildLimits, ParseChild, ParseChildren, parse_in_child
from worldtake.fetch.discovery import FoundFeed, discover_feeds, robots_sitemaps, usual_places
from worldtake.fetch.feeds import ChildSitemap, FeedBody, FeedParse, ParseFeed
from worldtake.fetch.files import ReadFile, read_page
from worldtake.fetch.links import links_of
from worldtake.fetch.pages import PageValidators, Unchanged, fetch_page
from worldtake.fetch.polling import FeedState, Polling
from worldtake.fetch.rounds import FeedFetch, fetch_feed
from worldtake.http.addresses import article_key, canonical, same_article, spellings

__all__ = [
    "ChildLimits",
    "ChildSitemap",
    "FeedBody",
    "FeedFetch",
    "FeedParse",
    "FeedState",
    "FoundFeed",
    "PageValidators",
    "ParseChild",
    "ParseChildren",
    "ParseFeed",
    "Polling",
    "ReadFile",
    "Unchanged",
    "article_key",
    "canonical",
    "discover_feeds",
    "fetch_feed",
    "fetch_page",
    "links_of",
    "parse_in_child",
    "read_page",
    "robots_sitemaps",
    "same_article",
    "spellings",
    "usual_places",
]
