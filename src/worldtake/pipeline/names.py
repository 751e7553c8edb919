"""Names of the stages, by themselves: who only reads the ledger need not load the stages."""

from __future__ import annotations

#: The two lanes of translation: every article's beginning, and the whole of those that are read.
MATCH, READ = "translate.match", "translate.read"
#: What somebody opened is due since then, before all else.
ASKED_FOR = 1
#: Names of the stages in their order.
STAGES = (
    "read.files",
    "fetch.entries",
    "fetch.pages",
    "extract",
    "detect",
    MATCH,
    "trace",
    "copies",
    "index",
    "habits",
    "cluster",
    "origins",
    "differences",
    "takes",
    "coverage",
    READ,
)
#: Stages that call the network: what they have in hand is as fresh as what is filed meanwhile.
FETCHING = frozenset(("fetch.entries", "fetch.pages"))
#: Notes: by whom each language was translated when the pipeline was last opened, and which translators were set up.
ROUTES_NOTE, ENGINES_NOTE = "translate.routes", "translate.engines"
