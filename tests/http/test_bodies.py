from __future__ import annotations

import asyncio
import gzip
import random
import sys
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.http.bodies import (
    TooLargeError,
    TruncatedError,
    read_body,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
NEWS = "Çok önemli haber. 重要なニュース。 ".encode() * 20_000


def read(packed: bytes, encoding: str, cap: int = 10_000_000, step: int = 65_536) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(packed), step):
            yield packed[start : start + step]

    return asyncio.run(read_body(pieces(), encoding, cap))


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("step", [1, 7, 65_536])
def test_each_coding_is_undone_whatever_the_pieces(name: str, step: int) -> None:
    assert NEWS[:20_000] == read(PACKERS[name](NEWS[:20_000]), name, step=step)


@settings(deadline=None)  # a shared machine
@given(st.binary(max_size=5000), st.sampled_from(sorted(PACKERS)), st.integers(1, 5000))
def test_what_was_packed_comes_out_again(body: bytes, name: str, step: int) -> None:
    assert body == read(PACKERS[name](body), name, step=step)


def test_bare_deflate_is_undone_too() -> None:
    assert NEWS == read(zlib.compress(NEWS)[2:-4], "deflate")


def test_several_members_and_frames_are_one_body() -> None:
    two = gzip.compress(NEWS) + gzip.compress(b"more")
    assert NEWS + b"more" == read(two, "gzip", step=3000)
    assert NEWS + b"more" == read(zstd.compress(NEWS) + zstd.compress(b"more"), "zstd")


def test_what_follows_a_packed_body_is_left_out() -> None:
    assert b"news" == read(gzip.compress(b"news") + b"\0" * 512, "gzip")
    assert b"news" == read(zstd.compress(b"news") + b"\0" * 512, "zstd")


def test_codings_in_a_row_are_undone_last_first() -> None:
    assert NEWS == read(brotli.compress(gzip.compress(NEWS)), "gzip, br", step=100)


@pytest.mark.parametrize("encoding", ["compress", "gzip, br, zstd", "x" * 9000])
def test_codings_that_were_not_asked_for_are_refused_in_words(encoding: str) -> None:
    with pytest.raises(ValueError, match="was not asked for"):
        read(b"x", encoding)


@pytest.mark.parametrize("encoding", ["", "identity", "none", "UTF-8", "gzip, identity"])
def test_words_that_mean_no_coding_change_nothing(encoding: str) -> None:
    packed = gzip.compress(NEWS) if "gzip" in encoding else NEWS
    assert NEWS == read(packed, encoding)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_what_it_says_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match=f"the body is not {name}"):
        read(b"<html>" + bytes(range(200, 256)) * 10, name)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_packed_body_that_breaks_off_is_an_error(name: str) -> None:
    packed = PACKERS[name](random.Random(3).randbytes(50_000))  # noqa: S311 not for secrets
    with pytest.raises(TruncatedError, match="breaks off"):
        read(packed[:-9], name)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_an_empty_body_is_empty_under_any_coding(name: str) -> None:
    assert b"" == read(b"", name)


@pytest.mark.parametrize("name", PACKERS)
def test_a_body_beyond_its_cap_is_refused(name: str) -> None:
    body = random.Random(5).randbytes(300_000)  # noqa: S311 not for secrets
    assert body == read(PACKERS[name](body), name, cap=310_000)
    with pytest.raises(TooLargeError, match="longer than 299999 bytes"):
        read(PACKERS[name](body), name, cap=299_999)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_given_up_by_its_ratio_and_takes_no_memory(name: str) -> None:
    pack = (lambda body: brotli.compress(body, quality=1)) if name == "br" else PACKERS[name]
    packed = pack(bytes(60_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError, match="more than 200 times"):
            read(packed, name, cap=50_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000 // 3


def test_a_bomb_within_a_bomb_is_given_up() -> None:
    packed = gzip.compress(gzip.compress(bytes(60_000_000)))
    with pytest.raises(TooLargeError, match="more than 200 times"):
        read(packed, "gzip, gzip", cap=50_000_000)


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_flood_of_empty_members_is_given_up(name: str) -> None:
    with pytest.raises(ValueError, match="more than 1000"):
        read(PACKERS[name](b"") * 2000, name)


def test_a_zstd_frame_may_not_look_back_further_than_8_mb() -> None:
    options = {
        zstd.CompressionParameter.window_log: 27,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(NEWS) + packer.flush()
    with pytest.raises(ValueError, match="not zstd"):
        read(packed, "zstd")


def test_a_body_can_be_cut_at_its_cap() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield gzip.compress(NEWS)

    assert NEWS[:1000] == asyncio.run(read_body(pieces(), "gzip", 1000, cut=True))
