"""Describe each block of a page by numbers, for the classifier: what it says, what it stands in, and what stands round it.

`columns` says what each column is, as docs/reference/columns.md does. Nothing here looks at an address or
at the words of one outlet: what is learned from some outlets' pages is to hold for others'.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from worldtake.extract.boxes import LINKED_SHARE, outer_reasons, prose_of
from worldtake.extract.writing import ends_sentence, letters, letters_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from worldtake.extract.dom import Dom, Piece

    Column = NDArray[np.float32]

#: Tags told apart, of a block and of the element round it.
TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "span", "td", "blockquote", "figcaption")
_TAG = {name: n for n, name in enumerate(TAGS)} | {"h5": 6, "h6": 6, "th": 8, "dt": 2, "dd": 2}
_HEADINGS = (3, 4, 5, 6)
#: Elements round a block that are told apart.
AROUND = (
    "article",
    "main",
    "section",
    "aside",
    "nav",
    "footer",
    "header",
    "form",
    "figure",
    "ul",
    "table",
    "blockquote",
    "p",
)
_AROUND = {name: 1 << n for n, name in enumerate(AROUND)} | {"ol": 1 << 9}
#: What elements say of themselves, told apart.
REASONS = (
    "comments",
    "newsletter",
    "related_links",
    "caption",
    "share",
    "advertisement",
    "byline",
    "navigation",
    "aside",
    "footer",
    "hidden",
    "notice",
)
_REASON = {name: n for n, name in enumerate(REASONS)}
_OPENERS = frozenset("\"'“‘«„「『‹")
_BULLETS = frozenset("•·▪◦●■►▶‣*–—-»›|")
_BARS = re.compile(r"[|»›•·]")
_COMMAS = re.compile(r"[,،、，]")
_ENDS = re.compile(r"[.?!] |[。！？]")
_QUOTES = re.compile(r"[“\"«„「]")
#: How much of a block's beginning is looked at for its kind of letters, and as its key, characters.
HEAD_CHARS, KEY_CHARS = 80, 120
#: Weight from which a block that stands within another is noticed, most blocks looked for, and most looked into.
WITHIN_WEIGHT, WITHIN_BLOCKS, WHOLE_BLOCKS = 100, 60, 6
#: Letters from which a block is looked up in the description and in the stated body.
DESCRIBED_CHARS, STATED_CHARS = 16, 8
#: Weight up to which a block is compared with the title, and letters of the words compared.
TITLE_WEIGHT, WORD_CHARS = 250, 4
#: Weight from which a block shows where the text begins and ends.
BODY_WEIGHT = 60
#: Levels of boxes that are measured, and tags that are not gone into to find the main one.
LEVELS = 5
_LEAVES = frozenset(("p", "li", "ul", "ol", "td", "tr", "blockquote"))
_OWN = (
    "weight",
    "words",
    "ended",
    "cut",
    "colon",
    "inner",
    "linked",
    "links",
    "strong",
    "upper",
    "digits",
    "commas",
    "first_lower",
    "first_upper",
    "first_quote",
    "first_bullet",
    "bars",
    "copyright",
    "after_image",
    "runs",
    "quotes",
    "is_title",
    "title_words",
    "in_description",
    "in_body",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a page's markup states of the article, as evidence for the classifier."""

    #: Headlines.
    titles: tuple[str, ...] = ()
    #: Description for previews; empty where none.
    description: str = ""
    #: Paragraphs of the article's body in JSON-LD; often cut short.
    body: tuple[str, ...] = ()


class _Keys:
    """What the markup states, in the forms that blocks are compared with."""

    def __init__(self, stated: Stated) -> None:
        self.titles = {letters_key(each)[:KEY_CHARS] for each in stated.titles if each}
        self.words = {
            w for each in stated.titles for w in each.casefold().split() if len(w) >= WORD_CHARS
        }
        self.description = letters_key(stated.description)
        self.body = letters("".join(stated.body))


