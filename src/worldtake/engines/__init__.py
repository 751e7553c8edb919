"""Translators, embedders and language models: what they promise, and the ones that come with worldtake."""

from worldtake.engines.translators import NoTranslator, PhrasebookTranslator, Translator

__all__ = ["NoTranslator", "PhrasebookTranslator", "Translator"]
