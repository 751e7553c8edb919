"""Pages of plain text with what each line is: their form, and how near a reading comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from worldtake.extract.lines import read_lines
from worldtake.extract.plain import ROLES, label_lines

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """One page: its text, and of each character `t`, `b`, `x`, or a blank where it is white space."""

    name: str
    text: str
    kinds: str


def labelled_texts(name: str) -> Iterator[LabelledText]:
    for page in (TEXTS / name).read_text("utf-8").split("\n== ")[1:]:
        title, *rows = page.rstrip("\n").split("\n")
        lines, kinds = [], []
        for row in rows:
            label, _, words = row.partition("\t")
            line = words if "\t" in row else row
            lines.append(line)
            kinds.append("".join(" " if each.isspace() else label for each in line))
        yield LabelledText(name=title, text="\n".join(lines), kinds="\n".join(kinds))


def read_kinds(text: str) -> str:
    """Return what the extractor holds each character for."""
    found = [" "] * len(text)
    for each in label_lines(read_lines(text)):
        kind = "t" if each.label == "title" else "b" if each.label in ROLES else "x"
        for place in range(each.line.raw.start, each.line.raw.end):
            found[place] = " " if text[place].isspace() else kind
    return "".join(found)


def f1(expected: str, actual: str, kind: str) -> float:
    same = sum(one == two == kind for one, two in zip(expected, actual, strict=True))
    size = expected.count(kind) + actual.count(kind)
    return 2 * same / size if size else 1.0
