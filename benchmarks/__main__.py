"""Time each benchmark named (all if none): a function that returns what it did and how much of it."""

from __future__ import annotations

import importlib
import pkgutil
import resource
import sys
import time

import benchmarks


def main(names: list[str]) -> None:
    """Run the benchmarks and print a line each."""
    known = sorted(
        each.name for each in pkgutil.iter_modules(benchmarks.__path__) if each.name != "__main__"
    )
    for name in names or known:
        module = importlib.import_module(f"benchmarks.{name}")
        begun = time.perf_counter()
        count, what = module.run()
        seconds = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name:24} {count:8,} {what:12} {count / seconds:10,.1f} a second  peak {peak:,.0f} MB"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
