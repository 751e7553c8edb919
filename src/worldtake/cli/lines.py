"""The stages as filters on JSON Lines; each returns how many inputs failed.

Fields that a stage does not know pass through. A line or file that cannot be read is named on standard error and the
rest goes on.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldtake.cli.adding import PAGE_ENDINGS
from worldtake.cli.console import say_error
from worldtake.errors import UnreadableInputError, WorldtakeError
from worldtake.model import Page, Report, Skip, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from worldtake.model import Article, Outlet
    from worldtake.trace import TraceArticle

STANDARD_INPUT = "-"


def extract(paths: Iterable[Path], *, fast: bool = False) -> int:
    """Print one line for each page as it is read; of one outlet's pages the later ones profit from the earlier."""
    from worldtake.cli.learning import LearningReader
    from worldtake.extract import ExtractArticle, to_json
    from worldtake.translate import DetectLanguage

    stage = LearningReader(ExtractArticle(outlets=catalogued_outlets(), fast=fast))
    failures = 0
    for path in _pages(paths):
        try:
            page = read_source(path)
            found = stage(page)
            if isinstance(found, Skip):
                message = f"{path}: {found.reason}"
                raise UnreadableInputError(message)
            print_row(to_json(DetectLanguage()(found)) | {"file": str(path)})
        except WorldtakeError as error:
            say_error(_naming(path, error))
            failures += 1
    return failures


def detect(source: str) -> int:
    """Add `language` and `language_confidence` to each line, and `language` to the blocks that differ."""
    from worldtake.extract import from_json, to_json
    from worldtake.translate import DetectLanguage

    stage = DetectLanguage()
    lines = Lines(source)
    for row in lines:
        article = stage(from_json(row))
        print_row(
            row
            | {
                "language": article.language,
                "language_confidence": round(article.language_confidence, 4),
                "blocks": to_json(article)["blocks"],
            }
        )
    return lines.failures


def trace(source: str) -> int:
    """Add `quotes`, `credits`, `figures`, `times` to each line."""
    from worldtake.extract import from_json
    from worldtake.trace import TraceArticle, to_json

    stage = TraceArticle(outlets=catalogued_outlets())
    lines = Lines(source)
    for row in lines:
        article = from_json(row)
        found = stage(article)
        traced = Trace(article_id=article.id) if isinstance(found, Skip) else found
        print_row(row | to_json(traced, article))
    return lines.failures


def cluster(source: str) -> int:
    """Add `story` to each line."""
    from worldtake.cluster import cluster_lines

    lines = Lines(source)
    for row in cluster_lines(lines):
        print_row(row)
    return lines.failures


def copies(source: str) -> int:
    """Print one line for each pair of articles that share a passage."""
    from worldtake.trace import TraceArticle, copy_to_json
    from worldtake.trace import copies as find_copies

    lines = Lines(source)
    stage = TraceArticle(outlets=catalogued_outlets())
    rows = list(lines)
    reports = [_report(row, stage) for row in rows]
    named = {
        report.article.id: _id(row, report.article)
        for row, report in zip(rows, reports, strict=True)
    }
    for copy in find_copies(reports):
        line = copy_to_json(copy)
        print_row(line | {"a": named[copy.a], "b": named[copy.b]})
    return lines.failures


def analyse(paths: Iterable[Path]) -> int:
    """Print one analysis of all files."""
    from worldtake.publish.analysis import analyse_files

    files = list(_pages(paths))
    analysis, problems = analyse_files(files)
    for problem in problems:
        say_error(problem)
    json.dump(analysis, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    return len(problems)


class Lines:
    """The objects of a JSON Lines file; a bad line is named, counted and passed over."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.failures = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number, line in enumerate(self._raw(), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                self._bad(number, f"not JSON ({error})")
                continue
            if isinstance(row, dict):
                yield row
            else:
                self._bad(number, "not a JSON object")

    def _bad(self, number: int, why: str) -> None:
        self.failures += 1
        say_error(f"{self.source}, line {number}: {why}; each line must be one JSON object")

    def _raw(self) -> Iterator[str]:
        if self.source == STANDARD_INPUT:
            yield from sys.stdin
            return
        try:
            with Path(self.source).open(encoding="utf-8", errors="replace") as file:
                yield from file
        except OSError as error:
            message = f"{self.source}: cannot be read ({error.strerror}); check the path"
            raise UnreadableInputError(message) from error


def catalogued_outlets() -> tuple[Outlet, ...]:
    """Return the outlets of the shipped catalogue."""
    from worldtake.catalog import read_catalogue, shipped_catalogue

    return read_catalogue(shipped_catalogue())


def _pages(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (
                each
                for each in sorted(path.rglob("*"))
                if each.is_file() and each.name.lower().endswith(PAGE_ENDINGS)
            )
        else:
            yield path


def read_source(path: Path) -> Page:
    """Return the page in a file, or on standard input where the path is -."""
    from worldtake.fetch import read_page

    now = datetime.now(UTC)
    if str(path) == STANDARD_INPUT:
        return Page(url="file:-", body=sys.stdin.buffer.read(), fetched=now, file="-")
    return read_page(path, now)


def _naming(path: Path, error: WorldtakeError) -> str:
    return str(error) if str(path) in str(error) else f"{path}: {error}"


def _report(row: dict[str, Any], stage: TraceArticle) -> Report:
    from worldtake.extract import from_json
    from worldtake.trace import from_json as trace_from_json

    article = from_json(row)
    found = trace_from_json(row) if "quotes" in row else stage(article)
    traced = Trace(article_id=article.id) if isinstance(found, Skip) else found
    return Report(article=article, outlet=_outlet(row, article), translation=None, trace=traced)


def _outlet(row: dict[str, Any], article: Article) -> Outlet:
    from worldtake.catalog import outlet_from_page

    name = row.get("outlet") or article.site
    return outlet_from_page(str(name) if name else None, article.url, None, article.language)


def _id(row: dict[str, Any], article: Article) -> str:
    return str(row.get("id") or row.get("file") or article.id)


def print_row(row: dict[str, Any]) -> None:
    """Print one line of JSON Lines."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
