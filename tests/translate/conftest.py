from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    """Make an article of title, text and language."""

    def made(**given: Any) -> Article:
        kept = {
            "title": "Požar na trajektu",
            "text": "Ladja gori. Vseh 214 je varnih.",
            "language": "sl",
        }
        seen = datetime(2026, 9, 8, tzinfo=UTC)
        return Article(
            id="a", url="https://x.example/1", outlet_id="si-x", seen=seen, **(kept | given)
        )

    return made
