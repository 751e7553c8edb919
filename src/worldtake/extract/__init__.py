"""Page to article: the text in blocks, metadata with its places, and what was left out with the reason."""

from worldtake.extract.article import ExtractArticle
from worldtake.extract.classify import BlockClassifier
from worldtake.extract.explain import explain
from worldtake.extract.explanation import Explanation, explanation_json
from worldtake.extract.jsonl import from_json, to_json

__all__ = [
    "BlockClassifier",
    "Explanation",
    "ExtractArticle",
    "explain",
    "explanation_json",
    "from_json",
    "to_json",
]
