"""What an outlet changed in an article after it was first read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of an article: the same address with another text or headline."""

    #: From 1, in the order in which the changes were seen.
    number: int
    #: When the changed page was fetched, aware: the change lies between this and the fetch before.
    seen: datetime
    title_before: str
    title_after: str
    text_before: str
    text_after: str
    #: Stretches that differ, as (start, end, start, end): code points of the text before and of the text after, ends exclusive.
    changes: tuple[tuple[int, int, int, int], ...]
    #: True where the two were read by different versions of worldtake: some of the difference may be its own.
    read_otherwise: bool = False
