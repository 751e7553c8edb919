"""Translate by Apertium, a program of its own that is called by its command line and never linked (GPL-2).

Each step of a path is one process for all segments of a call. Before the first and after each, `apertium_edits` sees to what
Apertium does not know: scripts, abbreviations, names of countries, common words, numbers and quotation marks.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from worldtake.engines.apertium_edits import EDITION, Draft, Editor, broken_names
from worldtake.engines.apertium_installed import Installed
from worldtake.engines.apertium_paths import Way, find, tier
from worldtake.engines.apertium_stream import REMEDY, Command, decode
from worldtake.engines.translators import Answer, Limits, Support, Translated, Untranslated
from worldtake.errors import EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How long a call may take, seconds: the longest paths take 20 for a call as large as the limits allow, on two busy cores.
CALL_SECONDS = 120.0
#: What a call may hold. Starting a path's processes takes as long as 50 to 150 segments, so that calls should be large.
LIMITS = Limits(segments=1000, characters=200_000)

_LETTER = regex.compile(r"\p{L}")
_NO_ANSWER = Untranslated(reason="Apertium gave no answer for it")


@dataclass(kw_only=True, eq=False)
class ApertiumTranslator:
    """Translate by what is installed of Apertium, through other languages where there is no pair."""

    id: str = "apertium"
    limits: Limits = LIMITS
    command: Command = field(default_factory=Command)
    #: How long a call may take, seconds.
    seconds: float = CALL_SECONDS
    _installed: Installed = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._installed = Installed(command=self.command)

    @property
    def version(self) -> str:
        """Return the version of the program and of our own edits around it."""
        return f"{self._installed.now().version or 'absent'}+{EDITION}"

    def supports(self, source: str, target: str) -> Support | None:
        """Return how it stands to a pair of languages, over the modes that are installed."""
        way = self._way(source, target)
        if way is None:
            return None
        return Support(
            tier=tier(source, target),
            model=f"Apertium {' + '.join(way.modes)}",
            revision=self._installed.revision(way.modes),
        )

    def _way(self, source: str, target: str) -> Way | None:
        return find(source, target, self._installed.now().modes)

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return one answer for each segment, in order; a segment without letters is its own translation.

        Raises:
            EngineRefusedError: if Apertium or the pair is not installed.
            EngineBusyError: if the call takes longer than it may.
        """
        way = self._way(source, target)
        if way is None:
            raise EngineRefusedError(self._refusal(source, target))
        until = time.monotonic() + self.seconds
        answers: list[Answer] = [Translated(text=segment) for segment in segments]
        asked = [n for n, segment in enumerate(segments) if _LETTER.search(segment)]
        for keeps in (True, False):
            editor = Editor(target=target, languages=way.languages, keeps=keeps)
            done = self._through([segments[n] for n in asked], way, editor, until)
            for n, answer in zip(asked, done, strict=True):
                answers[n] = answer
            # What lost a word that was kept back is done again without keeping any.
            asked = [n for n in asked if isinstance(answers[n], Untranslated)]
            if not asked:
                break
        self._mend_names(
            segments, answers, way, Editor(target=target, languages=way.languages), until
        )
        return tuple(answers)

    def _mend_names(
        self,
        segments: Sequence[str],
        answers: list[Answer],
        way: Way,
        editor: Editor,
        until: float,
    ) -> None:
        """Do again, with the name kept whole, those of which half was taken for a word of the language."""
        broken = {
            n: names
            for n, answer in enumerate(answers)
            if isinstance(answer, Translated)
            and (names := broken_names(segments[n], answer.text, way.languages[0]))
        }
        if not broken:
            return
        keeping = replace(editor, names=frozenset().union(*broken.values()))
        for n, answer in zip(
            broken, self._through([segments[n] for n in broken], way, keeping, until), strict=True
        ):
            if isinstance(answer, Translated):
                answers[n] = answer

    def _refusal(self, source: str, target: str) -> str:
        if not self._installed.now().modes:
            return f"Apertium is not installed; {REMEDY}"
        return f"Apertium has no path from {source} to {target} among what is installed; {REMEDY}"

    def _through(
        self, segments: Sequence[str], way: Way, editor: Editor, until: float
    ) -> list[Answer]:
        """Return the segments taken through all steps, and the pivot of each."""
        drafts, texts = zip(*map(editor.before, segments), strict=True) if segments else ((), ())
        pivots: list[str | None] = [None] * len(segments)
        current: list[str | None] = list(texts)
        for number, mode in enumerate(way.modes):
            pivots = current
            current = self._step(mode, current, drafts, editor, number=number, until=until)
        return [
            _answer(editor, draft, pivot, text, way)
            for draft, pivot, text in zip(drafts, pivots, current, strict=True)
        ]

    def _step(
        self,
        mode: str,
        texts: Sequence[str | None],
        drafts: Sequence[Draft],
        editor: Editor,
        *,
        number: int,
        until: float,
    ) -> list[str | None]:
        there = [n for n, text in enumerate(texts) if text is not None]
        given = [text for text in texts if text is not None]
        found: list[str | None] = [None] * len(texts)
        for n, piece in zip(there, self.command.step(mode, given, until=until), strict=True):
            found[n] = None if piece is None else editor.between(drafts[n], piece, number)
        return found

    def close(self) -> None:
        """Kill the processes that are at work."""
        self.command.close()


def _answer(editor: Editor, draft: Draft, pivot: str | None, text: str | None, way: Way) -> Answer:
    whole = None if text is None else editor.after(draft, text)
    if not whole:
        return _NO_ANSWER
    if len(way.modes) == 1 or pivot is None:
        return Translated(text=whole)
    return Translated(text=whole, via=way.languages[-2], pivot=draft.pivot(decode(pivot)))
