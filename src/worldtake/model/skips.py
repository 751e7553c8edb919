"""A stage's refusal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skip:
    """Say that a stage will not process an item, and why; not a failure."""

    #: Short, in lower case with hyphens: `no-text`, `source-equals-target`.
    reason: str
