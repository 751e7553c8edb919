"""The command line as a reader types it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><html lang="en"><head><title>Tram stops early | The Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2026-09-08T09:00:00+02:00"></head><body>
<nav><a href="/a">Home</a> <a href="/b">World</a></nav><article><h1>Tram stops early</h1>
<p>The last tram of the city stopped an hour early on Monday, and nobody could say why.</p>
<p>"We are looking into it," said Ana Kovač, who speaks for the tram company.</p>
<p>According to Reuters, the same had happened in two other cities within a week.</p>
</article><footer>Imprint</footer></body></html>"""


def worldtake(*words: str, home: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "worldtake", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"WORLDTAKE_HOME": str(home), "WORLDTAKE_WORKERS": "0", "COLUMNS": "100"},
    )


def rows(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    return file


@pytest.mark.usefixtures("page")
def test_extract_writes_one_line_a_page(tmp_path: Path) -> None:
    zipped = tmp_path / "again.html.gz"
    zipped.write_bytes(gzip.compress(PAGE.encode()))
    result = worldtake("extract", str(tmp_path), home=tmp_path)
    found = rows(result.stdout)
    assert (0, ["Tram stops early"] * 2) == (result.returncode, [row["title"] for row in found])
    assert {
        "file",
        "url",
        "title",
        "authors",
        "published",
        "modified",
        "site",
        "language",
        "image",
        "text",
        "blocks",
        "discarded",
    } <= set(found[0])
    assert "2026-09-08T09:00:00+02:00" == found[0]["published"]


def test_stages_follow_each_other_in_a_pipe(page: Path, tmp_path: Path) -> None:
    extracted = worldtake("extract", str(page), home=tmp_path).stdout
    detected = worldtake("detect", "-", home=tmp_path, given=extracted).stdout
    traced = rows(worldtake("trace", "-", home=tmp_path, given=detected).stdout)[0]
    quote = next(each for each in traced["quotes"] if each["kind"] == "direct")
    speaker = traced["text"][slice(*quote["speaker"])]
    assert ("en", "Ana Kovač", ["Reuters"]) == (
        traced["language"],
        speaker,
        [credit["outlet"] for credit in traced["credits"]],
    )


def test_fields_that_a_stage_does_not_know_pass_through(tmp_path: Path) -> None:
    given = json.dumps(
        {"title": "Vlak je obstal", "text": "Vlak je obstal sredi mostu.", "mine": [1]}
    )
    row = rows(worldtake("detect", "-", home=tmp_path, given=given).stdout)[0]
    assert ([1], "sl") == (row["mine"], row["language"])


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    result = worldtake(
        "detect", "-", home=tmp_path, given='{"title": "One two three"}\nnonsense\n[1]\n'
    )
    assert (1, 1) == (result.returncode, len(rows(result.stdout)))
    assert "line 2: not JSON" in result.stderr
    assert "line 3: not a JSON object" in result.stderr


def test_cluster_puts_reports_of_one_happening_together(tmp_path: Path) -> None:
    texts = [
        (
            "a",
            "Ferry burns off Ancona",
            "A ferry caught fire off Ancona and all passengers were taken off.",
        ),
        (
            "b",
            "Passengers saved as ferry burns near Ancona",
            "All passengers were taken off a burning ferry off Ancona.",
        ),
        (
            "c",
            "Court stops railway in forest",
            "A judge in Brazil stopped the building of a railway.",
        ),
    ]
    given = "\n".join(
        json.dumps(
            {
                "id": identity,
                "language": "en",
                "published": "2026-09-08",
                "title": title,
                "text": text,
            }
        )
        for identity, title, text in texts
    )
    found = {
        row["id"]: row["story"]
        for row in rows(worldtake("cluster", "-", home=tmp_path, given=given).stdout)
    }
    assert (True, True) == (found["a"] == found["b"], found["a"] != found["c"])


def test_copies_names_pairs_with_spans_on_both_sides(tmp_path: Path) -> None:
    shared = (
        "The ministry confirmed on Tuesday that the bridge over the river would stay closed "
        "until engineers had inspected every one of its forty cables, a task expected to take weeks. "
        "Traders in the old town said they had already lost half of their customers since spring."
    )
    given = "\n".join(
        json.dumps(
            {"id": name, "url": f"https://{name}.example/1", "text": f"{opening}\n\n{shared}"}
        )
        for name, opening in (("one", "From our own reporter."), ("two", "News in brief today."))
    )
    found = rows(worldtake("copies", "-", home=tmp_path, given=given).stdout)
    assert [("one", "two")] == [(row["a"], row["b"]) for row in found]
    assert len(found[0]["spans_a"]) == len(found[0]["spans_b"])


@pytest.mark.parametrize("command", [["locate", "-"]])
def test_what_is_not_built_yet_says_so(command: list[str], tmp_path: Path) -> None:
    result = worldtake(*command, home=tmp_path)
    assert 2 == result.returncode
    assert "not built yet" in result.stderr


def test_bad_files_are_named_and_the_rest_goes_on(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "empty.html").write_bytes(b"")
    (folder / "binary.html").write_bytes(bytes(range(256)) * 200)
    with (folder / "huge.html").open("wb") as file:
        file.truncate(50_000_000)
    other = (
        "<html><head><meta charset=windows-1251><title>Новость</title></head><body><article>"
        + (
            "<p>Город ждёт первый трамвай, который должен пойти по новому мосту уже в понедельник утром.</p>"
            * 4
        )
    )
    (folder / "other.html").write_bytes(other.encode("cp1251"))
    home = tmp_path / "home"
    result = worldtake("add", str(folder), str(page), str(tmp_path / "missing.html"), home=home)
    listed = worldtake("quarantine", "list", home=home).stdout
    assert 1 == result.returncode
    for name in ("empty.html", "binary.html", "huge.html", "missing.html"):
        assert (True, True) == (name in listed, name in result.stderr + result.stdout)
    assert ("other.html" in listed, "page.html" in listed) == (False, False)
    status = worldtake("status", home=home).stdout
    assert "2 articles" in status


def test_a_folder_without_permission_is_named(page: Path, tmp_path: Path) -> None:
    closed, home = tmp_path / "closed", tmp_path / "home"
    closed.mkdir()
    (closed / "page.html").write_text(PAGE, "utf-8")
    closed.chmod(0)
    # Root may enter any folder, unless it gives that right up.
    rights = "-dac_override,-dac_read_search"
    root = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]
    result = subprocess.run(
        [
            *(root if os.geteuid() == 0 else []),
            *(sys.executable, "-m", "worldtake", "add", str(closed), str(page)),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"WORLDTAKE_HOME": str(home), "WORLDTAKE_WORKERS": "0"},
    )
    closed.chmod(0o755)
    assert 1 == result.returncode
    assert f"{closed}: cannot be opened" in result.stderr
    assert "1 articles" in result.stderr


