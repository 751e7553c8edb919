"""What a folder with a model in it holds: of OPUS-MT in Marian's form, or converted for CTranslate2; for which languages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import yaml

from worldtake.engines.opus_languages import languages_of, pair_of_name, tokens_by_language
from worldtake.engines.opus_licences import NOT_STATED, forbids_money, licence_of
from worldtake.engines.opus_unzip import is_notice
from worldtake.errors import UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from worldtake.engines.opus_models import Kind

#: What NLLB's weights are under, and so whatever was converted from them.
NLLB_LICENCE = "CC-BY-NC-4.0"
#: Bytes of decoder.yml, config.json and README that are read.
_MAX_TEXT_BYTES = 1_000_000
#: Bytes of a vocabulary that are read: NLLB's, the largest, has 6 million.
_MAX_VOCABULARY_BYTES = 100_000_000
_LABEL = re.compile(r"^(?:\? )?[\"']?>>([A-Za-z_]{2,12})<<[\"']?", re.MULTILINE)
_NLLB_TOKEN = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
_LANGUAGES = r"^\W*{} languages?(?:\(s\))?\W*:\s*([A-Za-z_+, ]+?)\s*$"
_README_PAIR = re.compile(
    r"\[([A-Za-z_+]+-[A-Za-z_+]+)\]\(|/([A-Za-z_+]+-[A-Za-z_+]+)/[^/\s]+\.zip"
)
#: Languages up to which all stand in a model's name.
_FEW = 4
_DAY = re.compile(r"20\d\d-[01]\d-[0-3]\d")
_VOCABULARIES = ("shared_vocabulary", "source_vocabulary", "target_vocabulary", "vocabulary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A model as it was released."""

    folder: Path
    #: In which form its weights are.
    form: Literal["marian", "ctranslate2"]
    kind: Kind
    #: "OPUS-MT sl-en".
    name: str
    #: As in `InstalledModel`.
    sources: Mapping[str, str]
    targets: Mapping[str, str]
    licence: str
    released: str
    #: Of Marian's form: the file of weights, and the vocabularies of source and target.
    weights: Path | None = None
    vocabularies: tuple[Path, ...] = ()
    #: Files that are taken over as they are.
    kept: tuple[Path, ...] = field(default=(), repr=False)

    @property
    def notices(self) -> tuple[Path, ...]:
        """Return its licence and its README, which go where it goes."""
        files = sorted(each for each in self.folder.iterdir() if each.is_file())
        return tuple(each for each in files if is_notice(each.name))

    @property
    def non_commercial(self) -> bool:
        """Tell whether its licence forbids use for money."""
        return forbids_money(self.licence)


def look_into(
    folder: Path,
    hints: Sequence[str] = (),
    *,
    sources: Iterable[str] = (),
    targets: Iterable[str] = (),
) -> Package:
    """Return what a folder holds; `hints` are names that may tell the pair, likeliest first, as those of its archive.

    Languages that are given (`sources`, `targets`: as models name them) count more than what the folder tells.

    Raises:
        UnreadableInputError: if there is no model in it, or nothing tells its languages.
    """
    names = (folder.name, *hints)
    if (folder / "model.bin").is_file():
        return _converted(folder, names, [*sources], [*targets])
    if (folder / "decoder.yml").is_file() or any(folder.glob("*.npz")):
        return _marian(folder, names, [*sources], [*targets])
    for name in ("pytorch_model.bin", "model.safetensors", "tf_model.h5"):
        if (folder / name).is_file():
            msg = (
                f"{folder} holds a model for torch ({name}), which worldtake does not use: "
                "take OPUS-MT's own release, a zip with decoder.yml, or a converted model"
            )
            raise UnreadableInputError(msg)
    msg = f"{folder} holds no model: neither decoder.yml with *.npz (OPUS-MT) nor model.bin (CTranslate2)"
    raise UnreadableInputError(msg)


def _marian(folder: Path, names: Sequence[str], sources: list[str], targets: list[str]) -> Package:
    decoder = _mapping(folder / "decoder.yml")
    weights = _named(folder, _strings(decoder.get("models")), "*.npz")
    vocabularies = [
        _named(folder, [name], "*vocab.yml") for name in _strings(decoder.get("vocabs")) or [""]
    ]
    labels = _LABEL.findall(_text(vocabularies[-1], _MAX_VOCABULARY_BYTES))
    return _opus(
        folder,
        names,
        (sources, targets),
        labels,
        form="marian",
        weights=weights,
        vocabularies=tuple(vocabularies),
    )


def _converted(
    folder: Path, names: Sequence[str], sources: list[str], targets: list[str]
) -> Package:
    if not (folder / "config.json").is_file():
        msg = f"{folder} has model.bin but no config.json: convert it by a release of CTranslate2 from 3 on"
        raise UnreadableInputError(msg)
    found = [each for name in _VOCABULARIES for each in sorted(folder.glob(f"{name}.*"))]
    if not found:
        msg = f"{folder} has model.bin but no vocabulary (shared_vocabulary.json): copy all files of the model"
        raise UnreadableInputError(msg)
    kept = (folder / "model.bin", folder / "config.json", *found)
    tokens = _tokens(found[0])
    codes = [each for each in tokens if _NLLB_TOKEN.fullmatch(each)]
    if len(codes) > 1 and not (folder / "source.spm").is_file():
        return _nllb(folder, names, codes, kept)
    labels = _LABEL.findall("\n".join(tokens))
    return _opus(folder, names, (sources, targets), labels, form="ctranslate2", kept=kept)


