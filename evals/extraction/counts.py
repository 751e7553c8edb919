"""Count how much of what was learned from comes to each leaf of the trees that worldtake ships, and store that beside them.

`python -m evals.extraction.counts` does it for the trees of blocks and for those of lines. They judge as before; the counts tell
what they say of a block of which nothing is known, against which `worldtake explain` measures what each column moves.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from evals import train_lines
from evals.extraction.corpora import samples
from evals.extraction.folds import FOLDER
from evals.extraction.train import labelled, with_counts
from worldtake import extract
from worldtake.extract.classify import SHIPPED
from worldtake.extract.prose import TREES


def count_blocks() -> None:
    """Count for the trees of blocks."""
    path = Path(extract.__file__).with_name(SHIPPED)
    with np.load(path, allow_pickle=False) as arrays:
        learned = dict(arrays)
    pages = [labelled(sample) for sample in samples()]
    np.savez_compressed(path, **with_counts(learned, pages))  # type: ignore[arg-type]
    report_path = FOLDER.with_name("training.json")
    report = json.loads(report_path.read_text("utf-8"))
    body = path.read_bytes()
    report |= {"bytes": len(body), "digest": hashlib.blake2b(body, digest_size=16).hexdigest()}
    report_path.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(f"{path.name}: {len(body)} bytes")


def count_lines() -> None:
    """Count for the trees of lines that tell the text; those of the headline are not explained."""
    stored = json.loads(TREES.read_text("utf-8"))
    whole = train_lines.samples()
    stored["body"] = train_lines.counted(stored["body"], [*whole, *train_lines.selections(whole)])
    TREES.write_text(json.dumps(stored, separators=(",", ":")) + "\n", "utf-8")
    print(f"{TREES.name}: {TREES.stat().st_size} bytes")


def main() -> None:
    """Count for both, unless the corpora are not here."""
    if not samples():
        print("skipped: the corpora are not here")
        return
    count_blocks()
    count_lines()


if __name__ == "__main__":
    main()
