"""IDX, the format of the MNIST files: a header that gives type and shape, then the numbers."""
from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from core.errors import DataError, Problem

UNSIGNED_BYTES = 8
LARGEST = 1 << 30
PIECE = 1 << 20
GZIP = b"\x1f\x8b"


def read_idx(path: Path, shape: tuple[int, ...], count: int = 0) -> np.ndarray:
    """The items of an IDX file of unsigned bytes, plain or gzip: (n, *shape) uint8, where `shape` is that of one item.

    With `count` above 0 only so many are read, from the front. However much a gzip file may inflate to, no more is
    taken from it than its header promises, and that may be 1 GiB. Raises DataError naming the file if it cannot be
    read, is damaged, is of another format or shape, or is shorter or longer than its header says.
    Source: LeCun, Cortes & Burges, The MNIST database of handwritten digits, "File formats".
    """
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == GZIP
            file.seek(0)
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if zipped else file
            return _Reader(path, stream, shape).read(count)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise _refusal(path, "is damaged: it cannot be decompressed") from None
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror or error}") from None


class _Reader:
    def __init__(self, path: Path, stream: BinaryIO, shape: tuple[int, ...]):
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
        magic = self.stream.read(4)
        if len(magic) < 4 or magic[:3] != bytes((0, 0, UNSIGNED_BYTES)):
            raise _refusal(self.path, "is no IDX file of unsigned bytes")
        rank = 1 + len(self.shape)
        lengths = self.stream.read(4 * rank) if magic[3] == rank else b""
        count, *shape = struct.unpack(f">{rank}I", lengths) if len(lengths) == 4 * rank else (0, 0)
        if tuple(shape) != self.shape:
            expected = f"pictures of {' × '.join(map(str, self.shape))} pixels" if self.shape else "a list of numbers"
            raise _refusal(self.path, f"does not hold {expected}")
        if count * math.prod(self.shape) > LARGEST:
            raise _refusal(self.path, f"is too large: its header promises {count:,} items")
        return int(count)

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
