"""Where an article has its words and facts from: quotes, credits, copies, figures, times, origins, differences."""

from worldtake.trace.article import TraceArticle
from worldtake.trace.copies import ComparePair, Pair, candidates, copies
from worldtake.trace.credits import FindCredits
from worldtake.trace.differences import FindDifferences
from worldtake.trace.discarded import discarded_text, part_text
from worldtake.trace.figures import FindFigures
from worldtake.trace.jsonl import copy_from_json, copy_to_json, from_json, to_json
from worldtake.trace.origins import TraceOrigins
from worldtake.trace.quotes import FindQuotes
from worldtake.trace.times import FindTimes

__all__ = [
    "ComparePair",
    "FindCredits",
    "FindDifferences",
    "FindFigures",
    "FindQuotes",
    "FindTimes",
    "Pair",
    "TraceArticle",
    "TraceOrigins",
    "candidates",
    "copies",
    "copy_from_json",
    "copy_to_json",
    "discarded_text",
    "from_json",
    "part_text",
    "to_json",
]
