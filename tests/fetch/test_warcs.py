from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime

import brotli
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from worldtake.fetch.warcs import Found, read_warc
from worldtake.model import Page
from worldtake.store.warc import response_record, revisit_record

DAY = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PAGE = "<html><body><p>Пожар на пароме у Анконы, 船の火事</p></body></html>"


def record(  # as Common Crawl's news crawler writes them
    url: str = "https://news.example/a",
    body: bytes = PAGE.encode(),
    *,
    status: str = "200 OK",
    kind: str = "response",
    more: str = "",
    warc: str = "",
    media: str = "text/html; charset=utf-8",
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode()
    block = head + body
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n{warc}"
        f"WARC-Record-ID: <urn:uuid:6d1f2a30-0000-4000-8000-{zlib.crc32(url.encode()):012d}>\r\n"
        f"Content-Length: {len(block)}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"WARC-IP-Address: 192.0.2.7\r\nWARC-Target-URI: {url}\r\n\r\n"
    )
    return lines.encode() + block + b"\r\n\r\n"


def gz(*records: bytes) -> bytes:
    return b"".join(gzip.compress(each) for each in records)


def read(content: bytes, start: int = 0) -> list[Found]:
    return list(read_warc(io.BytesIO(content), start=start))


def pages(content: bytes, start: int = 0) -> list[Page]:
    return [each.page for each in read(content, start) if each.page]


def broken(content: bytes) -> int:
    return sum(bool(each.problem) for each in read(content))


THREE = (record("https://news.example/a"), record("https://news.example/b"), record("https://news.example/c"))  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [gz(*THREE), b"".join(THREE), gzip.compress(b"".join(THREE))],
    ids=["gzip by record", "plain", "gzip as a whole"],
)
def test_pages_are_read_however_the_file_is_packed(content: bytes) -> None:
    found = pages(content)
    assert ["a", "b", "c"] == [page.url.rpartition("/")[2] for page in found]
    assert 0 == broken(content)


def test_a_page_is_as_it_was_fetched() -> None:
    more = 'ETag: "7"\r\nLast-Modified: Fri, 02 Jan 2026 00:00:00 GMT\r\n'
    expected = Page(
        url="https://news.example/a",
        body=PAGE.encode(),
        fetched=DAY,
        charset="utf-8",
        etag='"7"',
        last_modified="Fri, 02 Jan 2026 00:00:00 GMT",
    )
    assert [expected] == pages(gz(record(more=more)))


def test_addresses_are_canonical() -> None:
    found = pages(gz(record("https://news.example/a?utm_source=x&id=3#top")))
    assert ["https://news.example/a?id=3"] == [page.url for page in found]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16"])
def test_the_declared_charset_goes_with_the_bytes(charset: str) -> None:
    body = "<html><p>Пожар на пароме</p></html>".encode(charset)
    [page] = pages(gz(record(body=body, media=f'text/html; charset="{charset}"')))
    assert (charset, body) == (page.charset, page.body)


def deflated(body: bytes) -> bytes:
    return zlib.compress(body)


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", deflated)]
)
def test_packed_bodies_are_unpacked(name: str, pack: object) -> None:
    body = pack(PAGE.encode())  # type: ignore[operator]
    [page] = pages(gz(record(body=body, more=f"Content-Encoding: {name}\r\n")))
    assert PAGE.encode() == page.body


@pytest.mark.parametrize("name", ["gzip", "br"])
def test_a_body_that_the_crawler_unpacked_stays_as_it_is(name: str) -> None:
    [page] = pages(gz(record(more=f"Content-Encoding: {name}\r\n")))
    assert PAGE.encode() == page.body


def chunked(body: bytes) -> bytes:
    return b"".join(
        b"%x;x=1\r\n%s\r\n" % (len(body[at : at + 9]), body[at : at + 9])
        for at in range(0, len(body), 9)
    ) + (b"0\r\n\r\n")


def test_chunks_are_joined() -> None:
    more = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    [page] = pages(gz(record(body=chunked(gzip.compress(PAGE.encode())), more=more)))
    assert PAGE.encode() == page.body


def test_a_body_whose_chunks_the_crawler_joined_stays_as_it_is() -> None:
    [page] = pages(gz(record(more="Transfer-Encoding: chunked\r\n")))
    assert PAGE.encode() == page.body


