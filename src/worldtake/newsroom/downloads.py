"""Fetch a file that the reader asks for: whole or not at all."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from worldtake.errors import FetchError
from worldtake.http import Door

if TYPE_CHECKING:
    from pathlib import Path

    from worldtake.http import DoorSettings, Response

#: Largest file, in bytes, and the longest time for it, in seconds: web archives of Common Crawl have 1 GB.
DOWNLOAD_BYTES = 5_000_000_000
DOWNLOAD_SECONDS = 6 * 3600.0
_OK = 200


def download(url: str, path: Path, door: DoorSettings) -> None:
    """Fetch the file at `url` into `path`.

    Raises:
        CallError: if it cannot be fetched.
        OSError: if `path` cannot be written.
    """
    part = path.with_name(f"{path.name}.part")

    async def fetch(stream: BinaryIO) -> Response:
        patient = replace(door, total_seconds=DOWNLOAD_SECONDS, max_bytes=DOWNLOAD_BYTES)
        async with Door(patient) as opened:
            return await opened.download(url, stream.write)

    with part.open("wb") as stream:
        response = asyncio.run(fetch(stream))
    if response.status != _OK:
        part.unlink()
        message = f"{url} answers {response.status}; check the address"
        raise FetchError(message, response.outcome)
    part.rename(path)
