"""Names of the stages, by themselves: who only reads the ledger need not load the stages."""

from __future__ import annotations

#: Names of the stages in their order.
STAGES = (
    "read.files",
    "fetch.entries",
    "fetch.pages",
    "extract",
    "detect",
    "translate",
    "trace",
    "copies",
    "index",
    "habits",
    "cluster",
    "origins",
    "differences",
    "takes",
    "coverage",
)
#: Stages that call the network: what they have in hand is as fresh as what is filed meanwhile.
FETCHING = frozenset(("fetch.entries", "fetch.pages"))
