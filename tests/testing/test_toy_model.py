from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sentencepiece import SentencePieceProcessor

from worldtake.engines import Translated
from worldtake.engines.opus import OpusTranslator
from worldtake.engines.opus_install import install_model
from worldtake.testing.builders import NOON
from worldtake.testing.toy_model import (
    SPACE,
    TOY_ALPHABET,
    ToyModel,
    pieces_model,
    syllables,
    write_toy_model,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_a_toy_says_beforehand_what_it_makes_of_a_text() -> None:
    toy = ToyModel(words={"dan": "the day", "danes": "today"})
    expected = "Today the day, Zag 7? x?"
    assert expected == toy.translation("Danes  dan, Zag 7🙂🙂 x語")


def test_a_toy_is_written_in_the_layout_of_a_release(tmp_path: Path) -> None:
    folder = write_toy_model(tmp_path / "sl-en", "sl", "en")
    expected = [
        "LICENSE",
        "README.md",
        "decoder.yml",
        "opus.spm.transformer-align.model1.npz.best-perplexity.npz",
        "opus.spm.vocab.yml",
        "source.spm",
        "target.spm",
    ]
    assert expected == sorted(each.name for each in folder.iterdir())


def test_a_toy_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (write_toy_model(tmp_path / name) for name in ("a", "b"))
    (one, other) = (np.load(next(each.glob("*.npz"))) for each in (first, second))
    assert [*one] == [*other]
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_a_toy_keeps_its_word_with_many_words_and_other_letters(tmp_path: Path) -> None:
    words = {f"b{each}x": f"{each}y" for each in syllables(1_000) if SPACE not in each}
    toy = ToyModel(words=words, alphabet=TOY_ALPHABET + "語文字")
    text = " ".join((*list(words)[::25], "文字 語"))
    install_model(tmp_path / "models", str(toy.pack(tmp_path / "sl-en.zip")), now=NOON)
    (answer,) = OpusTranslator(models=tmp_path / "models", threads=1).translate([text], "sl", "en")
    assert isinstance(answer, Translated)
    assert toy.translation(text) == answer.text


def test_pieces_take_the_longest_way_through_a_word() -> None:
    pieces = [SPACE + "dan", SPACE + "danes", SPACE, *"adens."]
    cutter = SentencePieceProcessor(model_proto=pieces_model(pieces))
    expected = ["▁danes", ".", "▁dan", "d", "a", "▁", "s"]
    assert expected == cutter.encode("danes. danda s", out_type=str)
    assert "danes. dan" == cutter.decode(["▁danes", ".", "▁dan"])


def test_syllables_are_as_many_as_asked_and_differ() -> None:
    found = syllables(80_000)
    assert (80_000, 80_000) == (len(found), len(set(found)))
