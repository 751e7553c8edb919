"""`worldtake explain`: why a page was read as it was, on a terminal, as plain lines, as JSON, or as a page of its own."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from worldtake.cli.console import say
from worldtake.errors import WorldtakeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.extract import Explanation
    from worldtake.extract.explanation import ExplainedBlock, Reason, Value
    from worldtake.model import Page
    from worldtake.settings import Settings

#: Most columns of a terminal that labels take.
LABEL_COLUMNS = 24
_RULED = "a rule overruled the trees"
#: Signs of what a block is, and its style on a terminal.
_SIGNS = {"text": "✓", "title": "T", "left out": "×"}
#: Categories of Unicode whose signs steer a terminal or part lines, and halves of pairs, which cannot be printed.
_STEERING = frozenset(("Cc", "Zl", "Zp", "Cs"))
_STYLES = {"text": "", "title": "bold", "left out": "dim"}


def explain_source(source: str, settings: Settings) -> Explanation:
    """Return why the page at `source` is read as it is: an address, a file, or - for standard input.

    Raises:
        WorldtakeError: if it cannot be had or read.
    """
    from worldtake.cli.lines import catalogued_outlets
    from worldtake.extract import ExtractArticle, explain
    from worldtake.translate import DetectLanguage

    found = explain(_page(source, settings), ExtractArticle(outlets=catalogued_outlets()))
    if found.article is None:
        return found
    return replace(found, article=DetectLanguage()(found.article))


def _page(source: str, settings: Settings) -> Page:
    if source.startswith(("http://", "https://")):
        from worldtake.newsroom.adding import call_page
        from worldtake.newsroom.working import door_settings

        return call_page(source, door_settings(settings))
    from worldtake.cli.lines import read_source

    return read_source(Path(source))


def write_page(found: Explanation, path: Path) -> None:
    """Write an explanation as a page into a file.

    Raises:
        WorldtakeError: if the file cannot be written.
    """
    from worldtake.web.explained import explained_page

    try:
        path.write_text(explained_page(found), "utf-8", errors="replace")
    except OSError as error:
        message = (
            f"{path}: cannot be written ({error.strerror}); check the path and its folder's rights"
        )
        raise WorldtakeError(message) from error
    say(f"written to {path}; open it in a browser")


def print_json(found: Explanation) -> None:
    """Print an explanation as one JSON object."""
    from worldtake.extract import explanation_json

    json.dump(explanation_json(found), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def show_explanation(found: Explanation) -> None:
    """Print an explanation: tables on a terminal, plain lines elsewhere."""
    console = Console()
    if console.is_terminal:
        _show_tables(found, console)
        return
    for line in plain_lines(found):
        sys.stdout.write(f"{clean(line)}\n")


def clean(words: str) -> str:
    """Return words of a page on one line and without signs that steer a terminal."""
    return "".join(" " if unicodedata.category(each) in _STEERING else each for each in words)


def plain_lines(found: Explanation) -> Iterator[str]:
    """Yield an explanation as lines."""
    yield f"page: {found.url}"
    if found.skipped:
        yield f"nothing was read: {found.skipped}"
    yield from found.notes
    for value in found.values:
        yield f"{value.words}: {value.value}{_origin(value)}"
    yield _counted(found)
    for number, block in enumerate(found.blocks, 1):
        yield f"{number} {_SIGNS[block.state]} {_verdict(block)}: {block.text}"
        for line in _why(block):
            yield f"    {line}"


def _counted(found: Explanation) -> str:
    counts: Counter[str] = Counter(each.state for each in found.blocks)
    what = "lines" if found.form == "text" else "blocks"
    kept = f"; the trees keep from {found.threshold:.0%}" if found.threshold else ""
    parts = (f"{counts[state]} {words}" for state, words in (("text", "of the text"), ("title", "with the headline"), ("left out", "left out")))  # fmt: skip
    return f"{len(found.blocks)} {what}: {', '.join(parts)}{kept}"


def _verdict(block: ExplainedBlock) -> str:
    left_out = "left out, " if block.state == "left out" else ""
    chance = "" if block.chance is None else f" (chance {_percent(block)})"
    return f"{left_out}{block.words}{chance}"


def _percent(block: ExplainedBlock) -> str:
    return "" if block.chance is None else f"{block.chance:.0%}"


def _why(block: ExplainedBlock) -> Iterator[str]:
    if block.rule:
        yield f"{_RULED}: {block.rule}"
    if block.path:
        says = f", which says that it is {block.says_words}" if block.says else ""
        yield f"in {' > '.join(block.path)}{says}"
    yield from (_weighed(reason) for reason in block.reasons)


def _weighed(reason: Reason) -> str:
    return f"{reason.share:+.1f} {reason.words}: {reason.value}"


def _origin(value: Value) -> str:
    sure = "" if value.confidence is None else f"sure to {value.confidence:.0%}"
    said = ", ".join(each for each in (value.place, sure) if each)
    return f" ({said})" if said else ""


def _show_tables(found: Explanation, console: Console) -> None:
    console.print(_cell(found.url, "bold"))
    if found.skipped:
        console.print(_cell(f"nothing was read: {found.skipped}", "red"))
    for note in found.notes:
        console.print(_cell(note, "dim"))
    if found.values:
        console.print(_values_table(found))
    console.print(_counted(found), highlight=False)
    console.print(_blocks_table(found))


def _values_table(found: Explanation) -> Table:
    table = Table("", "value", "where it is from", "sure", box=None, pad_edge=False)
    for each in found.values:
        sure = "" if each.confidence is None else f"{each.confidence:.0%}"
        table.add_row(_cell(each.words, "dim"), _cell(each.value), _cell(each.place, "dim"), sure)
    return table


def _blocks_table(found: Explanation) -> Table:
    """Return the blocks with what each is; under the words what moved the trees."""
    table = Table("", "what it is", "chance", "words, and why", box=None, pad_edge=False)
    table.columns[1].max_width = LABEL_COLUMNS
    table.columns[2].justify = "right"
    for each in found.blocks:
        style = _STYLES[each.state]
        words = _cell(each.text, style)
        for line in _shortly(each):
            words.append(f"\n  {clean(line)}", "red" if line.startswith(_RULED) else "cyan dim")
        left_out = "left out: " if each.state == "left out" else ""
        table.add_row(
            _cell(_SIGNS[each.state], style),
            _cell(f"{left_out}{each.words}", style),
            _percent(each),
            words,
        )
    return table


def _cell(words: str, style: str = "") -> Text:
    """Return words that are folded where they do not fit: scripts without spaces have no other place."""
    return Text(clean(words), style, overflow="fold")


def _shortly(block: ExplainedBlock) -> list[str]:
    """Return why a block is what it is; of what is left out as the trees say, the main reason alone."""
    lines = list(_why(block))
    short = block.state == "left out" and not block.rule
    return lines[: len(lines) - len(block.reasons) + 1] if short else lines
