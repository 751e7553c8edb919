"""Find the encoding that a page declares of itself: in its `<meta>`, else in its XML declaration.

Read as WHATWG prescans a page, with two differences: a declaration may stand later, and what stands in scripts, styles and
comments is none. Linear in the bytes that are looked at.
"""

from __future__ import annotations

import regex

#: Where a declaration may stand, bytes from the start. WHATWG prescans 1,024; real pages put scripts before it.
DECLARATION_BYTES = 65_536

_XML = regex.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{2,40})", regex.IGNORECASE
)
#: What opens a stretch to leave out, the end of the head, or a declaration.
_TAG = regex.compile(
    rb"<(?:(!--)|(script|style|title|textarea|noscript)\b|(body)\b|meta[\s/])", regex.IGNORECASE
)
_ATTRIBUTE = regex.compile(
    rb"[\s/]*([^\s/>=\"'<]{1,60})(?:\s*=\s*(?:\"([^\">]{0,400})\"|'([^'>]{0,400})'|([^\s\"'>]{1,400})))?"
)
_IN_CONTENT = regex.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", regex.IGNORECASE)
_MOST_ATTRIBUTES = 20


def declared(body: bytes) -> str | None:
    """Return the label that a page declares; None where it declares none."""
    head = body[:DECLARATION_BYTES]
    label = _of_meta(head) if b"charset" in head.lower() else None
    if label is None:
        found = _XML.match(head)
        label = found.group(1) if found else None
    return label.decode("ascii", "replace") if label else None


def _of_meta(head: bytes) -> bytes | None:
    lowered = head.lower()
    place = 0
    while found := _TAG.search(lowered, place):
        place = found.end()
        if found.group(3):
            return None
        if found.group(1) or found.group(2):
            end = b"-->" if found.group(1) else b"</" + found.group(2)
            place = lowered.find(end, found.start() + 2 if found.group(1) else place)
            if place < 0:
                return None
            continue
        label = _label(_attributes(head, place))
        if label:
            return label
    return None


def _attributes(head: bytes, place: int) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for _ in range(_MOST_ATTRIBUTES):
        each = _ATTRIBUTE.match(head, place)
        if each is None:
            break
        value = each.group(2) or each.group(3) or each.group(4) or b""
        found.setdefault(each.group(1).lower(), value)
        place = each.end()
    return found


def _label(attributes: dict[bytes, bytes]) -> bytes | None:
    if attributes.get(b"charset", b"").strip():
        return attributes[b"charset"].strip()
    if attributes.get(b"http-equiv", b"").strip().lower() != b"content-type":
        return None
    found = _IN_CONTENT.search(attributes.get(b"content", b""))
    return found.group(1) if found else None
