"""Take the files of a model out of a zip that a stranger made: no name that leads elsewhere, no flood of bytes."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from worldtake.errors import UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Bytes of all files of a model together: NLLB's largest has 3.3 GB in int8, OPUS-MT's largest 0.9 GB.
MAX_BYTES = 8_000_000_000
#: Bytes of the archive itself.
MAX_ARCHIVE_BYTES = MAX_BYTES
#: How many times its packed size a file may have: weights shrink by a tenth, vocabularies to a fifth.
MAX_RATIO = 30
#: Below this size a file may shrink as it likes.
SMALL_BYTES = 5_000_000
#: Entries of an archive: OPUS-MT's have about ten.
MAX_ENTRIES = 1_000
#: What a model is made of; programs (preprocess.sh) are left where they are.
WANTED = (".npz", ".spm", ".yml", ".yaml", ".json", ".bin", ".txt", ".md", ".model")
#: Files that make a folder a model's.
HEARTS = ("decoder.yml", "model.bin")
_CHUNK_BYTES = 1_000_000
_DRIVE = re.compile(r"[A-Za-z]:")


def is_wanted(name: str) -> bool:
    """Tell whether a file may belong to a model."""
    return name.endswith(WANTED) or is_notice(name)


def is_notice(name: str) -> bool:
    """Tell whether a file is for people: a licence, a README."""
    return name.upper().startswith(("LICENSE", "LICENCE", "README"))


def unpack(archive: Path, into: Path, told: Callable[[float], None]) -> Path:
    """Write the files of the one model in an archive into a folder and return it; `told` hears the share done.

    Raises:
        UnreadableInputError: if it is no zip, holds no model or several, or could do harm.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [each for each in opened.infolist() if not each.is_dir()]
            _check(archive, entries)
            root = _root(archive, entries)
            taken = [each for each in entries if _is_of(each, root)]
            into.mkdir(parents=True)
            _write(opened, taken, into, told)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        msg = f"{archive.name} cannot be read as a zip ({error}): fetch it again"
        raise UnreadableInputError(msg) from error
    return into


def check_npz(path: Path) -> None:
    """Make sure that a file of weights, which is a zip itself, is no bomb.

    Raises:
        UnreadableInputError: if it is, or no zip at all.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            _check(path, opened.infolist())
    except zipfile.BadZipFile as error:
        msg = f"{path.name} cannot be read as Marian's weights ({error}): fetch the model again"
        raise UnreadableInputError(msg) from error


def _check(archive: Path, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive for what its list of contents says."""
    wrong = ""
    if len(entries) > MAX_ENTRIES:
        wrong = f"has {len(entries):,} files"
    elif sum(each.file_size for each in entries) > MAX_BYTES:
        wrong = f"unpacks to more than {MAX_BYTES // 10**9} GB"
    else:
        wrong = next(filter(None, map(_harm, entries)), "")
    if wrong:
        msg = f"{archive.name} is no model that worldtake unpacks: it {wrong}"
        raise UnreadableInputError(msg)


def _harm(entry: zipfile.ZipInfo) -> str:
    """Return what is wrong with one entry; empty where nothing is."""
    name = entry.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        return f"holds a name that leads out of its folder: {name[:80]}"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"holds a link: {name[:80]}"
    if entry.flag_bits & 1:
        return "is locked by a password"
    if entry.file_size > max(SMALL_BYTES, MAX_RATIO * entry.compress_size):
        return f"holds a file that swells {MAX_RATIO} times: {name[:80]}"
    return ""


def _root(archive: Path, entries: Sequence[zipfile.ZipInfo]) -> PurePosixPath:
    """Return the folder of the archive that holds the model."""
    paths = [PurePosixPath(each.filename) for each in entries]
    roots = {each.parent for each in paths if each.name in HEARTS}
    if len(roots) != 1:
        found = "several models" if roots else "neither decoder.yml nor model.bin"
        msg = f"{archive.name} holds {found}: give a zip of one model of OPUS-MT or CTranslate2"
        raise UnreadableInputError(msg)
    return roots.pop()


def _is_of(entry: zipfile.ZipInfo, root: PurePosixPath) -> bool:
    path = PurePosixPath(entry.filename)
    return path.parent == root and is_wanted(path.name)


def _write(
    opened: zipfile.ZipFile,
    entries: Sequence[zipfile.ZipInfo],
    into: Path,
    told: Callable[[float], None],
) -> None:
    whole = sum(each.file_size for each in entries) or 1
    written = 0
    for entry in entries:
        path = into / PurePosixPath(entry.filename).name
        with opened.open(entry) as packed, path.open("xb") as file:
            while chunk := packed.read(_CHUNK_BYTES):
                written += len(chunk)
                if written > whole:
                    msg = "its files are larger than it says"
                    raise zipfile.BadZipFile(msg)
                file.write(chunk)
                told(written / whole)
