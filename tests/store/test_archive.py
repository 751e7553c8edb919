from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fastwarc.warc import ArchiveIterator, WarcRecordType

from worldtake.errors import StoreError
from worldtake.model import Outlet, Page, Skip
from worldtake.settings import Settings
from worldtake.store import open_store, press, sqlite_url
from worldtake.store.archive import Archive, archive_folder, open_archive
from worldtake.store.retention import tidy

if TYPE_CHECKING:
    from pathlib import Path

    from fastwarc.warc import WarcRecord

    from worldtake.store import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FERRY = Page(
    url="https://lanterna.example/traghetto",
    body=b"<html><title>Traghetto</title><p>Ancona, 214 persone</html>" * 50,
    fetched=NOON,
    charset="utf-8",
    etag='"a1"',
    last_modified="Sun, 22 Nov 2026 11:00:00 GMT",
)
CAVE = replace(FERRY, url="https://odmev.example/jama", body="<p>Škocjanska jama</p>".encode())


def archive_of(folder: Path, **more: object) -> Archive:
    return Archive(**({"folder": folder, "owner": "house", "name": "test"} | more))  # type: ignore[arg-type]


def keep(store: Store, archive: Archive, *pages: Page) -> list[str]:
    with store.write() as connection:
        return press.keep_pages(connection, pages, archive)


def records(path: Path) -> list[WarcRecord]:
    found = []
    for record in ArchiveIterator(str(path), parse_http=True, verify_digests=False):
        record.freeze()
        found.append(record)
    return found


def read_back(store: Store, folder: Path, *ids: str) -> list[Page | Skip]:
    with store.write() as connection:
        connection.execute(sa.text("UPDATE page SET body = NULL"))
    with store.read() as connection:
        found = press.pages(connection, ids, folder)
    return [found[each] for each in ids]


def test_a_page_is_archived_as_a_record_that_others_can_read(store: Store, tmp_path: Path) -> None:
    keep(store, archive_of(tmp_path), FERRY)
    info, record = records(tmp_path / "2026-11-22/worldtake-house-0001.warc.gz")
    assert WarcRecordType.warcinfo == info.record_type
    assert WarcRecordType.response == record.record_type
    assert FERRY.url == record.headers["WARC-Target-URI"]
    assert FERRY.fetched == record.record_date
    assert 200 == record.http_headers.status_code
    assert '"a1"' == record.http_headers["ETag"]
    assert "utf-8" == record.http_charset
    assert record.verify_payload_digest()
    assert FERRY.body == record.reader.read()


def test_each_record_is_a_gzip_member_of_its_own(store: Store, tmp_path: Path) -> None:
    keep(store, archive_of(tmp_path), FERRY, CAVE)
    path = tmp_path / "2026-11-22/worldtake-house-0001.warc.gz"
    starts = [record.stream_pos for record in ArchiveIterator(str(path))]
    assert 3 == len(starts)
    assert all(path.read_bytes()[at : at + 2] == b"\x1f\x8b" for at in starts)
    assert 3 == gzip.decompress(path.read_bytes()).count(b"WARC/1.1\r\n")


def test_the_same_bytes_again_only_refer_to_the_first(store: Store, tmp_path: Path) -> None:
    archive = archive_of(tmp_path)
    twin = replace(FERRY, url="https://quay.example/ferry", fetched=NOON + timedelta(hours=1))
    ids = keep(store, archive, FERRY) + keep(store, archive, twin)
    last = records(tmp_path / "2026-11-22/worldtake-house-0001.warc.gz")[-1]
    assert WarcRecordType.revisit == last.record_type
    assert FERRY.url == last.headers["WARC-Refers-To-Target-URI"]
    assert "2026-11-22T12:00:00.000000Z" == last.headers["WARC-Refers-To-Date"]
    assert [FERRY, twin] == read_back(store, tmp_path, *ids)


def test_pages_come_back_from_the_archive_as_they_were(store: Store, tmp_path: Path) -> None:
    ids = keep(store, archive_of(tmp_path), FERRY, CAVE)
    assert [FERRY, CAVE] == read_back(store, tmp_path, *ids)


def test_a_page_that_came_again_is_one_page_fetched_lately(store: Store, tmp_path: Path) -> None:
    later = replace(FERRY, fetched=NOON + timedelta(days=1), etag='"a2"')
    ids = keep(store, archive_of(tmp_path), FERRY) + keep(store, archive_of(tmp_path), later)
    assert ids[0] == ids[1]
    with store.read() as connection:
        assert {FERRY.url: ('"a2"', FERRY.last_modified)} == press.last_validators(
            connection, [FERRY.url]
        )
    assert [later] == read_back(store, tmp_path, ids[0])


