"""What a call to the network may come to, and what follows: tried again and when, held for a person, or given up.

The names stand in `FetchError.outcome`, `RefusedAddressError.outcome` and `Response.outcome`. A refusal (forbidden, paywall,
robots, ...) is recorded as such and never stepped round. `docs/reference/outcomes.md` is written from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

End: TypeAlias = Literal["done", "quarantine", "skip"]
FeedCourse: TypeAlias = Literal["goes on", "slows down", "backs off", "waits", "retires"]

#: Tries of a page whose call may succeed when it is called again.
TRIES = 4
#: The same where the host says itself when it may be called again.
PATIENT_TRIES = 12
#: The pauses between tries as multiples of the first: 30 s, 10 min, 1 h; the last one repeats.
PAUSES = (1.0, 20.0, 120.0)
#: The first pause, in seconds.
FIRST_PAUSE_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One row of the table."""

    #: Its name.
    name: str
    #: What happened, in words that go on after "the call".
    meaning: str
    #: Tries of a page in all, the first one counted.
    tries: int = 1
    #: What becomes of a page after its last try: "done" (it was read), "quarantine" (it waits for a person), or
    #: "skip" (recorded with the outcome as its reason, and left).
    end: End
    #: What it does to a feed: "slows down" is a somewhat longer pause, "backs off" one that doubles, "waits" until the
    #: host may be called, "retires" is asked once a month.
    feed: FeedCourse = "backs off"
    #: True where the host says when it may be called again: that is waited for, and the tries are more.
    patient: bool = False

    @property
    def passing(self) -> bool:
        """Whether a feed is asked once more, as soon as a page, before it backs off."""
        return self.feed == "backs off" and self.tries > 1


_ROWS = (
    Outcome(name="ok", meaning="was answered", end="done", feed="goes on"),
    Outcome(
        name="unchanged",
        meaning="was answered: nothing has changed (304)",
        end="done",
        feed="slows down",
    ),
    Outcome(
        name="moved",
        meaning="was answered at another address, for good (301, 308); the new one is kept",
        end="done",
        feed="goes on",
    ),
    Outcome(name="gone", meaning="was answered: gone for good (410)", end="skip", feed="retires"),
    Outcome(name="not-found", meaning="was answered: nothing is there (404)", end="skip"),
    Outcome(name="login", meaning="was answered: only with a login (401, 407)", end="skip"),
    Outcome(name="paywall", meaning="was answered: only for payment (402)", end="skip"),
    Outcome(name="forbidden", meaning="was answered: not for us (403)", end="skip"),
    Outcome(name="withheld", meaning="was answered: withheld by law (451)", end="skip"),
    Outcome(
        name="too-many-requests",
        meaning="was answered: too many calls (429); the host is left alone as long as it asks (Retry-After)",
        tries=PATIENT_TRIES,
        end="quarantine",
        feed="waits",
        patient=True,
    ),
    Outcome(
        name="server-error",
        meaning="was answered: the server failed (5xx); Retry-After is obeyed",
        tries=TRIES,
        end="quarantine",
    ),
    Outcome(
        name="bad-answer",
        meaning="was answered with another refusal (4xx), or with what is not HTTP",
        tries=TRIES,
        end="quarantine",
    ),
    Outcome(name="dns", meaning="failed: the name is not known", tries=TRIES, end="quarantine"),
    Outcome(
        name="tls",
        meaning="failed: no connection that is encrypted and certified",
        tries=TRIES,
        end="quarantine",
    ),
    Outcome(name="timeout", meaning="took too long", tries=TRIES, end="quarantine"),
    Outcome(
        name="reset",
        meaning="failed: the connection was refused, or broke off, also within the body",
        tries=TRIES,
        end="quarantine",
    ),
    Outcome(
        name="too-large",
        meaning="was given up: the body is longer than the cap, or unpacks to suspiciously much",
        end="quarantine",
    ),
    Outcome(
        name="wrong-type", meaning="was answered with what is no page (a film, a PDF)", end="skip"
    ),
    Outcome(
        name="redirect-loop",
        meaning="was given up: redirects go in a circle, or are too many",
        end="quarantine",
    ),
    Outcome(
        name="redirect-nowhere",
        meaning="was given up: a redirect names no address",
        end="quarantine",
    ),
    Outcome(name="robots", meaning="was not made: robots.txt forbids it", end="skip"),
    Outcome(
        name="robots-unread",
        meaning="was not made: robots.txt cannot be read for now, and so nothing is",
        tries=TRIES,
        end="quarantine",
        feed="waits",
    ),
    Outcome(
        name="refused-address",
        meaning="was not made: the address is not one of the public network, or names a user",
        end="skip",
    ),
    Outcome(
        name="held",
        meaning="was not made: the host has asked to be left alone",
        tries=4 * PATIENT_TRIES,
        end="quarantine",
        feed="waits",
        patient=True,
    ),
    Outcome(
        name="unreadable",
        meaning="was answered with what cannot be read as a page or feed",
        end="quarantine",
    ),
    Outcome(
        name="failed",
        meaning="failed in a way that has no name here",
        tries=TRIES,
        end="quarantine",
    ),
)

