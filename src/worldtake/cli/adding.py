"""`worldtake add`: sort what was given into files, feeds, pages and lists, and read it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from worldtake.cli.console import StageProgress, say, say_error, show_quarantine
from worldtake.errors import StoreError, WorldtakeError
from worldtake.newsroom.archives import ARCHIVE_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.newsroom import Newsroom

#: Endings of files that hold a page; anything else in a folder is passed over.
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".txt")
#: Endings of lists of feeds.
LIST_ENDINGS = (".opml", ".opml.xml")


@dataclass(slots=True)
class _Sorted:
    files: list[Path] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    archives: list[Path | str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    #: What could not be walked, with the reason.
    problems: list[str] = field(default_factory=list)


def add_sources(newsroom: Newsroom, sources: Sequence[str]) -> bool:
    """Add everything and run the pipeline; return whether anything failed."""
    found = _sorted_out(sources)
    for problem in found.problems:
        say_error(problem)
    failed = bool(found.problems)
    named: list[Path | str] = [*found.lists, *found.addresses]
    for source in named:
        failed |= not _attempt(newsroom, source)
    for archive in found.archives:
        failed |= not _add_archive(newsroom, archive)
    newsroom.add_files(found.files)
    before = {each.id for each in newsroom.quarantine()}
    if not _work(newsroom):
        return failed
    fresh = tuple(each for each in newsroom.quarantine() if each.id not in before)
    if fresh:
        say("could not be processed (worldtake quarantine list names them, too):")
        show_quarantine(fresh)
    status = newsroom.status()
    say(f"{status.articles:,} articles, {status.stories:,} stories; worldtake up shows them")
    return failed or bool(fresh)


def _attempt(newsroom: Newsroom, source: Path | str) -> bool:
    try:
        if isinstance(source, Path):
            say(f"{source}: {newsroom.add_list(source)} feeds")
        else:
            say(f"{source}: {newsroom.add_address(source)}")
    except WorldtakeError as error:
        say_error(str(error))
        return False
    return True


def _add_archive(newsroom: Newsroom, source: Path | str) -> bool:
    try:
        with StageProgress() as progress:
            reading = newsroom.add_archive(source, progress)
    except WorldtakeError as error:
        say_error(str(error))
        return False
    say(f"{source}: {reading.words()}")
    return True


def _work(newsroom: Newsroom) -> bool:
    """Run the pipeline, unless `worldtake up` does so already; return whether it ran."""
    try:
        with StageProgress() as progress:
            newsroom.run(progress)
    except StoreError as error:
        if "another worldtake" not in str(error):
            raise
        say("added; the worldtake that is up reads it now")
        return False
    return True


def _sorted_out(sources: Sequence[str]) -> _Sorted:
    found = _Sorted()
    for source in sources:
        path = Path(source)
        if source.startswith(("http://", "https://")):
            archived = source.partition("?")[0].lower().endswith(ARCHIVE_ENDINGS)
            (found.archives if archived else found.addresses).append(source)
        elif path.is_dir():
            found.files += _walk(path, PAGE_ENDINGS, found.problems)
            found.archives += _walk(path, ARCHIVE_ENDINGS, [])  # what is wrong is noted already
        elif source.lower().endswith(LIST_ENDINGS):
            found.lists.append(path)
        elif source.lower().endswith(ARCHIVE_ENDINGS):
            found.archives.append(path)
        else:
            found.files.append(path)
    return found


def _walk(folder: Path, endings: tuple[str, ...], problems: list[str]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        problems.append(f"{error.filename}: cannot be opened ({error.strerror}); check its rights")

    for root, folders, names in os.walk(folder, onerror=note):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(endings):
                yield Path(root) / name
