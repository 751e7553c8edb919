"""Run one step of Apertium over many segments: what goes in, what comes out, and which piece belongs to which segment.

Segments go through one process, each followed by its number in a blank of the stream format (Apertium, "Stream format"),
which the engine hands on unchanged. A piece is taken only where all numbers up to its own came back in order. What is
missing is asked again in halves, then alone, so that a segment that breaks the engine takes no other with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from worldtake.errors import EngineBusyError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: What to type where Apertium or a pair is missing.
REMEDY = "type `worldtake translate setup apertium`"
#: Most processes of one step; a batch of which every segment breaks the engine would need two for each.
MOST_PROCESSES = 64

# Characters with a meaning in the stream stand in as noncharacters of Unicode, which no text holds.
_SPECIAL = "[]{}^$/\\@<>*#~+"
_FIRST_STAND_IN = 0xFDD0
_STAND_INS = {ord(char): _FIRST_STAND_IN + n for n, char in enumerate(_SPECIAL)}
_ORIGINALS = {stand_in: char for char, stand_in in _STAND_INS.items()}
_NONCHARACTER = regex.compile(r"[\uFDD0-\uFDEF]")
_UNSEEN = regex.compile(r"[\s\p{Cc}\p{Cs}]+")
_END = regex.compile(r"\.?\[\]\[(\d+)\]")
_BLANK = regex.compile(r"\[(?:\[.*?\]|[^\[\]]*)\]")
_CHOICE = regex.compile(r"(?<=[\p{L}\p{M}\p{N}])\\?/[\p{L}\p{M}\p{N}\\/-]+")
# Serbo-Croatian pronouns that have no form come out as names of tags.
_MARK = regex.compile(r"#(?i:free|clitic)\b|\\@|[*#@~\\]")


def encode(text: str) -> str:
    """Return `text` as one line without any character that the stream format gives a meaning to."""
    return _UNSEEN.sub(" ", _NONCHARACTER.sub(" ", text)).translate(_STAND_INS)


def decode(text: str) -> str:
    """Return encoded text with its own characters again."""
    return text.translate(_ORIGINALS)


def clean(piece: str) -> str:
    """Return a piece of output, still encoded, without blanks and marks; of words that stand for choice, the first."""
    bare = _MARK.sub("", _CHOICE.sub("", _BLANK.sub("", piece)))
    return " ".join(bare.split()).translate(_STAND_INS)


@dataclass(kw_only=True, eq=False)
class Command:
    """The command line of Apertium, and the processes that it has at work."""

    #: Name or path of the program.
    program: str = "apertium"
    #: Folder with its `modes`; None for the program's own.
    folder: Path | None = None
    #: How long it may take to say what is installed, seconds.
    ask_seconds: float = 20.0
    _at_work: set[subprocess.Popen[bytes]] = field(default_factory=set, repr=False)

    def ask(self, *options: str) -> str:
        """Return what the program says to options such as `-l`.

        Raises:
            EngineRefusedError: if there is no such program.
            EngineBusyError: if it takes longer.
        """
        return self.run([self.program, *options], b"", seconds=self.ask_seconds).decode(
            "utf-8", "replace"
        )

    def step(self, mode: str, texts: Sequence[str], *, until: float) -> list[str | None]:
        """Return the encoded texts taken through a mode, marks and all; None for those that it breaks at.

        `until` is the time of the monotonic clock at which processes are killed.

        Raises:
            EngineRefusedError: if there is no such program.
            EngineBusyError: if the time is over.
        """
        found: list[str | None] = [None] * len(texts)
        waiting = [range(len(texts))] if texts else []
        for _ in range(MOST_PROCESSES):
            if not waiting:
                break
            asked = waiting.pop()
            done = self._batch(mode, [texts[n] for n in asked], until)
            for n, piece in zip(asked, done, strict=False):
                found[n] = piece
            waiting += _halves(asked[len(done) :], were_asked=len(asked))
        return found

    def _batch(self, mode: str, texts: Sequence[str], until: float) -> list[str]:
        stream = "".join(f"{text}.[][{n}]" for n, text in enumerate(texts))
        command = [self.program, "-f", "none", mode]
        output = self.run(command, stream.encode(), seconds=until - time.monotonic())
        return pieces(output.decode("utf-8", "replace"))

    def run(self, command: Sequence[str], given: bytes, *, seconds: float) -> bytes:
        """Return what a command prints; the whole process group is killed when its time is over.

        Raises:
            EngineRefusedError: if there is no such program.
            EngineBusyError: if it takes longer.
        """
        with tempfile.TemporaryDirectory(prefix="worldtake-apertium-") as folder:
            try:
                process = subprocess.Popen(  # noqa: S603 (the program is set by the user)
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=self._environment(folder),
                    start_new_session=True,
                )
            except OSError as error:
                message = f"{command[0]} cannot be run ({error.strerror}); {REMEDY}"
                raise EngineRefusedError(message) from error
            self._at_work.add(process)
            try:
                output = process.communicate(given, timeout=max(0.0, seconds))[0]
            except subprocess.TimeoutExpired as error:
                message = f"{command[0]} took longer than its time; give it shorter texts or longer"
                raise EngineBusyError(message) from error
            finally:
                was_closed = process not in self._at_work
                self._at_work.discard(process)
                _end(process)
            if was_closed:
                message = f"{command[0]} was stopped before its end; ask again"
                raise EngineBusyError(message)
            return output

    def _environment(self, folder: str) -> Mapping[str, str]:
        # The program leaves an empty file in TMPDIR when it is killed, and needs a locale of UTF-8.
        own = {"LC_ALL": "C.UTF-8", "TMPDIR": folder}
        return os.environ | own | ({"APERTIUM_DATADIR": str(self.folder)} if self.folder else {})

    def close(self) -> None:
        """Kill what is at work; who waits for it is told so."""
        while self._at_work:
            _kill(self._at_work.pop())


def pieces(output: str) -> list[str]:
    """Return the pieces of a step's output, up to the first whose number is not in its place."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(output):
        if int(end[1]) != len(found):
            # Out of order nothing is sure, not even what seemed right so far.
            return []
        found.append(output[begin : end.start()])
        begin = end.end()
    return found


def _halves(missing: range, *, were_asked: int) -> list[range]:
    """Return what to ask next: nothing for a segment that failed alone."""
    if not missing or were_asked == 1:
        return []
    if len(missing) == 1:
        return [missing]
    middle = len(missing) // 2
    return [missing[middle:], missing[:middle]]


def _end(process: subprocess.Popen[bytes]) -> None:
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    # macOS says "not permitted" of a group that is gone.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
