"""Grow the trees that tell a plain text page's lines of text and its headline: `python -m evals.train_lines`.

The pages are those of fundus and scrapinghub without their markup (`evals.flatten`); a line is text where its words are in the gold
body. Each page is given whole and, as readers copy a selection, with a few lines round the text. Writes `extract/prose.json` with
its report: figures of publishers held out, by which alone the trees are judged.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import regex

from evals.extraction.train import balanced
from evals.plain import ROOT, SHARED, Gold, held_out_figures, public_pages
from evals.trees import Grower
from worldtake.extract.cues import NAMES, measure_lines
from worldtake.extract.lines import read_lines
from worldtake.extract.prose import TREES, Reader, read_trees, with_answers
from worldtake.extract.trees import COUNTS, packed
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from evals.trees import Trees
    from worldtake.extract.lines import Line

    Floats = npt.NDArray[np.float64]

FOLDS = 4
#: How the trees of the text and of the headline are grown; chosen on publishers held out.
BODY = Grower(trees=140, depth=4, least=4.0, ridge=3.0)
TITLE = Grower(trees=60, depth=3, least=1.5)
#: Weight of a page's lines together.
PAGE_WEIGHT = 200.0
#: Words from which a line is known by them; shorter ones must be a whole line of the gold.
KNOWN_WORDS = 5
#: Share of a line's triples of words in the gold from which it is of the text.
KNOWN_SHARE = 0.6
#: Most lines left above and below a selection.
SELECTION_LINES = 8
_TOKEN = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page as the trees see it."""

    gold: Gold
    fold: int
    lines: tuple[Line, ...]
    rows: Floats
    #: 1 for lines of the text, and for lines that say the headline.
    body: Floats
    title: Floats
    weights: Floats


def samples(shared: Path = SHARED) -> list[Sample]:
    """Return every public page, with the fold of its publisher."""
    golds = [gold for gold in public_pages(shared) if gold.copied]
    outlets = sorted({gold.outlet for gold in golds})
    random.Random(1).shuffle(outlets)  # noqa: S311  a fixed order, no secret
    fold_of = {outlet: place % FOLDS for place, outlet in enumerate(outlets)}
    return [_sample(gold, read_lines(gold.copied), fold_of[gold.outlet]) for gold in golds]


def _sample(gold: Gold, lines: tuple[Line, ...], of_fold: int) -> Sample:
    tokens = [_TOKEN.findall(line.text) for line in lines]
    weights = np.sqrt(np.array([len(each) + 1.0 for each in tokens]))
    title = fold(gold.title)
    return Sample(
        gold=gold,
        fold=of_fold,
        lines=lines,
        rows=measure_lines(lines),
        body=np.array(in_gold(tokens, gold.body), dtype=np.float64),
        title=np.array([float(bool(title) and fold(line.text) == title) for line in lines]),
        weights=weights / weights.sum() * PAGE_WEIGHT,
    )


def in_gold(tokens: Sequence[list[str]], body: str) -> list[bool]:
    """Tell of each line whether it is of the gold body; of lines said more often than there, those nearest the middle of the text."""
    said = _TOKEN.findall(body)
    text = f" {' '.join(said)} "
    whole = {" ".join(_TOKEN.findall(line)) for line in body.splitlines()}
    triples = set(zip(said, said[1:], said[2:], strict=False))
    found = [_is_said(line, text, whole, triples) for line in tokens]
    middle = _middle(found, tokens)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(tokens):
        if found[index]:
            places[" ".join(line)].append(index)
    for words, same in places.items():
        often = max(1, text.count(f" {words} "))
        for index in sorted(same, key=lambda place: abs(place - middle))[often:]:
            found[index] = False
    return found


def _is_said(
    line: list[str], text: str, whole: set[str], triples: set[tuple[str, str, str]]
) -> bool:
    words = " ".join(line)
    if len(line) < KNOWN_WORDS:
        return bool(line) and words in whole
    if f" {words} " in text:
        return True
    own = list(zip(line, line[1:], line[2:], strict=False))
    return sum(each in triples for each in own) >= KNOWN_SHARE * len(own)


