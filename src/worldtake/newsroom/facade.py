"""Open the house and use it: add pages and feeds, run the pipeline, read what the pages show."""

from __future__ import annotations

import contextlib
import fcntl
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from worldtake.catalog import Folders, read_outlet, shipped_catalogue
from worldtake.errors import CatalogueError, StoreError, UnknownItemError
from worldtake.log import logger
from worldtake.model.views import StatusView
from worldtake.newsroom.health import assess_all, health_lines
from worldtake.newsroom.outlets import own_catalogue
from worldtake.newsroom.shows import Shows
from worldtake.newsroom.standing import translation_status
from worldtake.pipeline.house import reader_languages
from worldtake.pipeline.names import ASKED_FOR, READ, STAGES
from worldtake.settings import Settings, read_settings
from worldtake.store import articles as shelf
from worldtake.store import forget, ledger, memory, open_store, press, sqlite_url
from worldtake.store import stories as shelves
from worldtake.store.again import due_again
from worldtake.store.archive import archive_folder
from worldtake.store.dump import canonical
from worldtake.store.records import moment
from worldtake.store.retention import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from worldtake.model import Outlet
    from worldtake.model.views import (
        ArticleView,
        CountryView,
        FrontView,
        OutletView,
        QuarantineItem,
        SearchView,
        StoryBundle,
        StoryView,
    )
    from worldtake.newsroom.archives import ArchiveReading
    from worldtake.newsroom.hubs import Hubs
    from worldtake.newsroom.images import ImageProxy
    from worldtake.newsroom.working import Works
    from worldtake.pipeline.runner import Chore, Progress
    from worldtake.pipeline.translators import Translators
    from worldtake.store import Store
    from worldtake.store.retention import Tidied

