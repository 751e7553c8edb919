"""The project's own errors: each names the thing and the remedy."""

from __future__ import annotations


class WorldtakeError(Exception):
    """Anything that worldtake says no to; the message names the thing and the remedy."""


class UnreadableInputError(WorldtakeError):
    """A file, page or feed that cannot be read as what it should be."""


class RefusedAddressError(WorldtakeError):
    """An address that worldtake does not call: not public, not http, or forbidden by robots.txt."""


class FetchError(WorldtakeError):
    """A call to the network that failed; may succeed later."""


class CatalogueError(WorldtakeError):
    """An outlet file that breaks the catalogue's rules."""


class StoreError(WorldtakeError):
    """The store cannot be opened or has another schema."""


class UnknownItemError(WorldtakeError):
    """An id that the store does not hold."""


class EngineError(WorldtakeError):
    """A translator, embedder or language model that failed."""
