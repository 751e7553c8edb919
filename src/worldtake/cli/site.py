"""`worldtake up`: serve the site at once, and read the press until Ctrl-C."""

from __future__ import annotations

import contextlib
import ipaddress
import signal
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from worldtake.cli.console import StageProgress, say
from worldtake.errors import WorldtakeError
from worldtake.newsroom import open_newsroom
from worldtake.testing.sample_press import phrasebook
from worldtake.testing.sample_server import SamplePress
from worldtake.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.newsroom import Newsroom
    from worldtake.settings import Settings

#: Seconds between looks for new work.
LOOK_SECONDS = 2.0
#: Seconds between rounds of asking hubs (WebSub).
HUB_SECONDS = 60.0
BANNER = (
    "Invented sample press: no outlet, person or event here is real. "
    "It shows what worldtake does when no outlet of the catalogue can be reached, or when asked by --sample."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpOptions:
    """What `worldtake up` was asked."""

    #: Allow another address than loopback.
    public: bool = False
    #: Show the sample press.
    sample: bool = False
    #: End when nothing is due, without the site.
    once: bool = False


def run_site(settings: Settings, options: UpOptions) -> None:
    """Serve and read until Ctrl-C.

    Raises:
        WorldtakeError: if the address is not allowed or taken.
    """
    _check_host(settings.host, public=options.public)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is ended as by Ctrl-C
    with open_newsroom(settings) as newsroom, contextlib.ExitStack() as stack:
        if not options.once:
            stack.enter_context(_served(newsroom))
            stack.enter_context(_hubs_asked(newsroom))
        if _choose_sample(newsroom, asked=options.sample):
            stack.enter_context(_sample(newsroom))
        _read(newsroom, once=options.once)


def _check_host(host: str, *, public: bool) -> None:
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return
    if host == "localhost" or public:
        return
    message = (
        f"--host {host} can be reached by others; add --public if that is meant "
        "(they then see extracts of articles and links)"
    )
    raise WorldtakeError(message)


@contextlib.contextmanager
def _served(newsroom: Newsroom) -> Iterator[None]:
    host, port = newsroom.settings.host, newsroom.settings.port
    listening = _listen(host, port)
    app = create_app(
        newsroom,
        hubs=newsroom.hubs if newsroom.settings.public_url else None,
        banner=lambda: BANNER if newsroom.shows_sample() else None,
        allowed_hosts=() if host in ("127.0.0.1", "::1", "localhost") else ("*",),
    )
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    shown = f"[{host}]" if ":" in host else host
    say(f"worldtake is at http://{shown}:{listening.getsockname()[1]}  (Ctrl-C ends it)")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@contextlib.contextmanager
def _hubs_asked(newsroom: Newsroom) -> Iterator[None]:
    """Ask hubs for news in a thread of its own: they may be slow, and each is called at its pace."""
    ended = threading.Event()

    def ask() -> None:
        while not ended.wait(HUB_SECONDS):
            try:
                newsroom.subscribe()
            except WorldtakeError as error:
                say(str(error))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        message = f"{host} port {port}: {error.strerror}; choose another with --port"
        raise WorldtakeError(message) from error
    listening.listen(128)
    return listening


def _choose_sample(newsroom: Newsroom, *, asked: bool) -> bool:
    if asked:
        return True
    shows = newsroom.shows_sample()
    if newsroom.status().articles and not shows:
        return False
    if newsroom.reaches_press():
        if shows:
            newsroom.forget_sample()
        return False
    say("no outlet of the catalogue can be reached: showing the invented sample press")
    return True


@contextlib.contextmanager
def _sample(newsroom: Newsroom) -> Iterator[None]:
    port = newsroom.settings.sample_port
    try:
        press = SamplePress(port=port).start()
    except OSError as error:
        message = f"port {port} for the sample press: {error.strerror}; set sample_port to another"
        raise WorldtakeError(message) from error
    try:
        newsroom.show_sample(press.outlets(), phrasebook(press.sample))
        yield
    finally:
        press.stop()


def _read(newsroom: Newsroom, *, once: bool) -> None:
    try:
        while True:
            newsroom.poll()
            if newsroom.due():
                with StageProgress() as progress:
                    newsroom.run(progress, live=True)
                _report(newsroom)
            if once:
                return
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        say("ending; what was done is kept")
        newsroom.stop()


def _report(newsroom: Newsroom) -> None:
    status = newsroom.status()
    held = f", {status.quarantine} in quarantine" if status.quarantine else ""
    say(f"{status.articles:,} articles, {status.stories:,} stories{held}")
