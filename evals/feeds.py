"""Feeds: what feedparser's own tests expect holds for our entries, every item is kept, and no feed breaks or holds up the parser.

Most files of the corpus begin with a comment that has an `Expect:` line, such as
`not bozo and entries[0]['title'] == 'x'`. Each is read by `ast`, never run, and translated to what we keep:

* the i-th entry is the i-th of ours, those without an address after those with one; items with one address are one entry;
* texts (title; summary or description; content where the feed has no summary beside it) are compared as plain text;
* addresses as canonical addresses, moments as moments in UTC, authors as names without their e-mail in brackets;
* a text's language is the entry's language, of its title where it has one; where it declares none, the feed's;
* the version is the kind of feed, `ttl` is in minutes, a `len(entries)` counts.

What concerns anything else (`bozo`, encodings, ids, rights, tags, ...) is left out and counted. A line with several
conditions is judged by those of them that concern what we keep.
"""

from __future__ import annotations

import ast
import calendar
import io
import signal
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser
import regex

from worldtake.errors import UnreadableInputError
from worldtake.fetch import FeedBody, FeedParse, ParseFeed, article_key, canonical
from worldtake.fetch.entries import MAX_SUMMARY_CHARS, MAX_TITLE_CHARS, plain
from worldtake.model import Entry, Feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CORPUS = Path(__file__).resolve().parents[1].parent / "shared/corpora/feeds/feedparser"
FLOORS = {
    "feeds.items_kept": 1.0,
    "feeds.without_crash": 1.0,
    "feeds.without_hang": 1.0,
    "feeds.expected.wellformed": 0.97,
    "feeds.expected.illformed": 0.95,
}
ADDRESS = "http://127.0.0.1:8097/feed.xml"
#: Seconds that one feed may take.
CASE_SECONDS = 10.0
#: Folders of the corpus: class -> folders. Feeds with undeclared entities or broken encodings are not well-formed either.
CLASSES = {"wellformed": ("wellformed",), "illformed": ("illformed", "encoding", "entities")}

#: A path into what feedparser returns, such as ("entries", 0, "title").
Path_ = tuple[Any, ...]


class HangError(Exception):
    """A feed that takes longer than it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file of the corpus."""

    path: Path
    body: bytes
    #: The condition; None where there is none.
    expect: str | None
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one feed."""

    #: What we make of it; None where it is refused, crashes or hangs.
    parse: FeedParse | None
    crash: str | None = None
    hang: bool = False


def measure() -> dict[str, float]:
    """Return the shares of items kept, of feeds read without crash and hang, and of expectations that hold."""
    cases = [_case(path) for path in sorted(CORPUS.rglob("*.xml"))]
    if not cases:
        return {}
    kept: list[bool] = []
    answers: list[Answer] = []
    held: dict[str, list[bool]] = {}
    left_out: Counter[str] = Counter()
    for case in cases:
        answer = _answer(case)
        answers.append(answer)
        known = feedparser.parse(io.BytesIO(case.body), response_headers=dict(_sent(case)))
        kept += _kept(known, answer)
        folder = case.path.relative_to(CORPUS).parts[0]
        verdict = _verdict(case, known, answer.parse)
        if verdict is None:
            left_out[folder] += 1
            continue
        held.setdefault(folder, []).append(verdict)
        if not verdict:
            print(f"  {case.path.relative_to(CORPUS)}: {case.expect}")
    return _figures(kept, answers, held, left_out)


def _figures(
    kept: list[bool],
    answers: list[Answer],
    held: dict[str, list[bool]],
    left_out: Counter[str],
) -> dict[str, float]:
    figures = {
        "feeds.items_kept": fmean(kept),
        "feeds.without_crash": fmean(answer.crash is None for answer in answers),
        "feeds.without_hang": fmean(not answer.hang for answer in answers),
    }
    for name, folders in CLASSES.items():
        verdicts = [each for folder in folders for each in held.get(folder, ())]
        figures[f"feeds.expected.{name}"] = fmean(verdicts)
        figures[f"feeds.judged.{name}"] = len(verdicts)
        figures[f"feeds.left_out.{name}"] = sum(left_out[folder] for folder in folders)
        if len(folders) > 1:
            for folder in folders:
                figures[f"feeds.expected.{name}.{folder}"] = fmean(held[folder])
                figures[f"feeds.judged.{name}.{folder}"] = len(held[folder])
    return figures


def _case(path: Path) -> Case:
    body = path.read_bytes()
    head = _decoded(body[:8_000])
    expect = regex.search(r"Expect:[ \t]*(.+?)[ \t]*(?:-->)?[ \t]*\r?$", head, regex.MULTILINE)
    stated = regex.findall(
        r"^\s*Header:[ \t]*([\w-]+):[ \t]*(.*?)[ \t]*\r?$", head, regex.MULTILINE
    )
    return Case(
        path=path,
        body=body,
        expect=expect[1] if expect else None,
        headers={name.lower(): value for name, value in stated},
    )


def _decoded(head: bytes) -> str:
    """Return the beginning of a file as text, where it is ASCII in any encoding of one, two or four bytes."""
    return head.replace(b"\x00", b"").decode("latin-1")


def _sent(case: Case) -> Iterator[tuple[str, str]]:
    yield "content-type", case.headers.get("content-type", "application/xml")
    yield "content-location", _base(case)
    if "content-language" in case.headers:
        yield "content-language", case.headers["content-language"]


def _base(case: Case) -> str:
    return urljoin(ADDRESS, case.headers.get("content-location", ""))


def _answer(case: Case) -> Answer:
    kind, _, more = case.headers.get("content-type", "").partition(";")
    charset = regex.search(r"charset\s*=\s*[\"']?([^\"';\s]+)", more)
    body = FeedBody(
        feed=Feed(url=ADDRESS, outlet_id="xx-test"),
        url=_base(case),
        body=case.body,
        media_type=kind.strip().lower(),
        charset=charset[1] if charset else None,
        language=case.headers.get("content-language"),
    )
    try:
        with _limit():
            return Answer(parse=ParseFeed()(body))
    except UnreadableInputError:
        return Answer(parse=None)
    except HangError:
        print(f"  {case.path.name}: over {CASE_SECONDS:g} s")
        return Answer(parse=None, hang=True)
    except Exception as error:  # noqa: BLE001 what breaks it is counted and named
        print(f"  {case.path.name}: {type(error).__name__}: {error}")
        return Answer(parse=None, crash=type(error).__name__)


@contextmanager
def _limit() -> Iterator[None]:
    def hang(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, CASE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _kept(known: Any, answer: Answer) -> list[bool]:
    """Return a verdict for each item that feedparser keeps: one of its addresses is an entry's, or it is one without any."""
    ours = {article_key(entry.url) for entry in answer.parse.entries} if answer.parse else set()
    unlinked = len(answer.parse.unlinked) if answer.parse else 0
    verdicts: list[bool] = []
    for entry in known.entries:
        links = [
            entry.get("link"),
            entry.get("id"),
            *(link.get("href") for link in entry.get("links") or ()),
        ]
        found = bool(ours & {article_key(urljoin(ADDRESS, str(link))) for link in links if link})
        unlinked -= not found
        verdicts.append(found or unlinked >= 0)
    return verdicts