#: Under these notes the store says that it shows the sample press, and which catalogue it knows.
SAMPLE_NOTE = "sample"
CATALOGUE_NOTE = "catalogue"
#: Hosts of the sample press (RFC 6761 keeps them on this machine).
SAMPLE_HOSTS = ("*.localhost",)
#: Seconds between looks for feeds that are due, and between measurements of how outlets stand.
POLL_SECONDS = 10.0
HEALTH_SECONDS = 300.0
#: Seconds between looks for what is kept no longer, and between rounds of asking hubs.
TIDY_SECONDS = 3600.0


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """An open house. Close it, or use it as a context."""

    settings: Settings
    store: Store = field(repr=False)
    #: Now, aware.
    clock: Callable[[], datetime] = field(default=_now, repr=False)
    #: Host names under which loopback may be called, such as "*.localhost" for the sample press.
    loopback_hosts: tuple[str, ...] = ()
    _works: Works | None = field(default=None, repr=False)
    _hubs: Hubs | None = field(default=None, repr=False)
    _images: ImageProxy | None = field(default=None, repr=False)
    _images_lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    #: Translators of one's own in place of those of the settings; closed with the house.
    translators: Translators | None = field(default=None, repr=False)
    _opened: Translators | None = field(default=None, repr=False)
    _stopped: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def language(self) -> str:
        """The reader's language, BCP 47."""
        return self.settings.language

    def front(self) -> FrontView:
        """Return the front page."""
        with self.store.read() as connection:
            return self._shows().front(connection, now=self.clock())

    def story(self, story_id: str) -> StoryView:
        """Return a story's page, also by an earlier address of it.

        Raises:
            UnknownItemError: if there never was such a story.
        """
        with self.store.read() as connection:
            return self._shows().story(connection, story_id)

    def article(self, article_id: str) -> ArticleView:
        """Return an article's page.

        Raises:
            UnknownItemError: if there is no such article.
        """
        with self.store.read() as connection:
            view = self._shows().article(connection, article_id)
        self._ask_for(view)
        return view

    def _ask_for(self, view: ArticleView) -> None:
        """Let the rest of an article be translated, now that somebody reads it."""
        translation = view.translation
        reader = reader_languages(self.settings)
        if translation is None or translation.waits != "reader":
            return
        if reader.reads(view.article.language):
            return
        with self.store.read() as connection:
            if ledger.is_filed(connection, READ, view.article.id):
                return
        with self.store.write() as connection:
            ledger.file_work(connection, READ, [view.article.id], now=ASKED_FOR)

    @property
    def shows_images(self) -> bool:
        """Whether images of articles are shown."""
        return self.settings.image_proxy

    def image(self, article_id: str) -> tuple[str, bytes]:
        """Return the media type and bytes of an article's image, fetched from its outlet unless it was lately.

        Raises:
            UnknownItemError: if there is none, it cannot be had, or the setting `image_proxy` is off.
        """
        if not self.shows_images:
            message = "images are not shown here; set image_proxy = true to have them fetched"
            raise UnknownItemError(message)
        with self.store.read() as connection:
            article = shelf.articles(connection, [article_id]).get(article_id)
        if article is None or not article.image:
            message = f"article {article_id} has no image"
            raise UnknownItemError(message)
        found = self._open_images().image(article.image)
        return found.media_type, found.body

    def country(self, code: str) -> CountryView:
        """Return a country's page."""
        with self.store.read() as connection:
            return self._shows().country(connection, code.upper())

    def outlet(self, outlet_id: str) -> OutletView:
        """Return an outlet's page.

        Raises:
            UnknownItemError: if there is no such outlet.
        """
        with self.store.read() as connection:
            return self._shows().outlet(connection, outlet_id, now=self.clock())

    def search(self, query: str, before: str | None = None) -> SearchView:
        """Return the newest articles with every word of `query`."""
        with self.store.read() as connection:
            return self._shows().search(connection, query, before)

    def status(self) -> StatusView:
        """Return how the house stands."""
        with self.store.read() as connection:
            houses = press.outlets(connection)
            return StatusView(
                store=self.store.url,
                home=str(self.settings.home),
                articles=shelf.article_count(connection),
                stories=len(shelves.since(connection, 0)),
                outlets=len(houses),
                stages=ledger.stage_counts(connection, STAGES),
                quarantine=len(ledger.quarantined(connection)),
                sample=ledger.note(connection, SAMPLE_NOTE) == "yes",
                health=health_lines(connection, houses),
                translation=translation_status(connection, self.language, now=self.clock()),
            )

    def measure_health(self) -> None:
        """Measure how every outlet stands, by what came of it until now, and keep that."""
        with self.store.write() as connection:
            assess_all(connection, now=moment(self.clock()))

    def quarantine(self) -> tuple[QuarantineItem, ...]:
        """Return what could not be processed and waits."""
        with self.store.read() as connection:
            return ledger.quarantined(connection)

    def retry(self, ids: Sequence[int] = ()) -> int:
        """Make quarantined items due again, all of them without ids; return how many."""
        with self.store.write() as connection:
            return ledger.retry(connection, ids, now=moment(self.clock()))

    def outlets(self) -> tuple[Outlet, ...]:
        """Return every outlet of the catalogue and of the reader's own, by id."""
        with self.store.read() as connection:
            known = press.outlets(connection)
        return tuple(each for each in known if each.provenance in ("catalogue", "reader"))

    def know_outlets(self, outlets: Iterable[Outlet]) -> None:
        """Keep outlets and their feeds."""
        with self.store.write() as connection:
            press.keep_outlets(connection, outlets)

    def add_files(self, paths: Iterable[Path]) -> int:
        """Make files due for reading; return how many. `run` reads them."""
        items = [str(path.resolve()) for path in paths]
        with self.store.write() as connection:
            ledger.file_work(connection, "read.files", items, now=moment(self.clock()))
        return len(items)

    def add_archive(self, source: Path | str, progress: Progress | None = None) -> ArchiveReading:
        """Make the pages of a web archive (WARC) due for reading, of a file or at a web address; `run` reads them.

        Raises:
            WorldtakeError: if it cannot be fetched or read, or is no archive.
        """
        from worldtake.newsroom.archives import add_archive, fetch_archive
        from worldtake.newsroom.working import door_settings

        now = self.clock()
        if not isinstance(source, str):
            return add_archive(self.store, source, now=now, progress=progress)
        door = door_settings(self.settings, self.loopback_hosts)
        folder = self.settings.home / "downloads"
        return fetch_archive(self.store, source, folder, door=door, now=now, progress=progress)

    def tidy(self) -> Tidied:
        """Delete what the settings keep no longer: old days of the archive, bytes of pages that it holds, sentences too many.

        Raises:
            StoreError: if old files cannot be deleted.
        """
        most = round(self.settings.translation_memory_mb * 1e6)
        memory.thin(self.store, most, keep="sample")
        days = {"archive_days": self.settings.archive_days, "page_days": self.settings.page_days}
        return tidy(self.store, archive_folder(self.settings), now=self.clock(), **days)

    def poll(self) -> int:
        """Make every feed due that has not been called for a while; return how many.

        While the sample press is shown the live press could not be reached: only the sample is called.
        """
        now = moment(self.clock())
        with self.store.read() as connection:
            due = press.feeds(connection, due_by=now)
            if ledger.note(connection, SAMPLE_NOTE) == "yes":
                live = {
                    each.id for each in press.outlets(connection) if each.provenance == "catalogue"
                }
                due = tuple(feed for feed in due if feed.outlet_id not in live)
        if due:
            with self.store.write() as connection:
                ledger.file_work(connection, "fetch.entries", [feed.url for feed in due], now=now)
        return len(due)

    def run(self, progress: Progress | None = None, *, live: bool = False) -> None:
        """Work until nothing is due or `stop` is called; `live` calls feeds whose time comes meanwhile, too.

        Raises:
            StoreError: if another process works on the same store file.
        """
        with self._sole_process():
            works = self._open_works()
            try:
                if not self._stopped.is_set():
                    works.run(progress, self._chores() if live else ())
            finally:
                self._close_works()
            if live:
                self.measure_health()

    @property
    def hubs(self) -> Hubs:
        """What hubs ask of this house and tell it (WebSub)."""
        from worldtake.newsroom.hubs import Hubs

        if self._hubs is None:
            self._hubs = Hubs(store=self.store, settings=self.settings, clock=self.clock)
        return self._hubs

    def subscribe(self) -> int:
        """Ask hubs to tell of news, where feeds name one and `public_url` is set; return how many were called."""
        from worldtake.newsroom.hubs import subscribe
        from worldtake.newsroom.working import door_settings

        door = door_settings(self.settings, self.loopback_hosts)
        return subscribe(self.store, door, site=self.settings.public_url, clock=self.clock)

    def stop(self) -> None:
        """End `run` after the batches that run, for good."""
        self._stopped.set()
        if self._works is not None:
            self._works.stop()

    def due(self) -> int:
        """Return how many items are due now."""
        with self.store.read() as connection:
            return sum(ledger.due_counts(connection, now=moment(self.clock())).values())

    def add_list(self, path: Path) -> int:
        """Add every feed of an OPML file; return how many.

        Raises:
            UnreadableInputError: if the file is not readable OPML.
        """
        from worldtake.newsroom.adding import add_list

        count = add_list(self.store, path)
        self.poll()
        return count

    def add_address(self, url: str) -> str:
        """Add the feed or page at `url`; return in words what it was.

        Raises:
            WorldtakeError: if it cannot be fetched or is neither.
        """
        from worldtake.newsroom.adding import add_address

        what = add_address(self.store, url, hosts=self.loopback_hosts, now=self.clock())
        self.poll()
        return what

    def reaches_press(self) -> bool:
        """Tell whether any of some catalogue feeds answers now."""
        from worldtake.newsroom.adding import reaches_press

        return reaches_press(self.store)

    def shows_sample(self) -> bool:
        """Tell whether the sample press is in the store."""
        with self.store.read() as connection:
            return ledger.note(connection, SAMPLE_NOTE) == "yes"

    def show_sample(
        self, outlets: Iterable[Outlet], phrases: Mapping[tuple[str, str], str]
    ) -> None:
        """Know the sample press: its outlets, and its sentences in English as remembered segments."""
        from worldtake.pipeline.translators import sample_segments

        now = self.clock()
        rows = sample_segments(phrases, made=now)
        with self.store.write() as connection:
            press.keep_outlets(connection, outlets)
            memory.keep_segments(connection, rows, now=moment(now))
            ledger.keep_note(connection, SAMPLE_NOTE, "yes")
        self.loopback_hosts = SAMPLE_HOSTS

    def forget_sample(self) -> None:
        """Remove the sample press and all that was read from it; other articles are grouped anew."""
        with self.store.write() as connection:
            forget.forget_outlets(connection, "sample", now=moment(self.clock()))
            memory.forget_segments(connection, "sample")
            ledger.keep_note(connection, SAMPLE_NOTE, "no")

    def bundles(self) -> tuple[StoryBundle, ...]:
        """Return every story with all that is known of it, in time order: for analysis and export."""
        from worldtake.newsroom.working import bundles

        with self.store.read() as connection:
            return bundles(connection, reader_languages(self.settings))

    def dump(self) -> Iterator[str]:
        """Yield the store as lines in canonical order."""
        with self.store.read() as connection:
            yield from canonical(connection)

    def close(self) -> None:
        """End the workers and close the store."""
        self._close_works()
        for opened in (self.translators, self._opened):
            if opened is not None:
                opened.close()
        self._opened = None
        if self._hubs is not None:
            self._hubs.close()
        if self._images is not None:
            self._images.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_images(self) -> ImageProxy:
        from worldtake.newsroom.images import ImageProxy
        from worldtake.newsroom.working import door_settings

        with self._images_lock:
            if self._images is None:
                door = door_settings(self.settings, self.loopback_hosts)
                self._images = ImageProxy(door, self.settings.image_bytes)
            return self._images

    def look_again(self) -> int:
        """Make young articles due for another look, where the setting `revisit` asks for it; return how many."""
        if not self.settings.revisit:
            return 0
        now = moment(self.clock())
        with self.store.write() as connection:
            due = due_again(connection, now=now)
            ledger.file_work(connection, "fetch.pages", due, now=now)
        return len(due)

    def _chores(self) -> tuple[Chore, ...]:
        from worldtake.pipeline.runner import Chore

        return (
            Chore(every_seconds=POLL_SECONDS, call=self.poll),
            Chore(every_seconds=HEALTH_SECONDS, call=self.measure_health),
            Chore(every_seconds=TIDY_SECONDS, call=self.tidy),
            Chore(every_seconds=HEALTH_SECONDS, call=self.look_again),
        )

    def _shows(self) -> Shows:
        return Shows(reader_languages(self.settings), self.settings.window_days)

    def _open_works(self) -> Works:
        # The stages and their libraries take seconds to load: a page or a status needs none of them.
        from worldtake.newsroom.working import open_works

        self._works = open_works(
            self.settings,
            self.store,
            clock=self.clock,
            hosts=self.loopback_hosts,
            translators=self._open_translators(),
        )
        return self._works

    def _open_translators(self) -> Translators:
        """Return the translators: they stay open from one run to the next, since models take seconds to load."""
        from worldtake.pipeline.translators import open_translators

        if self.translators is not None:
            return self.translators
        sample = self.shows_sample()
        if self._opened is not None and self._opened.sample != sample:
            self._opened.close()
            self._opened = None
        if self._opened is None:
            self._opened = open_translators(self.settings, sample=sample)
        return self._opened

    def _close_works(self) -> None:
        if self._works is not None:
            self._works.close()
            self._works = None

    @contextlib.contextmanager
    def _sole_process(self) -> Iterator[None]:
        """Hold the store file alone while working on it; what a killed process had claimed is due again."""
        if not self.store.url.startswith("sqlite"):
            yield
            return
        with (self.settings.home / "worldtake.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                message = (
                    f"another worldtake is working on {self.settings.home}; "
                    "wait until it ends, or choose another folder with --home"
                )
                raise StoreError(message) from error
            with self.store.write() as connection:
                ledger.release_all(connection)
            yield


