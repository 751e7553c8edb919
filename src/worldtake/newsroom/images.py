"""Hand on the images of articles, where the settings ask for it: fetched through the door, checked, and kept for a while.

Only the address that an article itself states is ever called, never one that a reader's browser names. What is neither declared nor
found to be one of the known kinds of image is not handed on: an SVG or a page could run scripts.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from worldtake.errors import UnknownItemError
from worldtake.http.responses import Response
from worldtake.pipeline.switchboard import Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from worldtake.http import Door, DoorSettings

#: Images kept in memory, and the bytes that they may take together.
KEPT_IMAGES = 200
KEPT_BYTES = 64_000_000
#: How long an image that cannot be had is not asked for again, in seconds.
REFUSED_SECONDS = 600.0
#: Longest time that a reader waits for an image, in seconds: its host's turn included.
WAIT_SECONDS = 10.0
#: Images fetched at one time; who comes when all places are taken gets none.
PLACES = 4
IMAGE_ACCEPT = "image/avif, image/webp, image/png, image/jpeg, image/gif"
#: Kinds that are handed on, with what their bytes begin with.
_MAGIC = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}
_BRANDS = (b"avif", b"avis")
_DECLARED = frozenset({*_MAGIC, "image/jpg", "image/pjpeg", "image/webp", "image/avif"})
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image that may be shown."""

    #: As its bytes say.
    media_type: str
    body: bytes = field(repr=False)


def image_type(body: bytes) -> str | None:
    """Return the kind of image that the bytes begin as; None where that is none of those handed on."""
    for kind, starts in _MAGIC.items():
        if body.startswith(starts):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp" and body[8:12] in _BRANDS:
        return "image/avif"
    return None


class ImageProxy:
    """Fetch images by their addresses. Close it at the end."""

    def __init__(
        self,
        door: DoorSettings,
        max_bytes: int,
        clock: Callable[[], float] = time.monotonic,
        *,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        """Make a proxy that calls as `door` says, for images of at most `max_bytes`; who asks waits `wait_seconds` at most."""
        self._wait_seconds = wait_seconds
        self._max_bytes = max_bytes
        self._clock = clock
        self._switchboard = Switchboard(
            replace(door, total_seconds=wait_seconds, concurrency=PLACES)
        )
        self._kept: OrderedDict[str, tuple[float, Image | None]] = OrderedDict()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(PLACES)

    def image(self, url: str) -> Image:
        """Return the image at `url`.

        Raises:
            UnknownItemError: if it cannot be had, or is no image that is handed on.
        """
        known, image = self._known(url)
        if not known and self._places.acquire(timeout=self._wait_seconds):
            try:
                image = self._fetched(url)
                self._keep(url, image)
            finally:
                self._places.release()
        if image is None:
            message = "this image cannot be had from its outlet"
            raise UnknownItemError(message)
        return image

    def close(self) -> None:
        """End what is under way."""
        self._switchboard.close()

    def _fetched(self, url: str) -> Image | None:
        async def fetch(door: Door, address: str) -> Response:
            async with asyncio.timeout(self._wait_seconds):
                return await door.fetch(
                    address, accept=IMAGE_ACCEPT, max_bytes=self._max_bytes, types=_DECLARED
                )

        if self._switchboard.wait_seconds(url) > self._wait_seconds:
            return None
        answer = self._switchboard.call_all(fetch, [url])[0]
        if not isinstance(answer, Response) or answer.status != _OK:
            return None
        kind = image_type(answer.body)
        return Image(media_type=kind, body=answer.body) if kind else None

    def _known(self, url: str) -> tuple[bool, Image | None]:
        with self._lock:
            if url not in self._kept:
                return False, None
            until, image = self._kept[url]
            if image is None and self._clock() > until:
                del self._kept[url]
                return False, None
            self._kept.move_to_end(url)
            return True, image

    def _keep(self, url: str, image: Image | None) -> None:
        with self._lock:
            self._kept[url] = (self._clock() + REFUSED_SECONDS, image)
            held = sum(len(each.body) for _, each in self._kept.values() if each)
            while len(self._kept) > KEPT_IMAGES or held > KEPT_BYTES:
                _, (_, oldest) = self._kept.popitem(last=False)
                held -= len(oldest.body) if oldest else 0
