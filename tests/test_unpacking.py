"""The encodings of transport: whatever a server packs, and whatever it pretends to have packed."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.network.unpacking import BrokenOff, TooLarge, Undecodable, unpacked


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, " Deflate": raw_deflate,
    "identity": bytes, "": bytes, "utf-8": bytes, "none": bytes,
}  # fmt: skip


def cut(data: bytes, length: int) -> Iterator[bytes]:
    return (data[at : at + length] for at in range(0, len(data), length))


@given(
    st.binary(max_size=5000), st.lists(st.sampled_from(sorted(PACKERS)), max_size=3), st.integers(1, 7000),
    st.integers(1, 50),
)  # fmt: skip
def test_what_is_packed_comes_out_as_it_was(data: bytes, layers: list[str], length: int, often: int) -> None:
    packed = data * often
    for name in layers:
        packed = PACKERS[name](packed)
    assert unpacked(cut(packed, length), ",".join(layers), 1_000_000) == data * often


@given(st.lists(st.binary(max_size=50), max_size=30), st.integers(1, 500))
def test_members_follow_each_other(parts: list[bytes], length: int) -> None:
    packed = b"".join(map(gzip.compress, parts))
    assert unpacked(cut(packed, length), "gzip", 10_000) == b"".join(parts)
    if parts:
        assert unpacked(cut(packed + b"\0\0padding", length), "gzip", 10_000) == b"".join(parts)


def test_very_many_members_are_all_read() -> None:
    assert unpacked(cut(gzip.compress(b"x" * 10) * 20_000, 65_536), "gzip", 1_000_000) == b"x" * 200_000


@given(st.binary(min_size=1, max_size=500), st.sampled_from(["gzip", "deflate", " Deflate"]), st.data())
def test_a_packed_body_that_breaks_off_is_never_taken_for_a_whole(data: bytes, name: str, draw: st.DataObject) -> None:
    packed = PACKERS[name](data)
    length = draw.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(BrokenOff):
        unpacked([packed[:length]], name, 10_000)


def test_a_member_that_is_damaged_is_not_taken_for_padding() -> None:
    packed = bytearray(gzip.compress(b"one") + gzip.compress(b"two" * 100))
    packed[-12] ^= 0xFF
    with pytest.raises(Undecodable, match="damaged"):
        unpacked([bytes(packed)], "gzip", 10_000)


@pytest.mark.parametrize(
    ("body", "encoding", "said"),
    [
        (b"<p>Minutes", "gzip", "not packed as its header says"), (b"<p>Minutes", "deflate", "not packed as"),
        (b"\x0b\x02", "br", "packed as 'br', which was not asked for"), (b"", "zstd", "packed as 'zstd'"),
        (b"", "gzip, gzip, gzip, gzip", "packed 4 times over"),
    ],
)  # fmt: skip
def test_what_cannot_be_unpacked_is_said(body: bytes, encoding: str, said: str) -> None:
    with pytest.raises(Undecodable, match=said):
        unpacked([body] if body else [], encoding, 1000)


def a_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(map(packer.compress, repeat(bytes(1_000_000), megabytes))) + packer.flush()


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_bomb_stops_at_the_limit_with_little_memory(layers: int) -> None:
    packed = a_bomb(20)
    for _ in range(layers - 1):
        packed = gzip.compress(packed)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            unpacked(cut(packed, 16_384), ",".join(["gzip"] * layers), 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("empty", [gzip.compress(b""), gzip.compress(gzip.compress(b"") * 3000)], ids=["one", "many"])
def test_what_unpacks_to_nothing_without_end_is_too_large_too(empty: bytes) -> None:
    with pytest.raises(TooLarge):
        unpacked(repeat(empty), "gzip, gzip", 100_000)