def open_newsroom(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] = _now,
    loopback_hosts: tuple[str, ...] = (),
    catalogue: Path | None = None,
) -> Newsroom:
    """Open the house in `settings.home`, made where it is not there, with the shipped catalogue and the reader's own known.

    Args:
        settings: the reader's; read from environment and file if not given.
        clock: gives now, aware.
        loopback_hosts: host names under which this machine itself may be called.
        catalogue: another folder of outlet files than the shipped one.

    Raises:
        StoreError: if the home folder or the store cannot be opened.
    """
    chosen = settings or read_settings()
    try:
        chosen.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{chosen.home}: cannot be made ({error.strerror}); choose another with --home"
        raise StoreError(message) from error
    store = open_store(chosen.store or sqlite_url(chosen.home))
    newsroom = Newsroom(settings=chosen, store=store, clock=clock, loopback_hosts=loopback_hosts)
    _know_catalogue(newsroom, catalogue or shipped_catalogue())
    return newsroom


def _know_catalogue(newsroom: Newsroom, shipped: Path) -> None:
    """Know the shipped catalogue and the reader's own beside it, unless nothing has changed in either."""
    own = own_catalogue(newsroom.settings)
    folders = Folders(folders=(shipped, own))
    digest = folders.digest()
    with newsroom.store.read() as connection:
        known = ledger.note(connection, CATALOGUE_NOTE)
    if known == digest:
        return
    newsroom.know_outlets(_outlets(folders, own))
    with newsroom.store.write() as connection:
        ledger.keep_note(connection, CATALOGUE_NOTE, digest)


def _outlets(folders: Folders, own: Path) -> Iterator[Outlet]:
    """Yield the outlets of the files; a broken file of the reader's own is named and left out."""
    for path in folders.files().values():
        if own not in path.parents:
            yield read_outlet(path)
            continue
        try:
            yield replace(read_outlet(path), provenance="reader")
        except CatalogueError as error:
            logger(__name__).warning("left out of the catalogue", file=str(path), why=str(error))
