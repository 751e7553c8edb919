"""Compare web addresses, by one set of rules for feeds, pages and what pages state of themselves.

`canonical` gives an address that can be called and stands for all spellings that the same server must answer alike: without
tracking and fragment, percent-encoding and host in one form, AMP pages as their articles. `article_key` goes further and is
for comparing only: http and https, `www.` and none, mobile and AMP hosts are one article, but which of them answers cannot be
known from the address, so none is made up. `stated_address` says whether a page's own word (`rel=canonical`) is believed.
Percent-encoding by RFC 3986, section 6.2.2.
"""

from __future__ import annotations

import functools
import string
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import regex
from yarl import URL

from worldtake.http.domains import registered_domain
from worldtake.http.tracking import tracks

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_PORTS = {"http": 80, "https": 443}
#: Labels in front of a host under which the same articles are shown for telephones.
MOBILE_LABELS = frozenset({"www", "m", "mobile", "mobi", "wap", "touch", "amp", "3g"})
#: What stays as it is in a path or query: RFC 3986's reserved characters, and "%" of what is encoded already.
_SAFE = "%/:@!$&'()*+,;=~?[]|"
_UNRESERVED = frozenset((string.ascii_letters + string.digits + "-._~").encode())
_ENCODED = regex.compile(r"%[0-9A-Fa-f]{2}")
_STRAY_PERCENT = regex.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROLS = regex.compile(r"[\x00-\x20\x7f]+")
#: Forms of an address in Google's, Cloudflare's and Bing's caches of AMP pages: the article's address follows.
_CACHE_HOST = regex.compile(r"(?:^|\.)(?:cdn\.ampproject\.(?:org|net)|bing-amp\.com|ampcdn\.\w+)$")
_CACHED = regex.compile(r"^/(?:[a-z]{1,3}/)?(?P<s>s/)?(?P<rest>[^/]+\.[^/]+(?:/.*)?)$")
_GOOGLE = regex.compile(r"^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$")
_GOOGLE_AMP = regex.compile(r"^/amp/(?P<s>s/)?(?P<rest>[^/]+\.[^/]+(?:/.*)?)$")
#: Forms of an AMP page's path beside its article's.
_AMP_PATH = regex.compile(
    r"(?<=/[^/]+)/(?:amp|amphtml)(?:\.html?)?(?P<slash>/?)$", regex.IGNORECASE
)
_AMP_NAME = regex.compile(r"(?<=[^/])\.amp(?P<ending>(?:\.s?html?|\.php)?)$", regex.IGNORECASE)
_AMP_FRONT = regex.compile(r"^/amp(?=/.)", regex.IGNORECASE)
_SESSION = regex.compile(r";(?:jsessionid|phpsessid)=[^/;]*", regex.IGNORECASE)
#: Longest chain of caches within caches.
_CACHES = 3


def canonical(url: str) -> str:
    """Return the address that stands for all spellings of `url` on its server; it can be called in its place.

    What is not an http or https address is returned as it is.
    """
    parts = _split(url)
    if parts is None:
        return url
    return urlunsplit(_folded(parts))


def article_key(url: str) -> str:
    """Return what is equal for all addresses of one article: no scheme, `www.`, mobile or AMP host, closing slash.

    For comparing only: it is no address. What is not an http or https address is its own key.
    """
    parts = _split(url)
    if parts is None:
        return url
    _, place, path, query, _ = _folded(parts)
    host, colon, port = place.rpartition(":") if place[-1:].isdecimal() else (place, "", "")
    shown = without_face(host) + colon + port if colon else without_face(place)
    path = _AMP_FRONT.sub("", path).rstrip("/")
    return f"{shown}{path}?{query}" if query else f"{shown}{path}"


def same_article(one: str, other: str) -> bool:
    """Tell whether two addresses are of the same article as far as addresses can tell."""
    return article_key(one) == article_key(other)


def spellings(url: str) -> tuple[str, ...]:
    """Return the canonical addresses that `url` may also be known by: http and https, with and without `www.`; its own first."""
    address = canonical(url)
    parts = _split(address)
    if parts is None or parts.port:
        return (address,)
    host = parts.netloc
    bare = host.removeprefix("www.")
    named = registered_domain(f"www.{bare}") == bare
    hosts = (host, f"www.{bare}" if host == bare else bare) if named else (host,)
    schemes = (parts.scheme, "http" if parts.scheme == "https" else "https")
    made = (
        urlunsplit((scheme, each, parts.path, parts.query, ""))
        for scheme in schemes
        for each in hosts
    )
    return tuple(dict.fromkeys(made))


@functools.lru_cache(maxsize=4_096)
def without_face(host: str) -> str:
    """Return a host without the labels that only say how it is shown (`www.`, `m.`, `amp.`), never less than what was registered."""
    domain = registered_domain(host)
    while host != domain:
        first, _, rest = host.partition(".")
        if first not in MOBILE_LABELS:
            break
        host = rest
    return host


def same_domain(one: str, other: str) -> bool:
    """Tell whether two web addresses are under the same registered domain."""
    hosts = [parts.hostname or "" for each in (one, other) if (parts := _split(each))]
    return len(hosts) == 2 and registered_domain(hosts[0]) == registered_domain(hosts[1])  # noqa: PLR2004 both


