"""A translation as the command line writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worldtake.model import Translation


def to_json(translation: Translation) -> dict[str, Any]:
    """Return the object under `translation` in a line; each warning says where in the original, and of what."""
    return {
        "language": translation.language,
        "engine": translation.engine,
        "version": translation.engine_version,
        "tier": translation.tier,
        "models": [maker.model for maker in translation.makers],
        "title": translation.title,
        "text": translation.text,
        "alignment": [
            [each.source.start, each.source.end, each.target.start, each.target.end]
            for each in translation.alignment
        ],
        "warnings": _warnings(translation),
    }


def _warnings(translation: Translation) -> list[str]:
    title = [f"title: {', '.join(translation.title_flags)}"] if translation.title_flags else []
    return title + [
        f"{each.source.start}-{each.source.end}: {', '.join(each.flags)}"
        for each in translation.alignment
        if each.flags
    ]
