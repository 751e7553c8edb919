"""Models of CTranslate2: segments in batches beside one by one, at a toy's shape and at OPUS-MT's, with beam 4 and greedy.

The model of the real shape has weights that copy the source, so that its translations end where real ones do; its arithmetic
is that of a real one. `WORLDTAKE_BENCH_THREADS` sets the threads (2).
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from worldtake.engines.opus import OpusTranslator
from worldtake.engines.opus_install import install_model
from worldtake.testing.toy_model import REAL_SHAPE, TOY_WORDS, ToyModel, syllables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

THREADS = int(os.environ.get("WORLDTAKE_BENCH_THREADS", "2"))
#: Tokens of a sentence of the press, on the average: those of NTREX have 27 English words.
PIECES = 30
#: Sentences of a measurement, by shape.
SENTENCES = {"toy": 256, "real": 64}
#: One in so many of them is also translated by itself.
SHARE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How fast a model was."""

    #: Until the first sentence was there, with loading.
    first_seconds: float
    #: Sentences a second: by the clock, and of processor time.
    batched: tuple[float, float]
    single: tuple[float, float]
    #: Of a process that does nothing else.
    peak_mb: float

    @property
    def times(self) -> tuple[float, float]:
        """Return how many times faster batches are, by the clock and of processor time."""
        clock, processor = (many / one for many, one in zip(self.batched, self.single, strict=True))
        return clock, processor


def run() -> tuple[int, str]:
    """Translate the same sentences in batches and one by one; print the rates."""
    for shape in SENTENCES:
        for beam, rates in measured(shape, beams=(4, 1)):
            (clock, processor), times = rates.batched, rates.times
            print(
                f"  {shape}, beam {beam}: first answer after {rates.first_seconds:.2f} s, {clock:.1f} sentences a "
                f"second, {processor:.1f} of processor time; {times[0]:.1f} times as many as one by one, "
                f"{times[1]:.1f} of processor time; peak {rates.peak_mb:,.0f} MB"
            )
    return sum(SENTENCES.values()), "segments"


def measured(shape: str, beams: Sequence[int]) -> Iterator[tuple[int, Rates]]:
    """Yield the rates of a model of a shape with each beam, each in a process of its own."""
    # Words of the toy are one piece, those of the real shape two.
    if shape == "toy":
        toy, words, length = ToyModel(), [*TOY_WORDS], PIECES
    else:
        toy = ToyModel(words={}, shape=REAL_SHAPE)
        words, length = syllables(REAL_SHAPE.more_pieces), PIECES // 2
    sentences = _sentences(SENTENCES[shape], words, length)
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        release = toy.write(Path(folder) / "sl-en")
        begun = time.perf_counter()
        model = install_model(models, str(release), now=datetime.now(UTC))
        size = model.size_bytes / 1e6
        print(f"  {shape}: installed in {time.perf_counter() - begun:.1f} s, {size:.0f} MB")
        for beam in beams:
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                yield beam, process.submit(rates_of, models, sentences, beam).result()


def rates_of(models: Path, sentences: Sequence[str], beam: int) -> Rates:
    """Return how fast batches are beside single calls: of a share of the sentences, for they are slow."""
    translator = OpusTranslator(models=models, threads=THREADS, beam=beam)
    begun = time.perf_counter()
    translator.translate(sentences[:1], "sl", "en")
    return Rates(
        first_seconds=time.perf_counter() - begun,
        batched=_rates(translator, [sentences]),
        single=_rates(translator, [[each] for each in sentences[::SHARE]]),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _rates(translator: OpusTranslator, calls: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return sentences a second, and a second of processor time."""
    begun, cpu = time.perf_counter(), time.process_time()
    for segments in calls:
        translator.translate(segments, "sl", "en")
    count = sum(map(len, calls))
    return count / (time.perf_counter() - begun), count / (time.process_time() - cpu)


def _sentences(count: int, words: Sequence[str], length: int) -> list[str]:
    """Return sentences of so many words on the average, from a third of it to five thirds."""
    chance = random.Random(3)  # noqa: S311 chance, not secrets
    plain = [each.strip("\u2581") for each in words]
    return [
        " ".join(chance.choice(plain) for _ in range(chance.randint(length // 3, 5 * length // 3)))
        for _ in range(count)
    ]
