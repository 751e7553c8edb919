"""Sentence splitting: line ends of NTREX found again, and sentences of the sample press found again.

NTREX gives each language one sentence a line; the lines of a document are joined by a space and split. The sample press has
its sentences written one by one; a paragraph joins them. Both corpora are optional: what is absent is said to be skipped.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from worldtake.text.sentences import CAP_CHARS, split

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
NTREX = ROOT.parent / "shared/corpora/translation/ntrex"
#: Share of line ends found, mean over languages; 0.907 measured, the design asks for 0.88.
NTREX_FLOOR = 0.90
#: Share of the sample's sentences that come back as they were written; 0.987 measured.
SAMPLE_FLOOR = 0.97
#: Scripts written without spaces between sentences.
UNSPACED = ("zh", "ja")


def main() -> int:
    """Print both figures and return 1 if one is under its floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ntrex", type=Path, default=NTREX)
    options.add_argument("--sample", type=Path, default=ROOT / "src/worldtake/testing/press")
    given = options.parse_args()
    passed = [_ntrex(given.ntrex), _sample(given.sample)]
    return 0 if all(passed) else 1


def _ntrex(folder: Path) -> bool:
    if not (folder / "documents.txt").exists():
        print(f"NTREX: skipped, {folder} is not there")
        return True
    documents = (folder / "documents.txt").read_text("utf-8").splitlines()
    found = {}
    for path in sorted(folder.glob("*.txt")):
        if path.stem != "documents":
            lines = path.read_text("utf-8").split("\n")
            found[path.stem] = _line_ends_found(documents, lines)
    mean = sum(found.values()) / len(found)
    lowest = sorted(found, key=lambda language: found[language])[:5]
    print(f"NTREX: {mean:.3f} of line ends over {len(found)} languages, floor {NTREX_FLOOR}")
    print("  lowest: " + ", ".join(f"{name} {found[name]:.2f}" for name in lowest))
    return mean >= NTREX_FLOOR


def _line_ends_found(documents: list[str], lines: list[str]) -> float:
    by_document = defaultdict(list)
    for document, line in zip(documents, lines, strict=False):
        by_document[document].append(" ".join(line.split()))
    hits = total = 0
    for joined in by_document.values():
        spans = split(" ".join(joined))
        if any(len(span) > CAP_CHARS for span in spans):
            sys.exit(f"a sentence is longer than {CAP_CHARS} characters")
        ends = set(_ends(joined))
        hits += len(ends & {span.end for span in spans})
        total += len(ends)
    return hits / total


def _ends(lines: list[str]) -> Iterator[int]:
    """Yield where each line but the last ends once they are joined by a space."""
    place = -1
    for line in lines[:-1]:
        place += len(line) + 1
        yield place


def _sample(folder: Path) -> bool:
    files = sorted(folder.rglob("s[0-9]*.yaml"))
    if not files:
        print(f"sample press: skipped, no story in {folder}")
        return True
    hits = total = 0
    for sentences, separator in _paragraphs(files):
        text = separator.join(sentences)
        pieces = {span.cut(text) for span in split(text)}
        hits += sum(sentence.strip() in pieces for sentence in sentences)
        total += len(sentences)
    print(f"sample press: {hits / total:.3f} of {total} sentences, floor {SAMPLE_FLOOR}")
    return hits / total >= SAMPLE_FLOOR


def _paragraphs(files: list[Path]) -> Iterator[tuple[list[str], str]]:
    for path in files:
        for article in yaml.safe_load(path.read_text("utf-8"))["articles"]:
            separator = "" if article.get("language", "").startswith(UNSPACED) else " "
            for paragraph in article.get("paragraphs", ()):
                yield [pair[0] for pair in paragraph], separator


if __name__ == "__main__":
    sys.exit(main())
