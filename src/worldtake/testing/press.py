"""A press of fake outlets on real sockets: sites told apart by the Host header, with faults planted on demand.

For tests of everything that fetches. A `Press` listens on loopback and serves any number of sites; each site answers
requests as it likes; faults planted for a host and path change those answers; a log keeps what was asked.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Answers that carry no body.
BODILESS = frozenset((HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked of the press."""

    method: str
    #: Host without port, in lower case.
    host: str
    #: Path with query.
    path: str
    #: Names in lower case.
    headers: Mapping[str, str]
    #: Status that was answered; 0 while it is being answered or where the connection was dropped.
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site answers."""

    body: bytes = b""
    media_type: str = "text/html"
    #: Declared in `Content-Type`; None where it is not declared.
    charset: str | None = "utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        """Return the entity tag of the body."""
        return f'"{hashlib.blake2b(self.body, digest_size=8).hexdigest()}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with an answer."""

    #: Status in place of the true one; None leaves it.
    status: int | None = None
    #: Seconds to wait before answering.
    delay_seconds: float = 0.0
    #: Bytes in place of the true body; None leaves it.
    body: bytes | None = None
    #: Share of the body that is sent, 0 to 1, as by a broken XML writer.
    cut_to: float = 1.0
    #: Charset declared in place of the true one; None leaves it.
    charset: str | None = None
    #: Address that the request is redirected to; None where it is not.
    redirect_to: str | None = None
    #: True compresses the body, whatever the client accepts.
    compress: bool = False
    #: True closes the connection with no answer.
    drop: bool = False
    #: Headers added.
    headers: tuple[tuple[str, str], ...] = ()
    #: How many requests it spoils; None for all.
    times: int | None = None

    def spoil(self, answer: Answer) -> Answer:
        """Return `answer` with what goes wrong with it."""
        body = answer.body if self.body is None else self.body
        body = body[: round(len(body) * self.cut_to)]
        headers = (*answer.headers, *self.headers)
        status = self.status or answer.status
        if self.compress:
            body, headers = gzip.compress(body, mtime=0), (*headers, ("Content-Encoding", "gzip"))
        if self.redirect_to is not None:
            status = self.status or HTTPStatus.FOUND
            headers = (*headers, ("Location", self.redirect_to))
        charset = answer.charset if self.charset is None else self.charset
        return replace(answer, body=body, headers=headers, status=status, charset=charset)


class Site(Protocol):
    """One host of the press."""

    @property
    def host(self) -> str:
        """Return the name that it answers to, without port."""

    def answer(self, request: Request, port: int) -> Answer | None:
        """Return the answer, or None where there is nothing at that path."""


@dataclass(slots=True)
class Press:
    """Serve sites on loopback; a context manager, or `start` and `stop`."""

    #: 0 takes a free port; `port` tells which one after `start`.
    port: int = 0
    _sites: dict[str, Site] = field(default_factory=dict, repr=False)
    _faults: dict[tuple[str, str], Fault] = field(default_factory=dict, repr=False)
    _log: list[Request] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    def add(self, *sites: Site) -> None:
        """Serve `sites`, in place of any that have the same host."""
        self._sites.update({site.host: site for site in sites})

    def plant(self, host: str, path: str, fault: Fault) -> None:
        """Let `fault` spoil the answers for `path` (with query) of `host`."""
        self._faults[host, path] = fault

    def heal(self) -> None:
        """Take all faults away."""
        self._faults.clear()

    def url(self, host: str, path: str = "/") -> str:
        """Return the address of `path` at `host`, by name and with the port."""
        return f"http://{host}:{self.port}{path}"

    @property
    def requests(self) -> tuple[Request, ...]:
        """Return what was asked so far, in order of answering."""
        with self._lock:
            return tuple(self._log)

    def forget_requests(self) -> None:
        """Empty the log."""
        with self._lock:
            self._log.clear()

    def start(self) -> Self:
        """Listen on loopback; return the press itself."""
        server = _Server(("127.0.0.1", self.port), _Handler)
        server.press = self
        self._server, self.port = server, server.server_address[1]
        self._thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Take no more requests and close the socket."""
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def respond(self, request: Request) -> tuple[Answer, Fault]:
        """Return the answer to `request`, spoiled where a fault is planted, and that fault."""
        site = self._sites.get(request.host)
        answer = site.answer(request, self.port) if site else None
        if answer is None:
            answer = Answer(
                status=HTTPStatus.NOT_FOUND, body=b"nothing here", media_type="text/plain"
            )
        fault = self._due_fault(request.host, request.path)
        if fault == Fault() and _unchanged(request, answer):
            return replace(answer, status=HTTPStatus.NOT_MODIFIED, body=b""), fault
        return fault.spoil(answer), fault

    def note(self, request: Request) -> None:
        """Write `request` into the log."""
        with self._lock:
            self._log.append(request)

    def _due_fault(self, host: str, path: str) -> Fault:
        with self._lock:
            fault = self._faults.get((host, path))
            if fault is None or fault.times == 0:
                return Fault()
            if fault.times is not None:
                self._faults[host, path] = replace(fault, times=fault.times - 1)
            return fault


def _unchanged(request: Request, answer: Answer) -> bool:
    return answer.status == HTTPStatus.OK and request.headers.get("if-none-match") == answer.etag


class _Server(ThreadingHTTPServer):
    press: Press
    daemon_threads = True
    # Connections that wait to be taken; of the library's five, a busy machine resets the rest.
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet about clients that hang up; tests see it on their side."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Idle connections end, so that a stopped press does not wait for its clients.
    timeout = 2.0

    def do_GET(self) -> None:
        press = cast(_Server, self.server).press
        request = self._request()
        answer, fault = press.respond(request)
        time.sleep(fault.delay_seconds)
        if fault.drop:
            press.note(request)
            self.close_connection = True
            return
        press.note(replace(request, status=int(answer.status)))
        self._send(answer)

    do_HEAD = do_GET  # noqa: N815 the server calls it by this name

    def _request(self) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(
            method=self.command,
            host=headers.get("host", "").split(":")[0].lower(),
            path=self.path,
            headers=headers,
        )

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        charset = f"; charset={answer.charset}" if answer.charset else ""
        self.send_header("Content-Type", answer.media_type + charset)
        if answer.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            self.send_header("ETag", answer.etag)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status not in BODILESS:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status not in BODILESS:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base names it so
        """Print nothing; the press keeps its own log."""
