from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.fetch import FeedBody
from worldtake.model import Feed

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://glas.example/feeds/all.xml"


@pytest.fixture(scope="session")
def body() -> Callable[..., FeedBody]:
    """Wrap the text or bytes of a feed."""

    def made(content: str | bytes, media_type: str = "", charset: str | None = None) -> FeedBody:
        packed = content.encode() if isinstance(content, str) else content
        feed = Feed(url=URL, outlet_id="si-glas")
        return FeedBody(feed=feed, url=URL, body=packed, media_type=media_type, charset=charset)

    return made
