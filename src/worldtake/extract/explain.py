"""Explain how a page was read: what each block or line was found to be, by what, and where each value of the metadata is from.

The page is read as the stage reads it; then the trees are asked once more what moved them (`Forest.shares`). A share is no cause:
columns that say much the same divide it among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldtake.extract.boxes import outermost
from worldtake.extract.classify import Weighed, shipped
from worldtake.extract.columns import BLOCK_COLUMNS, LINE_COLUMNS
from worldtake.extract.content import KEPT_CHANCE
from worldtake.extract.cues import NAMES, measure_lines
from worldtake.extract.dom import parse, read_blocks
from worldtake.extract.explanation import ExplainedBlock, Explanation, Reason
from worldtake.extract.labels import TITLE, is_text, label_words
from worldtake.extract.metadata import read_metadata
from worldtake.extract.pages import MAX_BLOCKS, judge_page, stated_of
from worldtake.extract.plain import BODY_ODDS
from worldtake.extract.prose import reader
from worldtake.extract.texts import is_too_long, label_text
from worldtake.model import Skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from worldtake.extract.article import ExtractArticle
    from worldtake.extract.columns import Column
    from worldtake.extract.dom import Dom
    from worldtake.extract.plain import Labelled
    from worldtake.model import Article, Page
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
_FROM_MARKUP = "The page shows next to no text: what its JSON-LD states was taken."


def explain(page: Page, stage: ExtractArticle) -> Explanation:
    """Return why `stage` reads a page as it does.

    Raises:
        UnreadableInputError: on a page that is empty, too large, or no text.
    """
    read = stage(page)
    article = None if isinstance(read, Skip) else read
    skipped = _SKIPPED.get(read.reason, read.reason) if isinstance(read, Skip) else ""
    decoded, is_markup = stage.decoded(page)
    blocks, start = _html(decoded.text, page, stage) if is_markup else _text(decoded.text, page)
    return Explanation(
        url=page.url,
        form="html" if is_markup else "text",
        article=article,
        skipped=skipped,
        blocks=blocks,
        start=start,
        notes=(*_characters(decoded), *(_origin(article, blocks) if article else ())),
    )


def _characters(decoded: Decoded) -> Iterator[str]:
    yield f"Its characters were read as {decoded.encoding}, by {_HOW[decoded.how]}."
    yield from (f"Mended in its characters: {_MENDED[each]}." for each in decoded.repairs)


def _origin(article: Article, blocks: Sequence[ExplainedBlock]) -> Iterator[str]:
    """Yield a note where the article's text is not what its page shows."""
    shown = {each.text for each in blocks if each.kept}
    if any(each.span.cut(article.text) not in shown for each in article.blocks):
        yield _FROM_MARKUP


def _html(text: str, page: Page, stage: ExtractArticle) -> tuple[tuple[ExplainedBlock, ...], float]:
    root = parse(text)
    if root is None:
        return (), 0.0
    known = stage.known(page)
    metadata = read_metadata(root, known)
    dom = read_blocks(root)
    if len(dom.pieces) > MAX_BLOCKS:
        return (), 0.0
    judged = judge_page(dom, metadata, known, stage.classifier)
    # Judging weighs what boxes say of themselves and so changes them: the trees are asked about the page as it was.
    weighed = (stage.classifier or shipped()).weigh(read_blocks(root), stated_of(metadata))
    believed = outermost(dom)
    sides = [each.chance - KEPT_CHANCE for each in judged]
    return tuple(
        ExplainedBlock(
            text=each.piece.text,
            label=each.label,
            chance=each.chance,
            rule=each.rule,
            path=_path(dom, each.piece.box),
            says=believed[each.piece.box],
            reasons=reasons,
        )
        for each, reasons in zip(judged, _reasons(weighed, BLOCK_COLUMNS, sides), strict=True)
    ), _chance(weighed.start)


def _path(dom: Dom, box: int) -> tuple[str, ...]:
    """Return the nearest boxes round a block, the outermost first: tag and some class names of each."""
    kinds = [dom.boxes[index].kind or dom.boxes[index].tag for index in dom.chain(box)[:PATH_SHOWN]]
    return tuple(".".join(_names(kind)) for kind in reversed(kinds))


def _names(kind: str) -> list[str]:
    return [name[:NAME_CHARS] for name in kind.split()[: 1 + NAMES_SHOWN]]


def _text(text: str, page: Page) -> tuple[tuple[ExplainedBlock, ...], float]:
    if is_too_long(text):
        return (), 0.0
    labelled = label_text(text, page.habits)
    rows = measure_lines([each.line for each in labelled])
    trees = reader().body
    start, shares = trees.shares(rows)
    weighed = Weighed(names=NAMES, rows=rows, start=start, shares=shares)
    odds = trees.odds(rows)
    return tuple(
        ExplainedBlock(
            text=each.line.text,
            label=each.label,
            chance=_chance(float(odd)),
            rule=_line_rule(each, float(odd)),
            reasons=reasons,
            raw=each.line.raw,
        )
        for each, odd, reasons in zip(
            labelled, odds, _reasons(weighed, LINE_COLUMNS, odds), strict=True
        )
    ), _chance(start)


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
