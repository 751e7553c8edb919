"""What the steps are built from: the store's outlets, the reader's language, the clock, the switchboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from worldtake.model import ReaderLanguages

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from worldtake.fetch import FeedBody, FeedParse
    from worldtake.model import Outlet
    from worldtake.pipeline.switchboard import Switchboard
    from worldtake.settings import Settings
    from worldtake.store.archive import Archive
    from worldtake.translate import Router


#: What reads the bytes of a feed.
Parse: TypeAlias = "Callable[[FeedBody], FeedParse]"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """All that a step may need beside the store."""

    settings: Settings
    #: Outlets known when the pipeline starts.
    outlets: tuple[Outlet, ...]
    #: Now, aware.
    clock: Callable[[], datetime]
    #: Reads the bytes of a feed, in a child with limits or here.
    parse: Parse
    #: Keeps fetched pages as WARC; None where the settings ask for none.
    archive: Archive | None = None
    #: Through which the network is called.
    switchboard: Switchboard
    #: Translates segments into the reader's language.
    router: Router

    @property
    def reader(self) -> ReaderLanguages:
        """What the reader reads."""
        return reader_languages(self.settings)


def reader_languages(settings: Settings) -> ReaderLanguages:
    """Return what the reader reads, as it is set."""
    return ReaderLanguages(language=settings.language, others=settings.reads)
