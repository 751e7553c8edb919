"""The reader's site: pages and a JSON interface over what the newsroom shows; reads only."""

from worldtake.web.app import create_app
from worldtake.web.source import SiteSource

__all__ = ["SiteSource", "create_app"]
