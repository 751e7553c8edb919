"""The scorers of extraction say what they claim, on pages made here; the table names what it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from evals.extraction.corpora import Sample
from evals.extraction.leaks import captions_of, has_echo, has_leak
from evals.extraction.marks import Reading, figures, mark
from evals.extraction.scores import (
    Overlap,
    interval,
    mean_f1,
    overlap,
    probability_higher,
    shingles,
)
from evals.extraction.table import BEGIN, COLUMNS, END, PAGE

CAPTION = "Dockers wait beside the flooded quay on Tuesday"
BODY = (
    "The harbour of Port Elsin stayed shut.",
    "Ships were sent on to Marrow Bay, the master said.",
)
HTML = f"""<html><head><title>Harbour shut - Elsin Post</title></head><body><h1>Harbour shut</h1>
<figure><img src=a.jpg><figcaption>{CAPTION} <span class=credit>Photo: Ada Lind</span></figcaption></figure>
<p>{BODY[0]}</p><p class="text-caption">{BODY[1]}</p><div class="nocaption">Not one word of this is a caption</div>
</body></html>"""
SAMPLE = Sample(
    corpus="fundus",
    name="elsin",
    url="https://elsinpost.example/harbour",
    publisher="elsinpost.example",
    html=HTML.encode(),
    fetched=datetime(2025, 6, 1, tzinfo=UTC),
    paragraphs=BODY,
    title="Harbour shut",
    authors=("Ada Lind",),
    published=datetime(2025, 5, 31, 23, 30, tzinfo=timezone(timedelta(hours=2))),
)


def test_shingles_are_four_words_in_a_row_and_a_short_text_is_one() -> None:
    assert {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1} == shingles("a b, c. d e")
    assert {("a", "b"): 1} == shingles("a b")
    assert {} == shingles(" -- ")


def test_overlap_counts_what_is_repeated() -> None:
    assert Overlap(0.5, 1.0) == overlap(shingles("a b c d"), shingles("a b c d") + shingles("x"))
    assert Overlap(1.0, 1.0) == overlap(shingles(""), shingles(""))


def test_f1_is_that_of_the_means() -> None:
    assert 0.5 == mean_f1([Overlap(1.0, 0.0), Overlap(0.0, 1.0)])


def test_an_extractor_that_is_better_on_every_page_is_surely_better() -> None:
    better, worse = [Overlap(0.9, 0.9)] * 20, [Overlap(0.8, 0.8)] * 20
    assert 1.0 == probability_higher(better, worse)
    assert 0.0 == probability_higher(worse, 0.85)
    assert pytest.approx((0.9, 0.9)) == interval(better)


def test_captions_are_what_the_page_marks_as_such() -> None:
    dockers = "dockers wait beside the flooded quay on tuesday"
    assert {dockers, f"{dockers} photo ada lind"} == captions_of(SAMPLE)


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        ("\n".join(BODY), False),
        (f"{BODY[0]}\n{CAPTION} Photo: Ada Lind\n{BODY[1]}", True),
        (f"{BODY[0]} {CAPTION}, witnesses said", False),
    ],
)
def test_a_caption_leaks_where_it_is_a_line_of_the_text(text: str, leaks: bool) -> None:  # noqa: FBT001
    assert leaks == has_leak(SAMPLE, text)


def test_a_title_is_echoed_where_the_text_begins_with_it() -> None:
    assert has_echo(SAMPLE, f"Harbour shut\n{BODY[0]}")
    assert not has_echo(SAMPLE, "\n".join(BODY))


def test_a_page_read_rightly_has_full_marks() -> None:
    published = datetime(2025, 5, 31, 21, 30, 20, tzinfo=UTC)
    reading = Reading(
        text="\n\n".join(BODY), title="HARBOUR SHUT", authors=("Ada Lind",), published=published
    )
    marks = mark(SAMPLE, reading)
    assert (True, True, True, True, 1.0) == (
        marks.exact,
        marks.title,
        marks.day,
        marks.minute,
        marks.authors,
    )
    assert 1.0 == figures([marks])["fundus_over_98"]


def test_a_page_not_read_has_no_marks_and_leaks_nothing() -> None:
    marks = mark(SAMPLE, Reading())
    assert (0.0, False, False, False) == (marks.body, marks.day, marks.leaked, marks.echoed)


def test_the_page_of_the_comparison_holds_every_column() -> None:
    page = PAGE.read_text("utf-8")
    table = page.partition(BEGIN)[2].partition(END)[0]
    assert f"| {' | '.join(COLUMNS)} |" in table
    assert all(column in page.partition(BEGIN)[0] for column in COLUMNS[1:])
    assert "| worldtake |" in table
