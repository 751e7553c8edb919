"""The one door to the network: polite (robots, pace), safe (address guard, caps), honest about who it is."""

from worldtake.http.domains import registered_domain
from worldtake.http.door import Door, DoorSettings
from worldtake.http.guard import is_named, is_public
from worldtake.http.responses import Response

__all__ = ["Door", "DoorSettings", "Response", "is_named", "is_public", "registered_domain"]
