"""Learn which blocks of a page are the article's text, from the development pages, with publishers held out.

`make train` writes the trees that worldtake ships (`extract/blocks.npz`), those for measuring (`folds_learned/N.npz`: each never saw
the publishers of its fold), and `training.json`, the report. Publishers are dealt to folds by the hash of their domain.

A block weighs as the square root of its words, and every page the same. `FORESTS` may name several sets of trees, whose mean
is shipped as one; today it is one.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.extraction.corpora import samples
from evals.extraction.folds import FOLDER, FOLDS, fold_of
from evals.extraction.labels import shares, word_counts
from worldtake import extract
from worldtake.extract.classify import SHIPPED
from worldtake.extract.features import block_features
from worldtake.extract.known import Known
from worldtake.extract.pages import read_parts
from worldtake.extract.trees import COUNTS, Forest, packed
from worldtake.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from evals.extraction.corpora import Sample

#: Share of a block's words in the body from which it is text.
TEXT_SHARE = 0.5
#: What the forests of one classifier differ in. Depths, trees and rates were compared with publishers held out.
FORESTS: tuple[dict[str, Any], ...] = (
    {"random_seed": 1, "depth": 6, "rsm": 0.5, "l2_leaf_reg": 5},
)
COMMON: dict[str, Any] = {
    "iterations": 450,
    "learning_rate": 0.06,
    "border_count": 64,
    "thread_count": 2,
    "verbose": 0,
    "allow_writing_files": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A page's blocks as numbers, with what they are and how much each counts."""

    rows: NDArray[np.float32]
    names: tuple[str, ...]
    is_text: NDArray[np.bool_]
    weights: NDArray[np.float64]
    fold: int


def labelled(sample: Sample) -> Labelled:
    """Return a page as what is learned from."""
    text = decode(sample.html, charset=None, html=True).text
    dom, stated = read_parts(text, Known(url=sample.url, fetched=sample.fetched))
    blocks = [piece.text for piece in dom.pieces]
    rows, names = block_features(dom, stated)
    is_text = np.array(shares(blocks, sample.text)) >= TEXT_SHARE
    weights = np.sqrt(np.array(word_counts(blocks), float)) + 1
    return Labelled(
        rows=rows,
        names=names,
        is_text=is_text,
        weights=weights / max(10.0, weights[is_text].sum()) if blocks else weights,
        fold=fold_of(sample.publisher),
    )


def learn(pages: Sequence[Labelled]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a classifier learned from the pages."""
    from catboost import CatBoostClassifier  # noqa: PLC0415 - of the training group alone

    pages = [page for page in pages if len(page.rows)]
    rows = np.concatenate([page.rows for page in pages])
    is_text = np.concatenate([page.is_text for page in pages]).astype(int)
    weights = np.concatenate([page.weights for page in pages])
    models = []
    for settings in FORESTS:
        model = CatBoostClassifier(**COMMON, **settings)
        model.fit(rows, is_text, sample_weight=weights / weights.mean())
        models.append(_trees(model))
    return {f"text.{name}": values for name, values in _together(models).items()}


def _trees(model: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.json")
        model.save_model(str(path), format="json")
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _together(models: Sequence[dict[str, Any]]) -> dict[str, NDArray[Any]]:
    """Return the trees of all models as one forest whose log-odds are the mean of theirs."""
    trees = [
        (tree, model["scale_and_bias"][0] / len(models))
        for model in models
        for tree in model["oblivious_trees"]
    ]
    depth = max(len(tree["splits"]) for tree, _ in trees)
    questions: dict[tuple[int, float], int] = {}
    levels = np.zeros((depth, len(trees)), np.int16)
    leaves = np.zeros((len(trees), 2**depth), np.float32)
    for n, (tree, scale) in enumerate(trees):
        splits = [(each["float_feature_index"], each["border"]) for each in tree["splits"]]
        for level in range(depth):
            levels[level, n] = questions.setdefault(
                splits[min(level, len(splits) - 1)], len(questions)
            )
        # A shallower tree has the same leaf whatever the questions beyond its own are answered.
        own = len(tree["leaf_values"]) - 1
        leaves[n] = [tree["leaf_values"][at & own] * scale for at in range(2**depth)]
    return {
        "columns": np.array([column for column, _ in questions], np.int16),
        "borders": np.array([border for _, border in questions], np.float32),
        "levels": levels,
        "leaves": leaves,
        "bias": np.float32(
            sum(np.ravel(model["scale_and_bias"][1])[0] for model in models) / len(models)
        ),
    }


def balanced(weights: NDArray[np.float64], is_text: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return weights of mean 1, by which what is text weighs as much as what is not."""
    sides = np.where(is_text, weights[is_text].sum(), weights[~is_text].sum())
    return weights / sides * len(weights) / 2


def with_counts(
    learned: dict[str, NDArray[Any]], pages: Sequence[Labelled]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of a classifier with how much of the pages comes to each leaf, half of it text."""
    rows = np.concatenate([page.rows for page in pages])
    is_text = np.concatenate([page.is_text for page in pages])
    weights = balanced(np.concatenate([page.weights for page in pages]), is_text)
    reached = Forest.read(learned, "text").reached(rows, weights)
    return {**learned, f"text.{COUNTS}": packed(reached)}


def main() -> None:
    """Learn from all pages and, for measuring, from each set of folds but one."""
    pages = [labelled(sample) for sample in samples()]
    print(f"{len(pages)} pages, {sum(len(page.rows) for page in pages)} blocks")
    shipped = Path(extract.__file__).with_name(SHIPPED)
    np.savez_compressed(shipped, **with_counts(learn(pages), pages))  # type: ignore[arg-type]
    FOLDER.mkdir(exist_ok=True)
    for fold in range(FOLDS):
        np.savez_compressed(
            FOLDER / f"{fold}.npz", **learn([page for page in pages if page.fold != fold])
        )  # type: ignore[arg-type]
        print(f"fold {fold}: learned without {sum(page.fold == fold for page in pages)} pages")
    report = {
        "pages": len(pages),
        "blocks": sum(len(page.rows) for page in pages),
        "text_blocks": int(sum(page.is_text.sum() for page in pages)),
        "columns": list(pages[0].names),
        "forests": [COMMON | each for each in FORESTS],
        "bytes": shipped.stat().st_size,
        "digest": hashlib.blake2b(shipped.read_bytes(), digest_size=16).hexdigest(),
    }
    FOLDER.with_name("training.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
