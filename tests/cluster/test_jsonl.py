from __future__ import annotations

from typing import Any

import pytest

from worldtake.cluster import cluster_lines


def a_row(name: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "language": "en", "title": title, **more}


FERRY = "Ferry burns off Ancona as coastguard rescues passengers"
COURT = "Court halts railway through forest in Brazil"


def test_each_row_comes_back_in_its_place_with_the_story_of_its_first_article() -> None:
    rows = [
        a_row("1", FERRY, published="2026-09-08T09:40:00+02:00"),
        a_row("2", COURT, published="2026-09-08T10:00:00Z", colour="blue"),
        a_row("3", FERRY + " safely", published="2026-09-08"),
    ]
    expected = [("1", "1", None), ("2", "2", "blue"), ("3", "1", None)]
    found = [(row["id"], row["story"], row.get("colour")) for row in cluster_lines(rows)]
    assert expected == found


def test_rows_without_a_date_keep_their_order() -> None:
    rows = [a_row("z", FERRY), a_row("a", COURT), a_row("m", FERRY)]
    assert ["z", "a", "z"] == [row["story"] for row in cluster_lines(rows)]


def test_a_row_with_a_date_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"row 1: published 'soon'"):
        list(cluster_lines([a_row("1", FERRY, published="soon")]))


def test_an_id_twice_is_named() -> None:
    with pytest.raises(ValueError, match=r"row 2: id '1' comes twice"):
        list(cluster_lines([a_row("1", FERRY), a_row("1", COURT)]))
