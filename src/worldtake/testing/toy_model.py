"""A model in the layout of OPUS-MT's releases that knows a few words by heart: small, and made by arithmetic, not training.

Its weights are set so that the decoder looks at the place in the source that it writes itself, and finds there what the
token becomes. So it gives word for word what `ToyModel.translation` says, and a swapped pair of segments shows. It is a real
Marian transformer nevertheless: all that handles real models handles it. `write_real_shape` gives the shape of a real one, for
benchmarks.
"""

from __future__ import annotations

import json
import re
import struct
import tempfile
import zipfile
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Weights: TypeAlias = dict[str, NDArray[Any]]

#: What the toy knows: Slovene words, none so short that many others begin with it, in English.
TOY_WORDS: Mapping[str, str] = {
    "dober": "good",
    "dan": "day",
    "predor": "the tunnel",
    "most": "the bridge",
    "vlada": "the government",
    "vlak": "the train",
    "danes": "today",
    "jutri": "tomorrow",
    "odprla": "opened",
    "zaprla": "closed",
    "odprt": "open",
    "zaprt": "closed",
    "velik": "large",
    "star": "old",
    "nov": "new",
    "mesto": "the town",
    "ljudi": "people",
}
#: Characters that the toy copies: those of Latin and Cyrillic press, and marks.
TOY_ALPHABET = "".join(
    map(chr, (*range(0x21, 0x7F), *range(0xC0, 0x180), *range(0x410, 0x450), 0xAB, 0xBB, 0x2013))
)
#: Sign that sentencepiece puts for a space.
SPACE = "\u2581"
END, UNKNOWN, PADDING = "</s>", "<unk>", "<pad>"

#: Frequencies of the positions' sines that tell places apart; the slower ones hardly move within a sentence.
_FREQUENCIES = 12
#: How hard the decoder looks at its own place, how loud the token found there is, how far codes stand out of positions.
_LOOK, _LOUDNESS, _CODE = 24.0, 8.0, 2.0
#: How loud all other layers are beside what they hand on.
_WHISPER = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class ToyShape:
    """Size of a model; that of the toy is enough for the codes of a thousand tokens to be far apart."""

    #: Layers of the encoder, and of the decoder.
    layers: int = 1
    #: Numbers that stand for a token, and within the feed-forward part of a layer.
    width: int = 128
    inner: int = 256
    heads: int = 2
    #: Pieces of words that the vocabulary holds beside what the toy knows.
    more_pieces: int = 0


