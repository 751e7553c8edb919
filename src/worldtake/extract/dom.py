"""Parse a page and cut it into blocks of text with what stands round them; iterative, so no nesting is too deep.

A block is a run of text between the borders of block-level elements or two line breaks. Each knows the chain of elements it
stands in, how much of it is link text, and what those elements say of themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from worldtake.extract.hints import Looks, looks_of
from worldtake.extract.references import REFERRING, is_reference
from worldtake.extract.writing import ends_sentence, one_line, weight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Elements within a line; all others end a block.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "label",
        "output",
        "o:p",
        "hl2",
        "keyword",
    ]
)
#: Elements without text to read.
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "optgroup",
        "datalist",
        "textarea",
        "input",
        "head",
        "title",
        "map",
        "area",
        "meta",
        "link",
        "base",
        "rt",
        "rp",
        "applet",
        "noframes",
        "frameset",
        "progress",
        "meter",
    ]
)
_FORM = frozenset(("form", "fieldset", "label", "p"))
_EMPHASIS = frozenset(("b", "strong", "em", "i"))
#: Depth below which the layout is kept when a page nests deeper than the parser's tree allows.
KEPT_DEPTH = 200
#: Length from which a tag is looked at, characters, and attributes above which it keeps none: the parser compares each with all
#: before it: 16,000 take 0.5 s, 200,000 over 40 s.
LONG_TAG_CHARS = 5_000
TAG_ATTRIBUTES = 1_000
#: Parts of a block times the runs and times in it, up to which each part is told of all of these: a line of names and dates has few.
MAX_TOLD = 50_000
#: Inline elements of a block from where it is no line of names and dates.
MAX_RUNS = 500
#: Line breaks in a row from which the others say nothing more: a million elements take 4 s and 400 MB.
BREAKS = 3
#: Length of a page from which runs of them are looked for, characters.
BREAKS_CHARS = 300_000
#: Weight from which a part between two single line breaks is a paragraph of its own.
BREAK_WEIGHT = 60
#: A third of the time that it takes to look for a tag's name too.
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG_CHARS}}}")
_TAG = re.compile(rf"<(?P<name>[a-zA-Z][\w:-]*)(?P<rest>[^<>]{{{LONG_TAG_CHARS},}}+)")
_BREAKS = regex.compile(rf"(?:<br\s{{0,4}}/?>\s{{0,20}}){{{BREAKS},}}+", regex.IGNORECASE)
_QUOTED = regex.compile(r"\"[^\"]*+\"|'[^']*+'")
_INVISIBLE = ("\u200b", "\ufeff", "\u00ad")
_WITHOUT = {0x200B: " ", 0xFEFF: None, 0x00AD: None}
_BREAK = "\x00"
_BLANKS = _BREAK + " \t\r\n\xa0"
#: Links from which a span with a picture in the middle of a line is a card that pops up.
CARD_LINKS = 2


@dataclass(slots=True, kw_only=True)
class Box:
    """One element that holds blocks."""

    #: Index of the box round it; -1 for the outermost.
    parent: int
    tag: str
    #: Why it says that it is furniture; empty where it does not.
    reason: str
    #: True where it says that it holds the article's text.
    body: bool
    #: True where it says that it holds the standfirst.
    standfirst: bool
    #: Tag and class names: boxes of one kind share it.
    kind: str = ""
    #: True where a field for a mail address stands in it, outside any other box but a form's.
    signup: bool = False
    #: True where it shows a post of a social network.
    embed: bool = False


@dataclass(slots=True, kw_only=True)
class Piece:
    """One block of text."""

    #: The words, white space squeezed.
    text: str
    #: Index of the box it stands in.
    box: int
    #: Tag of the nearest element that says what the block is: `p`, `h2`, `li`, ...
    tag: str
    #: Share of the characters that are link text, 0 to 1.
    linked: float
    #: Share of the characters that are emphasised, 0 to 1.
    strong: float
    #: Latin letters' worth.
    weight: int
    #: True where an image stands directly before it.
    after_image: bool
    #: The words as they came, by the inline elements they stand in, and how many of these say anything.
    words: tuple[str, ...] = ()
    parts: int = 1
    #: How many links stand in it.
    links: int = 0
    #: What time elements in it state.
    times: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[str, ...]:
        """Return the words by the inline elements they stand in; one where there are none, none where there are too many."""
        if self.parts > MAX_RUNS:
            return ()
        return tuple(run for each in self.words if (run := _squeezed(each.strip(_BLANKS))))


@dataclass(slots=True, kw_only=True)
class Dom:
    """A page as blocks in the boxes they stand in."""

    boxes: list[Box] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def chain(self, index: int) -> list[int]:
        """Return the indices of the boxes round box `index`, itself first."""
        found = []
        while index >= 0:
            found.append(index)
            index = self.boxes[index].parent
        return found


def parse(text: str) -> Any | None:
    """Return the root element of a page; None where there is no markup to read."""
    source = bearable(text).encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = _root(source, parser)
    last = parser.error_log.last_error
    # It is the last thing that the parser says: no more of the page is read.
    if last is not None and last.type_name == "ERR_RESOURCE_LIMIT":
        return _flat(source)
    return root


def bearable(text: str) -> str:
    """Return a page without what takes parsers for ever: tags of a thousand attributes, line breaks without end, zero bytes."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if _LONG_TAG.search(text):
        text = _TAG.sub(_bearable, text)
    return _BREAKS.sub("<br><br>", text) if len(text) > BREAKS_CHARS else text


