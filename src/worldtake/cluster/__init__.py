"""Put articles of one happening together, and stories that follow one another."""

from worldtake.cluster.frequencies import DocumentFrequencies, english_frequencies
from worldtake.cluster.items import ClusterItem, StoryGroup
from worldtake.cluster.jsonl import cluster_lines
from worldtake.cluster.settings import ClusterSettings, Level
from worldtake.cluster.stream import StreamClusterer
from worldtake.cluster.threads import FindThreads, StorySummary
from worldtake.cluster.vectors import Reader

__all__ = [
    "ClusterItem",
    "ClusterSettings",
    "DocumentFrequencies",
    "FindThreads",
    "Level",
    "Reader",
    "StoryGroup",
    "StorySummary",
    "StreamClusterer",
    "cluster_lines",
    "english_frequencies",
]