def stated_address(stated: str, url: str) -> str | None:
    """Return the canonical form of the address that the page at `url` states as its own; None where it is not believed.

    It is believed within the registered domain of `url` (anywhere for a page from a file), and not where it is the front
    page or a section while `url` names an article: many pages state these by mistake.
    """
    try:
        whole = urljoin(url if _split(url) else "", stated.strip())
    except ValueError:
        return None
    parts, here = _split(whole), _split(url)
    if parts is None:
        return None
    if here is None:
        believed = "." in (parts.hostname or "") and not _is_front(parts)
    else:
        believed = same_domain(whole, url) and _as_telling(parts, here)
    return canonical(whole) if believed else None


#: Words joined by hyphens or underscores that make the last part of a path an article's name.
_NAME_WORDS = 4
#: Letters that do so in scripts of which a word says as much as several, or that are written without spaces.
_NAME_LETTERS = 12
_PATH_NUMBER = regex.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,}")
_QUERY_NUMBER = regex.compile(r"\d+")
_FRONT = regex.compile(
    r"^/?(?:[a-z]{2}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|default|home)(?:\.\w+)?)?/?$",
    regex.IGNORECASE,
)


def _as_telling(stated: SplitResult, here: SplitResult) -> bool:
    """Tell whether the address stated may name the article that `here` names."""
    if article_key(stated.geturl()) == article_key(here.geturl()):
        return True
    if _is_front(stated):
        return _is_front(here)
    if _telling(stated) or not _telling(here):
        return True
    return len(unquote(stated.path + stated.query)) >= len(unquote(here.path + here.query))


def _is_front(parts: SplitResult) -> bool:
    return bool(_FRONT.match(parts.path)) and not parts.query


def _telling(parts: SplitResult) -> bool:
    """Tell whether an address has what only an article's has: a number, or a name of several words."""
    if _PATH_NUMBER.search(parts.path) or _QUERY_NUMBER.search(parts.query):
        return True
    name = unquote(parts.path.rstrip("/").rpartition("/")[2])
    if len(regex.split(r"[-_+ ]+", name)) >= _NAME_WORDS:
        return True
    return not name.isascii() and len(name) >= _NAME_LETTERS


def _split(url: str) -> SplitResult | None:
    """Return the parts of a web address; None where it is none."""
    try:
        parts = urlsplit(url if _is_clean(url) else _CONTROLS.sub(" ", url).strip())
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not (parts.hostname or "").strip("."):
        return None
    return parts


@functools.lru_cache(maxsize=8_192)
def _folded(parts: SplitResult) -> tuple[str, str, str, str, str]:
    for _ in range(_CACHES):
        inner = _split(_uncached(parts))
        if inner is None:
            break
        parts = inner
    path = (
        _amp_free(_encoded(_SESSION.sub("", parts.path) if ";" in parts.path else parts.path))
        or "/"
    )
    pairs = (_encoded(pair).replace("?", "%3F") for pair in parts.query.split("&") if pair)
    query = "&".join(pair for pair in pairs if not tracks(pair))
    return parts.scheme, _shown(parts), path, query, ""


def _is_clean(url: str) -> bool:
    return " " not in url and url.isprintable()


def _shown(parts: SplitResult) -> str:
    """Return the host in its ASCII form, with the port where it is not the scheme's own; credentials are dropped."""
    host = _host(parts.hostname or "")
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in {None, _PORTS[parts.scheme]} else f"{shown}:{parts.port}"


@functools.lru_cache(maxsize=4_096)
def _host(host: str) -> str:
    host = host.rstrip(".")
    if host.isascii():
        return host
    try:
        return URL.build(scheme="http", host=host).raw_host or host
    except ValueError:
        return host


def _encoded(text: str) -> str:
    """Return a path or pair with percent-encoding in one form: what needs none has none, what needs it has it, upper case."""
    if "%" in text:
        text = _ENCODED.sub(_decoded, text)
        text = _STRAY_PERCENT.sub("%25", text)
    return quote(text, safe=_SAFE, errors="replace")


def _decoded(found: regex.Match[str]) -> str:
    byte = int(found[0][1:], 16)
    return chr(byte) if byte in _UNRESERVED else found[0].upper()


def _amp_free(path: str) -> str:
    if "amp" not in path.lower():
        return path
    while (shorter := _AMP_NAME.sub(r"\g<ending>", _AMP_PATH.sub(r"\g<slash>", path))) != path:
        path = shorter
    return path


def _uncached(parts: SplitResult) -> str:
    """Return the address of the article that an AMP cache shows; empty where it is none."""
    host = (parts.hostname or "").rstrip(".")
    if "amp" not in parts.netloc.lower() + parts.path[:5]:
        return ""
    if _CACHE_HOST.search(host):
        found = _CACHED.match(parts.path)
    elif _GOOGLE.match(host):
        found = _GOOGLE_AMP.match(parts.path)
    else:
        return ""
    if found is None:
        return ""
    scheme = "https" if found["s"] else "http"
    return f"{scheme}://{found['rest']}" + (f"?{parts.query}" if parts.query else "")
