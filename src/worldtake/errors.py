"""The project's own errors: each names the thing and the remedy."""

from __future__ import annotations


class WorldtakeError(Exception):
    """Anything that worldtake says no to; the message names the thing and the remedy."""


class UnreadableInputError(WorldtakeError):
    """A file, page or feed that cannot be read as what it should be."""


class CallError(WorldtakeError):
    """A call to the network that gave nothing; `outcome` is its name in the table of outcomes (`worldtake.http.outcomes`)."""

    def __init__(self, message: str, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class RefusedAddressError(CallError):
    """An address that worldtake does not call: not public, not http, or forbidden by robots.txt."""

    def __init__(self, message: str, outcome: str = "refused-address") -> None:
        super().__init__(message, outcome)


class FetchError(CallError):
    """A call to the network that failed; may succeed later."""

    def __init__(
        self, message: str, outcome: str = "failed", retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(message, outcome)
        #: How long the host asks to be left alone; None where it does not ask.
        self.retry_after_seconds = retry_after_seconds


class CatalogueError(WorldtakeError):
    """An outlet file that breaks the catalogue's rules."""


class StoreError(WorldtakeError):
    """The store cannot be opened or has another schema."""


class UnknownItemError(WorldtakeError):
    """An id that the store does not hold."""


class EngineError(WorldtakeError):
    """A translator, embedder or language model that failed."""


class EngineBusyError(EngineError):
    """An engine that cannot answer now and may later: overloaded, out of reach, too slow."""

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        #: How long it asks to be left alone; None where it does not ask.
        self.retry_after_seconds = retry_after_seconds


class EngineRefusedError(EngineError):
    """An engine that will not do what was asked however often it is asked: wrong key, unknown pair of languages."""