@pytest.mark.parametrize(
    "other",
    [
        record(status="404 Not Found"),
        record(status="301 Moved"),
        record(media="image/png"),
        record(kind="request"),
        record(kind="metadata"),
        record(warc="WARC-Truncated: length\r\n"),
    ],
    ids=["missing", "moved", "image", "request", "metadata", "truncated by the crawler"],
)
def test_what_is_no_page_is_passed_over(other: bytes) -> None:
    content = gz(other, record())
    assert (1, 0) == (len(pages(content)), broken(content))


@pytest.mark.parametrize(
    "bad",
    [
        record(body=b""),
        record("ftp://news.example/a"),
        record(body=gzip.compress(PAGE.encode())[:-9], more="Content-Encoding: gzip\r\n"),
        record(body=gzip.compress(bytes(30_000_000)), more="Content-Encoding: gzip\r\n"),
        record().replace(b"WARC-Date", b"WARC-Datum"),
    ],
    ids=["empty", "not of the web", "packed and cut", "bomb", "undated"],
)
def test_a_page_that_cannot_be_used_is_named_and_the_rest_read(bad: bytes) -> None:
    content = gz(bad, record("https://news.example/b"))
    assert (["https://news.example/b"], 1) == ([p.url for p in pages(content)], broken(content))


def spoilt(content: bytes, start: int, length: int) -> bytes:
    return content[:start] + bytes(length) + content[start + length :]


@pytest.mark.parametrize(
    "content",
    [
        spoilt(gz(*THREE), len(gz(THREE[0])) + 60, 12),
        spoilt(gz(*THREE), len(gz(THREE[0])), 4),
        gz(THREE[0]) + b"not gzip at all" * 9 + gz(THREE[2]),
        gz(THREE[0], b"no record of an archive", THREE[2]),
        gz(THREE[0], THREE[1].replace(b"Content-Length: ", b"Content-Length: 99"), THREE[2]),
        gz(THREE[0]) + gz(THREE[1])[:-40] + gz(THREE[2]),
    ],
    ids=["spoilt inside", "spoilt start", "rubbish between", "other gzip", "wrong length", "cut"],
)
def test_reading_goes_on_after_what_is_broken(content: bytes) -> None:
    assert ["a", "c"] == [page.url.rpartition("/")[2] for page in pages(content)]
    assert 1 <= broken(content) <= 2


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_was_cut_off_gives_all_but_its_last_page(packed: bool) -> None:  # noqa: FBT001 a case
    content = (gz(*THREE) if packed else b"".join(THREE))[:-30]
    assert ["a", "b"] == [page.url.rpartition("/")[2] for page in pages(content)]
    assert 1 == broken(content)


def test_a_page_that_quotes_a_record_does_not_become_one() -> None:
    forged = PAGE.encode() + b"\n\r\n\r\n" + record("https://reuters.example/forged")
    for content in (record(body=forged), record(body=forged)[:-30]):
        assert "https://reuters.example/forged" not in [page.url for page in pages(content)]


@pytest.mark.parametrize("content", [b"", b"<html>a page</html>", b"\x1f\x8b\x08", bytes(5000)])
def test_a_file_that_is_no_archive_holds_no_pages(content: bytes) -> None:
    assert [] == pages(content)


@pytest.mark.parametrize("content", [gz(*THREE), b"".join(THREE)], ids=["gzip", "plain"])
def test_reading_can_go_on_from_any_record(content: bytes) -> None:
    offsets = [found.offset for found in read(content)]
    assert [p.url for p in pages(content)][1:] == [p.url for p in pages(content, offsets[1])]


def test_what_fastwarc_writes_is_read() -> None:
    made = WarcRecord()
    made.init_headers(WarcRecordType.response)
    made.headers["WARC-Target-URI"] = "https://news.example/a"
    made.record_date = DAY
    made.is_http = True
    made.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode())
    stream = io.BytesIO()
    made.write(stream)
    assert [PAGE.encode()] == [page.body for page in pages(stream.getvalue())]


def test_our_own_archive_comes_back_as_it_went_in() -> None:
    page = Page(url="https://news.example/a", body=PAGE.encode(), fetched=DAY, charset="utf-8")
    again = revisit_record(page, first_url=page.url, first_fetched=DAY)
    assert [page] == pages(response_record(page) + again)
