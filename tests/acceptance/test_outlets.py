"""`worldtake outlets` as a reader types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from worldtake.catalog import write_outlet
from worldtake.model import Feed, Outlet
from worldtake.testing.fake_outlets import FakeArticle, FakeOutlet
from worldtake.testing.press import Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CALLING = {
    "WORLDTAKE_ALLOW_HOSTS": '["*.localhost"]',
    "WORLDTAKE_PACE_SECONDS": "0",
    "WORLDTAKE_DOMAIN_PACE_SECONDS": "0",
    "WORLDTAKE_WORKERS": "0",
    "COLUMNS": "160",
}


def command(*words: str, home: Path) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | CALLING | {"WORLDTAKE_HOME": str(home)}
    return [sys.executable, "-m", "worldtake", "outlets", *words], environment


def outlets(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    line, environment = command(*words, home=home)
    return subprocess.run(
        line, capture_output=True, text=True, timeout=150, check=False, env=environment
    )


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as opened:
        yield opened


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for outlet in (
        Outlet(id="si-glas", name="Glas", domains=("glas.example",), country="SI", languages=("sl",), kind="newspaper"),
        Outlet(id="rs-glas", name="Glas", native_name="Глас", domains=("glas.rs.example",), country="RS", languages=("sr-Cyrl",), state_control="captured"),
    ):  # fmt: skip
        write_outlet(outlet, folder, {"state_control": "https://monitor.example/"})
    return folder


def test_outlets_are_listed_shown_and_checked_for_mistakes(catalogue: Path, tmp_path: Path) -> None:
    folder = ("--catalogue", str(catalogue))
    listed = outlets("list", "--state", "captured", "--json", *folder, home=tmp_path)
    assert ["rs-glas"] == [json.loads(line)["id"] for line in listed.stdout.splitlines()]
    assert "2 of 2 outlets" in outlets("list", *folder, home=tmp_path).stderr
    shown = outlets("show", "ГЛАС", *folder, home=tmp_path)
    expected = {"value": "captured", "source": "https://monitor.example/"}
    assert expected == yaml.safe_load(shown.stdout)["state_control"]
    sound = outlets("lint", str(catalogue), home=tmp_path)
    assert (0, "") == (sound.returncode, sound.stdout)
    (catalogue / "si" / "glas.yaml").write_text("id: [")
    broken = outlets("lint", str(catalogue), home=tmp_path)
    assert (1, True) == (broken.returncode, "si/glas.yaml: not YAML" in broken.stdout)


def test_the_shipped_outlets_are_there_from_the_start(tmp_path: Path) -> None:
    listed = outlets("list", "--country", "si", "--kind", "agency", home=tmp_path)
    assert "si-sta" in listed.stdout
    unknown = outlets("show", "nobody", "at", "all", home=tmp_path)
    assert (1, True) == (unknown.returncode, "no outlet goes by nobody at all" in unknown.stderr)


def test_what_is_exported_can_be_imported_elsewhere(catalogue: Path, tmp_path: Path) -> None:
    file, own = tmp_path / "list.opml", tmp_path / "elsewhere"
    write_outlet(
        Outlet(
            id="si-jutro",
            name="Jutro",
            country="SI",
            feeds=(Feed(url="https://jutro.example/rss", outlet_id="si-jutro"),),
        ),
        catalogue,
    )
    outlets("export", "--opml", str(file), "--catalogue", str(catalogue), home=tmp_path)
    told = outlets("import", str(file), "--catalogue", str(own), home=tmp_path)
    assert (0, True) == (told.returncode, "3 new, 0 merged, 0 known, 0 refused" in told.stderr)
    again = outlets("import", str(file), "--catalogue", str(own), home=tmp_path)
    assert "0 new, 0 merged, 3 known, 0 refused" in again.stderr


def test_an_outlet_is_added_from_its_site_and_then_known(press: Press, tmp_path: Path) -> None:
    article = FakeArticle(title="Tram stops early")
    press.add(FakeOutlet(host="lantern.localhost", name="The Lantern", articles=(article,)))
    added = outlets("add", press.url("lantern.localhost"), home=tmp_path)
    content = yaml.safe_load(added.stdout)
    assert (0, "The Lantern", ["lantern.localhost"]) == (
        added.returncode,
        content["name"],
        content["domains"],
    ), added.stderr
    assert "not found out: country" in added.stderr
    assert content["id"] in outlets("list", home=tmp_path).stdout
    again = outlets("add", press.url("lantern.localhost"), home=tmp_path)
    assert "nothing new" in again.stderr


def _calling(press: Press, paths: list[str], folder: Path) -> None:
    feeds = tuple(
        Feed(url=press.url("lantern.localhost", path), outlet_id="us-lantern") for path in paths
    )
    outlet = Outlet(
        id="us-lantern", name="Lantern", domains=("lantern.localhost",), country="US", feeds=feeds
    )
    write_outlet(outlet, folder)


def test_feeds_are_checked_and_what_was_seen_is_written(press: Press, tmp_path: Path) -> None:
    host, folder = "lantern.localhost", tmp_path / "files"
    fake = FakeOutlet(host=host, name="The Lantern", articles=())
    press.add(fake)
    press.plant(host, "/old", Fault(status=301, redirect_to=press.url(host, fake.feed_path)))
    _calling(press, ["/old", "/nothing"], folder)
    words = ("check", "--all", "--catalogue", str(folder))
    rows = [json.loads(line) for line in outlets(*words, "--json", home=tmp_path).stdout.splitlines()]  # fmt: skip
    assert {"/old": "moved", "/nothing": "gone"} == {
        row["url"].removeprefix(press.url(host, "")): row["state"] for row in rows
    }
    table = outlets(*words, "--write", home=tmp_path)
    assert (0, True, True) == (
        table.returncode,
        "1 files written" in table.stderr,
        "2 of 2 feeds: 1 moved, 1 gone" in table.stderr,
    )
    written = yaml.safe_load((folder / "us" / "lantern.yaml").read_text("utf-8"))["feeds"]
    assert press.url(host, fake.feed_path) == written[0]["url"]
    assert ("checked" in written[0], "checked" in written[1]) == (True, False)


def test_ctrl_c_ends_a_check_with_what_is_known(press: Press, tmp_path: Path) -> None:
    host, folder = "lantern.localhost", tmp_path / "files"
    press.add(FakeOutlet(host=host, name="The Lantern", articles=()))
    press.plant(host, "/slow", Fault(delay_seconds=60))
    _calling(press, ["/quick", "/slow"], folder)
    line, environment = command("check", "us-lantern", "--json", "--catalogue", str(folder), home=tmp_path)  # fmt: skip
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as run:
        assert run.stdout is not None
        first = json.loads(run.stdout.readline())
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert (press.url(host, "/quick"), 130) == (first["url"], run.returncode)
    assert "1 of 2 feeds: 1 gone" in said
    assert "interrupted" in said


def test_a_check_of_nothing_says_what_to_name(catalogue: Path, tmp_path: Path) -> None:
    result = outlets("check", "--catalogue", str(catalogue), home=tmp_path)
    assert (2, True) == (result.returncode, "--country" in result.stderr)
