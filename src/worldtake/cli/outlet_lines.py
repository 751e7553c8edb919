"""How outlets, and reports of their feeds, are printed."""

from __future__ import annotations

import dataclasses
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from worldtake.cli.console import DRAW_HERTZ, LINE_SECONDS, say
from worldtake.newsroom.reports import STATES

if TYPE_CHECKING:
    from typing import Self

    from worldtake.catalog import Merge
    from worldtake.model import Outlet
    from worldtake.newsroom.reports import FeedReport


def outlet_line(outlet: Outlet) -> str:
    """Return an outlet on one line, its fields parted by two spaces."""
    native = f" ({outlet.native_name})" if outlet.native_name else ""
    state = f"state {outlet.state_control}" if outlet.state_control else ""
    feeds = sum(each.kind != "sitemap" for each in outlet.feeds)
    parts = (
        outlet.id,
        f"{outlet.name}{native}",
        ",".join(outlet.languages),
        outlet.kind,
        outlet.domains[0] if outlet.domains else "",
        f"{feeds} feed{'' if feeds == 1 else 's'}",
        state,
    )
    return "  ".join(part for part in parts if part)


def outlet_json(outlet: Outlet) -> str:
    """Return an outlet as one line of JSON, without what is not known."""
    return _json({key: value for key, value in dataclasses.asdict(outlet).items() if value})


def merge_line(merge: Merge) -> str:
    """Return on one line what became of an outlet of a list."""
    feeds = f", {len(merge.feeds)} feeds" if merge.feeds else ""
    reason = f": {merge.reason}" if merge.reason else ""
    return f"{merge.decision}  {merge.outlet.id}  {merge.outlet.name}{feeds}{reason}"


@dataclass(slots=True, kw_only=True)
class CheckProgress:
    """Hear how feeds stand, one after another; show how far it is, and in the end a table by country."""

    #: Feeds that are called.
    total: int
    #: Print each report as JSON on standard output instead of tables.
    as_json: bool
    reports: list[FeedReport] = field(default_factory=list)
    _console: Console = field(default_factory=lambda: Console(stderr=True))
    _live: Live | None = None
    _last_line: float = field(default_factory=time.monotonic)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live = Live(console=self._console, refresh_per_second=DRAW_HERTZ, transient=True)
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def __call__(self, report: FeedReport) -> None:
        """Keep a report and show that it is there."""
        self.reports.append(report)
        if self.as_json:
            print(_json(dataclasses.asdict(report)), flush=True)  # noqa: T201 this module prints
        if self._live is not None:
            self._live.update(Text(self._line()))
        elif time.monotonic() - self._last_line >= LINE_SECONDS:
            self._last_line = time.monotonic()
            say(self._line())

    def show(self) -> None:
        """Print what is wrong, then the table; with JSON, only a line of counts to standard error."""
        if self.as_json:
            say(self._line())
            return
        for each in sorted(self.reports, key=lambda each: (each.outlet_id, each.url)):
            if each.state != "alive":
                print(_report_line(each))  # noqa: T201 this module prints
        Console().print(_by_country(self.reports))
        say(self._line())

    def _line(self) -> str:
        counts = Counter(each.state for each in self.reports)
        said = ", ".join(f"{counts[state]:,} {state}" for state in STATES if counts[state])
        return f"{len(self.reports):,} of {self.total:,} feeds: {said or 'none yet'}"


def _report_line(report: FeedReport) -> str:
    details = {
        "stale": f"newest entry of {report.newest:%F}" if report.newest else "",
        "moved": f"to {report.moved_to}",
        "empty": "announces nothing",
    }
    why = details.get(report.state) or f"{report.outcome}: {report.problem}"
    return f"{report.state}  {report.outlet_id}  {report.url}  {why}"


def _by_country(reports: list[FeedReport]) -> Table:
    counts: dict[str, Counter[str]] = {}
    for each in reports:
        counts.setdefault(each.country or "–", Counter())[each.state] += 1
    table = Table("country", "feeds", *STATES, box=None)
    rows = sorted(counts.items())
    if len(rows) > 1:
        rows.append(("all", sum((found for _, found in rows), Counter())))
    for name, found in rows:
        table.add_row(name, f"{found.total():,}", *(str(found[state] or "") for state in STATES))
    return table


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=lambda moment: moment.isoformat())
