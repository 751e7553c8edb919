"""Habits of an outlet out of what its pages show: what recurs, and what only tells one report again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from worldtake.extract.learning import KEPT_PAGES, MOST_LINES, is_time, learn
from worldtake.model import OutletHabits, Shown


def a_shown(
    number: int, *, lines: str = "", prose: str = "", own: int = 8, **more: object
) -> Shown:
    """Return what a page shows: lines and long sentences as letters, and `own` sentences of its own."""
    sentences = tuple(sorted((*prose, *(f"{number}.{n}" for n in range(own)))))
    return Shown(url=f"https://quay.example/{number}", lines=tuple(lines), prose=sentences, **more)  # type: ignore[arg-type]


def test_what_recurs_on_three_pages_is_learned() -> None:
    pages = [a_shown(n, lines="ab" if n < 3 else "b", prose="x" if n < 2 else "") for n in range(4)]
    assert ("a", "b") == learn(pages).lines


def test_a_long_sentence_under_every_report_is_learned() -> None:
    assert ("x",) == learn(a_shown(n, prose="x") for n in range(3)).lines


def test_pages_of_one_article_count_once() -> None:
    assert () == learn([a_shown(1, lines="a")] * 2 + [a_shown(2, lines="a")]).lines


def test_copies_of_one_report_under_several_addresses_teach_nothing() -> None:
    assert () == learn(a_shown(n, lines="ab", prose="pqrstuv", own=0) for n in range(5)).lines


def test_the_background_that_one_story_repeats_is_not_learned() -> None:
    story = [a_shown(n, prose="pqr", own=6) for n in range(5)]
    others = [a_shown(n, own=6) for n in range(5, 9)]
    assert () == learn([*story, *others]).lines


def test_furniture_round_copies_of_one_report_is_learned_from_the_others() -> None:
    copies = [a_shown(n, lines="a", prose="pqrstuv", own=0) for n in range(4)]
    others = [a_shown(n, lines="a") for n in range(4, 6)]
    assert ("a",) == learn([*copies, *others]).lines


def test_pages_of_furniture_alone_do_not_keep_it_from_being_learned() -> None:
    stubs = [a_shown(n, prose="x", own=0) for n in range(6)]
    assert ("x",) == learn([*stubs, *(a_shown(n, prose="x") for n in range(6, 9))]).lines


def test_galleries_with_the_same_captions_are_one_report() -> None:
    assert () == learn(a_shown(n, lines="abcdef", own=0) for n in range(4)).lines


PAGES = st.lists(
    st.builds(
        a_shown,
        st.integers(0, 8),
        lines=st.text("abcd", max_size=3).map(lambda each: "".join(sorted(set(each)))),
        prose=st.text("pqrs", max_size=3).map(lambda each: "".join(sorted(set(each)))),
        own=st.integers(0, 4),
        parts=st.lists(st.sampled_from(("news", "quay")), unique=True).map(tuple),
        edges=st.lists(st.sampled_from(("news", "quay")), unique=True).map(tuple),
        places=st.lists(st.tuples(st.sampled_from(("h1", "title")), st.booleans())).map(tuple),
    ),
    max_size=14,
)


@given(PAGES, st.randoms())
def test_the_order_of_pages_does_not_matter(pages: list[Shown], chance: object) -> None:
    other = list(pages)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert learn(pages) == learn(other)


@given(PAGES)
def test_what_is_learned_recurs_and_is_learned_alike_from_pages_read_twice(
    pages: list[Shown],
) -> None:
    found = learn(pages)
    on = {
        line: {each.url for each in pages if line in (*each.lines, *each.prose)}
        for line in found.lines
    }
    assert all(len(urls) >= 3 for urls in on.values())
    assert found == learn(pages + pages)


def test_where_headlines_are_right_is_counted_by_page() -> None:
    places = ((("h1", True), ("title", False)), (("h1", True),), ())
    found = learn(a_shown(n, places=each) for n, each in enumerate(places))
    assert (("h1", 2, 2), ("title", 0, 1)) == found.places


def test_names_beside_headlines_are_learned_once_they_recur() -> None:
    pages = [a_shown(n, parts=("quay",) if n < 2 else ("news", "quay")) for n in range(4)]
    assert ("quay",) == learn(pages).parts


def test_what_ends_every_headline_is_learned_and_what_ends_a_few_is_not() -> None:
    pages = [a_shown(n, edges=("quay",) if n % 3 else ("ferry",)) for n in range(12)]
    assert ("quay",) == learn(pages).parts


def test_what_is_learned_stays_small() -> None:
    every = tuple(f"line {n:05}" for n in range(5 * MOST_LINES))
    pages = [
        Shown(url=str(n), lines=every, prose=tuple(f"{n}.{i}" for i in range(9))) for n in range(4)
    ]
    assert MOST_LINES == len(learn(pages).lines)


def test_nothing_is_learned_of_no_pages() -> None:
    assert OutletHabits() == learn(())


def test_habits_are_learned_as_pages_arrive_the_rarer_the_more_there_are() -> None:
    due = [pages for pages in range(1, KEPT_PAGES + 1) if is_time(pages - 1, pages)]
    assert [*range(3, 21), 23, 29, 36, 45, 56, 70, 87] == due


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_however_many_come_at_once_habits_are_learned_of_three_pages(arrivals: list[int]) -> None:
    counts = [0]
    for some in arrivals:
        counts.append(counts[-1] + some)
    due = any(is_time(*pair) for pair in pairwise(counts))
    assert due == (counts[-1] >= 3)
