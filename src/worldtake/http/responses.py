"""What a call to the network gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


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
    def media_type(self) -> str:
        """Return `Content-Type` without parameters in lower case; empty where not declared."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """Return the charset of `Content-Type`; None where not declared."""
        parameters = self.headers.get("content-type", "").split(";")[1:]
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower() or None
        return None
