"""Translate with models on this machine: OPUS-MT's, and others in their form, run by CTranslate2 without torch.

The models are those that `opus_install` has put into a folder; this module never fetches one.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worldtake.engines.opus_loaded import Search, Shelf, missing_extra
from worldtake.engines.opus_models import broken_models, list_models
from worldtake.engines.translators import Limits, Support
from worldtake.errors import EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from worldtake.engines.opus_models import InstalledModel
    from worldtake.engines.translators import Answer

#: Changes when the way from a segment to the model, or back, changes.
OPUS_VERSION = "1"


#: A folder changed so lately may change once more within one tick of its clock, unseen: it is read again next time.
_SETTLED_NS = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """The models of a folder as last read, and when the folder was changed."""

    changed: int = -1
    models: tuple[InstalledModel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What a translator remembers between calls."""

    shelf: Shelf = field(default_factory=Shelf)
    listings: list[_Listing] = field(default_factory=lambda: [_Listing()])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __reduce__(self) -> tuple[type[_Desk], tuple[()]]:
        # Another process begins anew.
        return (_Desk, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpusTranslator:
    """Translate by the models of a folder."""

    #: Folder of installed models.
    models: Path
    #: Name under which it is set, counted and remembered.
    id: str = "opus"
    limits: Limits = field(default_factory=Limits)
    #: Processor threads of one call.
    threads: int = 2
    #: Translations followed side by side; 1 is greedy: faster and a little worse.
    beam: int = 4
    #: Models kept in memory, each of 100 to 300 MB.
    keep: int = 2
    #: Tokens of the source in one batch: as fast as 2,048 at OPUS-MT's shape, with 200 MB less; 512 is a fifth slower.
    batch_tokens: int = 1024
    _desk: _Desk = field(default_factory=_Desk, repr=False, compare=False)

    @property
    def version(self) -> str:
        """Return the version of the way to the model and of how it looks for words."""
        return f"{OPUS_VERSION}-{'greedy' if self.beam == 1 else f'beam{self.beam}'}"

    def supports(self, source: str, target: str) -> Support | None:
        """Return `good` where a model is installed for the pair and can be run; else None (`problem` tells why)."""
        model = self.model_of(source, target)
        if model is None or missing_extra():
            return None
        return Support(tier="good", model=model.name, revision=model.revision)

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return a translation of each segment, in order; one without letters stays as it is.

        Raises:
            EngineRefusedError: if there is no model for the pair, or it cannot be loaded.
            EngineError: if the model failed.
        """
        model = self.model_of(source, target)
        if model is None:
            msg = (
                f"{self.models} holds no model from {source} to {target}; "
                "install one: worldtake translate install"
            )
            raise EngineRefusedError(msg)
        loaded = self._desk.shelf.take(model, keep=max(1, self.keep), threads=self.threads)
        search = Search(beam=self.beam, batch_tokens=self.batch_tokens)
        return loaded.translate(segments, source, target, search)

    def model_of(self, source: str, target: str) -> InstalledModel | None:
        """Return the model for a pair: of several the one for the fewest languages; None where there is none."""
        fitting = (each for each in self._installed() if each.covers(source, target))
        return min(fitting, key=_choice, default=None)

    @property
    def trouble(self) -> str:
        """Return why models that are installed cannot be used, with the remedy; empty where all can."""
        said = [*broken_models(self.models)]
        if self._installed() and (missing := missing_extra()):
            said.append(f"Models are installed in {self.models}, but {missing}")
        return "; ".join(said)

    def loaded(self) -> tuple[str, ...]:
        """Return the names of the models in memory, the least lately used first."""
        return self._desk.shelf.names()

    def close(self) -> None:
        """Let go of all models in memory."""
        self._desk.shelf.clear()

    def _installed(self) -> tuple[InstalledModel, ...]:
        """Return the models of the folder, read again only when one has come or gone."""
        try:
            changed = self.models.stat().st_mtime_ns
        except OSError:
            return ()
        with self._desk.lock:
            listing = self._desk.listings[-1]
            if listing.changed != changed:
                settled = time.time_ns() - changed > _SETTLED_NS
                found = list_models(self.models)
                listing = _Listing(changed=changed if settled else -1, models=found)
                self._desk.listings[:] = [listing]
            return listing.models


def _choice(model: InstalledModel) -> tuple[int, int, str]:
    """Order models of one pair: the most specific first, then the latest release."""
    newest = -int("".join(filter(str.isdigit, model.released))[:8] or 0)
    return (len(model.sources) * len(model.targets), newest, model.name)
