"""A real server on loopback, of which each test says what it answers."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from worldtake.http import Door, DoorSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from typing import Any

    Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Serving = Callable[..., AbstractAsyncContextManager[str]]

HOSTS = ("*.localhost",)


@asynccontextmanager
async def _serving(answer: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"{'https' if tls else 'http'}://press.localhost:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _raw(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any],
) -> AsyncIterator[str]:
    async def talk_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the caller has gone, or the test is over
        finally:
            writer.close()

    server = await asyncio.start_server(talk_on, "127.0.0.1", 0)
    try:
        yield f"http://press.localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serve with a function from request to response; gives the address."""
    return _serving


@pytest.fixture(scope="session")
def raw_serving() -> Callable[..., AbstractAsyncContextManager[str]]:
    """Serve with a function over bare streams; gives the address."""
    return _raw


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's side of TLS whose certificate nobody has signed but itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=press.localhost -addext subjectAltName=DNS:press.localhost"
    )
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@pytest.fixture(scope="session")
def door() -> Callable[..., Door]:
    """Make a door that may call loopback by name, with short waits."""

    def made(*, names: Any = None, **options: Any) -> Door:
        given = {"allow_hosts": HOSTS, "read_seconds": 2.0, "total_seconds": 5.0, "robots": False}
        return Door(DoorSettings(**(given | options)), names=names)

    return made