class Table:
    """Columns of numbers by name."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.columns: list[Column] = []

    def add(self, name: str, values: object) -> None:
        """Add one column."""
        self.names.append(name)
        self.columns.append(np.asarray(values, dtype=np.float32))

    def add_all(self, names: Iterable[str], rows: Column, prefix: str = "") -> None:
        """Add the columns of a table under names of their own."""
        for n, name in enumerate(names):
            self.add(prefix + name, rows[:, n])


def block_features(dom: Dom, stated: Stated) -> tuple[Column, tuple[str, ...]]:
    """Return one row of numbers for each block of a page, and the names of the columns."""
    pieces = dom.pieces
    keys = _Keys(stated)
    table = Table()
    size = len(pieces)
    heads = [letters_key(piece.text[: 2 * KEY_CHARS])[:KEY_CHARS] for piece in pieces]
    own = np.array(
        [_own(piece, key, keys) for piece, key in zip(pieces, heads, strict=True)], dtype=np.float32
    ).reshape(size, len(_OWN))
    table.add_all(_OWN, own)
    _add_repeats(table, pieces, heads)
    page = _Page(dom, own)
    page.add_boxes(table)
    page.add_sums(table)
    page.add_kinds(table)
    page.add_order(table)
    page.add_neighbours(table)
    page.add_lists(table)
    return np.stack(table.columns, 1) if size else np.zeros(
        (0, len(table.names)), np.float32
    ), tuple(table.names)


def _own(piece: Piece, key: str, stated: _Keys) -> tuple[float, ...]:
    text = piece.text
    words = text.count(" ") + 1
    first = text[0]
    head = text[:HEAD_CHARS]
    return (
        piece.weight, words, ends_sentence(text), text.endswith(("...", "…")), text.endswith((":", "：")), len(_ENDS.findall(text)),
        piece.linked, min(piece.links, 10), piece.strong, sum(map(str.isupper, head)) / len(head), sum(map(str.isdigit, head)) / len(head),
        len(_COMMAS.findall(text)) / words, first.islower(), first.isupper(), first in _OPENERS, first in _BULLETS,
        len(_BARS.findall(text)), "©" in text, piece.after_image, min(piece.parts, 12), len(_QUOTES.findall(text)),
        key in stated.titles, _title_words(piece, stated.words), len(key) >= DESCRIBED_CHARS and key[:80] in stated.description,
        0.0 if not stated.body or len(key) < STATED_CHARS else 1.0 if key[:60] in stated.body else -1.0,
    )  # fmt: skip


def _title_words(piece: Piece, title: set[str]) -> float:
    """Return which share of a short block's words are the title's."""
    if piece.weight > TITLE_WEIGHT or not title:
        return 0.0
    own = {word for word in piece.text.casefold().split() if len(word) >= WORD_CHARS}
    return len(own & title) / max(3, min(len(own), len(title)))


def _add_repeats(table: Table, pieces: Sequence[Piece], heads: Sequence[str]) -> None:
    """Add how often a block stands on the page, and whether it stands within another or another within it."""
    counted = Counter(piece.text for piece in pieces)
    table.add("repeated", [min(counted[piece.text], 5) for piece in pieces])
    large = [
        n
        for n, piece in enumerate(pieces)
        if piece.weight >= WITHIN_WEIGHT and piece.linked < LINKED_SHARE
    ]
    large = sorted(large, key=lambda n: -pieces[n].weight)[:WITHIN_BLOCKS]
    wholes = {
        n: letters(pieces[n].text)
        for n in large[:WHOLE_BLOCKS]
        if pieces[n].weight > 3 * WITHIN_WEIGHT
    }
    within = np.zeros(len(pieces), np.float32)
    holds = np.zeros(len(pieces), np.float32)
    for n in large:
        for whole, words in wholes.items():
            if whole != n and heads[n][:60] in words:
                within[n] += 1
                holds[whole] += 1
    table.add("within", within)
    table.add("holds", holds)


class _Page:
    """A page's blocks and boxes as arrays."""

    def __init__(self, dom: Dom, own: Column) -> None:
        self.dom = dom
        boxes, pieces = dom.boxes, dom.pieces
        self.size = len(pieces)
        prose = [prose_of(piece) for piece in pieces]
        outer = outer_reasons(dom, prose)
        self.free = np.array([not each for each in outer], bool)
        self.weight = own[:, 0]
        self.ended = own[:, 2]
        self.linked = own[:, 6]
        self.prose = np.array(prose, np.float32)
        self.kept = np.where(self.free, self.prose, 0).astype(np.float32)
        self.at = np.array([piece.box for piece in pieces], int)
        self.parents = [max(0, box.parent) for box in boxes]
        self.parent = np.array(self.parents, int)
        self.up = self.parent[self.at] if self.size else self.at
        self.tags = np.array([_TAG.get(piece.tag, -1) for piece in pieces], int)
        self.titles = np.flatnonzero(own[:, _OWN.index("is_title")] > 0)

    def add_boxes(self, table: Table) -> None:
        """Add what the elements round each block are and say of themselves."""
        boxes = self.dom.boxes
        around, depth, body, stand, embed, post = ([0] * len(boxes) for _ in range(6))
        whys: list[dict[int, int]] = [{}] * len(boxes)
        posts = 0
        for n, box in enumerate(boxes):
            up = box.parent
            if up >= 0:
                around[n], depth[n], whys[n], post[n] = (
                    around[up],
                    depth[up] + 1,
                    whys[up],
                    post[up],
                )
                body[n] = body[up] and body[up] + 1
                stand[n] = stand[up] and stand[up] + 1
                embed[n] = embed[up]
            around[n] |= _AROUND.get(box.tag, 0)
            if box.reason in _REASON:
                whys[n] = {**whys[n], _REASON[box.reason]: n}
            body[n] = 1 if box.body else body[n]
            stand[n] = 1 if box.standfirst else stand[n]
            embed[n] = 1 if box.embed else embed[n]
            if box.tag == "article":
                posts += 1
                post[n] = posts
        self.depth = np.array(depth, int)
        at = self.at
        near = np.zeros((self.size, len(REASONS)), np.float32)
        for n, box_at in enumerate(at):
            for reason, where in whys[box_at].items():
                near[n, reason] = depth[box_at] - depth[where] + 1
        masks = np.array(around, int)[at]
        for n, name in enumerate(TAGS):
            table.add(f"tag_{name}", self.tags == n)
        for n, name in enumerate(AROUND):
            table.add(f"in_{name}", masks >> n & 1)
        table.add_all(REASONS, near, "why_")
        table.add("whys", (near > 0).sum(1))
        table.add("free", self.free)
        table.add("depth", self.depth[at])
        for name, values in (
            ("body", body),
            ("standfirst", stand),
            ("embed", embed),
            ("post", post),
        ):
            table.add(name, np.array(values, int)[at])
        table.add("posts", np.full(self.size, posts))

    def add_sums(self, table: Table) -> None:
        """Add how much prose, link text and how many blocks the boxes round each block hold."""
        rows = np.stack(
            [self.weight, self.weight * self.linked, self.prose, np.ones(self.size), self.kept], 1
        )
        sums = np.zeros((len(self.parents), 5))
        np.add.at(sums, self.at, rows)
        for n in range(len(self.parents) - 1, 0, -1):
            sums[self.parents[n]] += sums[n]
        self.sums = sums
        self.total = np.maximum(sums[0] if len(sums) else np.zeros(5), 1)
        box = self.at
        for level in range(LEVELS):
            held = sums[box]
            size = np.maximum(1, held[:, 0])
            table.add(f"prose_{level}", held[:, 2] / self.total[2])
            table.add(f"kept_{level}", held[:, 4] / self.total[4])
            table.add(f"links_{level}", held[:, 1] / size)
            table.add(f"dense_{level}", held[:, 2] / size)
            table.add(f"count_{level}", held[:, 3])
            box = self.parent[box]
        held = sums[:, 4].tolist()
        inner: dict[int, list[int]] = {}
        for n, each in enumerate(self.dom.boxes):
            inner.setdefault(each.parent, []).append(n)
        for share in (0.85, 0.6):
            table.add(f"inside_{share * 100:.0f}", self._inside(share, held, inner))

    def _inside(self, share: float, held: list[float], inner: dict[int, list[int]]) -> Column:
        """Return how deep each block stands in the box that holds most of the prose; 0 for outside."""
        main = 0
        while main in inner:
            best = max(inner[main], key=held.__getitem__)
            if (
                not held[best]
                or held[best] < share * held[main]
                or self.dom.boxes[best].tag in _LEAVES
            ):
                break
            main = best
        inside = [0] * len(held)
        for n, box in enumerate(self.dom.boxes):
            inside[n] = (
                1
                if n == main
                else inside[box.parent] and inside[box.parent] + 1
                if box.parent >= 0
                else 0
            )
        found: Column = np.array(inside, np.float32)[self.at]
        return found

    def add_kinds(self, table: Table) -> None:
        """Add what blocks that stand alike are, and those beside each in its box."""
        boxes = self.dom.boxes
        kinds = [
            f"{boxes[n].kind}/{boxes[up].kind}" for n, up in zip(self.at, self.up, strict=True)
        ]
        numbers = {kind: n for n, kind in enumerate(dict.fromkeys(kinds))}
        self.kind = np.array([numbers[kind] for kind in kinds], int)
        width = len(numbers)
        count = np.bincount(self.kind, minlength=width)
        prose = np.bincount(self.kind, self.kept, width)
        table.add("kind_count", count[self.kind])
        table.add("kind_prose", prose[self.kind] / self.total[4])
        table.add(
            "kind_ended",
            (np.bincount(self.kind, self.ended, width) / np.maximum(1, count))[self.kind],
        )
        table.add(
            "kind_mean",
            (np.bincount(self.kind, self.weight, width) / np.maximum(1, count))[self.kind],
        )
        table.add(
            "kind_linked",
            (np.bincount(self.kind, self.linked, width) / np.maximum(1, count))[self.kind],
        )
        table.add("kind_best", prose[self.kind] >= prose.max(initial=0))
        beside = np.bincount(self.up, self.kept, len(boxes))
        table.add("beside_count", np.bincount(self.up, minlength=len(boxes))[self.up])
        table.add("beside_prose", beside[self.up] / self.total[4])
        self.best = beside[self.up] >= beside.max(initial=0)
        table.add("beside_best", self.best)
        table.add("page_kind", np.full(self.size, prose.max(initial=0) / self.total[4]))
        best = int(np.argmax(beside)) if len(beside) else 0
        chain = set(self.dom.chain(best)) if boxes else set()
        common = [0] * len(boxes)
        for n, box in enumerate(boxes):
            common[n] = (
                int(self.depth[n]) if n in chain else common[box.parent] if box.parent >= 0 else 0
            )
        shared = np.array(common, int)[self.at]
        table.add("to_best", (self.depth[best] if boxes else 0) - shared)
        table.add("from_best", self.depth[self.at] - shared)

    def add_order(self, table: Table) -> None:
        """Add where on the page a block stands, from its ends, its title, and where most of the prose is."""
        size, order = self.size, np.arange(self.size)
        table.add("place", order / max(1, size))
        for name, values, total in (
            ("weight", self.weight, self.total[0]),
            ("prose", self.prose, self.total[2]),
            ("kept", self.kept, self.total[4]),
        ):
            table.add(f"{name}_before", (np.cumsum(values) - values) / total)
        heads = self.titles if len(self.titles) else np.flatnonzero(self.tags == _TAG["h1"])
        first, last = (heads[0], heads[-1]) if len(heads) else (0, 0)
        table.add("after_title", np.clip(order - first, -30, 100))
        table.add("after_last_title", np.clip(order - last, -30, 100))
        seen = np.flatnonzero(self.best & (self.kept > BODY_WEIGHT))
        low, high = (seen[0], seen[-1]) if len(seen) else (0, size)
        table.add("before_best", np.clip(low - order, -20, 50))
        table.add("after_best", np.clip(order - high, -20, 50))
        table.add("page_prose", np.full(size, self.total[2]))
        table.add("page_blocks", np.full(size, size))

    def add_neighbours(self, table: Table) -> None:
        """Add what stands before and behind each block."""
        heading = np.isin(self.tags, _HEADINGS).astype(np.float32)
        columns = {
            "weight": self.weight,
            "ended": self.ended,
            "linked": self.linked,
            "heading": heading,
            "kept": self.kept,
        }
        for name, values in columns.items():
            for step in (1, 2, 3) if name in ("weight", "linked") else (1,):
                table.add(f"{name}-{step}", shifted(values, step))
                table.add(f"{name}+{step}", shifted(values, -step))
        for step in (4, 10):
            before, behind = window(self.kept, step)
            table.add(f"kept-{step}", before)
            table.add(f"kept+{step}", behind)
        said = np.flatnonzero(heading)
        order = np.arange(self.size)
        above = np.searchsorted(said, order, "right") - 1
        table.add(
            "under_heading",
            np.where(above >= 0, np.clip(order - said[np.maximum(above, 0)], 0, 30), 40)
            if len(said)
            else np.full(self.size, 40),
        )

    def add_lists(self, table: Table) -> None:
        """Add what the list or table is that a block stands in: how many items, how long, how much of it links."""
        boxes = self.dom.boxes
        inside = [-1] * len(boxes)
        for n, box in enumerate(boxes):
            inside[n] = (
                n
                if box.tag in ("ul", "ol", "dl", "table")
                else inside[box.parent]
                if box.parent >= 0
                else -1
            )
        lists = np.array(inside, int)[self.at]
        held = self.sums[np.maximum(lists, 0)]
        there = lists >= 0
        size = np.maximum(1, held[:, 0])
        table.add("list_count", np.where(there, held[:, 3], -1))
        table.add("list_links", np.where(there, held[:, 1] / size, -1))
        table.add("list_mean", np.where(there, size / np.maximum(1, held[:, 3]), -1))
        first = {int(box): n for n, box in reversed(list(enumerate(lists)))}
        last = {int(box): n for n, box in enumerate(lists)}
        kept = [0.0, *accumulate(self.kept.tolist())]
        rows = [
            (n, n) if box < 0 else (first[int(box)], last[int(box)]) for n, box in enumerate(lists)
        ]
        table.add(
            "list_before",
            [kept[low] - kept[max(0, low - 3)] if low != high else -1 for low, high in rows],
        )
        table.add(
            "list_behind",
            [
                kept[min(self.size, high + 4)] - kept[high + 1] if low != high else -1
                for low, high in rows
            ],
        )


def shifted(values: Column, step: int) -> Column:
    """Return the values `step` places earlier (later where negative); -1 beyond the ends."""
    found = np.full(len(values), -1, np.float32)
    if abs(step) >= len(values):
        return found
    if step > 0:
        found[step:] = values[:-step]
    else:
        found[:step] = values[-step:]
    return found


def window(values: Column, step: int) -> tuple[Column, Column]:
    """Return the sums of the `step` values before and behind each."""
    size = len(values)
    sums = np.concatenate([np.zeros(step + 1), np.cumsum(values), np.zeros(step)]).astype(
        np.float32
    )
    sums[step + 1 + size :] = sums[step + size]
    return sums[step : step + size] - sums[:size], sums[2 * step + 1 : 2 * step + 1 + size] - sums[
        step + 1 : step + 1 + size
    ]
