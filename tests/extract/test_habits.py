"""What a page shows of its outlet, and what is left out because it is known to recur."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from worldtake.extract import ExtractArticle
from worldtake.extract.article import Reading
from worldtake.extract.found import Found, Part
from worldtake.extract.habits import label_recurring, line_key, observe, reliable, touches
from worldtake.extract.learning import learn
from worldtake.model import Article, Discarded, OutletHabits, Page, Shown

FETCHED = datetime(2026, 9, 16, 12, tzinfo=UTC)
#: Furniture as outlets write it into their text: a sentence, and a line that is none.
APPEAL = "The Quay is paid for by its readers: become a member today and keep our lamps lit."
LABEL = "Listen to this report"
STAGE = ExtractArticle()
NOUNS = ("ferry", "harbour", "lighthouse", "market", "bridge", "school", "orchard", "tunnel")
DEEDS = (
    "was closed",
    "was sold",
    "burned down",
    "was opened again",
    "lost its roof",
    "was painted",
)


def told(number: int, count: int = 4) -> tuple[str, ...]:
    """Return paragraphs that no other number gives."""
    chance = random.Random(number)  # noqa: S311 chance, not secrets
    return tuple(
        f"The {chance.choice(NOUNS)} of ward {number} {chance.choice(DEEDS)} on day {day}, and nobody on "
        f"the {chance.choice(NOUNS)} committee had been told of it before the evening of that day."
        for day in range(count)
    )


def page(number: int, *, extra: tuple[str, ...] = (APPEAL, LABEL), **fields: object) -> Page:
    first, *rest = told(number)
    lines = [first, *extra[:1], *rest, *extra[1:]]
    body = (
        f"<html><head><title>Report {number} from the ward - The Quay</title></head><body><article>"
    )
    body += f"<h1>Report {number} from the ward</h1>" + "".join(f"<p>{each}</p>" for each in lines)
    given = {"url": f"https://quay.example/{number}"} | fields
    return Page(body=f"{body}</article></body></html>".encode(), fetched=FETCHED, **given)  # type: ignore[arg-type]


def read(given: Page) -> Reading:
    found = STAGE.read(given)
    assert isinstance(found, Reading)
    return found


def shown(*numbers: int) -> list[Shown]:
    return [read(page(number)).shown for number in numbers]


def test_a_line_on_three_pages_is_left_out_of_the_next_one() -> None:
    habits = learn(shown(1, 2, 3))
    found = STAGE(page(4, habits=habits))
    assert isinstance(found, Article)
    assert "\n\n".join(told(4)) == found.text
    assert Discarded(text=APPEAL, reason="recurring") in found.discarded


def test_a_line_on_two_pages_stays() -> None:
    found = STAGE(page(4, habits=learn(shown(1, 2))))
    assert isinstance(found, Article)
    assert APPEAL in found.text


def test_plain_text_profits_as_well() -> None:
    text = "\n\n".join(("Report 4 from the ward of the harbour", *told(4), APPEAL))
    plain = Page(url="file:4.txt", body=text.encode(), fetched=FETCHED, media_type="text/plain")
    found = STAGE(replace(plain, habits=learn(shown(1, 2, 3))))
    assert isinstance(found, Article)
    assert (False, ["recurring"]) == (
        APPEAL in found.text,
        [each.reason for each in found.discarded if each.text == APPEAL],
    )


def test_a_page_shows_the_same_when_its_lines_are_left_out() -> None:
    plain, knowing = page(4), page(4, habits=learn(shown(1, 2, 3)))
    assert read(plain).article != read(knowing).article
    assert read(plain).shown == read(knowing).shown


def test_a_page_that_is_read_without_habits_is_as_before() -> None:
    assert STAGE(page(1)) == STAGE(page(1, habits=OutletHabits()))


def test_a_page_of_nothing_but_lines_that_recur_keeps_them() -> None:
    lines = [(each, "paragraph") for each in (*told(1), APPEAL)]
    habits = OutletHabits(lines=tuple(sorted(line_key(text) for text, _ in lines)))
    assert ("paragraph",) * 5 == label_recurring(lines, habits)


def test_a_short_answer_is_no_furniture_however_often_it_is_given() -> None:
    asked = Found(
        title="", parts=tuple(Part(text=each, role="paragraph") for each in ("Yes.", "No."))
    )
    assert () == observe(asked, "https://quay.example/1").lines


def test_a_line_is_the_same_whatever_its_marks() -> None:
    assert line_key("Read more: our ferry page »") == line_key("READ MORE – our ferry page")


@given(st.lists(st.tuples(st.text(max_size=150), st.sampled_from(["paragraph", "quote", "caption", "title", "dateline"])), max_size=12), st.data())  # fmt: skip
def test_only_lines_of_the_text_are_labelled_and_never_much_of_it(
    lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    known = data.draw(st.lists(st.sampled_from(lines), max_size=6)) if lines else []
    habits = OutletHabits(lines=tuple(sorted({line_key(text) for text, _ in known})))
    labels = label_recurring(lines, habits)
    changed = [n for n, (_, label) in enumerate(lines) if labels[n] != label]
    assert {"recurring"} >= {labels[n] for n in changed}
    assert {"paragraph", "quote"} >= {lines[n][1] for n in changed}
    assert labels == label_recurring(lines, habits)
    assert not changed or len(changed) < sum(label in {"paragraph", "quote"} for _, label in lines)


def test_a_page_is_read_again_for_a_line_or_a_part_of_its_title_alone() -> None:
    one = Shown(url="u", lines=("a",), prose=("b",), edges=("thequay",))
    after = [
        OutletHabits(lines=("a",)),
        OutletHabits(lines=("b", "c")),
        OutletHabits(lines=("c",)),
        OutletHabits(parts=("thequay",)),
        OutletHabits(parts=("sport",)),
    ]
    assert [True, True, False, True, False] == [touches(one, None, each) for each in after]
    assert not touches(one, after[0], after[0])


TITLES = (("h1", "Ferry burns"), ("og:title", "Ferry burns!"), ("title", "Lamps out on the quay"))


def test_the_place_that_most_others_agree_with_is_right() -> None:
    found = Found(title="Ferry burns", titles=TITLES)
    assert (("h1", True), ("og:title", True), ("title", False)) == observe(found, "u").places


def test_where_no_two_agree_no_place_is_right() -> None:
    assert () == observe(Found(title="Ferry burns", titles=TITLES[::2]), "u").places


def test_where_two_headlines_are_stated_alike_no_place_is_right() -> None:
    found = Found(title="", titles=(*TITLES, ("twitter:title", "Lamps out on the quay")))
    assert () == observe(found, "u").places


def test_what_stands_beside_the_headline_is_a_part_and_what_belongs_to_it_is_none() -> None:
    found = Found(
        title="Harbour fire: ferry öil burns",
        titles=(
            ("h1", "Harbour fire: ferry öil burns"),
            ("title", "Harbour fire: ferry öil burns | News"),
        ),
        raw_titles=("Harbour fire: ferry öil burns | News | The Quay",),
    )
    assert ("news", "the quay") == observe(found, "u").parts


def test_the_ends_of_a_headline_in_pieces_are_its_edges() -> None:
    found = Found(title="Ferry burns off Ancona | News | The Quay")
    assert ("ferry burns off ancona", "the quay") == observe(found, "u").edges


def test_how_reliable_a_place_is_is_a_share_of_the_pages() -> None:
    habits = OutletHabits(pages=4, places=(("h1", 4, 4), ("title", 1, 4)))
    assert ({"h1": 1.0, "title": 0.25}, {}) == (reliable(habits), reliable(None))


def test_the_habits_reach_what_is_known_of_a_page() -> None:
    habits = OutletHabits(pages=4, places=(("h1", 4, 4),), parts=("the quay",))
    known = STAGE._known(page(1, habits=habits), None)
    assert ({"h1": 1.0}, frozenset({"the quay"})) == (known.reliable, known.site_parts)
