"""Lines of a wrapped page are put together again, those of a list and of a menu are not."""

import numpy as np

from worldtake.extract.forms import form_label, label_mail
from worldtake.extract.lines import read_lines
from worldtake.extract.prose import Trees

WRAPPED = """\
The ferry did not sail on Monday because the wind stood on the quay,
and it did not sail on Tuesday because the captain had gone home.

On Wednesday it sailed, with two sheep, a piano and the post of the
whole week on board, and came back empty before it was dark.

* the sheep belong to the widow at the end of the road past the mill,
  who has not said what she wants with them
* nobody knows whose the piano is, and it stands on the quay under a
  sail
"""


def texts(page: str) -> list[str]:
    return [" ".join(line.text.split()) for line in read_lines(page)]


def test_paragraphs_of_two_lines_are_joined_where_the_page_is_wrapped() -> None:
    page = WRAPPED + "\n" + WRAPPED
    assert (
        "On Wednesday it sailed, with two sheep, a piano and the post of the whole week on board, and came back empty before it was dark."
        in texts(page)
    )


def test_each_item_of_a_wrapped_list_is_a_line() -> None:
    page = WRAPPED + "\n" + WRAPPED
    assert "* nobody knows whose the piano is, and it stands on the quay under a sail" in texts(
        page
    )


def test_lines_of_a_menu_stay_apart() -> None:
    assert texts("Home\nNews\nSport\n") == ["Home", "News", "Sport"]


def test_an_underline_is_told_from_a_separator() -> None:
    assert [form_label(line) for line in read_lines("The vote\n--------\n\n---\n")] == [
        "",
        "underline",
        "separator",
    ]


def test_the_fields_of_a_mail_are_its_header() -> None:
    lines = read_lines("From: Ann\nTo: Tom\nSubject: The ferry\n\nIt sailed.\n")
    labels = [""] * len(lines)
    label_mail(lines, labels)
    assert ["mail_header"] * 3 + [""] == labels


def test_one_line_that_begins_like_a_field_is_no_mail() -> None:
    lines = read_lines("To: the editor\n\nIt sailed.\n")
    labels = [""] * len(lines)
    label_mail(lines, labels)
    assert ["", ""] == labels


def test_trees_go_right_where_the_number_is_greater() -> None:
    trees = Trees(
        start=0.5,
        columns=np.array([[1]]),
        thresholds=np.array([[2.0]]),
        leaves=np.array([[-1.0, 1.0]]),
    )
    assert [-0.5, 1.5] == trees.odds(np.array([[0.0, 2.0], [0.0, 3.0]])).tolist()