def test_what_a_killed_process_wrote_is_cut_off(store: Store, tmp_path: Path) -> None:
    archive = archive_of(tmp_path)
    keep(store, archive, FERRY)
    path = tmp_path / "2026-11-22/worldtake-house-0001.warc.gz"
    with path.open("ab") as stream:
        stream.write(b"\x1f\x8b half a record")
    ids = keep(store, archive, CAVE)
    assert [FERRY.url, CAVE.url] == [each.headers["WARC-Target-URI"] for each in records(path)[1:]]
    assert [CAVE] == read_back(store, tmp_path, *ids)


def test_a_transaction_that_fails_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    archive = archive_of(tmp_path)

    def fail() -> None:
        with store.write() as connection:
            press.keep_pages(connection, [FERRY], archive)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    keep(store, archive, CAVE)
    path = tmp_path / "2026-11-22/worldtake-house-0001.warc.gz"
    assert [CAVE.url] == [each.headers["WARC-Target-URI"] for each in records(path)[1:]]


def test_a_file_of_another_store_is_left_alone(store: Store, tmp_path: Path) -> None:
    with open_store(sqlite_url(tmp_path / "other")) as other:
        keep(other, archive_of(tmp_path, name="other"), FERRY)
    path = tmp_path / "2026-11-22/worldtake-house-0001.warc.gz"
    before = path.read_bytes()
    ids = keep(store, archive_of(tmp_path), CAVE)
    assert before == path.read_bytes()
    assert path.with_name("worldtake-house-0002.warc.gz").exists()
    assert [CAVE] == read_back(store, tmp_path, *ids)


def test_a_file_that_lost_its_end_is_left_alone(store: Store, tmp_path: Path) -> None:
    keep(store, archive_of(tmp_path), FERRY)
    path = tmp_path / "2026-11-22/worldtake-house-0001.warc.gz"
    os.truncate(path, 100)
    ids = keep(store, archive_of(tmp_path), CAVE)
    assert 100 == path.stat().st_size
    assert [CAVE] == read_back(store, tmp_path, *ids)


def test_a_full_file_is_followed_by_the_next(store: Store, tmp_path: Path) -> None:
    archive = archive_of(tmp_path, max_file_bytes=10)
    ids = keep(store, archive, FERRY) + keep(store, archive, CAVE)
    names = sorted(each.name for each in (tmp_path / "2026-11-22").iterdir())
    assert ["worldtake-house-0001.warc.gz", "worldtake-house-0002.warc.gz"] == names
    assert [FERRY, CAVE] == read_back(store, tmp_path, *ids)


def test_every_owner_has_files_of_its_own(store: Store, tmp_path: Path) -> None:
    keep(store, archive_of(tmp_path), FERRY)
    ids = keep(store, archive_of(tmp_path, owner="house-2"), CAVE)
    assert (tmp_path / "2026-11-22/worldtake-house-2-0001.warc.gz").exists()
    assert [CAVE] == read_back(store, tmp_path, *ids)


def test_pages_go_to_the_folder_of_their_day(store: Store, tmp_path: Path) -> None:
    keep(store, archive_of(tmp_path), FERRY, replace(CAVE, fetched=NOON + timedelta(hours=12)))
    assert ["2026-11-22", "2026-11-23"] == sorted(
        each.name for each in tmp_path.iterdir() if each.name.startswith("20")
    )


def test_files_and_the_sample_press_are_not_archived(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with store.write() as connection:
        press.keep_outlets(connection, [Outlet(id="xx-s", name="S", provenance="sample")])
    keep(
        store,
        archive_of(folder),
        replace(FERRY, url="file:///tmp/page.html"),
        replace(FERRY, outlet_id="xx-s"),
    )
    assert not folder.exists()


def test_without_the_archive_the_bytes_stay_in_the_store(store: Store) -> None:
    with store.write() as connection:
        ids = press.keep_pages(connection, [FERRY])
        assert {ids[0]: FERRY} == press.pages(connection, ids)


def test_hostile_headers_stay_in_their_line(store: Store, tmp_path: Path) -> None:
    keep(store, archive_of(tmp_path), replace(FERRY, etag='"x"\r\nWARC-Type: warcinfo\r\n\r\n'))
    record = records(tmp_path / "2026-11-22/worldtake-house-0001.warc.gz")[1]
    assert FERRY.body == record.reader.read()


def test_a_folder_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError, match="archive = false"):
        keep(store, archive_of(tmp_path / "taken"), FERRY)


