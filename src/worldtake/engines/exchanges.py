"""Ask a translation server in JSON, and say in words what a refusal means for who has set it up."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import regex

from worldtake.engines.translators import Translated, Untranslated
from worldtake.errors import EngineBusyError, EngineError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from worldtake.engines.translators import Answer
    from worldtake.engines.wire import Wire

#: Letters of a server's own words that a message shows.
SHOWN_CHARS = 200
#: A translation longer than this many times its source, and than so many characters, has run away: of NTREX's human ones from
#: Chinese, Japanese and Korean into 100 languages, none of more than 500 characters is over 9.5 times as long as its source.
MAX_GROWTH = 20
MAX_GROWTH_FROM = 500

#: Statuses beside 5xx that may pass: time-out, too early, too many calls.
_PASSING = frozenset({408, 425, 429})
_KEY = frozenset({401, 403, 407})
_BREAKS = regex.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]+\s*")
#: Control characters beside white space, lone surrogates, and what is no character: stores refuse them, texts have none.
_UNPRINTABLE = regex.compile(r"[\p{Cs}\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered, read as JSON."""

    status: int
    #: The JSON; None where it is none.
    content: Any = None
    #: Why it is no JSON; empty where it is.
    fault: str = ""
    #: How long the server asks to be left alone, in seconds; None where it does not ask.
    retry_after_seconds: float | None = None

    @property
    def accepted(self) -> bool:
        """Whether the server did what it was asked."""
        return HTTPStatus(200) <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def words(self) -> str:
        """Return what the server says went wrong, on one line; empty where it says nothing."""
        found = self.content
        for name in ("error", "message", "detail"):
            if isinstance(found, dict) and name in found:
                found = found[name]
        text = found if isinstance(found, str) else ""
        return _UNPRINTABLE.sub("", " ".join(text.split()))[:SHOWN_CHARS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A translation server, as a reader has set it up."""

    #: Id of the translator, as messages call it.
    name: str
    #: Address, without a slash at its end; paths are put behind it.
    url: str
    wire: Wire = field(repr=False)
    #: Sent with each call, besides the type of what is sent.
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: What messages must not show; empty where there is no key.
    key: str = field(default="", repr=False)
    #: Longest time of a call.
    seconds: float = 60.0

    def ask(self, path: str, given: Any = None, *, seconds: float | None = None) -> Reply:
        """Return the answer to `given`, sent as JSON; asked without it, by GET.

        Raises:
            EngineBusyError: if no whole answer came.
            EngineRefusedError: if the address may not be called.
        """
        answer = self.wire.send(
            f"{self.url}{path}",
            method="GET" if given is None else "POST",
            headers={"Accept": "application/json", **self._typed(given), **self.headers},
            body=b"" if given is None else encoded(given),
            seconds=self.seconds if seconds is None else seconds,
        )
        content, fault = _decoded(answer.body)
        return Reply(
            status=answer.status,
            content=content,
            fault=fault,
            retry_after_seconds=answer.retry_after_seconds,
        )

    def refusal(self, reply: Reply) -> EngineError:
        """Return the error that a `reply` of a status other than 2xx is."""
        said = self.hushed(reply.words)
        words = f"{self.name}: {self.url} answers {reply.status}" + (f" ({said})" if said else "")
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status in _PASSING:
            return EngineBusyError(f"{words}; it is asked again later", reply.retry_after_seconds)
        return EngineRefusedError(f"{words}; {self._remedy(reply.status)}")

    def nonsense(self, what: str) -> EngineError:
        """Return the error that an answer of status 2xx is which is not as it should be."""
        return EngineError(
            f"{self.name}: {self.url} answers {what}; see whether it is the address of such a server"
        )

    def paired(self, texts: Any, parcel: list[str], fault: str) -> list[Answer]:
        """Return a list of translations as answers to `parcel`; `fault` is why there may be no list.

        Raises:
            EngineError: if it is no list of the same length: which belongs to which could not be known.
        """
        if not isinstance(texts, list):
            raise self.nonsense(fault or "without a list of translations")
        if len(texts) != len(parcel):
            count = f"with {len(texts)} translations of {len(parcel)} texts"
            raise self.nonsense(count)
        return [translated(text, source) for text, source in zip(texts, parcel, strict=True)]

    def hushed(self, text: str) -> str:
        """Return `text` without the key."""
        return text.replace(self.key, "\N{HORIZONTAL ELLIPSIS}") if self.key else text

    def _remedy(self, status: int) -> str:
        if status in _KEY:
            return f"correct the key of the translator {self.name} in the settings"
        if status == HTTPStatus.NOT_FOUND:
            return f"correct the url (and model) of the translator {self.name} in the settings"
        return f"see whether the translator {self.name} is set up as its server asks"

    @staticmethod
    def _typed(given: Any) -> dict[str, str]:
        return {} if given is None else {"Content-Type": "application/json"}


def encoded(given: Any) -> bytes:
    """Return `given` as JSON in UTF-8; a lone surrogate becomes the sign of what is not known."""
    return json.dumps(given, ensure_ascii=False).encode("utf-8", "replace")


def translated(text: Any, source: str) -> Answer:
    """Return what a server answered to `source`, on one line where that is one; untranslated if it cannot be one."""
    if not isinstance(text, str) or not text.strip():
        return Untranslated(reason="an empty answer")
    if _UNPRINTABLE.search(text):
        return Untranslated(reason="an answer with what is no text")
    if len(text) > max(MAX_GROWTH_FROM, MAX_GROWTH * len(source)):
        return Untranslated(reason="an answer far too long")
    return Translated(text=text.strip() if _BREAKS.search(source) else _on_one_line(text))


def translate_filled(
    segments: Sequence[str], translate: Callable[[list[str]], list[Answer]]
) -> tuple[Answer, ...]:
    """Return an answer to each of `segments`; `translate` is asked once for each text, and never for what is blank."""
    asked = list(dict.fromkeys(segment for segment in segments if segment.strip()))
    known = dict(zip(asked, translate(asked), strict=True)) if asked else {}
    blank = Untranslated(reason="nothing to translate")
    return tuple(known.get(segment, blank) for segment in segments)


def parcels(
    segments: Sequence[str], *, count: int, size: int, measure: Callable[[str], int]
) -> Iterator[list[str]]:
    """Yield `segments` in order, as many together as `count` and, by `measure`, `size` allow; at least one."""
    held: list[str] = []
    held_size = 0
    for segment in segments:
        more = measure(segment)
        if held and (len(held) >= count or held_size + more > size):
            yield held
            held, held_size = [], 0
        held.append(segment)
        held_size += more
    if held:
        yield held


def _on_one_line(text: str) -> str:
    return _BREAKS.sub(" ", text.strip())


def _decoded(body: bytes) -> tuple[Any, str]:
    try:
        return json.loads(body.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        return None, "with what is not UTF-8"
    except (ValueError, RecursionError):
        return None, "with what is no JSON"
