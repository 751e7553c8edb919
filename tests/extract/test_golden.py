"""Whole pages come out as they were read by hand: markup of all kinds, several scripts, saved text."""

from pathlib import Path

import pytest
from golden import cases, expected, read


@pytest.mark.parametrize("folder", cases(), ids=lambda folder: folder.name)
def test_a_golden_page_comes_out_as_expected(folder: Path) -> None:
    assert expected(folder) == read(folder)
