"""What the terminal shows: progress, status, quarantine, errors."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.table import Table

from worldtake.model.health import HEALTH_STATES

if TYPE_CHECKING:
    from typing import Self

    from worldtake.model.views import (
        EngineStatus,
        QuarantineItem,
        StatusView,
        TranslationStatus,
    )

#: Seconds between plain progress lines.
LINE_SECONDS = 2.0
#: Outlets that the status names, and the states in which it does.
WORST_SHOWN = 10
UNHEARD = frozenset(("unreached", "silent", "changed-layout", "thin"))
#: What articles wait for whose translation is still to come.
WAITS = {
    "reader": "until they are opened",
    "budget": "for tomorrow's budget",
    "engine": "for a translator that does not answer",
    "translator": "for a translator of their language",
}
#: Times a second that the table on a terminal is drawn.
DRAW_HERTZ = 4


def say_error(message: str) -> None:
    """Print one line to standard error."""
    print(f"worldtake: {message}", file=sys.stderr)  # noqa: T201 this module prints


def say(message: str) -> None:
    """Print one line to standard error, as progress: standard output is for results."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 this module prints


@dataclass(slots=True)
class StageProgress:
    """Count what each stage has done: a live table on a terminal, plain lines elsewhere."""

    _counts: Counter[str] = field(default_factory=Counter)
    #: What stands in place of a count, of steps that are not counted.
    _shares: dict[str, str] = field(default_factory=dict)
    _console: Console = field(default_factory=lambda: Console(stderr=True))
    _live: Live | None = None
    _last_line: float = 0.0

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live = Live(self._table(), console=self._console, refresh_per_second=DRAW_HERTZ)
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None
        elif self._counts:
            say(self._line())

    def __call__(self, stage: str, items: int) -> None:
        """Count `items` done by `stage`."""
        self._counts[stage] += items
        self._tell()

    def show(self, step: str, share: str) -> None:
        """Show how much of a step is done: "40%"."""
        self._counts[step] += 0
        self._shares[step] = share
        self._tell()

    def _tell(self) -> None:
        if self._live is not None:
            self._live.update(self._table())
        elif time.monotonic() - self._last_line >= LINE_SECONDS:
            self._last_line = time.monotonic()
            say(self._line())

    def _line(self) -> str:
        return "  ".join(f"{stage} {self._done(stage)}" for stage in self._counts)

    def _table(self) -> Table:
        table = Table("stage", "done", box=None, pad_edge=False)
        for stage in self._counts:
            table.add_row(stage, self._done(stage))
        return table

    def _done(self, stage: str) -> str:
        return self._shares.get(stage) or f"{self._counts[stage]:,}"


def show_status(status: StatusView, *, outlets: bool = False) -> None:
    """Print the state of the house; with `outlets`, how each of them stands."""
    console = Console()
    console.print(f"home        {status.home}", highlight=False, soft_wrap=True)
    console.print(f"store       {status.store}", highlight=False, soft_wrap=True)
    press = "the invented sample press" if status.sample else "live"
    console.print(f"press       {press}", highlight=False)
    console.print(
        f"holds       {status.articles:,} articles, {status.stories:,} stories, "
        f"{status.outlets:,} outlets",
        highlight=False,
    )
    table = Table("stage", "due", "running", "done", "skipped", "quarantined", box=None)
    for each in status.stages:
        numbers = (each.due, each.running, each.done, each.skipped, each.quarantined)
        table.add_row(each.stage, *(f"{number:,}" for number in numbers))
    console.print(table)
    if status.quarantine:
        console.print("see: worldtake quarantine list", highlight=False)
    _show_translation(status.translation)
    if status.health:
        _show_health(status, outlets=outlets)


def _show_translation(translation: TranslationStatus) -> None:
    console = Console(soft_wrap=True)
    if not translation.engines:
        said = "none is set up; see: worldtake translate doctor"
        console.print(f"translators {said}", highlight=False)
    for place, each in enumerate(translation.engines):
        head = " " * len("translators") if place else "translators"
        console.print(f"{head} {_engine_line(each)}", highlight=False, markup=False)
    waiting = ", ".join(
        f"{number:,} {WAITS.get(why, why)}" for why, number in translation.waiting if number
    )
    if waiting:
        console.print(f"waiting     {waiting}", highlight=False, markup=False)
    if translation.engines or translation.remembered:
        size = f"{translation.remembered_bytes / 1e6:,.1f} MB"
        console.print(f"remembered  {translation.remembered:,} sentences, {size}", highlight=False)


def _engine_line(engine: EngineStatus) -> str:
    """Return how a translator stands and what it used today, in one line."""
    failed = f"{engine.failures} failures in a row" if engine.failures else ""
    state = "answers"
    if engine.state == "rests":
        until = f" until {engine.rests_until:%Y-%m-%d %H:%M} UTC" if engine.rests_until else ""
        state = f"rests{until}"
    used = [f"{engine.characters:,}{_of(engine.daily_characters, ',')} characters today"]
    if engine.money or engine.daily_money is not None:
        used.append(f"{engine.money:,.2f}{_of(engine.daily_money, ',.2f')} money today")
    parts = [f"{engine.id}: {state}", failed, *used, engine.error]
    return ", ".join(part for part in parts if part)


def _of(limit: float | None, form: str) -> str:
    return "" if limit is None else f" of {limit:{form}}"


def _show_health(status: StatusView, *, outlets: bool) -> None:
    console = Console(soft_wrap=True)
    counts = Counter(line.health.state for line in status.health)
    found = ", ".join(f"{counts[state]:,} {state}" for state in HEALTH_STATES if counts[state])
    console.print(f"outlets     {found}", highlight=False)
    bad = [line for line in status.health if line.health.state in UNHEARD]
    for line in status.health if outlets else bad[:WORST_SHOWN]:
        where = f" ({line.country})" if line.country else ""
        text = f"  {line.outlet_id}  {line.name}{where}: {line.health.reason}"
        console.print(text, highlight=False, markup=False)
    if not outlets and len(bad) > WORST_SHOWN:
        more = f"  and {len(bad) - WORST_SHOWN:,} more; see: worldtake status --outlets"
        console.print(more, highlight=False)


def show_quarantine(items: tuple[QuarantineItem, ...], *, details: bool = False) -> None:
    """Print what waits in quarantine, one block each."""
    console = Console(soft_wrap=True)
    if not items:
        console.print("quarantine is empty")
    for each in items:
        console.print(f"{each.id}  {each.stage}  {each.item}", highlight=False, markup=False)
        console.print(f"    {each.message}", highlight=False, markup=False)
        if details:
            console.print(f"    tries {each.tries}, since {each.since:%Y-%m-%d %H:%M} UTC")
            console.print(each.details or "    (refused by a rule; no traceback)", markup=False)