def _opus(
    folder: Path,
    names: Sequence[str],
    given: tuple[list[str], list[str]],
    labels: Sequence[str],
    *,
    form: Literal["marian", "ctranslate2"],
    kept: tuple[Path, ...] = (),
    weights: Path | None = None,
    vocabularies: tuple[Path, ...] = (),
) -> Package:
    pieces = tuple(folder / name for name in ("source.spm", "target.spm"))
    missing = [each.name for each in pieces if not each.is_file()]
    if missing:
        msg = f"{folder} has no {' and no '.join(missing)}: only models with SentencePiece can be used"
        raise UnreadableInputError(msg)
    readme = _text(folder / "README.md")
    pair = _pair(names, readme)
    said = [
        codes or _told(readme, side) or ([pair[at]] if pair else [])
        for at, (side, codes) in enumerate(zip(("source", "target"), given, strict=True))
    ]
    sources = dict.fromkeys((tag for code in said[0] for tag in languages_of(code)), "")
    targets = _targets(said[1], labels)
    if not sources or not targets:
        msg = f"{folder.name} does not tell which languages it translates: give --from and --to"
        raise UnreadableInputError(msg)
    fits = pair and not any(given) and all(_share(*both) for both in zip(pair, said, strict=True))
    shown = pair if pair and fits else tuple(map(_shown, said))
    return Package(
        folder=folder,
        form=form,
        kind="opus",
        name=f"OPUS-MT {'-'.join(shown)}",
        sources=sources,
        targets=targets,
        licence=licence_of(folder),
        released=_day(names, readme),
        weights=weights,
        vocabularies=vocabularies,
        kept=(*kept, *pieces),
    )


def _nllb(folder: Path, names: Sequence[str], codes: list[str], kept: tuple[Path, ...]) -> Package:
    pieces = [*sorted(folder.glob("*.spm")), *sorted(folder.glob("*.model"))]
    if not pieces:
        msg = f"{folder} has no SentencePiece model: copy sentencepiece.bpe.model of NLLB into it"
        raise UnreadableInputError(msg)
    languages = tokens_by_language(codes, "{}")
    licence = licence_of(folder)
    named = next((each for each in names if "nllb" in each.lower()), "NLLB")
    return Package(
        folder=folder,
        form="ctranslate2",
        kind="nllb",
        name=named,
        sources=languages,
        targets=languages,
        licence=NLLB_LICENCE if licence == NOT_STATED else licence,
        released=_day(names, _text(folder / "README.md")),
        kept=(*kept, pieces[0]),
    )


def _targets(codes: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Return the target languages with their tokens: where the vocabulary has any, a model must be told its target."""
    wanted = {tag for code in codes for tag in languages_of(code)}
    fitting = [each for each in labels if not wanted or {*languages_of(each)} & wanted]
    if fitting:
        return tokens_by_language(fitting, ">>{}<<")
    # Several targets and no token to choose by: nobody could tell which it writes.
    return dict.fromkeys(wanted, "") if len(wanted) == 1 else {}


def _share(code: str, codes: Sequence[str]) -> bool:
    """Tell whether a code of a pair has a language in common with those found: a name of a folder may mean something else."""
    return not {*languages_of(code)}.isdisjoint(tag for each in codes for tag in languages_of(each))


def _shown(codes: Sequence[str]) -> str:
    """Return some codes as a model is named by: all of a few, else the first and how many more."""
    return "+".join(codes) if len(codes) <= _FEW else f"{codes[0]}+{len(codes) - 1}"


def _told(readme: str, side: str) -> list[str]:
    """Return the codes that a README lists for one side."""
    found = re.search(_LANGUAGES.format(side), readme, re.MULTILINE | re.IGNORECASE)
    codes = re.split(r"[,\s]+", found.group(1)) if found else []
    return [code for code in codes if languages_of(code)]


def _pair(names: Sequence[str], readme: str) -> tuple[str, ...] | None:
    linked = [link or path for link, path in _README_PAIR.findall(readme)]
    return next(filter(None, map(pair_of_name, (*names, *linked))), None)


def _day(names: Sequence[str], readme: str) -> str:
    found = _DAY.search("\n".join((*names, readme)))
    return found.group() if found else ""


def _named(folder: Path, names: Sequence[str], pattern: str) -> Path:
    """Return the first file of some names in a folder, else the one that fits a pattern: decoder.yml may name paths afar."""
    for name in names:
        path = folder / name.replace("\\", "/").rpartition("/")[2]
        if path.is_file() and path.match(pattern):
            return path
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        msg = f"{folder} has {len(found) or 'no'} files {pattern}, and decoder.yml does not say which to take"
        raise UnreadableInputError(msg)
    return found[0]


def _mapping(path: Path) -> Mapping[str, Any]:
    try:
        told = yaml.safe_load(_text(path))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        msg = f"{path} cannot be read ({type(error).__name__}): fetch the model again"
        raise UnreadableInputError(msg) from error
    return told if isinstance(told, dict) else {}


def _strings(told: Any) -> list[str]:
    return [each for each in told if isinstance(each, str)] if isinstance(told, list) else []


def _tokens(path: Path) -> list[str]:
    """Return the tokens of a vocabulary as CTranslate2 writes them: a list in JSON, or a line each."""
    text = _text(path, _MAX_VOCABULARY_BYTES)
    try:
        return _strings(json.loads(text)) if path.suffix == ".json" else text.splitlines()
    except (ValueError, RecursionError) as error:
        msg = (
            f"{path} cannot be read as a vocabulary ({type(error).__name__}): copy the model again"
        )
        raise UnreadableInputError(msg) from error


def _text(path: Path, most: int = _MAX_TEXT_BYTES) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(most).decode("utf-8", "replace")
