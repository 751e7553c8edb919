"""What stands before every answer: the Host header is checked, and no page may load, frame or run what is not ours.

The Host check keeps a foreign site from reading a reader's own machine by DNS rebinding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names under which a machine calls itself.
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
#: Scripts, styles and data come from this site alone; nothing is inline.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse calls to names that are not this site's, and set the safety headers on every answer."""

    app: ASGIApp
    #: Names answered to, in lower case without port; `*` for any.
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # an answer may ask for a stricter policy
            await send(message)

        host = Headers(scope=scope).get("host", "")
        app = self.app if self.knows(host) else _refusal()
        await app(scope, receive, send_guarded)

    def knows(self, host: str) -> bool:
        """Tell whether `host`, as in the header, is a name of this site."""
        return "*" in self.hosts or host_name(host) in self.hosts


def host_name(header: str) -> str | None:
    """Return the name in a Host header without its port, in lower case; None where it is malformed."""
    if set(header) & set("/@?#\\ "):
        return None
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def _refusal() -> PlainTextResponse:
    message = (
        "worldtake does not answer to this name. Open it by the address that it printed at the"
        " start, or allow the name there.\n"
    )
    return PlainTextResponse(message, status_code=400)
