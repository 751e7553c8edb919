"""Translators, embedders and language models: what they promise, and the ones that come with worldtake."""

from worldtake.engines.opus import OpusTranslator
from worldtake.engines.opus_models import InstalledModel, list_models, remove_model
from worldtake.engines.translators import (
    Answer,
    Limits,
    NoTranslator,
    PhrasebookTranslator,
    Support,
    Translated,
    Translator,
    Untranslated,
)
from worldtake.engines.wire import Wire, WireAnswer

__all__ = [
    "Answer",
    "InstalledModel",
    "Limits",
    "NoTranslator",
    "OpusTranslator",
    "PhrasebookTranslator",
    "Support",
    "Translated",
    "Translator",
    "Untranslated",
    "Wire",
    "WireAnswer",
    "list_models",
    "remove_model",
]
