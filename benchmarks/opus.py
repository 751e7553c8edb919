"""Models of CTranslate2: segments in batches beside one by one, at a toy's shape and at OPUS-MT's, with beam 4 and greedy.

The model of the real shape has weights that copy the source, so that its translations end where real ones do; its arithmetic
is that of a real one. Bars hold for the clock on a machine at rest; processor time is told for others.
`WORLDTAKE_BENCH_THREADS` sets the threads (2).
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from worldtake.engines.opus import OpusTranslator
from worldtake.engines.opus_install import install_model
from worldtake.testing.toy_model import REAL_SHAPE, TOY_WORDS, ToyModel, syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

THREADS = int(os.environ.get("WORLDTAKE_BENCH_THREADS", "2"))
#: Tokens of a sentence of the press, on the average: those of NTREX have 27 English words.
PIECES = 30
#: One in so many sentences is also translated by itself.
SHARE = 4
#: Times that batches must be faster, by shape.
BARS = {"toy": 1.5, "real": 2.5}


def run() -> tuple[int, str]:
    """Translate the same sentences in batches and one by one; print the rates."""
    real = ToyModel(words={}, shape=REAL_SHAPE)
    # Words of the toy are one piece, those of the real shape two.
    count = _compare("toy", ToyModel(), _sentences(256, [*TOY_WORDS], PIECES))
    made_up = syllables(REAL_SHAPE.more_pieces)
    count += _compare("real", real, _sentences(64, made_up, PIECES // 2))
    return count, "segments"


def _compare(shape: str, toy: ToyModel, sentences: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        release = toy.write(Path(folder) / "sl-en")
        begun = time.perf_counter()
        model = install_model(models, str(release), now=datetime.now(UTC))
        size = model.size_bytes / 1e6
        print(f"  {shape}: installed in {time.perf_counter() - begun:.1f} s, {size:.0f} MB")
        for beam in (4, 1):
            # A new process each, so that peaks are those of translating alone.
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                said = process.submit(measured, models, sentences, beam).result()
            print(f"  {shape}, beam {beam} (bar {BARS[shape]}): {said}")
    return len(sentences)


def measured(models: Path, sentences: Sequence[str], beam: int) -> str:
    """Return how fast batches are beside single calls: of a share of the sentences, which are the slow part."""
    translator = OpusTranslator(models=models, threads=THREADS, beam=beam)
    begun = time.perf_counter()
    translator.translate(sentences[:1], "sl", "en")
    first = time.perf_counter() - begun
    batched = _rates(translator, [sentences])
    single = _rates(translator, [[each] for each in sentences[::SHARE]])
    times, cpu_times = (many / one for many, one in zip(batched, single, strict=True))
    return (
        f"first answer after {first:.2f} s, {batched[0]:.1f} sentences a second in batches, {single[0]:.1f} one by "
        f"one: {times:.1f} times; of processor time {batched[1]:.1f}, {single[1]:.1f}: {cpu_times:.1f} times; "
        f"peak {_peak():,.0f} MB"
    )


def _rates(translator: OpusTranslator, calls: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return sentences a second, and a second of processor time."""
    begun, cpu = time.perf_counter(), time.process_time()
    for segments in calls:
        translator.translate(segments, "sl", "en")
    count = sum(map(len, calls))
    return count / (time.perf_counter() - begun), count / (time.process_time() - cpu)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _sentences(count: int, words: Sequence[str], length: int) -> list[str]:
    """Return sentences of so many words on the average, from a third of it to five thirds."""
    chance = random.Random(3)  # noqa: S311 chance, not secrets
    plain = [each.strip("\u2581") for each in words]
    return [
        " ".join(chance.choice(plain) for _ in range(chance.randint(length // 3, 5 * length // 3)))
        for _ in range(count)
    ]
