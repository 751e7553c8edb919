from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import pytest

from worldtake.testing import STAGE_CHECKS
from worldtake.testing.stage_checks import (
    check_deterministic,
    check_is_stage,
    check_leaves_input_alone,
    check_order_does_not_matter,
    check_picklable,
    check_result_is_frozen,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    name: ClassVar[str] = "count"
    version: ClassVar[int] = 1

    def __call__(self, item: str) -> int:
        return len(item.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember(CountWords):
    earlier: list[str] = field(default_factory=list)

    def __call__(self, item: str) -> int:
        self.earlier.append(item)
        return len(self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoil(CountWords):
    def __call__(self, item: list[str]) -> int:  # type: ignore[override]
        item.append("spoiled")
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(CountWords):
    def __call__(self, item: str) -> list[str]:  # type: ignore[override]
        return item.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldsFunction(CountWords):
    rule: Callable[[str], int] = lambda item: len(item) + 1


@dataclass
class Loose:
    name: ClassVar[str] = "loose"
    version: ClassVar[int] = 1


@pytest.mark.parametrize("check", STAGE_CHECKS, ids=lambda check: check.__name__)
def test_a_good_stage_passes(check: Callable[..., None]) -> None:
    check(CountWords(), ("one two", "three"))


def test_a_stage_with_memory_is_caught() -> None:
    with pytest.raises(AssertionError, match="told two things"):
        check_deterministic(Remember(), ("a", "b"))
    with pytest.raises(AssertionError, match="remembers earlier items"):
        check_order_does_not_matter(Remember(), ("a", "b"))


def test_a_stage_that_changes_its_input_is_caught() -> None:
    with pytest.raises(AssertionError, match="changed its input"):
        check_leaves_input_alone(Spoil(), (["a"],))


def test_a_stage_that_cannot_travel_is_caught() -> None:
    with pytest.raises(pickle.PicklingError):
        check_picklable(HoldsFunction(), ("a",))


def test_a_stage_that_is_not_frozen_is_caught() -> None:
    with pytest.raises(AssertionError, match="Loose is not frozen"):
        check_is_stage(Loose(), ("a",))


def test_a_result_that_can_change_is_caught() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        check_result_is_frozen(Listed(), ("a",))


def test_a_check_of_nothing_is_refused() -> None:
    with pytest.raises(AssertionError, match="at least one item"):
        check_is_stage(CountWords(), ())
