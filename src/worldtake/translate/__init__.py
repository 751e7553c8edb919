"""Language of an article, and its text in another language, sentence by sentence, with the doubts marked."""

from worldtake.translate.article import Draft, TranslateArticle, told
from worldtake.translate.books import Books, EngineState, LooseBooks, allows
from worldtake.translate.checks import flags, is_taken
from worldtake.translate.jsonl import to_json
from worldtake.translate.lanes import is_shown, translate_articles
from worldtake.translate.language import DetectLanguage
from worldtake.translate.router import Given, Router
from worldtake.translate.routes import Engine, Hop, Route, routes
from worldtake.translate.segments import (
    Remembered,
    Segment,
    segment_key,
    segments,
    signature_of,
)

__all__ = [
    "Books",
    "DetectLanguage",
    "Draft",
    "Engine",
    "EngineState",
    "Given",
    "Hop",
    "LooseBooks",
    "Remembered",
    "Route",
    "Router",
    "Segment",
    "TranslateArticle",
    "allows",
    "flags",
    "is_shown",
    "is_taken",
    "routes",
    "segment_key",
    "segments",
    "signature_of",
    "to_json",
    "told",
    "translate_articles",
]
