"""The facade: all that the command line, the site and a notebook use."""

from worldtake.newsroom.facade import Newsroom, open_newsroom

__all__ = ["Newsroom", "open_newsroom"]
