"""Immutable versions of texts: receipts point at them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def text_row(
    article_id: str, part: str, body: str, made: Mapping[str, object]
) -> dict[str, object]:
    """Return the row of one version of an article's `text`, `discarded` or `translation`; the same words give the same id."""
    words = f"{article_id}\x1f{part}\x1f{body}".encode("utf-8", "surrogatepass")
    identity = hashlib.blake2b(words, digest_size=16).hexdigest()
    return {"id": identity, "article_id": article_id, "part": part, "body": body, **made}
