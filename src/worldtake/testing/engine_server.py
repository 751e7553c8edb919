"""A server of JSON on loopback, for engines: what is asked is kept, and an answer may be spoiled down to the bytes."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Host under which it is called; a name, so that the guard of addresses must be told it.
ENGINE_HOST = "engine.localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of an engine."""

    method: str
    #: Path with query.
    path: str
    #: Names in lower case.
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def content(self) -> Any:
        """Return the body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an engine answers."""

    body: bytes = b""
    status: int = 200
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    #: Seconds to wait before answering.
    delay_seconds: float = 0.0
    #: True closes the connection with no answer.
    drop: bool = False
    #: True sends the body in chunks and breaks off before the last.
    broken: bool = False


def told(content: Any, status: int = 200, **more: Any) -> Told:
    """Return an answer of JSON."""
    return Told(body=json.dumps(content, ensure_ascii=False).encode(), status=status, **more)


@dataclass(slots=True, kw_only=True)
class EngineServer:
    """Serve one engine on loopback; a context manager. Give it an `answer`."""

    #: Path under which its API stands.
    base: ClassVar[str] = ""

    #: 0 takes a free port; `port` tells which one from then on.
    port: int = 0
    _log: list[Asked] = field(default_factory=list, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _server: ThreadingHTTPServer | None = field(default=None, init=False, repr=False)
    _thread: threading.Thread | None = field(default=None, init=False, repr=False)

    def answer(self, asked: Asked) -> Told:
        """Return the answer to what was asked."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """Return the address."""
        return f"http://{ENGINE_HOST}:{self.port}{self.base}"

    @property
    def log(self) -> tuple[Asked, ...]:
        """Return what was asked so far."""
        with self._lock:
            return tuple(self._log)

    def hear(self, asked: Asked) -> Told:
        """Keep what was asked and return the answer."""
        with self._lock:
            self._log.append(asked)
        return self.answer(asked)

    def __enter__(self) -> Self:
        server = _Server(("127.0.0.1", self.port), _Handler)
        server.engine = self
        self._server, self.port = server, server.server_address[1]
        self._thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None


class _Server(ThreadingHTTPServer):
    engine: EngineServer
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet about clients that hang up; tests see it on their side."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5.0

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        answer = cast(_Server, self.server).engine.hear(asked)
        time.sleep(answer.delay_seconds)
        self.close_connection = True
        if not answer.drop:
            self._send(answer)

    do_POST = do_GET  # noqa: N815 the server calls it by this name

    def _send(self, answer: Told) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.broken:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            half = answer.body[: len(answer.body) // 2]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
            return
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base names it so
        """Print nothing; the server keeps its own log."""