#: The table, by name.
OUTCOMES: Mapping[str, Outcome] = MappingProxyType({row.name: row for row in _ROWS})

_STATUSES = MappingProxyType(
    {
        304: "unchanged",
        401: "login",
        402: "paywall",
        403: "forbidden",
        404: "not-found",
        407: "login",
        410: "gone",
        429: "too-many-requests",
        451: "withheld",
    }
)
_CLASSES = MappingProxyType({2: "ok", 3: "redirect-nowhere", 5: "server-error"})


def status_outcome(status: int) -> str:
    """Return the outcome that an HTTP status is; a redirect that leads nowhere is one too."""
    return _STATUSES.get(status) or _CLASSES.get(status // 100, "bad-answer")


def pause_seconds(
    outcome: str,
    tries: int,
    *,
    first: float = FIRST_PAUSE_SECONDS,
    retry_after: float | None = None,
) -> float | None:
    """Return how long to wait after `tries` tries, the last of which came to `outcome`; None where that was the last.

    `first` is the first pause in seconds, from which the others follow; `retry_after` is what the host asks for.

    Raises:
        KeyError: if `outcome` is not in the table.
    """
    row = OUTCOMES[outcome]
    if tries >= row.tries:
        return None
    if row.patient and retry_after is not None:
        return max(first, retry_after)
    step = tries if row.patient else tries - 1
    pause = first * PAUSES[min(max(step, 0), len(PAUSES) - 1)]
    return max(pause, retry_after or 0.0)


def as_markdown() -> str:
    """Return the page docs/reference/outcomes.md."""
    lines = [
        "# What a call may come to",
        "",
        "<!-- generated from worldtake.http.outcomes; do not edit -->",
        "",
        (
            f"A page is tried again after {_pauses()}; where the host says how long to wait (`Retry-After`), no sooner than that. "
            "After the last try it goes to quarantine, where a person sees it, or is left, with the outcome kept as the reason. "
            "A refusal is never stepped round."
        ),
        "",
        (
            "A feed that *backs off* is called after a pause that doubles with each failure; where a page would be tried again, "
            f"so is the feed after its first failure in a row, {_in_words(FIRST_PAUSE_SECONDS)} later. One that *slows down* is "
            "called after a somewhat longer pause; one that *waits*, when its host may be called again; one that *retires*, once a month."
        ),
        "",
        "| outcome | the call | tries of a page | then | a feed |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{row.name}` | {row.meaning} | {row.tries} | {row.end} | {row.feed} |" for row in _ROWS
    ]
    return "\n".join(lines) + "\n"


def _pauses() -> str:
    seconds = [FIRST_PAUSE_SECONDS * factor for factor in PAUSES]
    *former, last = [_in_words(each) for each in seconds]
    return f"{', '.join(former)} and {last}"


def _in_words(seconds: float) -> str:
    for unit, name in ((3600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{seconds / unit:g} {name}"
    return f"{seconds:g} s"