def _middle(found: Sequence[bool], tokens: Sequence[list[str]]) -> int:
    sizes = [len(line) * is_body for line, is_body in zip(tokens, found, strict=True)]
    sums = np.cumsum(sizes)
    return int(np.searchsorted(sums, sums[-1] / 2)) if len(sums) else 0


def selections(whole: Sequence[Sample]) -> list[Sample]:
    """Return each page cut to its text with a few lines round it, half of them with a blank between all lines."""
    chance = random.Random(2)  # noqa: S311  a fixed order, no secret
    found: list[Sample] = []
    for sample in whole:
        places = np.flatnonzero(sample.body)
        if not len(places):
            continue
        start = max(0, int(places[0]) - chance.randint(0, SELECTION_LINES))
        end = min(len(sample.lines), int(places[-1]) + 1 + chance.randint(0, SELECTION_LINES))
        lines = sample.lines[start:end]
        if chance.random() < 1 / 2:
            lines = tuple(replace(line, apart=True) for line in lines)
        found.append(_sample(sample.gold, lines, sample.fold))
    return found


def _body_trees(seen: Sequence[Sample]) -> Trees:
    return BODY.grow(
        np.vstack([each.rows for each in seen]),
        np.concatenate([each.body for each in seen]),
        np.concatenate([each.weights for each in seen]),
    )


def cross_fitted(
    whole: Sequence[Sample], cut: Sequence[Sample]
) -> tuple[list[Reader], list[Floats]]:
    """Return a reader for each fold that has not seen its publishers, and what it says of the text of each page."""
    trees = [
        read_trees(_body_trees([each for each in (*whole, *cut) if each.fold != number]).stored())
        for number in range(FOLDS)
    ]
    odds = [trees[each.fold].odds(each.rows) for each in whole]
    pairs = list(zip(whole, odds, strict=True))
    readers = [
        Reader(
            body=trees[number],
            title=read_trees(
                _title_trees([pair for pair in pairs if pair[0].fold != number]).stored()
            ),
        )
        for number in range(FOLDS)
    ]
    return readers, odds


def _title_trees(pairs: Sequence[tuple[Sample, Floats]]) -> Trees:
    stated = [(each, odds) for each, odds in pairs if each.gold.title]
    rows = np.vstack([with_answers(each.rows, odds, each.lines) for each, odds in stated])
    target = np.concatenate([each.title for each, _ in stated])
    return TITLE.grow(rows, target, np.ones(len(target)))


def counted(stored: Mapping[str, Any], seen: Sequence[Sample]) -> dict[str, Any]:
    """Return stored trees of lines with the counts of their leaves, half of what was counted text."""
    rows = np.vstack([each.rows for each in seen])
    is_text = np.concatenate([each.body for each in seen]) > 0
    weights = balanced(np.concatenate([each.weights for each in seen]), is_text)
    reached = read_trees(dict(stored)).reached(rows, weights)
    return {**stored, COUNTS: packed(reached).tolist()}


def main() -> int:
    """Judge on publishers held out, grow on all pages, and write the trees with the report."""
    whole = samples()
    if not whole:
        print("skipped: the corpora are not here")
        return 0
    cut = selections(whole)
    readers, odds = cross_fitted(whole, cut)
    figures = held_out_figures((each.gold, readers[each.fold]) for each in whole)
    for name, value in figures.items():
        print(f"{name}: {value:.4f}")
    pairs = list(zip(whole, odds, strict=True))
    report = {
        "pages": dict(Counter(each.gold.corpus for each in whole)),
        "lines": sum(len(each.lines) for each in whole),
        "publishers": len({each.gold.outlet for each in whole}),
        "folds": FOLDS,
        "held_out": {name: round(value, 4) for name, value in figures.items()},
    }
    stored = {
        "report": report,
        "columns": list(NAMES),
        "body": counted(_body_trees([*whole, *cut]).stored(), [*whole, *cut]),
        "title": _title_trees(pairs).stored(),
    }
    TREES.write_text(json.dumps(stored, separators=(",", ":")) + "\n", "utf-8")
    print(f"{TREES.relative_to(ROOT)}: {TREES.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
