"""Pages that mean ill or are broken end within 2 s and 300 MB, as an article whose blocks hold, a refusal with its reason, or an error.

Each is read in a child of its own; `hostile_pages` says how time and memory are measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hostile_pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Processor time and resident memory that one page may take, seconds and bytes; the worst takes half of either.
SECONDS, BYTES = 2.0, 300_000_000
#: Pages that nest or break so that a reader may lose their text, and must not.
KEPT = (
    "articles-3000", "attribute-1mb", "attributes", "cdata", "class-1mb", "comment-unclosed", "conditional", "div-100000", "div-3000",
    "doctypes", "forms-30000", "json-ld-deep", "lists-100000", "misnested", "quotes-100000", "script-2mb", "span-100000", "style-2mb",
    "tables-100000", "title-1mb", "unclosed", "unclosed-tag", "utf-16", "xhtml",
)  # fmt: skip


@pytest.fixture(scope="module")
def ask() -> Iterator[Callable[[str], dict[str, Any]]]:
    program = Path(__file__).with_name("hostile_pages.py")
    with subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        asked, told = server.stdin, server.stdout
        assert asked is not None
        assert told is not None
        known: dict[str, dict[str, Any]] = {}

        def ask(name: str) -> dict[str, Any]:
            if name not in known:
                asked.write(f"{name}\n")
                asked.flush()
                known[name] = json.loads(told.readline())
            return known[name]

        yield ask
        asked.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_ends_in_time_and_keeps_its_promises(
    ask: Callable[[str], dict[str, Any]], name: str
) -> None:
    found = ask(name)
    assert found["kind"] in {"Article", "Skip", "str"}
    assert found["said"] or found["kind"] == "Article"
    assert ([], True) == (found["faults"], found["repeats"])
    assert found["seconds"] < SECONDS
    assert found["grown"] < BYTES


@pytest.mark.parametrize("name", KEPT)
def test_a_broken_page_keeps_its_text(ask: Callable[[str], dict[str, Any]], name: str) -> None:
    assert ask(name)["has_line"]
