"""Language of an article, and its text in another language, sentence by sentence, with the doubts marked."""

from worldtake.translate.alignment import to_source, to_target
from worldtake.translate.article import Draft, TranslateArticle
from worldtake.translate.checks import CHECKS, Check, flags, is_taken, reason_of
from worldtake.translate.jsonl import to_json
from worldtake.translate.language import DetectLanguage
from worldtake.translate.missing import translate_missing
from worldtake.translate.segments import Remembered, Segment, segment_key, segments

__all__ = [
    "CHECKS",
    "Check",
    "DetectLanguage",
    "Draft",
    "Remembered",
    "Segment",
    "TranslateArticle",
    "flags",
    "is_taken",
    "reason_of",
    "segment_key",
    "segments",
    "to_json",
    "to_source",
    "to_target",
    "translate_missing",
]
