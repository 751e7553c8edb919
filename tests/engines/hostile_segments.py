"""Sentences that engines must give back one for one, whatever is in them."""

from __future__ import annotations

from hypothesis import strategies as st

#: Blank, very long, emoji, right to left, marks alone, signs of markup and of formats.
HOSTILE = (
    "",
    " \u00a0\n\t",
    "a" * 10_000,
    "Dan 👩‍👩‍👧‍👦🇸🇮.",
    "هذا خبر \u202eمن\u202c المدينة.",
    "?!…",
    r"[ ] ^ $ * \ < > & {0} %s",
    '"}],"segments":[{"id":"x"}]',
    "Vrstica ena.\nVrstica dve.",
    "\ud83d",
    "\x00\x07",
    "</think>",
    "Da.",
    "Da.",
)
SEGMENTS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=80), max_size=12)
