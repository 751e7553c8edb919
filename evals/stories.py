"""B-cubed of stories at the shipped settings, on public corpora that are read where they are and skipped where they are not."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from worldtake.cluster import ClusterItem, StreamClusterer

#: Beside the checkout.
CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "stories"
#: Figure -> files, and the language that is taken of them (None for all).
SETS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "triples": (("triples.jsonl",), None),
    "rumours": (("rumours-train.jsonl",), None),
    "olympic headlines en": (("og2021.jsonl",), "en"),
    "olympic headlines all": (("og2021.jsonl",), None),
    "ecb": (("ecb-dev.jsonl", "ecb-train.jsonl"), None),
    "vietnamese": (("vietnamese.jsonl",), None),
}
#: Moment of texts without a date: none counts as later than another.
UNDATED = datetime(2020, 1, 1, tzinfo=UTC)

FLOORS = {
    "triples F1": 0.985,
    "rumours F1": 0.930,
    "rumours precision": 0.93,
    "olympic headlines en F1": 0.735,
    "olympic headlines all F1": 0.54,
    "ecb F1": 0.87,
    "vietnamese F1": 0.915,
}


def measure() -> dict[str, float]:
    """Return precision, recall and F1 of each corpus that is there."""
    figures: dict[str, float] = {}
    for name, (files, language) in SETS.items():
        paths = [CORPORA / file for file in files]
        if all(path.is_file() for path in paths):
            scores = _measured([row for path in paths for row in _rows(path, language)])
            named = zip(("precision", "recall", "F1"), scores, strict=True)
            figures |= {f"{name} {figure}": score for figure, score in named}
    return figures


def b_cubed(gold: list[str], found: list[str]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin 1998)."""
    of_gold, of_found = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    total = len(gold)
    precision = sum(n * n / of_found[found_in] for (_, found_in), n in both.items()) / total
    recall = sum(n * n / of_gold[gold_in] for (gold_in, _), n in both.items()) / total
    return precision, recall, 2 * precision * recall / (precision + recall)


def _measured(rows: list[dict[str, Any]]) -> tuple[float, float, float]:
    paired = sorted(
        ((_item(place, row), str(row["story"])) for place, row in enumerate(rows)),
        key=lambda pair: pair[0].order(),
    )
    clusterer = StreamClusterer()
    clusterer.add([item for item, _ in paired])
    story = {member: group.founder for group in clusterer.stories() for member in group.members}
    return b_cubed([gold for _, gold in paired], [story[item.id] for item, _ in paired])


def _rows(path: Path, language: str | None) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if language is None or row["language"] == language]


def _item(place: int, row: dict[str, Any]) -> ClusterItem:
    moment = datetime.fromisoformat(row["published"]) if "published" in row else UNDATED
    return ClusterItem(
        id=f"{place:06}",
        moment=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        outlet_id="",
        language=row["language"],
        title=row.get("title") or "",
        text=row.get("text") or "",
    )
