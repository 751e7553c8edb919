"""The pipeline of one store, opened and closed: all that loads the stages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.fetch import ParseChildren
from worldtake.http import DoorSettings
from worldtake.model.views import StoryBundle
from worldtake.pipeline.books import StoreBooks
from worldtake.pipeline.executors import PRELOAD, Inline, Pool
from worldtake.pipeline.grouping import story_files
from worldtake.pipeline.house import House
from worldtake.pipeline.runner import Runner
from worldtake.pipeline.stages import all_steps
from worldtake.pipeline.switchboard import Switchboard
from worldtake.pipeline.translators import keep_routes, open_router
from worldtake.store import press
from worldtake.store import stories as shelves
from worldtake.store.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from worldtake.model import ReaderLanguages
    from worldtake.pipeline.runner import Chore, Progress
    from worldtake.pipeline.translators import Translators
    from worldtake.settings import Settings
    from worldtake.store import Connection, Store

#: Children that read feeds side by side: 1,500 feeds cost 15 to 60 s of processor time.
PARSERS = 2


@dataclass(frozen=True, slots=True)
class Works:
    """A pipeline with the processes, threads and connections that it holds."""

    runner: Runner
    house: House
    child: ParseChildren

    def run(self, progress: Progress | None, chores: tuple[Chore, ...] = ()) -> None:
        """Work until nothing is due or `stop` is called, with the chores in between."""
        self.runner.progress = progress
        self.runner.chores = chores
        self.runner.run_until_idle()

    def stop(self) -> None:
        """End `run` after the batches that run."""
        self.runner.stop()
        self.house.router.stop()

    def close(self) -> None:
        """End the workers, close the door to the network."""
        self.runner.executor.close()
        self.child.close()
        self.house.switchboard.close()


def open_works(
    settings: Settings,
    store: Store,
    *,
    clock: Callable[[], datetime],
    hosts: tuple[str, ...],
    translators: Translators,
) -> Works:
    """Open the pipeline of a store; `hosts` are names of this machine that may be called."""
    with store.read() as connection:
        known = press.outlets(connection)
    # Workers are forked off the same process, which then has to load what they need.
    child = ParseChildren(PARSERS, preload=PRELOAD) if settings.workers else ParseChildren(PARSERS)
    owner = f"{os.uname().nodename}:{os.getpid()}"
    books = StoreBooks(store=store, clock=clock)
    router = open_router(settings, translators, books, clock)
    keep_routes(store, router, now=clock(), window_days=settings.window_days)
    house = House(
        router=router,
        archive=open_archive(store, settings, os.uname().nodename),
        settings=settings,
        outlets=known,
        clock=clock,
        parse=child,
        switchboard=Switchboard(door_settings(settings, hosts)),
    )
    runner = Runner(
        store=store,
        steps=all_steps(house),
        clock=clock,
        switchboard=house.switchboard,
        retries=settings.retries,
        call_retry_seconds=settings.retry_seconds,
        executor=Pool(settings.workers) if settings.workers else Inline(),
        rest_seconds=settings.cluster_wait_seconds,
        owner=owner,
    )
    return Works(runner, house, child)


def door_settings(settings: Settings, hosts: tuple[str, ...] = ()) -> DoorSettings:
    """Return how the network is called; `hosts` are allowed beside those of the settings."""
    return DoorSettings(
        allow_hosts=(*settings.allow_hosts, *hosts),
        pace_seconds=settings.pace_seconds,
        # Hosts that the settings name are other people's, too; the sample press is not.
        allowed_pace_seconds=settings.pace_seconds if settings.allow_hosts else 0.0,
        domain_pace_seconds=settings.domain_pace_seconds,
        allowed_domain_pace_seconds=settings.domain_pace_seconds if settings.allow_hosts else 0.0,
        total_seconds=settings.call_seconds,
        concurrency=settings.calls,
        contact=settings.contact,
    )


def bundles(connection: Connection, reader: ReaderLanguages) -> tuple[StoryBundle, ...]:
    """Return every story with all that is known of it, in time order."""
    ids = shelves.since(connection, 0)
    files = story_files(connection, ids, reader)
    known = shelves.records(connection, ids)
    threads = shelves.threads(connection)
    ordered = sorted(files.values(), key=lambda each: (each.story.first, each.story.id))
    return tuple(
        StoryBundle(
            file=each,
            differences=known[each.story.id].differences,
            takes=known[each.story.id].takes,
            coverage=known[each.story.id].coverage,
            thread=threads.get(each.story.id),
        )
        for each in ordered
    )
