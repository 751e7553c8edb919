"""`worldtake analyse` on the pages that were read by hand: spans, metadata, chrome, credits, quotes with speakers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from worldtake.publish.analysis import analyse_files

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FLOORS = {
    "spans exact": 1.0,
    "title, byline, outlet, date right": 1.0,
    "chrome F1 by characters": 0.98,
    "body F1 by characters": 0.98,
    "credits found": 1.0,
    "stated edges found": 1.0,
    "unstated edges drawn (1 = none)": 1.0,
    "direct quotes with the right speaker": 0.95,
}


def measure() -> dict[str, float]:
    """Return the figures over the documents of the hand-made example; nothing where it is absent."""
    gold_file = SEEDS / "gold-example.json"
    if not gold_file.exists():
        return {}
    gold = json.loads(gold_file.read_text("utf-8"))
    analysis, problems = analyse_files(sorted(SEEDS.glob("*.txt")))
    assert not problems, problems
    return _Compared(gold, analysis).figures()


class _Compared:
    def __init__(self, gold: dict[str, Any], found: dict[str, Any]) -> None:
        self.gold, self.found = gold, found
        theirs = {each["file"]: each for each in found["documents"]}
        #: The example's document id -> ours.
        self.ids = {each["id"]: theirs[each["file"]]["id"] for each in gold["documents"]}
        self.documents = [(each, theirs[each["file"]]) for each in gold["documents"]]

    def figures(self) -> dict[str, float]:
        return {
            "spans exact": self._spans(),
            "title, byline, outlet, date right": self._metadata(),
            "chrome F1 by characters": self._characters("chrome"),
            "body F1 by characters": self._characters("body"),
            "credits found": self._credits(),
            "stated edges found": self._edges()[0],
            "unstated edges drawn (1 = none)": self._edges()[1],
            "direct quotes with the right speaker": self._quotes(),
        }

    def _spans(self) -> float:
        texts = {
            each["id"]: (SEEDS / each["file"]).read_bytes().decode()
            for each in self.found["documents"]
        }
        spans = list(_spans_in(self.found))
        exact = [texts[span["doc"]][span["start"] : span["end"]] == span["text"] for span in spans]
        return sum(exact) / len(exact)

    def _metadata(self) -> float:
        right = []
        for gold, found in self.documents:
            right.append(gold["clean_title"] == found["clean_title"])
            right.append(gold["outlet"]["name"] == found["outlet"]["name"])
            right.append(gold["outlet_country"]["value"] == found["outlet_country"]["value"])
            right.append(gold["published"]["stated"] == found["published"]["stated"])
            wanted = gold["byline"]["name"] if gold["byline"] else None
            right.append(wanted == (found["byline"]["name"] if found["byline"] else None))
        return sum(right) / len(right)

    def _characters(self, part: str) -> float:
        gold = {(d["id"], at) for d, _ in self.documents for at in _covered(d[part])}
        found = {(d["id"], at) for d, ours in self.documents for at in _covered(ours[part])}
        return 2 * len(gold & found) / (len(gold) + len(found))

    def _credits(self) -> float:
        found = [(each["doc"], each["span"]) for each in self.found["attributions"]]
        hits = [
            any(
                doc == self.ids[each["doc"]] and _overlap(span, each["span"]) for doc, span in found
            )
            for each in self.gold["attributions"]
        ]
        return sum(hits) / len(hits)

    def _edges(self) -> tuple[float, float]:
        wanted = {
            (self.ids[each["doc"]], each["to"])
            for each in self.gold["lineage"]
            if each["kind"] != "human_source"
        }
        ours = set(self.ids.values())
        drawn = {(each["doc"], each["to"]) for each in self.found["lineage"] if each["doc"] in ours}
        return len(wanted & drawn) / len(wanted), float(not drawn - wanted)

    def _quotes(self) -> float:
        wanted = [each for each in self.gold["quotes"] if each["kind"] == "direct"]
        return sum(self._has_quote(each) for each in wanted) / len(wanted)

    def _has_quote(self, wanted: dict[str, Any]) -> bool:
        for quote in self.found["quotes"]:
            same = quote["doc"] == self.ids[wanted["doc"]] and _overlap(
                quote["content"][0], wanted["content"][0]
            )
            if same and _same_speaker(quote, wanted):
                return True
        return False


def _same_speaker(quote: dict[str, Any], wanted: dict[str, Any]) -> bool:
    if wanted["speaker"] is None:
        return quote["speaker"] is None or quote["entity"] == wanted["entity"]
    by_span = quote["speaker"] is not None and _overlap(quote["speaker"], wanted["speaker"])
    return by_span or quote["entity"] == wanted["entity"]


def _spans_in(part: Any) -> Any:
    if isinstance(part, dict):
        if {"doc", "start", "end", "text"} <= part.keys():
            yield part
        for value in part.values():
            yield from _spans_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from _spans_in(value)


def _covered(spans: list[dict[str, Any]]) -> set[int]:
    return {at for span in spans for at in range(span["start"], span["end"])}


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["start"] < other["end"] and other["start"] < one["end"]
