"""Archives on the command line: brought in, tidied."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worldtake.model import Page
from worldtake.store import open_store, press, sqlite_url
from worldtake.store.archive import Archive
from worldtake.store.warc import response_record

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Page(
    url="https://paper.example/tram?utm_source=x",
    body=b"<html><head><title>Tram stops early</title></head><body><article><h1>Tram stops early</h1><p>The last tram of the city stopped an hour early on Monday, and nobody could say why.</p><p>The tram company said that it was looking into what had happened that evening.</p></article></body></html>",
    fetched=datetime(2026, 9, 8, 9, tzinfo=UTC),
)


def worldtake(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "worldtake", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"WORLDTAKE_HOME": str(home), "WORLDTAKE_WORKERS": "0", "COLUMNS": "100"},
    )


def test_an_archive_is_read_from_a_file_and_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/news.warc.gz").write_bytes(response_record(PAGE))
    first = worldtake("add", str(tmp_path / "in/news.warc.gz"), home=tmp_path / "home")
    again = worldtake("add", str(tmp_path / "in"), home=tmp_path / "home")
    assert (0, 0) == (first.returncode, again.returncode), first.stderr + again.stderr
    assert "1 pages, 1 of them new" in first.stderr
    assert "1 articles" in first.stderr
    with open_store(sqlite_url(tmp_path / "home")) as store, store.read() as connection:
        found = connection.exec_driver_sql("SELECT url FROM article").scalars().all()
    assert ["https://paper.example/tram"] == found


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "news.warc").write_text("no archive")
    result = worldtake("add", str(tmp_path / "news.warc"), home=tmp_path / "home")
    assert 1 == result.returncode
    assert "no web archive" in result.stderr


def test_tidy_says_what_it_deleted(tmp_path: Path) -> None:
    home = tmp_path / "home"
    now = datetime.now(UTC)
    with open_store(sqlite_url(home)) as store, store.write() as connection:
        archive = Archive(folder=home / "archive", owner="house", name="test")
        for days in (0, 5, 50):
            url = f"https://paper.example/{days}"
            page = Page(url=url, body=f"<p>{days}".encode(), fetched=now - timedelta(days=days))
            press.keep_pages(connection, [page], archive)
    result = worldtake("tidy", home=home)
    assert "1 archive files deleted" in result.stdout
    assert "bytes of 2 pages dropped" in result.stdout
    assert 2 == len(list((home / "archive").iterdir()))
