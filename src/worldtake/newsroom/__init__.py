"""The facade: all that the command line, the site and a notebook use."""

from worldtake.newsroom.facade import Newsroom, open_newsroom
from worldtake.pipeline.arriving import read_page

__all__ = ["Newsroom", "open_newsroom", "read_page"]