def _bearable(tag: re.Match[str]) -> str:
    """Return a long tag, without its attributes where they are too many."""
    outside = _QUOTED.sub("", tag.group("rest"))
    return tag.group() if len(outside.split()) <= TAG_ATTRIBUTES else f"<{tag.group('name')}"


def _root(source: bytes, parser: Any) -> Any | None:
    try:
        return etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


class _Flattened:
    """Build a tree from parser events that leaves out the layout below `KEPT_DEPTH`."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._kept: list[bool] = []
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        keep = self._depth < KEPT_DEPTH or (tag in {"p", "a"} and self._depth < 2 * KEPT_DEPTH)
        self._kept.append(keep)
        if keep:
            self._depth += 1
            kept: dict[str | bytes, str | bytes] = {**attributes}  # type: ignore[dict-item]
            self._builder.start(tag, kept)

    def end(self, tag: str) -> None:
        if self._kept and self._kept.pop():
            self._depth -= 1
            self._builder.end(tag)

    def data(self, words: str) -> None:
        self._builder.data(words)

    def close(self) -> Any:
        return self._builder.close()


def _flat(source: bytes) -> Any | None:
    # lxml accepts any object with these methods as target; its stubs know only its own.
    target: Any = _Flattened()
    parser: Any = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    try:
        return etree.fromstring(source, parser)
    except (etree.ParseError, AssertionError, ValueError):
        return None


def read_blocks(root: Any) -> Dom:
    """Return the blocks of a page in order."""
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag not in SKIPPED and isinstance(tag, str):
                reader.leave(tag)
            reader.say(element.tail)
        elif tag in SKIPPED or not isinstance(tag, str):
            walk.skip_subtree()
            reader.pass_by(tag)
            if tag == "input" and element.get("type", "").lower() == "email":
                reader.mark_signup()
        elif tag in REFERRING and is_reference(element):
            walk.skip_subtree()
            reader.pass_over(tag)
        else:
            reader.enter(tag, element)
            reader.say(element.text)
    reader.flush()
    return reader.dom


class _Reader:
    """Gather text into blocks while elements open and close."""

    def __init__(self) -> None:
        self.dom = Dom()
        self._open: list[int] = []
        self._words: list[str] = []
        self._begun = False
        self._linked = 0
        self._strong = 0
        self._said = 0
        self._size = 0
        self._links = 0
        self._anchors = 0
        self._times: list[str] = []
        self._emphases = 0
        self._image = False
        self._boxed: list[bool] = []
        #: How many elements are open within one that pops up in the middle of a line, and the words in it.
        self._aside = 0
        self._asides: list[str] = []

    def enter(self, tag: str, element: Any) -> None:
        if self._aside:
            self._aside += 1
            return
        if tag == "br":
            self._boxed.append(False)
            self._words.append(_BREAK)
            return
        if tag == "img":
            self._boxed.append(False)
            self._image = True
            return
        inline = tag in INLINE
        if inline and self._begun and tag == "span" and _pops_up(element):
            self._aside = 1
            return
        looks = looks_of(tag, element.items())
        boxed = not inline or looks.note or (not self._begun and looks.begins)
        self._boxed.append(boxed)
        if boxed:
            if self._words:
                self.flush()
            self._push(tag, looks)
            return
        if tag == "a":
            self._links += 1
            self._anchors += 1
        elif tag in _EMPHASIS:
            self._emphases += 1
        elif tag == "time" and (stated := element.get("datetime")):
            self._times.append(stated)

    def leave(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        if self._boxed.pop():
            if self._words:
                self.flush()
            self._open.pop()
        elif tag == "a":
            self._links -= 1
        elif tag in _EMPHASIS:
            self._emphases -= 1

    def pass_by(self, tag: str) -> None:
        if tag in {"img", "svg", "video", "iframe"}:
            self._image = True

    def pass_over(self, tag: str) -> None:
        """Leave out an element within a line; it is left as others are."""
        if self._aside:
            self._aside += 1
            return
        self._boxed.append(False)
        self._links += tag == "a"
        self._emphases += tag in _EMPHASIS

    def mark_signup(self) -> None:
        """Mark the box that asks for a mail address: the nearest that is no form's own."""
        index = self._open[-1] if self._open else -1
        while index >= 0 and self.dom.boxes[index].tag in _FORM:
            index = self.dom.boxes[index].parent
        if index >= 0:
            self.dom.boxes[index].signup = True

    def _push(self, tag: str, looks: Looks) -> None:
        parent = self._open[-1] if self._open else -1
        box = Box(
            parent=parent,
            tag=tag,
            reason=looks.reason,
            body=looks.body,
            standfirst=looks.standfirst,
            kind=looks.kind,
            embed=looks.embed,
        )
        self._open.append(len(self.dom.boxes))
        self.dom.boxes.append(box)

    def say(self, words: str | None) -> None:
        if not words:
            return
        if self._aside:
            self._asides.append(words)
            return
        self._words.append(words)
        stripped = words.strip(_BLANKS)
        if stripped:
            self._begun = True
            size = len(stripped)
            self._said += 1
            self._size += size
            if self._links:
                self._linked += size
            if self._emphases:
                self._strong += size

    def flush(self) -> None:
        if self._begun and self._open:
            self._add_parts(_parts("".join(self._words)))
        self._words.clear()
        self._begun = False
        self._times.clear()
        self._linked = self._strong = self._anchors = self._said = self._size = 0
        if self._asides:
            self._add_aside()

    def _add_aside(self) -> None:
        """Keep what pops up in the middle of a line as a block of its own behind that line."""
        text = _squeezed(" ".join(self._asides))
        self._asides.clear()
        if not text or not self._open:
            return
        self._push("span", _POPS_UP)
        box = self._open.pop()
        self.dom.pieces.append(
            Piece(
                text=text,
                box=box,
                tag="span",
                linked=1.0,
                strong=0.0,
                weight=weight(text),
                after_image=False,
            )
        )

    def _add_parts(self, parts: Sequence[str]) -> None:
        box = self._open[-1]
        tag = self.dom.boxes[box].tag
        total = max(1, self._size)
        told = len(parts) * (self._said + len(self._times)) <= MAX_TOLD
        words = tuple(self._words) if told else ()
        for text in parts:
            self.dom.pieces.append(
                Piece(
                    text=text,
                    box=box,
                    tag=tag,
                    linked=min(1.0, self._linked / total),
                    strong=min(1.0, self._strong / total),
                    weight=weight(text),
                    after_image=self._image,
                    words=words,
                    parts=self._said,
                    links=self._anchors,
                    times=tuple(self._times) if told else (),
                )
            )
            self._image = False


