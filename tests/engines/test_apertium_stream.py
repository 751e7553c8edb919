"""The real program over pipelines that misbehave, written by the tests."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from tests.engines.conftest import alive, write_mode

from worldtake.engines.apertium import ApertiumTranslator
from worldtake.engines.apertium_stream import Command, clean, decode, encode, pieces
from worldtake.engines.translators import Translated, Untranslated
from worldtake.errors import EngineBusyError, EngineRefusedError

if TYPE_CHECKING:
    from pathlib import Path

SEGMENTS = ["ena", "dve", "POKVARI", "tri", "štiri"]


def translator(command: Command, seconds: float = 20) -> ApertiumTranslator:
    return ApertiumTranslator(command=command, seconds=seconds)


def test_encoded_text_comes_back() -> None:
    assert "a[b]^$/\\@<>{}*#~+ č😀" == decode(encode("a[b]^$/\\@<>{}*#~+ č😀"))


def test_encoded_text_is_one_line_without_signs_of_the_stream() -> None:
    assert not set("[]^$/\\@<>{}*#~+\n\t\x00") & set(encode("[x]^$/\\@<>{}*#~+\n\ty\x00"))


def test_of_words_for_choice_the_first_stands() -> None:
    assert "hostages and brought 80s" == clean("hostages\\/guests and brought/led 80s\\/80ies")


def test_marks_and_blanks_are_taken_out() -> None:
    assert "From Berlin came two" == clean("~From *Berlin[[/]] #came[x] \\@two")


def test_pieces_out_of_order_are_no_pieces() -> None:
    assert [] == pieces("b.[][1]a.[][0]")


def test_pieces_before_a_break_count() -> None:
    assert ["a", "b."] == pieces("a.[][0]b..[][1]c")


def test_a_segment_that_breaks_the_pipeline_takes_no_other_with_it(own_modes: Path) -> None:
    command = write_mode(own_modes, "slv-eng", "perl -pe 'exit(1) if /POKVARI/'")
    found = translator(command).translate(SEGMENTS, "sl", "en")
    expected = [Translated(text=each) for each in SEGMENTS]
    assert expected[:2] + expected[3:] == [found[n] for n in (0, 1, 3, 4)]
    assert isinstance(found[2], Untranslated)


def test_a_pipeline_that_swaps_segments_gives_none_of_them_wrong(own_modes: Path) -> None:
    swap = r"perl -pe 's/^(.*?)\.\[\]\[0\](.*?)\.\[\]\[1\]/$2.[][1]$1.[][0]/'"
    found = translator(write_mode(own_modes, "slv-eng", swap)).translate(SEGMENTS, "sl", "en")
    assert [Translated(text=each) for each in SEGMENTS] == list(found)


def test_a_pipeline_that_says_nothing_gives_no_answers(own_modes: Path) -> None:
    found = translator(write_mode(own_modes, "slv-eng", "true")).translate(SEGMENTS, "sl", "en")
    assert [Untranslated] * len(SEGMENTS) == [type(each) for each in found]


def test_a_word_that_was_kept_and_is_lost_is_done_again_without(own_modes: Path) -> None:
    command = write_mode(own_modes, "slv-eng", "perl -pe 's/zqbqz//i'")
    (found,) = translator(command).translate(["ZDA so tu"], "sl", "en")
    assert Translated(text="ZDA so tu") == found


def test_what_takes_too_long_is_killed_with_all_its_processes(
    own_modes: Path, tmp_path: Path
) -> None:
    note = tmp_path / "pid"
    command = write_mode(own_modes, "slv-eng", f"sh -c 'echo $$ > {note}; exec sleep 60'")
    busy = translator(command, seconds=1)
    assert busy.supports("sl", "en")
    begun = time.monotonic()
    with pytest.raises(EngineBusyError, match="longer than its time"):
        busy.translate(["Dober dan."], "sl", "en")
    assert time.monotonic() - begun < 5
    assert not alive(int(note.read_text()))


def test_closing_kills_what_is_at_work(own_modes: Path, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    command = write_mode(own_modes, "slv-eng", f"sh -c 'echo $$ > {note}; exec sleep 60'")
    slow = translator(command)
    with ThreadPoolExecutor() as pool:
        call = pool.submit(slow.translate, ["Dober dan."], "sl", "en")
        while not note.exists() or not note.read_text():
            time.sleep(0.02)
        slow.close()
        error = call.exception(timeout=10)
    assert (True, False) == (isinstance(error, EngineBusyError), alive(int(note.read_text())))


def test_no_files_are_left_behind(
    own_modes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    busy = translator(write_mode(own_modes, "slv-eng", "sleep 60"), seconds=0.5)
    with pytest.raises(EngineBusyError):
        busy.translate(["Dober dan."], "sl", "en")
    assert [] == list(folder.iterdir())


def test_a_program_that_cannot_be_run_is_refused_with_the_remedy() -> None:
    with pytest.raises(EngineRefusedError, match="worldtake translate setup apertium"):
        Command(program="/nowhere/apertium").step("slv-eng", ["a"], until=time.monotonic() + 5)


def test_what_changes_in_a_mode_without_a_package_changes_the_revision(own_modes: Path) -> None:
    revisions = []
    for pipeline in ("cat", "cat -u"):
        found = translator(write_mode(own_modes, "slv-eng", pipeline)).supports("sl", "en")
        revisions.append(found and found.revision)
    assert len(set(revisions)) == 2
