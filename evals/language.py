"""Language: sentences of NTREX in 80 files, the same cut to 60 characters, and headlines of OG2021, all without priors.

Only every second line and headline is measured: the thresholds were chosen on the others. A file's language is right where the
base tag is; Serbian, Croatian and Bosnian count as one, since the outlet's country tells them apart. `calibration` is one less
the mean distance of confidence and accuracy over tenths of confidence, at 60 characters. `paragraphs_kept` and `_found`: documents
with one paragraph from another file put in, how many of the others stay unmarked and how many of those put in are marked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from worldtake.model import Article, Block, Span
from worldtake.translate.language import DetectLanguage, detect

SHARED = Path(__file__).resolve().parents[2] / "shared"
#: Just under what was reached when each was last raised; the design asks for 0.98, 0.97 and 0.985.
FLOORS = {
    "language_sentences": 0.993,
    "language_60_chars": 0.983,
    "language_headlines": 0.992,
    "language_calibration": 0.99,
    "language_paragraphs_kept": 0.998,
    "language_paragraphs_found": 0.98,
}
#: Length that sentences are cut to, characters.
CUT_CHARS = 60
#: One line in so many of those that may be measured.
LINE_STEP = 6
DOCUMENT_LINES = 12
_TAGS = (
    "afr:af amh:am arb:ar aze-Latn:az bel:be ben:bn bos:bs bul:bg cat:ca ces:cs cym:cy dan:da deu:de ell:el "
    "eng:en est:et eus:eu fas:fa fil:fil fin:fi fra:fr gle:ga glg:gl guj:gu hau:ha heb:he hin:hi hrv:hr hun:hu "
    "hye:hy ibo:ig ind:id isl:is ita:it jpn:ja kan:kn kat:ka kaz:kk khm:km kir:ky kmr:ku kor:ko lao:lo lav:lv "
    "lit:lt mal:ml mar:mr mkd:mk mlt:mt mon:mn msa:ms mya:my nep:ne nld:nl nob:no pan:pa pol:pl por:pt pus:ps "
    "ron:ro rus:ru sin:si slk:sk slv:sl som:so spa:es sqi:sq srp-Cyrl:sr srp-Latn:sr swa:sw swe:sv tam:ta "
    "tel:te tha:th tur:tr ukr:uk urd:ur uzb:uz vie:vi yor:yo zho-CN:zh zho-TW:zh zul:zu"
)
#: NTREX's names of languages (ISO 639-3) -> base tags of BCP 47.
TAGS = dict(pair.split(":") for pair in _TAGS.split())
_ONE_LANGUAGE = {"hr": "sr", "bs": "sr"}


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return every figure whose corpus is there."""
    return {
        **_ntrex(shared / "corpora/translation/ntrex"),
        **_headlines(shared / "corpora/stories/og2021.jsonl"),
    }


def _ntrex(folder: Path) -> dict[str, float]:
    if not (folder / "documents.txt").exists():
        return {}
    texts = {name: _lines(folder / f"{name}.txt") for name in TAGS}
    whole, cut = [], []
    told: list[tuple[float, bool]] = []
    for name, lines in texts.items():
        chosen = lines[1 :: 2 * LINE_STEP]
        whole.append(fmean(_is_right(line, TAGS[name])[1] for line in chosen))
        answers = [_is_right(line[:CUT_CHARS], TAGS[name]) for line in chosen]
        cut.append(fmean(right for _, right in answers))
        told += answers
    return {
        "language_sentences": fmean(whole),
        "language_60_chars": fmean(cut),
        "language_calibration": 1 - _distance(told),
        **_paragraphs(texts),
    }


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]


def _is_right(text: str, tag: str) -> tuple[float, bool]:
    language, confidence = detect(text)
    return confidence, _base(language) == _base(tag)


def _base(tag: str) -> str:
    base = tag.partition("-")[0]
    return _ONE_LANGUAGE.get(base, base)


def _distance(told: list[tuple[float, bool]]) -> float:
    """Return the mean distance of confidence and accuracy over tenths of confidence, weighed by their sizes."""
    tenths = defaultdict(list)
    for confidence, right in told:
        tenths[min(9, int(10 * confidence))].append((confidence, right))
    distances = (
        len(each) * abs(fmean(c for c, _ in each) - fmean(r for _, r in each))
        for each in tenths.values()
    )
    return sum(distances) / len(told)


def _paragraphs(texts: dict[str, list[str]]) -> dict[str, float]:
    stage = DetectLanguage()
    names = sorted(texts)
    kept, found = [], []
    for n, name in enumerate(names):
        # The seventh file on is in another language, and mostly in another family.
        guest = texts[names[(n + 7) % len(names)]][101]
        lines = texts[name][100 : 100 + DOCUMENT_LINES]
        blocks = stage(_article([*lines[:5], guest, *lines[5:]])).blocks
        kept += [block.language is None for block in (*blocks[:5], *blocks[6:])]
        if len(guest) > CUT_CHARS:
            found.append(blocks[5].language is not None)
    return {
        "language_paragraphs_kept": fmean(kept),
        "language_paragraphs_found": fmean(found),
    }


def _article(lines: list[str]) -> Article:
    blocks = []
    place = 0
    for line in lines:
        blocks.append(Block(span=Span(place, place + len(line)), role="paragraph"))
        place += len(line) + 2
    return Article(
        id="0", url="https://x.example/1", outlet_id=None, title="", text="\n\n".join(lines),
        blocks=tuple(blocks), seen=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _headlines(path: Path) -> dict[str, float]:
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()][1::2]
    return {
        "language_headlines": fmean(_is_right(row["title"], row["language"])[1] for row in rows)
    }
