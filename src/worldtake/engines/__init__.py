"""Translators, embedders and language models: what they promise, and the ones that come with worldtake."""

from worldtake.engines.glossary import Glossary, Term, parse_glossary, read_glossary
from worldtake.engines.translators import (
    Answer,
    Limits,
    MemoryTranslator,
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
    "Glossary",
    "Limits",
    "MemoryTranslator",
    "NoTranslator",
    "PhrasebookTranslator",
    "Support",
    "Term",
    "Translated",
    "Translator",
    "Untranslated",
    "Wire",
    "WireAnswer",
    "parse_glossary",
    "read_glossary",
]
