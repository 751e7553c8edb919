"""Measure the stages named (all if none), print a table, and fail where a figure is under its floor.

Each module of this folder has `measure() -> dict[str, float]`, empty where its corpus is absent, and `FLOORS`; where small
figures are good ones, `CEILINGS` as well.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time

import evals


def main(names: list[str]) -> int:
    """Run the evals and return how many figures are under their floor or over their ceiling."""
    known = sorted(
        each.name for each in pkgutil.iter_modules(evals.__path__) if each.name != "__main__"
    )
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no eval named {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return len(unknown)
    return sum(_run(name) for name in names or known)


def _run(name: str) -> int:
    module = importlib.import_module(f"evals.{name}")
    if not hasattr(module, "measure"):
        return 0
    begun = time.monotonic()
    figures: dict[str, float] = module.measure()
    took = time.monotonic() - begun
    if not figures:
        print(f"{name}: skipped, its corpus is not here")
        return 0
    print(f"{name} ({took:.0f} s)")
    floors: dict[str, float] = module.FLOORS
    ceilings: dict[str, float] = getattr(module, "CEILINGS", {})
    failed = 0
    for figure, value in figures.items():
        verdict, is_bad = _verdict(value, floors.get(figure), ceilings.get(figure))
        failed += is_bad
        print(f"  {figure:48} {value:9.4f}{verdict}")
    for figure in (each for each in (*floors, *ceilings) if each not in figures):
        print(f"  {figure:48}   not measured (corpus absent)")
    return failed


def _verdict(value: float, floor: float | None, ceiling: float | None) -> tuple[str, bool]:
    """Return what to print beside a figure, and whether it breaks its bound."""
    if floor is not None:
        is_under = value < floor
        return f"  floor {floor:.4g}{'  UNDER ITS FLOOR' if is_under else ''}", is_under
    if ceiling is not None:
        is_over = value > ceiling
        return f"  ceiling {ceiling:.4g}{'  OVER ITS CEILING' if is_over else ''}", is_over
    return "", False


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 99))
