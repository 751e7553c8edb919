"""Outlet files and what is made of them."""

from worldtake.catalog.files import read_catalogue, read_outlet, shipped_catalogue, write_outlet
from worldtake.catalog.index import OutletIndex, outlet_from_page
from worldtake.catalog.lint import Problem, lint
from worldtake.catalog.opml import read_opml, write_opml

__all__ = [
    "OutletIndex",
    "Problem",
    "lint",
    "outlet_from_page",
    "read_catalogue",
    "read_opml",
    "read_outlet",
    "shipped_catalogue",
    "write_opml",
    "write_outlet",
]
