"""Laws of reading plain text: nothing is lost, nothing is said twice, places are exact, and no text takes long."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.extract.article import ExtractArticle
from worldtake.extract.lines import read_lines
from worldtake.extract.plain import label_lines
from worldtake.extract.texts import read_text
from worldtake.model import Page, Skip

NOW = datetime(2026, 3, 4, tzinfo=UTC)
PROSE = "The council met on Tuesday and decided, after four hours of talk, to leave the bridge as it is."
WORDS = (
    "Share",
    "3 min read",
    "4 March 2026",
    "By Ann Hale",
    "Read more",
    "|",
    "* one",
    PROSE,
    "「引用」",
    "© AFP",
)
LINES = st.one_of(st.sampled_from(WORDS), st.text(max_size=90))
TEXTS = st.lists(LINES, max_size=40).flatmap(
    lambda lines: st.sampled_from(("\n", "\n\n", "\r\n", " \n")).map(lambda end: end.join(lines))
)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_each_character_that_is_no_blank_is_of_one_line(text: str) -> None:
    if any(line.lstrip().startswith(">") for line in text.splitlines()):
        return
    covered = [0] * len(text)
    for each in label_lines(read_lines(text)):
        for place in range(each.line.raw.start, each.line.raw.end):
            covered[place] += 1
    shown = [count for count, char in zip(covered, text, strict=True) if not char.isspace()]
    assert [1] * len(shown) == shown
    assert max(covered, default=1) <= 1


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_title_blocks_and_what_is_left_out_are_the_text(text: str) -> None:
    found = read_text(text, fetched=NOW, country=None, known={})
    assert not isinstance(found, Skip)
    raws = [each.raw for each in (*found.parts, *found.discarded)] + [found.title_raw]
    places = [place for raw in raws if raw for place in range(raw.start, raw.end)]
    assert len(set(places)) == len(places)
    assert [each.text for each in found.parts] == [
        each.raw.cut(text) for each in found.parts if each.raw
    ]


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_text(text, fetched=NOW, country=None, known={}) == read_text(
        text, fetched=NOW, country=None, known={}
    )


def test_marks_of_a_quoted_mail_are_read_as_blanks() -> None:
    text = "> The council met on Tuesday and decided\n> to leave the bridge.\n> It was late.\n"
    lines = read_lines(text)
    assert [text[line.raw.start : line.raw.end].replace(">", " ") for line in lines] == [
        line.text for line in lines
    ]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "." * 1_000_000,
        "字" * 330_000,
        "Read more\n" * 200_000,
        "\n".join(f"Line {number}" for number in range(200_000)),
        "3 min read\n" * 9_000,
        f"{PROSE}\n" * 9_000,
        "1 May 2026\n" * 9_000,
        "\n".join(f"The ferry to island {number} was late again" for number in range(9_000)),
        "> \n" * 200_000,
        "\r" * 500_000 + "a",
    ],
    ids=range(11),
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    page = Page(url="file:long.txt", body=text.encode(), fetched=NOW, media_type="text/plain")
    ExtractArticle()(page)
    assert time.process_time() - begun < 2
