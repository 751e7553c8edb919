"""Sentence splitting: line ends of NTREX found again, and sentences of the sample press found again.

NTREX gives each language one sentence a line; the lines of a document are joined by a space and split. The sample press has
its sentences written one by one; a paragraph joins them.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import yaml

from worldtake.text.sentences import CAP_CHARS, split

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
NTREX = ROOT.parent / "shared/corpora/translation/ntrex"
STORIES = ROOT / "src/worldtake/testing/sample/stories"
#: 0.910, 1.0 and 0.99 measured; the design asks for 0.88 of NTREX's line ends.
FLOORS = {
    "splitting.ntrex.line_ends_found": 0.905,
    "splitting.ntrex.segments_within_cap": 1.0,
    "splitting.sample.sentences_found": 0.975,
}
#: Languages written without spaces between sentences.
UNSPACED = ("zh", "ja")


def measure() -> dict[str, float]:
    """Return the share of line ends found, of segments within the cap, and of sample sentences found."""
    return _ntrex(NTREX) | _sample(STORIES)


def _ntrex(folder: Path) -> dict[str, float]:
    if not (folder / "documents.txt").exists():
        return {}
    names = (folder / "documents.txt").read_text("utf-8").splitlines()
    found, within = [], []
    for path in sorted(folder.glob("*.txt")):
        if path.stem != "documents":
            documents = _documents(names, path.read_text("utf-8").split("\n"))
            found.append(_line_ends_found(documents))
            within.append(_within_cap(documents))
    return {
        "splitting.ntrex.line_ends_found": fmean(found),
        "splitting.ntrex.segments_within_cap": fmean(within),
    }


def _documents(names: list[str], lines: list[str]) -> list[list[str]]:
    by_name = defaultdict(list)
    for name, line in zip(names, lines, strict=False):
        by_name[name].append(" ".join(line.split()))
    return list(by_name.values())


def _line_ends_found(documents: list[list[str]]) -> float:
    hits = total = 0
    for lines in documents:
        ends = set(_ends(lines))
        hits += len(ends & {span.end for span in split(" ".join(lines))})
        total += len(ends)
    return hits / total


def _ends(lines: list[str]) -> Iterator[int]:
    """Yield where each line but the last ends once they are joined by a space."""
    place = -1
    for line in lines[:-1]:
        place += len(line) + 1
        yield place


def _within_cap(documents: list[list[str]]) -> float:
    return fmean(len(span) <= CAP_CHARS for lines in documents for span in split(" ".join(lines)))


def _sample(folder: Path) -> dict[str, float]:
    found = []
    for sentences, separator in _paragraphs(sorted(folder.glob("*.yaml"))):
        text = separator.join(sentences)
        pieces = {span.cut(text) for span in split(text)}
        found += [sentence.strip() in pieces for sentence in sentences]
    return {"splitting.sample.sentences_found": fmean(found)} if found else {}


def _paragraphs(files: list[Path]) -> Iterator[tuple[list[str], str]]:
    for path in files:
        for article in yaml.safe_load(path.read_text("utf-8"))["articles"]:
            separator = "" if article.get("language", "").startswith(UNSPACED) else " "
            for paragraph in article.get("paragraphs", ()):
                yield [pair[0] for pair in paragraph], separator