def _verdict(case: Case, known: Any, parse: FeedParse | None) -> bool | None:
    if case.expect is None:
        return None
    try:
        tree = ast.parse(case.expect.strip(), mode="eval")
    except SyntaxError:
        return None
    return Judge(base=_base(case), known=known, parse=parse).of(tree.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judge a condition: True, False, or None where it concerns nothing that we keep."""

    base: str
    #: What feedparser itself returns: which of several texts and languages is the one that we keep hangs on what there is.
    known: Any
    parse: FeedParse | None

    def of(self, node: ast.expr) -> bool | None:
        """Return the verdict on one condition."""
        if isinstance(node, ast.BoolOp):
            verdicts = [each for value in node.values if (each := self.of(value)) is not None]
            together = all if isinstance(node.op, ast.And) else any
            return together(verdicts) if verdicts else None
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            verdict = self.of(node.operand)
            return None if verdict is None else not verdict
        if isinstance(node, ast.Compare):
            return self._compared(node)
        path = _path(node)
        found = self._found(path) if path else None
        return bool(found[0]) if found else None

    def _compared(self, node: ast.Compare) -> bool | None:
        """Judge `path == value`, `path is value`, `path == path == value`, with `==` for `is`."""
        if not all(isinstance(each, (ast.Eq, ast.Is, ast.NotEq, ast.IsNot)) for each in node.ops):
            return None
        sides = [node.left, *node.comparators]
        values = [each for each in sides if _is_constant(each)]
        paths = [path for each in sides if (path := _path(each))]
        if len(values) != 1 or len(paths) + 1 != len(sides):
            return None
        negated = isinstance(node.ops[0], (ast.NotEq, ast.IsNot))
        verdicts = [
            self._equal(path, _constant(values[0])) != negated
            for path in paths
            if self._found(path)
        ]
        return all(verdicts) if verdicts else None

    def _equal(self, path: Path_, expected: Any) -> bool:
        found = self._found(path)
        assert found is not None
        ours, translated = found
        if path[0] == "ord":
            expected = chr(expected)
        return bool(ours == translated(expected)) if self.parse else False

    def _found(self, path: Path_) -> tuple[Any, Callable[[Any], Any]] | None:
        """Return our value for a path and how an expected one is translated; None where we keep no such thing."""
        path = path[1:] if path[0] == "ord" else path
        parse = self.parse or FeedParse(entries=())
        match path:
            case ("len", "entries"):
                return len(parse.entries) + len(parse.unlinked), lambda count: count
            case ("version",):
                return parse.kind, _kind
            case ("feed", *rest):
                return self._of_feed(tuple(rest), parse)
            case ("entries", int(at), *rest):
                return self._of_entry(tuple(rest), self._entry(at, parse), self._known_entry(at))
        return None

    def _entry(self, at: int, parse: FeedParse) -> Entry:
        """Return our entry in this place, or that of the same address: two items with one address are one article."""
        each = (*parse.entries, *parse.unlinked)
        if at < len(each):
            return each[at]
        key = article_key(urljoin(self.base, str(self._known_entry(at).get("link") or "")))
        same = (entry for entry in each if article_key(entry.url) == key)
        return next(same, Entry(url="", feed_url="", outlet_id=""))

    def _known_entry(self, at: int) -> Mapping[str, Any]:
        return self.known.entries[at] if at < len(self.known.entries) else {}

    def _of_feed(self, path: Path_, parse: FeedParse) -> tuple[Any, Callable[[Any], Any]] | None:
        match path:
            case ("title",) | ("title_detail", "value"):
                return parse.title, _title
            case ("language",):
                return parse.language, _language
            case ("title_detail", "language") if not self.known.feed.get("language"):
                return parse.language, _language
            case ("ttl",):
                return parse.ttl_seconds, lambda minutes: float(minutes) * 60
        return None

    def _of_entry(
        self, path: Path_, entry: Entry, known: Mapping[str, Any]
    ) -> tuple[Any, Callable[[Any], Any]] | None:
        return (
            self._text(path, entry, known)
            or self._moment(path, entry)
            or self._author(path, entry)
            or self._address(path, entry)
        )

    def _text(
        self, path: Path_, entry: Entry, known: Mapping[str, Any]
    ) -> tuple[Any, Callable[[Any], Any]] | None:
        language = lambda stated: _language(stated) or (self.parse.language if self.parse else None)  # noqa: E731
        first = (known.get("content") or [{}])[0]
        # Content is what we keep where the feed has no summary beside it; feedparser then takes it for the summary.
        own = known.get("summary") in {None, "", first.get("value")}
        match path:
            case ("title",) | ("title_detail", "value"):
                return entry.title, _title
            case ("summary" | "description",) | ("summary_detail", "value"):
                return entry.summary, _summary
            case ("content", 0, "value") if own:
                return entry.summary, _summary
            case ("title_detail", "language"):
                return entry.language, language
            case ("summary_detail", "language") | ("content", 0, "language") if (
                "title" not in known and (own or path[0] != "content")
            ):
                return entry.language, language
        return None

    @staticmethod
    def _moment(path: Path_, entry: Entry) -> tuple[Any, Callable[[Any], Any]] | None:
        match path:
            case ("published_parsed" | "issued_parsed",):
                return entry.published, _moment
            case ("updated_parsed" | "modified_parsed" | "date_parsed",):
                return entry.updated, _moment
        return None

    @staticmethod
    def _author(path: Path_, entry: Entry) -> tuple[Any, Callable[[Any], Any]] | None:
        match path:
            case ("author",) | ("author_detail", "name"):
                return entry.authors[:1], lambda name: (_name(name),) if name else ()
            case ("authors", int(at), "name"):
                return entry.authors[at : at + 1], lambda name: (_name(name),) if name else ()
        return None

    def _address(self, path: Path_, entry: Entry) -> tuple[Any, Callable[[Any], Any]] | None:
        match path:
            case ("link",):
                return entry.url, lambda link: canonical(urljoin(self.base, link or ""))
        return None


def _title(expected: Any) -> str:
    return plain(str(expected or ""), MAX_TITLE_CHARS)


def _summary(expected: Any) -> str:
    return plain(str(expected or ""), MAX_SUMMARY_CHARS)


def _language(expected: Any) -> str | None:
    return str(expected).replace("_", "-") if expected else None


def _name(expected: str) -> str:
    named = regex.sub(r"\s*\([^()\s]+@[^()\s]+\)$", "", expected)
    return plain(named or expected, 100)


def _kind(expected: str) -> str:
    return "atom" if expected.startswith("atom") else "rss"


def _moment(expected: tuple[int, ...] | None) -> datetime | None:
    stated = time.struct_time(expected) if expected else None
    return datetime.fromtimestamp(calendar.timegm(stated), UTC) if stated else None


def _is_constant(node: ast.expr) -> bool:
    try:
        _constant(node)
    except ValueError:
        return False
    return True


def _constant(node: ast.expr) -> Any:
    """Return the value of a literal, or of literal texts joined by `+`.

    Raises:
        ValueError: if it is anything else.
    """
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return str(_constant(node.left)) + str(_constant(node.right))
    return ast.literal_eval(node)


def _path(node: ast.expr) -> Path_:
    """Return names, keys and indexes from the outside in, with `len` and `ord` before them; empty where it is no path."""
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Attribute(value=inner, attr=name):
            return (*before, name) if (before := _path(inner)) else ()
        case ast.Subscript(value=inner, slice=ast.Constant(value=key)):
            return (*before, key) if (before := _path(inner)) else ()
        case ast.Call(func=ast.Name(id=("len" | "ord") as name), args=[argument], keywords=[]):
            return (name, *before) if (before := _path(argument)) else ()
    return ()