def test_a_quarantined_page_is_read_after_it_was_mended(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "page.html"
    file.write_bytes(b"")
    worldtake("add", str(file), home=home)
    file.write_text(PAGE, "utf-8")
    result = worldtake("quarantine", "retry", home=home)
    assert (0, True) == (result.returncode, "1 articles" in worldtake("status", home=home).stdout)


def test_quarantine_show_of_an_unknown_number_says_where_to_look(tmp_path: Path) -> None:
    result = worldtake("quarantine", "show", "9", home=tmp_path)
    assert (1, True) == (result.returncode, "quarantine list" in result.stderr)


def test_another_address_than_loopback_is_refused(tmp_path: Path) -> None:
    result = worldtake("up", "--host", "0.0.0.0", home=tmp_path)  # noqa: S104 that is what is refused
    assert (1, True) == (result.returncode, "--public" in result.stderr)


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("settings.toml").write_text("prot = 8000\n")
    result = worldtake("status", home=tmp_path)
    assert (1, True) == (result.returncode, "setting prot" in result.stderr)


def test_a_store_address_that_is_none_is_refused(tmp_path: Path) -> None:
    result = worldtake("status", "--store", "nonsense", home=tmp_path)
    assert (1, True) == (result.returncode, "sqlite:///FILE" in result.stderr)