#: That of OPUS-MT's models: 75 million numbers.
REAL_SHAPE = ToyShape(layers=6, width=512, inner=2048, heads=8, more_pieces=59_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToyModel:
    """What a toy model knows; `write` makes it a folder."""

    #: Word of the source -> words of the target; each also with a capital, and as the beginning of a longer word.
    words: Mapping[str, str] = field(default_factory=lambda: TOY_WORDS)
    #: Languages as the release names them: "sl", "zls", "deu".
    source: str = "sl"
    target: str = "en"
    #: Language tokens that the first place of the source may hold: ">>eng<<" comes out as "[eng]".
    target_tokens: tuple[str, ...] = ()
    #: Tokens that are one piece and come out as they are, such as those of NLLB's languages.
    more_tokens: tuple[str, ...] = ()
    #: Characters that it copies; others in a row come out as one question mark.
    alphabet: str = field(default=TOY_ALPHABET, repr=False)
    #: Licence as the release's LICENSE tells it.
    licence: str = "CC-BY-4.0"
    shape: ToyShape = field(default_factory=ToyShape)

    def translation(self, text: str) -> str:
        """Return what the model makes of a text of its alphabet: known words at the start of each word, the rest copied."""
        known = self._pairs()
        return " ".join(_replaced(word, known, self.alphabet) for word in text.split())

    def write(self, folder: Path, *, seed: int = 5) -> Path:
        """Write the files of an OPUS-MT release and return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        becomes = {
            SPACE + word: SPACE + other.replace(" ", SPACE) for word, other in self._pairs().items()
        }
        read = _unique((*becomes, SPACE, *self.alphabet, *syllables(self.shape.more_pieces)))
        written = _unique((*becomes.values(), *read[len(becomes) :]))
        (folder / "source.spm").write_bytes(pieces_model(read))
        (folder / "target.spm").write_bytes(pieces_model(written))
        becomes |= {token: f"{SPACE}[{token[2:-2]}]" for token in self.target_tokens}
        if becomes:
            becomes[UNKNOWN] = "?"
        vocabulary = _unique(
            (END, UNKNOWN, *self.more_tokens, *becomes, *becomes.values(), *read, PADDING)
        )
        weights = _weights(self.shape, vocabulary, becomes, seed)
        _write_release(folder, weights, self.shape, vocabulary)
        (folder / "README.md").write_text(self._readme(), "utf-8")
        (folder / "LICENSE").write_text(f"This toy is under {self.licence}.\n", "utf-8")
        return folder

    def pack(self, archive: Path) -> Path:
        """Write the release as the one zip that OPUS-MT's are, and return it."""
        with (
            tempfile.TemporaryDirectory() as folder,
            zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for path in sorted(self.write(Path(folder)).iterdir()):
                packed.write(path, path.name)
        return archive

    def _pairs(self) -> dict[str, str]:
        capital = {word.capitalize(): other.capitalize() for word, other in self.words.items()}
        return capital | dict(self.words)

    def _readme(self) -> str:
        tokens = " ".join(self.target_tokens)
        needed = f"* valid language labels: {tokens}\n" if tokens else ""
        return (
            f"# opus-2026-01-31.zip\n\n* dataset: none, a toy\n* model: transformer-align\n"
            f"* source language(s): {self.source}\n* target language(s): {self.target}\n{needed}"
        )


def write_toy_model(folder: Path, source: str = "sl", target: str = "en", **more: Any) -> Path:
    """Write a toy's release into a folder and return it; `more` as in `ToyModel`."""
    return ToyModel(source=source, target=target, **more).write(folder)


def write_real_shape(folder: Path) -> Path:
    """Write a release of a real model's shape that copies what it reads, and return the folder: 200 MB, for benchmarks."""
    return ToyModel(words={}, shape=REAL_SHAPE).write(folder)


def _write_release(
    folder: Path, weights: Weights, shape: ToyShape, vocabulary: Sequence[str]
) -> None:
    """Write weights, vocabulary and decoder.yml under the names of OPUS-MT's releases."""
    model, tokens = (
        "opus.spm.transformer-align.model1.npz.best-perplexity.npz",
        "opus.spm.vocab.yml",
    )
    options = {
        "enc-depth": shape.layers,
        "dec-depth": shape.layers,
        "transformer-heads": shape.heads,
        "dim-emb": shape.width,
        "type": "transformer",
        "transformer-decoder-autoreg": "self-attention",
        "transformer-ffn-activation": "swish",
        "transformer-guided-alignment-layer": "last",
        "transformer-no-projection": False,
        "transformer-preprocess": "",
        "transformer-postprocess": "dan",
        "transformer-postprocess-emb": "d",
        "transformer-postprocess-top": "",
    }
    text = json.dumps(options).encode() + b"\0"
    with (folder / model).open("wb") as file:
        arrays: dict[str, Any] = {**weights, "special:model.yml": np.frombuffer(text, np.int8)}
        np.savez(file, **arrays)
    lines = (f"{_quoted(token)}: {at}\n" for at, token in enumerate(vocabulary))
    (folder / tokens).write_text("".join(lines), "utf-8")
    decoder = {"relative-paths": True, "models": [model], "vocabs": [tokens, tokens]}
    (folder / "decoder.yml").write_text(json.dumps(decoder), "utf-8")


def pieces_model(pieces: Sequence[str]) -> bytes:
    """Return a sentencepiece model (unigram) that takes the fewest of the pieces; spaces are kept as `SPACE`."""
    special = ((UNKNOWN, 2), ("<s>", 3), (END, 3))
    found = [_piece(text, 0.0, kind) for text, kind in special]
    found += [_piece(text, -1.0 - 1.0 / len(text), 1) for text in pieces]
    normalizer = _field(1, b"identity") + b"".join(_flag(number) for number in (3, 4, 5))
    unigram = _varint(3 << 3) + _varint(1)
    return b"".join(found) + _field(2, unigram) + _field(3, normalizer)


def _piece(text: str, score: float, kind: int) -> bytes:
    """Return a piece as sentencepiece's protocol buffer has it: text, score, kind (1 normal, 2 unknown, 3 control)."""
    body = _field(1, text.encode()) + _varint(2 << 3 | 5) + struct.pack("<f", score)
    return _field(1, body + _varint(3 << 3) + _varint(kind))


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _flag(number: int) -> bytes:
    return _varint(number << 3) + _varint(1)


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:  # noqa: PLR2004 seven bits a byte
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*found, value))


def _weights(
    shape: ToyShape, vocabulary: Sequence[str], becomes: Mapping[str, str], seed: int
) -> Weights:
    """Return weights that write, at each place, what the token at this place of the source becomes.

    All layers hand on what comes in but the last one's look at the source: there, the positions' fast sines choose the place,
    and the code of the token is what is taken from it.
    """
    width, chance = shape.width, np.random.default_rng(seed)
    weights = _embeddings(width, vocabulary, becomes, chance)
    for at in range(1, shape.layers + 1):
        weights |= _layer(f"encoder_l{at}", ("self",), shape, chance)
        weights |= _layer(f"decoder_l{at}", ("self", "context"), shape, chance)
    look = np.zeros((width, width), np.float32)
    place, still = _places(width)
    for head in range(shape.heads):
        seen = head * width // shape.heads + np.arange(len(place))
        look[place, seen], look[still, seen] = _LOOK, -_LOOK
    value = np.zeros((width, width), np.float32)
    free = _free(width)
    value[free, free] = _LOUDNESS
    context = f"decoder_l{shape.layers}_context"
    weights |= {f"{context}_Wq": look, f"{context}_Wk": look}
    weights |= {f"{context}_Wv": value, f"{context}_Wo": np.eye(width, dtype=np.float32)}
    return weights


