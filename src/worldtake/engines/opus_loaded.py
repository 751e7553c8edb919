"""A model in memory, and a shelf that keeps a few of them; CTranslate2 and sentencepiece are imported when one is loaded."""

from __future__ import annotations

import importlib.util
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.engines.opus_models import check_files
from worldtake.engines.opus_pieces import UNSPACED, cleaned, cut, is_wordless, plain_marks
from worldtake.engines.translators import Translated, Untranslated
from worldtake.errors import EngineError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctranslate2 import TranslationResult, Translator
    from sentencepiece import SentencePieceProcessor

    from worldtake.engines.opus_models import InstalledModel
    from worldtake.engines.translators import Answer

#: How to get what is imported here.
EXTRA = "pip install 'worldtake[opus]', or in its folder: uv sync --extra opus"
END = "</s>"
#: Tokens of the source in one go: the models were trained on up to 500, mostly far less; a longer segment is cut.
SOURCE_TOKENS = 256
#: Tokens of a part's own text: two are left for a language's and the end's.
_ROOM = SOURCE_TOKENS - 2
#: Tokens that a translation may take: a model that has not come to an end by then is going round in circles.
TARGET_TOKENS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How a model looks for a translation."""

    #: Translations followed side by side; 1 is greedy: 2.6 times faster and a little worse.
    beam: int
    #: Tokens of the source, with what fills up the shorter segments, in one batch.
    batch_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a segment, as the model made it."""

    text: str
    #: Sum of the natural log-probabilities of its tokens, its end among them, and how many they are.
    log_probability: float
    tokens: int
    #: Whether the model came to an end.
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedModel:
    """One model in memory."""

    model: InstalledModel
    translator: Translator = field(repr=False)
    #: Cut the source into pieces, and put those of the target together.
    source_pieces: SentencePieceProcessor = field(repr=False)
    target_pieces: SentencePieceProcessor = field(repr=False)
    #: Marks that it does not know.
    marks: dict[int, str] = field(repr=False)
    #: One call at a time: a second one would double the memory and gain nothing.
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def translate(
        self, segments: Sequence[str], source: str, target: str, search: Search
    ) -> tuple[Answer, ...]:
        """Return an answer for each segment, in order."""
        parts = [self._parts(segment) for segment in segments]
        flat = [part for each in parts for part in each]
        with self.lock:
            made = iter(self._made(flat, source, target, search))
        joint = "" if target.partition("-")[0] in UNSPACED else " "
        return tuple(
            _answer(segment, [next(made) for _ in each], joint)
            for segment, each in zip(segments, parts, strict=True)
        )

    def _parts(self, segment: str) -> list[list[str]]:
        """Return the pieces of each part that a segment is cut into; no part where it has no words."""
        if is_wordless(segment):
            return []
        parts = cut(cleaned(segment, self.marks), lambda text: len(self._pieces(text)) <= _ROOM)
        return [pieces for part in parts if (pieces := self._pieces(part))]

    def _pieces(self, text: str) -> list[str]:
        pieces: list[str] = self.source_pieces.encode(text, out_type=str)
        return pieces

    def _made(
        self, parts: Sequence[list[str]], source: str, target: str, search: Search
    ) -> list[_Part]:
        if not parts:
            return []
        model = self.model
        start = [model.source_token(source) if model.kind == "nllb" else model.target_token(target)]
        prefix = [model.target_token(target)] if model.kind == "nllb" else []
        before, after = [each for each in start if each], [END] if model.needs_end else []
        try:
            results = self.translator.translate_batch(
                [[*before, *part, *after] for part in parts],
                [prefix] * len(parts) if prefix else None,
                max_batch_size=search.batch_tokens,
                batch_type="tokens",
                beam_size=search.beam,
                # With the end among the tokens and a penalty of 1, a score is the mean log-probability of a token.
                length_penalty=1.0,
                return_end_token=True,
                return_scores=True,
                # Nothing is cut in silence: `_parts` has seen to the length.
                max_input_length=0,
                max_decoding_length=TARGET_TOKENS,
                # As Marian itself does.
                disable_unk=True,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            msg = f"{model.name} failed: {error}"
            raise EngineError(msg) from error
        return [self._read(result, prefix) for result in results]

    def _read(self, result: TranslationResult, prefix: Sequence[str]) -> _Part:
        tokens = list(result.hypotheses[0])
        pieces = [each for each in tokens[len(prefix) :] if each != END]
        text: str = self.target_pieces.decode(pieces) if pieces else ""
        return _Part(
            # A piece that only the vocabulary knows comes out with the sign for its space.
            text=text.replace("\u2581", " ").strip(),
            log_probability=result.scores[0] * len(tokens),
            tokens=max(1, len(tokens) - len(prefix)),
            whole=tokens[-1:] == [END],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Models in memory, the least lately used goes first."""

    _loaded: OrderedDict[str, LoadedModel] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __reduce__(self) -> tuple[type[Shelf], tuple[()]]:
        # Another process begins with an empty one.
        return (Shelf, ())

    def take(self, model: InstalledModel, *, keep: int, threads: int) -> LoadedModel:
        """Return a model, loaded if it is not yet.

        Raises:
            EngineRefusedError: if it cannot be loaded.
        """
        key = f"{model.folder}:{model.revision}"
        with self._lock:
            found = self._loaded.get(key)
            if found is None:
                while len(self._loaded) >= keep:
                    self._loaded.popitem(last=False)
                found = self._loaded[key] = load_model(model, threads=threads)
            self._loaded.move_to_end(key)
            return found

    def names(self) -> tuple[str, ...]:
        """Return the names of the models in memory, the least lately used first."""
        with self._lock:
            return tuple(each.model.name for each in self._loaded.values())

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._loaded.clear()


def missing_extra() -> str:
    """Return what is missing for models to work, with the remedy; empty where nothing is."""
    missing = [name for name in ("ctranslate2", "sentencepiece") if not _is_there(name)]
    return f"{' and '.join(missing)} missing: {EXTRA}" if missing else ""


def load_model(model: InstalledModel, *, threads: int) -> LoadedModel:
    """Load a model after its files were checked.

    Raises:
        EngineRefusedError: if the libraries are missing, or it is damaged.
    """
    missing = missing_extra()
    if missing:
        msg = f"{model.name} cannot be used, {missing}"
        raise EngineRefusedError(msg)
    from ctranslate2 import Translator  # noqa: PLC0415 heavy, and an extra
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 the same

    check_files(model)
    try:
        source, target = (SentencePieceProcessor(str(model.folder / each)) for each in _spm(model))
        translator = Translator(
            str(model.folder), "cpu", inter_threads=1, intra_threads=threads, max_queued_batches=-1
        )
    except (RuntimeError, ValueError, OSError) as error:
        msg = (
            f"{model.name} in {model.folder} cannot be loaded ({error}); install it again: "
            f"worldtake translate install {model.origin}"
        )
        raise EngineRefusedError(msg) from error

    def knows(mark: str) -> bool:
        return source.unk_id() not in source.encode(mark, out_type=int)

    return LoadedModel(
        model=model,
        translator=translator,
        source_pieces=source,
        target_pieces=target,
        marks=plain_marks(knows),
    )


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:
        return False


def _spm(model: InstalledModel) -> tuple[str, str]:
    """Return the names of the two piece models, which may be one."""
    if "source.spm" in model.files and "target.spm" in model.files:
        return "source.spm", "target.spm"
    one = next(name for name in model.files if name.endswith(".model"))
    return one, one


def _answer(segment: str, parts: Sequence[_Part], joint: str) -> Answer:
    if not parts:
        return Translated(text=segment)
    if not all(part.whole for part in parts):
        return Untranslated(reason="the model came to no end")
    text = joint.join(part.text for part in parts if part.text)
    if not text:
        return Untranslated(reason="the model gave no words")
    total: Any = sum(part.log_probability for part in parts)
    return Translated(text=text, score=total / sum(part.tokens for part in parts))
