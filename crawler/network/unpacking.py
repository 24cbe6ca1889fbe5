"""Takes the encodings of transport (RFC 9110, section 8.4) off a body, piece by piece and within a limit.

Done here and not by urllib3 (2.8), whose readers end without a word where a packed body breaks off, hand on as they are
the packings that they do not know, and lose what follows when one chunk holds very many members.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

ACCEPTED: Final = "gzip, deflate"

_PIECE: Final = 65_536
_MOST_LAYERS: Final = 3
_MEMBER: Final = b"\x1f\x8b"          # how one begins
_FOREIGN: Final = ("br", "zstd", "compress", "x-compress", "dcb", "dcz")    # "utf-8", "none" and the like pack nothing
_GZIP, _ZLIB, _RAW = 31, 15, -15     # what zlib calls them


class TooLarge(Exception):
    """There is more of it than may be."""


class Undecodable(Exception):
    """It is not what its header says, or in an encoding that was not asked for."""


class BrokenOff(Exception):
    """It ends too early."""


def unpacked(chunks: Iterable[bytes], encoding: str, size: int) -> bytes:
    """The whole body that came as `chunks` under the header `Content-Encoding: encoding`.

    Raises `TooLarge` when it has more than `size` bytes, in transport or in any layer; `Undecodable`; `BrokenOff`.
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    layers = [name for name in names if name in _LAYERS or name in _FOREIGN]
    if len(layers) > _MOST_LAYERS:
        raise Undecodable(f"packed {len(layers)} times over")
    pieces = _limited(chunks, size)
    for name in reversed(layers):
        if name in _FOREIGN:
            raise Undecodable(f"packed as {name!r}, which was not asked for")
        pieces = _limited(_LAYERS[name](pieces), size)
    whole = bytearray()
    for piece in pieces:
        whole += piece
    return bytes(whole)


def _limited(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > size:
            raise TooLarge
        yield piece


def _gunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Members, one after the other; what follows the last and is no member is left out, as browsers do."""
    reader = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if reader is not None and reader.eof and not rest.startswith(_MEMBER[: len(rest)]):
                return
            if reader is None or reader.eof:
                reader = zlib.decompressobj(_GZIP)
            yield _more(reader, rest)
            rest = reader.unused_data if reader.eof else reader.unconsumed_tail
    yield from _last(reader)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """With zlib's header as the standard has it, or without, as some servers send it."""
    reader = None
    for chunk in chunks:
        rest = chunk
        while rest and not (reader and reader.eof):
            reader = reader or zlib.decompressobj(_ZLIB if rest[0] & 0x0F == 8 else _RAW)
            yield _more(reader, rest)
            rest = reader.unconsumed_tail
    yield from _last(reader)


def _more(reader: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return reader.decompress(packed, _PIECE)
    except zlib.error as error:
        raise Undecodable("not packed as its header says, or damaged") from error


def _last(reader: "zlib._Decompress | None") -> Iterator[bytes]:
    """The few bytes that the reader still holds at the end. Raises `BrokenOff` when it waits for more."""
    if reader is None:
        return
    yield reader.flush()
    if not reader.eof:
        raise BrokenOff


_LAYERS: Final[dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {
    "gzip": _gunzipped, "x-gzip": _gunzipped, "deflate": _inflated,
}
