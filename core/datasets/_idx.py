"""IDX, the format of the MNIST files: a header that gives type and shape, then the numbers."""
from __future__ import annotations

import gzip
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.errors import DataError, Problem

UNSIGNED_BYTES = 8
LARGEST = 1 << 30
PIECE = 1 << 20
GZIP = b"\x1f\x8b"
Stream = BinaryIO | gzip.GzipFile


def read_idx(path: Path, shape: tuple[int, ...], count: int = 0) -> np.ndarray:
    """The items of an IDX file of unsigned bytes, plain or gzip: (n, *shape) uint8, where `shape` is that of one item.

    With `count` above 0 only so many are read, from the front. However much a gzip file may inflate to, no more is
    taken from it than its header promises, and that may be 1 GiB. Raises DataError naming the file if it cannot be
    read, is damaged, is of another format or shape, or is shorter or longer than its header says.
    Source: LeCun, Cortes & Burges, The MNIST database of handwritten digits, "File formats".
    """
    with _opened(path) as stream:
        return _Reader(path, stream, shape).read(count)


def read_lengths(path: Path) -> tuple[int, ...]:
    """How many items an IDX file of unsigned bytes promises, and the shape of each. Reads the header alone.

    Raises DataError naming the file if it cannot be read, is of another format, or promises too much.
    """
    with _opened(path) as stream:
        count, *shape = _lengths(path, stream) or (0,)
        if (not count and not shape) or 0 in shape:
            raise _refusal(path, "holds nothing")
        _check_size(path, count, tuple(shape))
        # Of what is packed nobody knows how long it is before it is read.
        plain = not isinstance(stream, gzip.GzipFile)
        if plain and path.stat().st_size - stream.tell() < count * math.prod(shape):
            raise _refusal(path, f"ends too early: its header promises {count:,} items")
        return count, *shape


@contextmanager
def _opened(path: Path) -> Iterator[Stream]:
    """The content of a file, plain or gzip, with everything that can go wrong in one sentence."""
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == GZIP
            file.seek(0)
            yield gzip.GzipFile(fileobj=file) if zipped else file
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise _refusal(path, "is damaged: it cannot be decompressed") from None
    except (OSError, ValueError) as error:
        raise _refusal(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _lengths(path: Path, stream: Stream) -> tuple[int, ...]:
    """The lengths of all axes as the header gives them; none if it ends before it has."""
    magic = stream.read(4)
    if len(magic) < 4 or magic[:3] != bytes((0, 0, UNSIGNED_BYTES)):
        raise _refusal(path, "is no IDX file of unsigned bytes")
    rank = magic[3]
    lengths = stream.read(4 * rank)
    return struct.unpack(f">{rank}I", lengths) if len(lengths) == 4 * rank else ()


def _check_size(path: Path, count: int, shape: tuple[int, ...]) -> None:
    if count * math.prod(shape) > LARGEST:
        raise _refusal(path, f"is too large: its header promises {count:,} items")


class _Reader:
    def __init__(self, path: Path, stream: Stream, shape: tuple[int, ...]):
        self.path, self.stream, self.shape = path, stream, shape

    def read(self, count: int) -> np.ndarray:
        promised = self._header()
        wanted = min(count, promised) if count else promised
        items = np.empty((wanted, *self.shape), np.uint8)
        if self._fill(items) < items.size:
            raise _refusal(self.path, f"ends too early: its header promises {promised:,} items")
        if wanted == promised and self.stream.read(1):
            raise _refusal(self.path, f"holds more than the {promised:,} items that its header promises")
        return items

    def _header(self) -> int:
        """How many items there should be."""
        lengths = _lengths(self.path, self.stream)
        if not lengths or lengths[1:] != self.shape:
            expected = f"pictures of {' × '.join(map(str, self.shape))} pixels" if self.shape else "a list of numbers"
            raise _refusal(self.path, f"does not hold {expected}")
        _check_size(self.path, lengths[0], self.shape)
        return lengths[0]

    def _fill(self, items: np.ndarray) -> int:
        """Read into `items` until they are full or the file ends; how many bytes came."""
        flat, done = items.reshape(-1), 0
        while done < flat.size:
            piece = self.stream.read(min(PIECE, flat.size - done))
            if not piece:
                break
            flat[done : done + len(piece)] = np.frombuffer(piece, np.uint8)
            done += len(piece)
        return done


def _refusal(path: Path, what: str) -> DataError:
    return DataError(Problem("data.file", f"The file {path} {what}.", param="source",
                             hint="Replace it by the original one."))
