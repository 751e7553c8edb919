"""Segments a second through Apertium in one call, and how many times as many as one call each: at least 30."""

from __future__ import annotations

import sys
import time

from worldtake.engines.apertium import ApertiumTranslator

#: How many times as many segments a second one call must do as calls of one segment (stage design of translation).
LEAST_RATIO = 30
SEGMENTS = 1000
#: Segments that are timed one by one.
SINGLE = 12

_SUBJECTS = ("El gobierno", "La ciudad", "El ministro", "La empresa", "El hospital")
_REST = (
    "publicó el martes un informe sobre los puertos del norte.",
    "no quiso decir cuánto costará la nueva línea de tren.",
    "abrió 12 escuelas antes del invierno, dijo la alcaldesa.",
    "negocia con los sindicatos desde hace tres semanas.",
)


def run() -> tuple[int, str]:
    """Translate invented Spanish sentences at once, then some one by one."""
    rates = measured()
    if rates is None:
        print("apertium: skipped, it is not installed: type `make apertium`")
        return 0, "segments"
    batched, single = rates
    ratio = batched / single
    print(
        f"apertium: {batched:.0f} a second in one call, {single:.1f} one by one: {ratio:.0f} times"
    )
    if ratio < LEAST_RATIO:
        sys.exit(f"apertium: {ratio:.0f} times is under the bar of {LEAST_RATIO}")
    return SEGMENTS + SINGLE, "segments"


def measured() -> tuple[float, float] | None:
    """Return segments a second in one call and one by one; None where Apertium is absent."""
    translator = ApertiumTranslator()
    if translator.supports("es", "en") is None:
        return None
    segments = [
        f"{_SUBJECTS[n % 5]} {_REST[n % 4]} Es el número {n} de {SEGMENTS}."
        for n in range(SEGMENTS)
    ]
    single = [[segment] for segment in segments[:SINGLE]]
    return _rate(translator, [segments]), _rate(translator, single)


def _rate(translator: ApertiumTranslator, calls: list[list[str]]) -> float:
    begun = time.perf_counter()
    for call in calls:
        translator.translate(call, "es", "en")
    return sum(map(len, calls)) / (time.perf_counter() - begun)
