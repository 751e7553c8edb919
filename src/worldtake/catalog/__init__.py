"""The outlets of the world: files of data, read, checked, written, looked up."""

from worldtake.catalog.contents import outlet_yaml
from worldtake.catalog.files import (
    Folders,
    outlet_file,
    outlet_files,
    read_catalogue,
    read_outlet,
    read_sources,
    shipped_catalogue,
    write_outlet,
)
from worldtake.catalog.index import OutletIndex, domain_of
from worldtake.catalog.lint import Problem, lint
from worldtake.catalog.merging import Merge, merge
from worldtake.catalog.opml import read_opml, read_owner_sources, write_opml
from worldtake.catalog.pages import outlet_from_page
from worldtake.catalog.sites import SiteFacts, is_latin, label_name, read_site
from worldtake.catalog.tags import language_tag

__all__ = [
    "Folders",
    "Merge",
    "OutletIndex",
    "Problem",
    "SiteFacts",
    "domain_of",
    "is_latin",
    "label_name",
    "language_tag",
    "lint",
    "merge",
    "outlet_file",
    "outlet_files",
    "outlet_from_page",
    "outlet_yaml",
    "read_catalogue",
    "read_opml",
    "read_outlet",
    "read_owner_sources",
    "read_site",
    "read_sources",
    "shipped_catalogue",
    "write_opml",
    "write_outlet",
]
