"""A translation as the command line writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worldtake.model import Translation


def to_json(translation: Translation) -> dict[str, Any]:
    """Return the object under `translation` in a line."""
    return {
        "language": translation.language,
        "engine": translation.engine,
        "version": translation.engine_version,
        "title": translation.title,
        "text": translation.text,
        "alignment": [
            [each.source.start, each.source.end, each.target.start, each.target.end]
            for each in translation.alignment
        ],
        "warnings": list(translation.warnings),
    }
