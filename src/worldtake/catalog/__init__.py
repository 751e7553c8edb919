"""The outlets of the world: files of data, read, checked, written, looked up."""

from worldtake.catalog.files import (
    outlet_file,
    read_catalogue,
    read_outlet,
    shipped_catalogue,
    write_outlet,
)
from worldtake.catalog.index import OutletIndex, domain_of
from worldtake.catalog.lint import Problem, lint
from worldtake.catalog.opml import read_opml, write_opml
from worldtake.catalog.pages import outlet_from_page

__all__ = [
    "OutletIndex",
    "Problem",
    "domain_of",
    "lint",
    "outlet_file",
    "outlet_from_page",
    "read_catalogue",
    "read_opml",
    "read_outlet",
    "shipped_catalogue",
    "write_opml",
    "write_outlet",
]
