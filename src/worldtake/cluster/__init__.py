"""Put articles of one happening together, and stories that follow one another."""

from worldtake.cluster.frequencies import DocumentFrequencies, english_frequencies
from worldtake.cluster.items import ClusterItem, StoryGroup
from worldtake.cluster.jsonl import cluster_lines
from worldtake.cluster.settings import ClusterSettings, Level
from worldtake.cluster.stream import StreamClusterer
from worldtake.cluster.threads import FindThreads, StorySummary

__all__ = [
    "ClusterItem",
    "ClusterSettings",
    "DocumentFrequencies",
    "FindThreads",
    "Level",
    "StoryGroup",
    "StorySummary",
    "StreamClusterer",
    "cluster_lines",
    "english_frequencies",
]
