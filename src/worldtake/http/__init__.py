"""The one door to the network: polite (robots, pace), safe (address guard, caps), honest about who it is."""

from worldtake.http.domains import registered_domain
from worldtake.http.door import Door, DoorSettings
from worldtake.http.guard import host_of, is_named, is_public
from worldtake.http.outcomes import OUTCOMES, Outcome, pause_seconds, status_outcome
from worldtake.http.responses import Response

__all__ = [
    "OUTCOMES",
    "Door",
    "DoorSettings",
    "Outcome",
    "Response",
    "host_of",
    "is_named",
    "is_public",
    "pause_seconds",
    "registered_domain",
    "status_outcome",
]