_POPS_UP = Looks(reason="hidden", kind="span")


def _pops_up(element: Any) -> bool:
    """Tell whether a span within a line holds a picture and several links: a card that shows when the name is pointed at."""
    if not len(element) or element.find(".//img") is None:
        return False
    return len(element.findall(".//a")) >= CARD_LINKS


def _squeezed(text: str) -> str:
    """Return `text` with each run of white space as one space, and without soft hyphens and marks of no width."""
    if not text.isascii() and any(mark in text for mark in _INVISIBLE):
        text = text.translate(_WITHOUT)
    return one_line(text)


def _parts(text: str) -> list[str]:
    """Return the paragraphs that line breaks make: two always part, one where a paragraph ends before it."""
    if _BREAK not in text:
        squeezed = _squeezed(text)
        return [squeezed] if squeezed else []
    parts: list[list[str]] = []
    parted = True
    for each in text.split(_BREAK):
        line = _squeezed(each)
        if not line:
            parted = True
            continue
        if parted or (_is_long(parts[-1]) and ends_sentence(parts[-1][-1])):
            parts.append([line])
        else:
            parts[-1].append(line)
        parted = False
    return [" ".join(lines) for lines in parts]


def _is_long(lines: Sequence[str]) -> bool:
    """Tell whether lines can be a paragraph; no more of them is looked at than is needed for that."""
    return weight(" ".join(lines[:BREAK_WEIGHT])) >= BREAK_WEIGHT
