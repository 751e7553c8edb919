"""How engines reach a server: through a `Wire` that they are handed, since only `worldtake.http` opens sockets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class WireAnswer:
    """What a server answered, of whatever status."""

    status: int
    #: Names in lower case.
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    #: How long the server asks to be left alone, in seconds; None where it does not ask.
    retry_after_seconds: float | None = None


class Wire(Protocol):
    """Calls one address and waits for the answer."""

    def send(
        self,
        url: str,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        seconds: float = 60.0,
    ) -> WireAnswer:
        """Return the answer of `url`; redirects are not followed, so that no key goes elsewhere.

        Raises:
            EngineBusyError: if no whole answer came: name, connection, time-out, too large.
            EngineRefusedError: if the address may not be called.
        """
        ...
