"""What a call to the network gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worldtake.http.outcomes import status_outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

#: Longest `max-age` that is believed, in seconds: a year.
MAX_AGE_SECONDS = 365 * 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer, whole; any status, also a refusal."""

    #: Address that answered, after redirects.
    url: str
    #: HTTP status of the last hop.
    status: int
    #: Headers of the last hop, names in lower case; of a repeated one the first.
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: The body, decompressed; empty for 304.
    body: bytes = field(default=b"", repr=False)
    #: True where the server says that nothing changed (304).
    not_modified: bool = False
    #: True where every hop on the way was a permanent redirect (301, 308); False where there was none.
    redirected_permanently: bool = False
    #: When the answer was complete, aware.
    fetched: datetime
    #: How long the host asks to be left alone, in seconds; None where it does not ask.
    retry_after_seconds: float | None = None

    @property
    def outcome(self) -> str:
        """Return what the call came to, a name of `OUTCOMES`; "moved" where a new address answers for good."""
        outcome = status_outcome(self.status)
        return "moved" if outcome == "ok" and self.redirected_permanently else outcome

    @property
    def max_age_seconds(self) -> float | None:
        """Return how long the answer stays fresh by `Cache-Control: max-age`; None where that is not said."""
        for part in self.headers.get("cache-control", "").split(","):
            name, _, value = part.partition("=")
            digits = value.strip().strip('"')
            if name.strip().lower() == "max-age" and digits.isascii() and digits.isdecimal():
                return min(float(digits), MAX_AGE_SECONDS)
        return None

    @property
    def media_type(self) -> str:
        """Return `Content-Type` without parameters in lower case; empty where not declared."""
        return media_type(self.headers)

    @property
    def charset(self) -> str | None:
        """Return the charset of `Content-Type`; None where not declared."""
        parameters = self.headers.get("content-type", "").split(";")[1:]
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower() or None
        return None


def media_type(headers: Mapping[str, str]) -> str:
    """Return `Content-Type` without parameters in lower case; empty where not declared."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()
