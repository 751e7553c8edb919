"""Measure the stages named (all if none), print a table, and fail where a figure is under its floor.

Each module of this folder has `measure() -> dict[str, float]`, empty where its corpus is absent, and `FLOORS`.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time

import evals


def main(names: list[str]) -> int:
    """Run the evals and return how many figures are under their floor."""
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
    failed = 0
    for figure, value in figures.items():
        floor = module.FLOORS.get(figure)
        under = floor is not None and value < floor
        failed += under
        shown = "" if floor is None else f"  floor {floor:.4g}"
        print(f"  {figure:48} {value:9.4f}{shown}{'  UNDER ITS FLOOR' if under else ''}")
    missing = [each for each in module.FLOORS if each not in figures]
    for figure in missing:
        print(f"  {figure:48}   not measured (corpus absent)")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 99))
