"""Explain how a page was read: what each block or line was found to be, by what, and where each value of the metadata is from.

The page is read as the stage reads it; then the trees are asked once more what moved them (`Forest.shares`). A share is no cause:
columns that say much the same divide it among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from worldtake.extract.boxes import outermost
from worldtake.extract.classify import Weighed, shipped
from worldtake.extract.columns import BLOCK_COLUMNS, LINE_COLUMNS
from worldtake.extract.content import KEPT_CHANCE
from worldtake.extract.cues import NAMES, measure_lines
from worldtake.extract.dom import parse, read_blocks
from worldtake.extract.explanation import ExplainedBlock, Explanation, Reason
from worldtake.extract.labels import REPLACED, TITLE, is_text, label_words
from worldtake.extract.metadata import read_metadata
from worldtake.extract.pages import (
    MAX_BLOCKS,
    MAX_ELEMENTS,
    SMALL_PAGE,
    judge_page,
    stated_of,
)
from worldtake.extract.plain import BODY_ODDS
from worldtake.extract.prose import reader
from worldtake.extract.texts import is_too_long, label_text
from worldtake.model import Skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from worldtake.extract.article import ExtractArticle
    from worldtake.extract.columns import Column
    from worldtake.extract.content import Judged
    from worldtake.extract.dom import Dom
    from worldtake.extract.pages import JudgedPage
    from worldtake.extract.plain import Labelled
    from worldtake.model import Page
    from worldtake.text.decode import Decoded, How
    from worldtake.text.repairs import Repair

#: Reasons shown for the answer of the trees and against it, and the least that one moves the log-odds to be shown.
FOR_SHOWN, AGAINST_SHOWN, LEAST_SHARE = 3, 2, 0.1
#: Elements round a block that are shown, class names of each, and how long these may be, characters.
PATH_SHOWN, NAMES_SHOWN, NAME_CHARS = 4, 3, 40
_SKIPPED = {
    "no-text": "the page holds no text of an article",
    "too-long": "the page is more than an article can be",
}
_HOW: dict[How, str] = {
    "bom": "the mark that it begins with",
    "header": "the header that it was served with",
    "declaration": "what it declares",
    "utf-8": "its bytes",
    "detected": "detection",
    "fallback": "no sign at all",
}
_MENDED: dict[Repair, str] = {
    "twice": "text that was encoded twice",
    "mixed": "bytes in another encoding",
    "controls": "signs that are letters in windows-1252",
    "cut": "a last character cut in two",
}
_SMALL = f"It has fewer than {SMALL_PAGE} blocks, too few for the trees to compare: rules alone told what is the text."
_NONE_FOUND = "The trees found no text: rules alone told it."
_UNSEEN = "It does not show its text, which stands out of sight"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Blocks or lines with what they are."""

    blocks: tuple[ExplainedBlock, ...] = ()
    start: float = 0.0
    threshold: float = 0.0
    notes: tuple[str, ...] = ()


def explain(page: Page, stage: ExtractArticle) -> Explanation:
    """Return why `stage` reads a page as it does, by its full path.

    Raises:
        UnreadableInputError: on a page that is empty, too large, or no text.
    """
    stage = replace(stage, fast=False)
    found = stage(page)
    decoded, is_markup = stage.decoded(page)
    read = _html(decoded.text, page, stage) if is_markup else _text(decoded.text, page)
    skipped = _SKIPPED.get(found.reason, found.reason) if isinstance(found, Skip) else ""
    return Explanation(
        url=page.url,
        form="html" if is_markup else "text",
        article=None if isinstance(found, Skip) else found,
        skipped=skipped,
        blocks=read.blocks,
        start=read.start,
        threshold=read.threshold,
        notes=(*_characters(decoded), *read.notes),
    )


def _characters(decoded: Decoded) -> Iterator[str]:
    yield f"Its characters were read as {decoded.encoding}, by {_HOW[decoded.how]}."
    yield from (f"Mended in its characters: {_MENDED[each]}." for each in decoded.repairs)


def _html(text: str, page: Page, stage: ExtractArticle) -> _Read:
    root = None if text.count("</") > MAX_ELEMENTS else parse(text)
    if root is None or root.xpath("count(//*)") > MAX_ELEMENTS:
        return _Read()
    known = stage.known(page)
    dom = read_blocks(root)
    if len(dom.pieces) > MAX_BLOCKS:
        return _Read()
    # Judging weighs what boxes say of themselves and so changes them: the trees are asked about the page as it was.
    before = read_blocks(root)
    metadata = read_metadata(root, known)
    judged = judge_page(root, dom, metadata, known, stage.classifier)
    believed = outermost(dom)
    read = _Read(blocks=tuple(_block(each, dom, believed) for each in judged.shown))
    if judged.small:
        alone = tuple(replace(each, chance=None) for each in read.blocks)
        read = replace(read, blocks=alone, notes=(_SMALL,))
    elif read.blocks:
        weighed = (stage.classifier or shipped()).weigh(before, stated_of(metadata))
        read = _weighed(read, weighed)
    return _with_unseen(read, judged) if judged.unseen else read