def test_the_settings_say_whether_and_where(store: Store, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert None is open_archive(store, Settings(home=tmp_path, archive=False), "me")
    archive = open_archive(store, settings, "my host:17")
    assert archive is not None
    assert (tmp_path / "archive", "my-host-17") == (archive.folder, archive.owner)
    assert archive == open_archive(store, settings, "my host:17")
    elsewhere = Settings(home=tmp_path, archive_folder=tmp_path / "x")
    assert tmp_path / "x" == archive_folder(elsewhere)


def tidied(store: Store, folder: Path, now: datetime) -> tuple[int, int]:
    done = tidy(store, folder, now=now, archive_days=30, page_days=3)
    return done.pages, done.files


def test_bytes_leave_the_store_first_and_the_archive_later(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    ids = keep(store, archive_of(folder), FERRY)
    assert (0, 0) == tidied(store, folder, NOON + timedelta(days=2))
    assert (1, 0) == tidied(store, folder, NOON + timedelta(days=4))
    assert (0, 0) == tidied(store, folder, NOON + timedelta(days=30))
    with store.read() as connection:
        assert {ids[0]: FERRY} == press.pages(connection, ids, folder)
    assert (0, 1) == tidied(store, folder, NOON + timedelta(days=31))
    assert [] == list(folder.iterdir())
    with store.read() as connection:
        gone = press.pages(connection, ids, folder)[ids[0]]
    assert isinstance(gone, Skip)
    assert "archive_days" in gone.reason


def test_tidying_goes_on_where_it_was_killed(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    keep(store, archive_of(folder), FERRY)
    with store.write() as connection:
        connection.execute(sa.text("DELETE FROM archive"))
    assert (1, 1) == tidied(store, folder, NOON + timedelta(days=40))


def test_tidying_deletes_nothing_that_is_not_the_archives(store: Store, tmp_path: Path) -> None:
    (tmp_path / "2020-01-01").mkdir()
    (tmp_path / "2020-01-01/mine.txt").write_text("keep me")
    assert (0, 0) == tidied(store, tmp_path, NOON)
    assert (tmp_path / "2020-01-01/mine.txt").exists()


def test_bytes_that_come_after_their_file_is_gone_are_archived_anew(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    keep(store, archive_of(folder), FERRY)
    tidied(store, folder, NOON + timedelta(days=40))
    again = replace(FERRY, fetched=NOON + timedelta(days=41))
    ids = keep(store, archive_of(folder), again)
    assert [again] == read_back(store, folder, *ids)


def test_pages_that_are_not_archived_keep_their_bytes(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        ids = press.keep_pages(connection, [FERRY])
    assert (0, 0) == tidied(store, tmp_path, NOON + timedelta(days=400))
    with store.read() as connection:
        assert {ids[0]: FERRY} == press.pages(connection, ids)


WRITER = textwrap.dedent("""
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from worldtake.model import Page
    from worldtake.store import open_store, press, sqlite_url
    from worldtake.store.archive import Archive

    home = Path(sys.argv[1])
    archive = Archive(folder=home / "archive", owner="house", name="test", max_file_bytes=30_000)
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with open_store(sqlite_url(home)) as store:
        while True:
            with store.write() as connection:
                done = connection.exec_driver_sql("SELECT count(*) FROM page").scalar()
                pages = [
                    Page(url=f"https://a.example/{n}", body=f"<p>{n // 2}".encode() * 99, fetched=now)
                    for n in range(done, done + 7)
                ]
                press.keep_pages(connection, pages, archive)
            print(done, flush=True)
""")


def test_a_page_is_archived_exactly_once_though_the_process_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    for lines in (1, 3, 2, 5, 1, 4):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            for _ in range(lines):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
    with open_store(sqlite_url(tmp_path)) as store:
        keep(store, archive_of(tmp_path / "archive"), CAVE)
        with store.read() as connection:
            ids = list(connection.scalars(sa.text("SELECT id FROM page")))
            bodies = press.pages(connection, ids)
        assert list(bodies.values()) == read_back(store, tmp_path / "archive", *bodies)
    found = [
        record.headers["WARC-Target-URI"]
        for path in sorted((tmp_path / "archive").rglob("*.warc.gz"))
        for record in ArchiveIterator(str(path))
        if "WARC-Target-URI" in record.headers
    ]
    assert len(ids) == len(found) == len(set(found))
