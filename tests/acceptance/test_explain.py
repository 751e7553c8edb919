"""`worldtake explain` as a reader types it: a file, standard input, an address; plain lines, JSON, a page."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from worldtake.testing.fake_outlets import FakeOutlet
from worldtake.testing.press import Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = Path(__file__).parents[1] / "pages/awkward"
GERMAN = PAGES / "german-paywall/source.html"
CALLING = {
    "WORLDTAKE_ALLOW_HOSTS": '["*.localhost"]',
    "WORLDTAKE_PACE_SECONDS": "0",
    "WORLDTAKE_DOMAIN_PACE_SECONDS": "0",
    "WORLDTAKE_CALL_SECONDS": "5",
}


def command(*words: str, home: Path) -> tuple[list[str], dict[str, str]]:
    line = [sys.executable, "-m", "worldtake", "explain", *words]
    return line, os.environ | CALLING | {"WORLDTAKE_HOME": str(home), "COLUMNS": "100"}


def explain(*words: str, home: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    line, environment = command(*words, home=home)
    return subprocess.run(
        line,
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )


def explain_on_terminal(*words: str, home: Path, columns: int) -> str:
    line, environment = command(*words, home=home)
    environment.pop("COLUMNS")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        line, stdout=theirs, stdin=theirs, env=environment | {"TERM": "xterm-256color"}
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
        except OSError:  # the other end is closed
            pass
        process.wait(timeout=60)
    os.close(ours)
    return said.decode()


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as opened:
        opened.add(FakeOutlet())
        yield opened


def larger(folder: Path) -> Path:
    """Return the German page with enough blocks for the trees to be asked."""
    links = "".join(f"<li><a href='/{n}'>Thema {n}</a></li>" for n in range(30))
    page = folder / "larger.html"
    page.write_text(GERMAN.read_text("utf-8").replace("</body>", f"<ul>{links}</ul></body>"))
    return page


def test_a_file_is_explained_in_plain_lines(tmp_path: Path) -> None:
    result = explain(str(larger(tmp_path)), home=tmp_path)
    lines = result.stdout.splitlines()
    assert (0, "") == (result.returncode, result.stderr)
    assert "headline: Warum in Lindenau die Bäcker knapp werden (" in result.stdout
    assert (
        "51 blocks: 5 of the text, 1 with the headline, 45 left out; the trees keep from"
        in result.stdout
    )
    assert any("✓ a paragraph (chance" in line for line in lines)
    assert any("× left out, a newsletter box (chance" in line for line in lines)
    assert "    in html > body > footer, which says that it is the page's foot" in lines


def test_standard_input_is_explained(tmp_path: Path) -> None:
    result = explain("-", home=tmp_path, given=GERMAN.read_text("utf-8"))
    assert (0, True) == (result.returncode, "Warum in Lindenau" in result.stdout)


def test_json_is_one_object(tmp_path: Path) -> None:
    found = json.loads(explain(str(GERMAN), "--json", home=tmp_path).stdout)
    assert ("html", 21) == (found["form"], len(found["blocks"]))


def test_a_terminal_is_shown_a_table_that_fits_it(tmp_path: Path) -> None:
    said = explain_on_terminal(str(PAGES / "japanese-furigana/source.html"), home=tmp_path, columns=70)  # fmt: skip
    assert (True, True) == ("where it is from" in said, "what it is" in said)


def test_a_page_cannot_steer_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(GERMAN.read_text("utf-8").replace("Handwerk", "&#27;]0;owned&#7;"), "utf-8")
    said = explain_on_terminal(str(page), home=tmp_path, columns=90)
    assert (False, False) == ("\x1b]" in said, "\x1b" in explain(str(page), home=tmp_path).stdout)


def test_an_address_is_called_and_nothing_is_kept(press: Press, tmp_path: Path) -> None:
    home = tmp_path / "home"
    result = explain(press.url("lantern.localhost", "/news/1"), home=home)
    assert (0, True) == (result.returncode, "Lanterns return to the old harbour" in result.stdout)
    assert False is (home / "worldtake.db").exists()


def test_robots_txt_is_obeyed(press: Press, tmp_path: Path) -> None:
    press.add(FakeOutlet(robots="User-agent: *\nDisallow: /news/\n"))
    result = explain(press.url("lantern.localhost", "/news/1"), home=tmp_path)
    assert (1, "") == (result.returncode, result.stdout)
    assert "robots.txt" in result.stderr
    assert ["/robots.txt"] == [each.path for each in press.requests]


def test_a_refusal_is_left_alone_and_said(press: Press, tmp_path: Path) -> None:
    press.plant("lantern.localhost", "/news/1", Fault(status=403))
    result = explain(press.url("lantern.localhost", "/news/1"), home=tmp_path)
    assert (1, True) == (result.returncode, "answers 403" in result.stderr)


def test_this_machine_is_not_called_unless_it_is_named(press: Press, tmp_path: Path) -> None:
    result = explain(f"http://127.0.0.1:{press.port}/news/1", home=tmp_path)
    assert (1, True) == (result.returncode, "127.0.0.1" in result.stderr)
    assert () == press.requests


def test_a_page_without_an_article_is_explained_all_the_same(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>", "utf-8")
    result = explain(str(page), home=tmp_path)
    assert (1, True) == (
        result.returncode,
        "nothing was read: the page holds no text" in result.stdout,
    )
    assert "× left out, navigation" in result.stdout


@pytest.mark.parametrize("words", [["missing.html"], [str(GERMAN), "--html", "/nowhere/out.html"]])
def test_what_cannot_be_read_or_written_is_named(words: list[str], tmp_path: Path) -> None:
    result = explain(*words, home=tmp_path)
    assert (1, True) == (result.returncode, "check the path" in result.stderr)


def test_the_page_needs_nothing_else_and_escapes_what_it_shows(tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out.html"
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;"
    body = GERMAN.read_text("utf-8").replace("Handwerk", hostile)
    body = body.replace('class="fade"', 'class="fade" onclick="x" data-x="&quot;&gt;<b>"')
    page.write_text(body, "utf-8")
    result = explain(str(page), "--html", str(out), home=tmp_path)
    written = out.read_text("utf-8")
    assert (0, "") == (result.returncode, result.stdout)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written
    assert [] == [each for each in ("<script", "<img", "<link", "url(", "@import") if each in written]  # fmt: skip