def _weighed(read: _Read, weighed: Weighed) -> _Read:
    """Return the blocks with what the trees say of them: where they found no text, judging gives no chances of theirs."""
    odds = weighed.start + weighed.shares.sum(1)
    chances = [_chance(float(each)) for each in odds]
    reasons = _reasons(weighed, BLOCK_COLUMNS, [each - KEPT_CHANCE for each in chances])
    blocks = tuple(
        replace(each, chance=chance, reasons=why)
        for each, chance, why in zip(read.blocks, chances, reasons, strict=True)
    )
    notes = (_NONE_FOUND,) if max(chances) < KEPT_CHANCE else ()
    return _Read(blocks=blocks, start=_chance(weighed.start), threshold=KEPT_CHANCE, notes=notes)


def _with_unseen(read: _Read, judged: JudgedPage) -> _Read:
    """Return the blocks with those of the body that was taken in place of what the page shows."""
    place = ", ".join(place for _, place in judged.place)
    shown = (replace(each, label=REPLACED) if each.kept else each for each in read.blocks)
    unseen = (
        ExplainedBlock(text=each.piece.text, label=each.label, path=(place,))
        for each in judged.unseen
    )
    return replace(read, blocks=(*shown, *unseen), notes=(*read.notes, f"{_UNSEEN}: {place}."))


def _block(each: Judged, dom: Dom, believed: Sequence[str]) -> ExplainedBlock:
    return ExplainedBlock(
        text=each.piece.text,
        label=each.label,
        chance=each.chance,
        rule=each.rule,
        path=_path(dom, each.piece.box),
        says=believed[each.piece.box],
    )


def _path(dom: Dom, box: int) -> tuple[str, ...]:
    """Return the nearest boxes round a block, the outermost first: tag and some class names of each."""
    kinds = [dom.boxes[index].kind or dom.boxes[index].tag for index in dom.chain(box)[:PATH_SHOWN]]
    return tuple(".".join(_names(kind)) for kind in reversed(kinds))


def _names(kind: str) -> list[str]:
    return [name[:NAME_CHARS] for name in kind.split()[: 1 + NAMES_SHOWN]]


def _text(text: str, page: Page) -> _Read:
    if is_too_long(text):
        return _Read()
    labelled = label_text(text, page.habits)
    rows = measure_lines([each.line for each in labelled])
    trees = reader().body
    start, shares = trees.shares(rows)
    weighed = Weighed(names=NAMES, rows=rows, start=start, shares=shares)
    odds = trees.odds(rows).tolist()
    reasons = _reasons(weighed, LINE_COLUMNS, odds)
    blocks = tuple(
        ExplainedBlock(
            text=each.line.text,
            label=each.label,
            chance=_chance(odd),
            rule=_line_rule(each, odd),
            reasons=why,
            raw=each.line.raw,
        )
        for each, odd, why in zip(labelled, odds, reasons, strict=True)
    )
    return _Read(blocks=blocks, start=_chance(start), threshold=_chance(BODY_ODDS))


def _line_rule(each: Labelled, odds: float) -> str:
    """Return what the rule goes by that overruled the trees; empty where none did."""
    if each.label != TITLE and is_text(each.label) == (odds > BODY_ODDS):
        return ""
    if each.label == TITLE:
        return "it is likeliest the headline" if odds > BODY_ODDS else ""
    return f"by its form and the lines round it, it is {label_words(each.label)}"


def _reasons(
    weighed: Weighed, columns: Mapping[str, Column], sides: Iterable[float]
) -> Iterable[tuple[Reason, ...]]:
    """Yield for each block what moved its log-odds most, that in favour of the trees' answer first; `sides` are above 0 for text."""
    for row, shares, said in zip(weighed.rows, weighed.shares, sides, strict=True):
        towards = shares if said > 0 else -shares
        order = np.argsort(-towards, kind="stable")
        chosen = [*order[:FOR_SHOWN], *order[::-1][:AGAINST_SHOWN]]
        yield tuple(
            Reason(
                column=weighed.names[n],
                words=columns[weighed.names[n]].words,
                value=columns[weighed.names[n]].shown(float(row[n])),
                share=float(shares[n]),
            )
            for n in chosen
            if abs(shares[n]) >= LEAST_SHARE
        )


def _chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))
