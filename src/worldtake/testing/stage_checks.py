"""Promises that every stage keeps; parametrise a test with `STAGE_CHECKS` and hand each the stage and some items."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_is_stage(stage: Any, items: Sequence[Any]) -> None:
    """A stage is a frozen dataclass with a name and a version, and there is something to check."""
    assert items, "give the checks at least one item"
    parameters = getattr(type(stage), "__dataclass_params__", None)
    assert parameters is not None, f"{type(stage).__name__} is not a dataclass"
    assert parameters.frozen, f"{type(stage).__name__} is not frozen"
    assert isinstance(stage.name, str)
    assert stage.name
    assert isinstance(stage.version, int)


def check_deterministic(stage: Any, items: Sequence[Any]) -> None:
    """The same item gives the same result twice."""
    for item in items:
        first = stage(item)
        assert first == stage(copy.deepcopy(item)), f"{stage.name} told two things of {item!r}"


def check_leaves_input_alone(stage: Any, items: Sequence[Any]) -> None:
    """A stage never changes what it is given."""
    for item in items:
        before = copy.deepcopy(item)
        stage(item)
        assert before == item, f"{stage.name} changed its input {before!r}"


def check_order_does_not_matter(stage: Any, items: Sequence[Any]) -> None:
    """What a stage says of an item does not depend on what came earlier."""
    forwards = [stage(item) for item in items]
    backwards = [stage(item) for item in reversed(items)]
    assert forwards == backwards[::-1], f"{stage.name} remembers earlier items"


def check_picklable(stage: Any, items: Sequence[Any]) -> None:
    """A stage and its results can be handed to another process."""
    clone = pickle.loads(pickle.dumps(stage))  # noqa: S301 bytes of our own, made one call earlier
    for item in items:
        result = stage(item)
        assert result == clone(item), f"{stage.name} says another thing after the journey"
        assert result == pickle.loads(pickle.dumps(result))  # noqa: S301 the same


def check_result_is_frozen(stage: Any, items: Sequence[Any]) -> None:
    """A stage returns frozen values, which nothing can change later: each can be hashed."""
    for item in items:
        hash(stage(item))


#: For every stage that keeps no state.
STAGE_CHECKS = (
    check_is_stage,
    check_deterministic,
    check_leaves_input_alone,
    check_order_does_not_matter,
    check_picklable,
    check_result_is_frozen,
)