def _embeddings(
    width: int,
    vocabulary: Sequence[str],
    becomes: Mapping[str, str],
    chance: np.random.Generator,
) -> Weights:
    """Return a code of chance for each token; in the source the code of what it becomes."""
    free, at = _free(width), {token: number for number, token in enumerate(vocabulary)}
    signs = chance.integers(0, 2, (len(vocabulary), len(free)), np.int8)
    codes = np.zeros((len(vocabulary), width), np.float32)
    codes[:, free] = (2 * signs - 1) * np.float32(_CODE / np.sqrt(width))
    bias = np.zeros((1, len(vocabulary)), np.float32)
    bias[0, at[PADDING]] = -100.0
    weights: Weights = {"decoder_ff_logit_out_b": bias}
    if not becomes:
        return weights | {"Wemb": codes}
    shown = codes[[at[becomes.get(token, token)] for token in vocabulary]]
    return weights | {"encoder_Wemb": shown, "decoder_Wemb": codes}


def _places(width: int) -> tuple[NDArray[np.int64], int]:
    """Return the dimensions of the position's fast sines and cosines, and that of its slowest sine.

    The slowest is next to nought within any sentence: what stands there is what normalising has taken from all dimensions.
    """
    fast = np.arange(_FREQUENCIES)
    return np.concatenate((fast, width // 2 + fast)), width // 2 - 1


def _free(width: int) -> NDArray[np.int64]:
    """Return the dimensions that the codes of tokens use."""
    place, still = _places(width)
    return np.setdiff1d(np.arange(width), [*place, still])


def _layer(
    scope: str, blocks: Iterable[str], shape: ToyShape, chance: np.random.Generator
) -> Weights:
    """Return the weights of a layer that hands on what comes in: what it adds is a whisper.

    All weights differ, for those that are the same are written once, and the model would be smaller than a real one.
    """
    width, inner = shape.width, shape.inner

    def drawn(rows: int, columns: int, loudness: float = 1.0) -> NDArray[Any]:
        weights = chance.standard_normal((rows, columns), np.float32)
        weights *= np.float32(loudness / np.sqrt(rows))
        return weights

    weights: Weights = {
        f"{scope}_ffn_W1": drawn(width, inner),
        f"{scope}_ffn_b1": np.zeros((1, inner), np.float32),
        f"{scope}_ffn_W2": drawn(inner, width, _WHISPER),
        f"{scope}_ffn_b2": np.zeros((1, width), np.float32),
        **_norm(f"{scope}_ffn_ffn", width),
    }
    for block in blocks:
        for part in "qkvo":
            loudness = _WHISPER if part == "o" else 1.0
            weights[f"{scope}_{block}_W{part}"] = drawn(width, width, loudness)
            weights[f"{scope}_{block}_b{part}"] = np.zeros((1, width), np.float32)
        weights |= _norm(f"{scope}_{block}_Wo", width)
    return weights


def _norm(scope: str, width: int) -> Weights:
    return {
        f"{scope}_ln_scale": np.ones((1, width), np.float32),
        f"{scope}_ln_bias": np.zeros((1, width), np.float32),
    }


def _replaced(word: str, known: Mapping[str, str], alphabet: str) -> str:
    """Return a word with the longest known beginning replaced."""
    starts = (word[:length] for length in range(len(word), 0, -1))
    start = next((each for each in starts if each in known), "")
    rest = "".join(letter if letter in alphabet else UNKNOWN for letter in word[len(start) :])
    # Unknown letters in a row are one piece.
    return known.get(start, "") + re.sub(f"(?:{UNKNOWN})+", "?", rest)


def syllables(count: int) -> list[str]:
    """Return so many pieces that look like parts of words, no two the same."""
    ends = [a + b + c for a in "aeiou" for b in "bcdfghjklmnprstvz" for c in ("", *"aeioulnrst")]
    starts = ["", SPACE, *(a + b for a in "bcdfghjklmnprstvz" for b in "aeiou")]
    longer = (f"{SPACE}{a}{b}" for a in ends for b in ends)
    return list(islice(chain((start + end for start in starts for end in ends), longer), count))


def _unique(tokens: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tokens))


def _quoted(token: str) -> str:
    """Return a token as Marian's vocabularies write it: in quotes, signs of YAML escaped."""
    return '"' + token.replace("\\", "\\\\").replace('"', '\\"') + '"'
