"""Which addresses may be called: public ones, and those that a setting names.

Checked three times: the address as written, each address that its name resolves to, and the address of each socket before it
connects; a name that changes its address in between (rebinding) gains nothing. Follows RFC 6761 for `localhost`.
"""

from __future__ import annotations

import ipaddress
import socket
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from worldtake.errors import RefusedAddressError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The part of IPv6 that is public unicast; what tunnels or maps IPv4 within it is left out below.
_UNICAST = ipaddress.ip_network("2000::/3")
#: Teredo, 6to4, and 192.88.99.0/24, the anycast address of its relays: all lead to other addresses.
_TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16", "192.88.99.0/24")))
#: Whether the call in hand goes to a host that a setting names; asked when its socket is made.
permitted: ContextVar[bool] = ContextVar("permitted", default=False)


def is_public(address: str) -> bool:
    """Tell whether `address`, a literal IPv4 or IPv6 address, is one of the public network."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed not in _UNICAST:
        return False
    if any(parsed in tunnel for tunnel in _TUNNELS):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


def is_named(host: str, names: Sequence[str]) -> bool:
    """Tell whether `host` is one of `names`; `*.x` names every host under x."""
    folded = host.rstrip(".").lower()
    return any(
        folded.endswith(name[1:].lower()) if name.startswith("*.") else folded == name.lower()
        for name in names
    )


def checked_url(address: str, allow_hosts: Sequence[str]) -> URL:
    """Return `address` parsed, without its fragment.

    Raises:
        RefusedAddressError: if it is not http or https, names a user, or is a literal address that is not public.
    """
    try:
        url = URL(address.strip()).with_fragment(None)
        host, _ = url.host, url.port
    except ValueError as error:
        msg = f"{address!r} is not an address: {error}; correct it"
        raise RefusedAddressError(msg) from error
    shown = url.with_user(None) if url.host else url
    if url.scheme not in {"http", "https"} or not host:
        msg = f"{shown} is not called: only http and https addresses with a host are"
        raise RefusedAddressError(msg)
    if url.user is not None or url.password is not None:
        msg = f"{shown} is not called: take the user name out of the address"
        raise RefusedAddressError(msg)
    if _is_literal(host) and not is_public(host) and not is_named(host, allow_hosts):
        raise _refused(host)
    return url


def guarded_socket(address: tuple[Any, ...]) -> socket.socket:
    """Return a socket for the address of `getaddrinfo`'s shape, unless it is one that is not called.

    Raises:
        RefusedAddressError: if the address is not public and the call goes to no host that a setting names.
    """
    family, kind, protocol, _, peer = address
    if not (is_public(peer[0]) or permitted.get()):
        raise _refused(peer[0])
    made = socket.socket(family=family, type=kind, proto=protocol)
    made.setblocking(False)  # noqa: FBT003 the socket module's own signature
    return made


class GuardedResolver(AbstractResolver):
    """Resolve names to public addresses alone; names under `localhost` to 127.0.0.1 where a setting names them."""

    def __init__(self, allow_hosts: Sequence[str]) -> None:
        self._allow_hosts = tuple(allow_hosts)
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where `host` may be called.

        Raises:
            RefusedAddressError: if none of its addresses is public.
            OSError: if the name is not known.
        """
        named = is_named(host, self._allow_hosts)
        if is_named(host, ("localhost", "*.localhost")):
            if not named:
                raise _refused(host)
            return [_loopback(host, port)]
        found = await self._names.resolve(host, port, family)
        kept = [result for result in found if named or is_public(result["host"])]
        if not kept:
            raise _refused(host)
        return kept

    async def close(self) -> None:
        """Release nothing: the threads are the loop's."""
        await self._names.close()


def _loopback(host: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
    )


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _refused(host: str) -> RefusedAddressError:
    return RefusedAddressError(
        f"{host} is not called: it is not an address of the public network; "
        "name the host in the setting allow_hosts if it is meant"
    )
