"""CPU of all that comes after reading: a grown press put into a store in the order of chance, grouped while it arrives.

Articles arrive in chunks, as they do when 1,500 outlets are read at once: from all three days at any time. On a clock that
counts this process's CPU, each chunk comes when reading it would have taken `READING_MILLISECONDS` an article.
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from worldtake.model import Feed, Outlet, Trace
from worldtake.pipeline.grouping import grouping_steps
from worldtake.pipeline.house import House
from worldtake.pipeline.runner import Runner
from worldtake.pipeline.step import Step
from worldtake.settings import Settings
from worldtake.store import articles as shelf
from worldtake.store import ledger, open_store, press
from worldtake.testing.big_press import NEWEST, BigSample
from worldtake.testing.builders import an_article
from worldtake.trace import TraceArticle
from worldtake.translate import Router

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worldtake.model import Article
    from worldtake.store import Connection, Store
    from worldtake.testing.sample_nouns import SampleArticle, SampleOutlet

OUTLETS = int(os.environ.get("WORLDTAKE_BENCH_OUTLETS", "1500"))
ARTICLES = int(os.environ.get("WORLDTAKE_BENCH_ARTICLES", "5000"))
#: Articles in one go.
CHUNK = 250
#: What reading an article takes before it is grouped: a chunk comes when so much time has gone by.
READING_MILLISECONDS = 20.0
#: Traced articles: their traces stand for those of the others, for tracing takes longer than all that is measured.
TRACED = int(os.environ.get("WORLDTAKE_BENCH_TRACED", "0"))


def run() -> tuple[int, str]:
    """Group the articles while they arrive and once more at rest; print what each step took."""
    sample = BigSample(outlet_count=OUTLETS, article_count=ARTICLES)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'worldtake.db'}")
        arrival = _Arrival(sample)
        with store.write() as connection:
            press.keep_outlets(connection, arrival.outlets)
        watch = _Watch()
        clock = _Clock()
        house = House(
            settings=Settings(home=Path(folder)),
            outlets=arrival.outlets,
            clock=clock,
            parse=cast(Any, None),
            switchboard=cast(Any, None),
            router=Router(engines=()),
        )
        steps = (_arriving(arrival, clock), *map(watch.watched, grouping_steps(house)))
        with store.write() as connection:
            ledger.file_work(connection, "index", ["0"], now=0)
        begun = time.process_time()
        Runner(store=store, steps=steps, clock=clock, rest_seconds=3.0).run_until_idle()
        spent = time.process_time() - begun - arrival.seconds
        _tell(store, watch, spent)
        store.close()
    return len(arrival), "articles"


def _tell(store: Store, watch: _Watch, spent: float) -> None:
    with store.read() as connection:
        count = shelf.article_count(connection)
    for name, seconds in watch.seconds.items():
        print(
            f"  {name:14} {watch.batches[name]:6} batches {1000 * seconds / count:7.2f} ms an article"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  all stages {1000 * spent / count:.2f} ms CPU an article, peak {peak:,.0f} MB")


class _Clock:
    """CPU time of this process, and what reading would have taken."""

    def __init__(self) -> None:
        self.read = 0.0

    def __call__(self) -> datetime:
        return NEWEST + timedelta(seconds=time.process_time() + self.read)


class _Arrival:
    """The articles, in chunks."""

    def __init__(self, sample: BigSample) -> None:
        self.outlets = tuple(map(_outlet, sample.outlets))
        self._sample = sample
        found = [(each.outlet_id, each) for each in sample.articles()]
        random.Random(11).shuffle(found)  # noqa: S311 chance, not secrets
        self.chunks = [found[at : at + CHUNK] for at in range(0, len(found), CHUNK)]
        #: CPU that arriving itself has taken.
        self.seconds = 0.0
        self._trace = TraceArticle(outlets=self.outlets[:200])

    def __len__(self) -> int:
        return sum(map(len, self.chunks))

    def keep(self, connection: Connection, number: int) -> list[str]:
        """Keep a chunk and return the ids of its articles."""
        begun = time.process_time()
        kept = []
        for outlet_id, each in self.chunks[number]:
            article = _article(outlet_id, each)
            identity = shelf.keep_article(
                connection, article, page_id=each.id, stage="bench", version=1
            )
            kept.append(identity)
            if len(kept) <= TRACED:
                trace = self._trace(article)
                assert isinstance(trace, Trace)
                shelf.keep_traces(connection, [(trace, article)], stage="bench", version=1)
        self.seconds += time.process_time() - begun
        return kept


def _outlet(outlet: SampleOutlet) -> Outlet:
    url = f"http://{outlet.host}/feed"
    return Outlet(
        id=outlet.id,
        name=outlet.name,
        domains=(outlet.host,),
        country=outlet.country,
        languages=outlet.languages,
        kind=outlet.kind,
        feeds=(Feed(url=url, outlet_id=outlet.id, kind="rss"),),
    )


def _article(outlet_id: str, each: SampleArticle) -> Article:
    return an_article(
        each.text(),
        title=each.title.source,
        outlet_id=outlet_id,
        url=f"http://{each.address}",
        language=each.language,
        published=each.published.astimezone(UTC),
    )


def _arriving(arrival: _Arrival, clock: _Clock) -> Step:
    """Return the step that stands for all reading."""

    def load(_connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return {item: item for item in items}

    def write(connection: Connection, batch: Sequence[Any]) -> Sequence[tuple[str, str]]:
        kept = [each for done in batch for each in arrival.keep(connection, int(done.item))]
        clock.read += len(kept) * READING_MILLISECONDS / 1000
        left = [
            str(int(done.item) + 1) for done in batch if int(done.item) + 1 < len(arrival.chunks)
        ]
        return [("cluster", each) for each in kept] + [("index", each) for each in left]

    return Step(
        name="index", version=1, place="here", batch=2, load=load, call=lambda i: i, write=write
    )


@dataclass
class _Watch:
    """CPU seconds and batches of each step."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    batches: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def watched(self, step: Step) -> Step:
        """Return the step, with its time taken."""

        def timed(function: Callable[..., Any], part: str) -> Callable[..., Any]:
            def call(*given: Any) -> Any:
                begun = time.process_time()
                try:
                    return function(*given)
                finally:
                    self.seconds[f"{step.name} {part}"] += time.process_time() - begun
                    self.batches[f"{step.name} {part}"] += 1

            return call

        return replace(
            step,
            load=timed(step.load, "load"),
            call=timed(step.call, "call"),
            write=timed(step.write, "write"),
        )
