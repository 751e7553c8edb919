"""Open the translators that are reached over a wire, as the reader's settings name them."""

from __future__ import annotations

import hashlib
import os
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worldtake.engines.chat import ChatTranslator
from worldtake.engines.deepl import DeepLTranslator, home_url
from worldtake.engines.exchanges import Server
from worldtake.engines.glossary import Glossary
from worldtake.engines.libretranslate import LibreTranslateTranslator
from worldtake.errors import EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from worldtake.engines.translators import Translator
    from worldtake.engines.wire import Wire
    from worldtake.settings import TranslatorSettings

#: What is put behind the address by us, and left out where it was given.
_CHAT_PATH = "/chat/completions"


def open_remote(
    settings: TranslatorSettings, wire: Wire, glossary: Glossary | None = None
) -> Translator:
    """Return the translator that `settings` describe: libretranslate, deepl or llm. No server is asked yet.

    Raises:
        EngineRefusedError: if an address, key or model is missing or cannot be one; the message names it.
    """
    opened = _OPENERS.get(settings.engine)
    if opened is None:
        msg = f"translator {settings.id}: {settings.engine} is reached over no wire; open it by its own module"
        raise EngineRefusedError(msg)
    return opened(settings, wire, glossary or Glossary())


def secret_key(settings: TranslatorSettings, environment: Mapping[str, str] = os.environ) -> str:
    """Return the key, read from the environment where it is `$NAME`; empty where none is set.

    Raises:
        EngineRefusedError: if the environment has no such name, or the key cannot be sent.
    """
    given = settings.key.get_secret_value().strip() if settings.key else ""
    if given.startswith("$"):
        key = environment.get(given[1:], "").strip()
        if not key:
            msg = f"translator {settings.id}: the environment variable {given[1:]}, which its key is to be read from, is not set"
            raise EngineRefusedError(msg)
        given = key
    if not (given.isascii() and given.isprintable()):
        msg = (
            f"translator {settings.id}: its key holds characters that cannot be sent; copy it again"
        )
        raise EngineRefusedError(msg)
    return given


def _libretranslate(
    settings: TranslatorSettings, wire: Wire, glossary: Glossary
) -> LibreTranslateTranslator:
    del glossary
    url = _url(settings)
    server = Server(
        name=settings.id, url=url, wire=wire, key=secret_key(settings), seconds=settings.seconds
    )
    return LibreTranslateTranslator(
        server=server,
        id=settings.id,
        tier=settings.tier or "good",
        sources=settings.sources,
        revision=hashlib.blake2b(url.encode(), digest_size=8).hexdigest(),
    )


def _deepl(settings: TranslatorSettings, wire: Wire, glossary: Glossary) -> DeepLTranslator:
    del glossary
    key = secret_key(settings)
    if not key:
        msg = f"translator {settings.id}: it has no key; set `key` in its table of settings.toml"
        raise EngineRefusedError(msg)
    server = Server(
        name=settings.id,
        url=_url(settings) if settings.url else home_url(key),
        wire=wire,
        headers={"Authorization": f"DeepL-Auth-Key {key}"},
        key=key,
        seconds=settings.seconds,
    )
    return DeepLTranslator(
        server=server, id=settings.id, tier=settings.tier or "good", sources=settings.sources
    )


def _llm(settings: TranslatorSettings, wire: Wire, glossary: Glossary) -> ChatTranslator:
    if not settings.model.strip():
        msg = f"translator {settings.id}: it names no model; set `model` in its table of settings.toml"
        raise EngineRefusedError(msg)
    key = secret_key(settings)
    server = Server(
        name=settings.id,
        url=_url(settings).removesuffix(_CHAT_PATH),
        wire=wire,
        headers={"Authorization": f"Bearer {key}"} if key else {},
        key=key,
        seconds=settings.seconds,
    )
    return ChatTranslator(
        server=server,
        model=settings.model.strip(),
        glossary=glossary,
        id=settings.id,
        tier=settings.tier or "good",
        sources=settings.sources,
    )


def _url(settings: TranslatorSettings) -> str:
    """Return the address without a slash at its end."""
    url = settings.url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        what = "its url is no http address" if url else "it has no url"
        msg = f"translator {settings.id}: {what}; set `url` in its table of settings.toml"
        raise EngineRefusedError(msg)
    return url


_OPENERS: Mapping[str, Callable[[TranslatorSettings, Wire, Glossary], Translator]] = (
    MappingProxyType({"libretranslate": _libretranslate, "deepl": _deepl, "llm": _llm})
)
