"""Read every page with worldtake and with other extractors, in one run, and write the table of docs/reference/extraction.md.

Page by page every extractor reads the same bytes, each round beginning with another one, so that a busy moment of the machine falls
on all alike; one round before the first is not timed. Of worldtake the pages are read by a model that never saw their publisher.
`make compare` installs the others and runs this; `python -m evals.extraction.compare --rounds 1` is quick.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings
from dataclasses import dataclass, fields, replace
from statistics import median
from typing import TYPE_CHECKING

from evals.extraction.corpora import Sample, samples
from evals.extraction.folds import reader
from evals.extraction.marks import Reading, mark
from evals.extraction.measure import read
from evals.extraction.peers import EVERYTHING, Extractor, peers
from evals.extraction.table import Row, write
from worldtake.extract import ExtractArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Timed rounds: with three, a disturbed one does not move the median.
ROUNDS = 3
#: Pages read before anything is timed, so that every extractor has loaded what it needs.
WARM_UP_PAGES = 20
#: Extractor that the speeds are ratios to.
BASE = "trafilatura"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one extractor gave for every page, and how long it took."""

    #: The extractor.
    extractor: Extractor
    #: What it read, a page each.
    readings: list[Reading]
    #: Seconds of each page, a list for each round.
    seconds: list[list[float]]
    #: Pages on which it raised.
    failures: set[str]

    @property
    def pages_a_second(self) -> float:
        """Return the median over the rounds."""
        return median(len(each) / sum(each) for each in self.seconds)

    @property
    def slowest(self) -> float:
        """Return the time of the slowest page, its median over the rounds, in seconds."""
        return max(median(each) for each in zip(*self.seconds, strict=True))


def house(stages: dict[str, ExtractArticle], *, fast: bool = False) -> Extractor:
    """Return worldtake, each page read by the stage that `stages` has for it."""
    own = {name: replace(each, fast=True) for name, each in stages.items()} if fast else stages
    return Extractor(
        name="worldtake, fast path" if fast else "worldtake",
        gives=EVERYTHING,
        read=lambda sample: read(sample, own[sample.name]),
    )


def extractors(pages: Sequence[Sample]) -> list[Extractor]:
    """Return worldtake's paths and every other extractor."""
    stages = {sample.name: reader(sample) for sample in pages}
    own = [house(stages)]
    if any(each.name == "fast" for each in fields(ExtractArticle)):
        own.append(house(stages, fast=True))
    return [*own, *peers()]


def run(pages: Sequence[Sample], all_of_them: Sequence[Extractor], rounds: int) -> list[Run]:
    """Return what each extractor gave in the first round and how long each round took."""
    runs = [
        Run(
            extractor=each,
            readings=[],
            seconds=[[] for _ in range(rounds)],
            failures=set(),
        )
        for each in all_of_them
    ]
    for sample in pages[:WARM_UP_PAGES]:
        for each in runs:
            _timed(each.extractor.read, sample)
    for number in range(rounds):
        for place, sample in enumerate(pages):
            first = (place + number) % len(runs)
            for each in (*runs[first:], *runs[:first]):
                reading, took = _timed(each.extractor.read, sample)
                each.seconds[number].append(took)
                if number == 0:
                    each.readings.append(reading or Reading())
                    each.failures.update([] if reading else [sample.name])
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return runs


def _timed(read_page: Callable[[Sample], Reading], sample: Sample) -> tuple[Reading | None, float]:
    """Return what was read, None where the extractor raised, and the seconds that it took."""
    begun = time.perf_counter()
    try:
        reading = read_page(sample)
    except Exception:  # noqa: BLE001  # whatever it raises, it gave nothing for this page
        return None, time.perf_counter() - begun
    return reading, time.perf_counter() - begun


def rows(pages: Sequence[Sample], runs: Sequence[Run]) -> list[Row]:
    """Return a row for each extractor."""
    base = next(each.pages_a_second for each in runs if each.extractor.name == BASE)
    return [
        Row(
            name=each.extractor.label,
            gives=each.extractor.gives,
            marks=tuple(mark(*pair) for pair in zip(pages, each.readings, strict=True)),
            failures=len(each.failures),
            speed=each.pages_a_second / base,
            slowest=each.slowest * base,
        )
        for each in runs
    ]


def main(arguments: Sequence[str]) -> int:
    """Compare, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="timed rounds")
    parser.add_argument("--dry-run", action="store_true", help="print the table alone")
    options = parser.parse_args(arguments)
    pages = samples()
    if not pages:
        print("compare: skipped, its corpora are not here")
        return 0
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    found = rows(pages, run(pages, extractors(pages), options.rounds))
    write(found, is_kept=not options.dry_run)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
