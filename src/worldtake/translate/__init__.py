"""Language of an article, and its text in another language, sentence by sentence, with the doubts marked."""

from worldtake.translate.alignment import to_source, to_target
from worldtake.translate.article import Draft, TranslateArticle, told
from worldtake.translate.books import Books, EngineState, LooseBooks, allows
from worldtake.translate.checks import CHECKS, Check, flags, is_taken, reason_of
from worldtake.translate.jsonl import to_json
from worldtake.translate.lanes import translate_articles
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
    "CHECKS",
    "Books",
    "Check",
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
    "is_taken",
    "reason_of",
    "routes",
    "segment_key",
    "segments",
    "signature_of",
    "to_json",
    "to_source",
    "to_target",
    "told",
    "translate_articles",
]
