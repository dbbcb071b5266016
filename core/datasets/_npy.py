"""Arrays in files of NumPy, read with distrust: the header first, then no more than it promises, and no objects."""
from __future__ import annotations

import lzma
import math
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from core.datasets._task import Task
from core.errors import DataError, Problem

LARGEST = 1 << 32
PIECE = 1 << 20
ZIP = b"PK"
ENDING = ".npy"
# What a zip archive may inflate to without being looked at askance, and how many times its size beyond that.
HARMLESS, RATIO = 1 << 28, 500
DAMAGED = (EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, SyntaxError, TypeError,
           KeyError, tokenize.TokenError, OverflowError, RuntimeError)
REFUSED = {"O": "Python objects, which are not read", "V": "records with several fields", "c": "complex numbers",
           "M": "dates", "m": "spans of time"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an array lies: a .npy file, or the array `name` in a .npz file."""

    path: Path
    name: str = ""

    def __str__(self) -> str:
        return f'{self.path.name}, array "{self.name}"' if self.name else self.path.name


@dataclass(frozen=True, slots=True)
class Header:
    """What an array is said to be; `size` is how many bytes its numbers or words take in the file."""

    shape: tuple[int, ...]
    dtype: np.dtype
    fortran: bool

    @property
    def count(self) -> int:
        """How many values there are."""
        return math.prod(self.shape)

    @property
    def size(self) -> int:
        """How many bytes the values take in the file."""
        return self.count * self.dtype.itemsize


def places(path: Path) -> tuple[Place, ...]:
    """The arrays in a file: one in a .npy file, any number in a .npz file. Raises DataError."""
    with _guarded(Place(path)):
        # A pipe would let the reader wait for ever.
        if path.exists() and not path.is_file():
            raise refusal(Place(path), "cannot be read: it is no file", "Choose another file.")
        with path.open("rb") as file:
            zipped = file.read(2) == ZIP
        if not zipped:
            return (Place(path),)
        with zipfile.ZipFile(path) as archive:
            names = [name.removesuffix(ENDING) for name in archive.namelist() if name.endswith(ENDING)]
    if not names:
        raise refusal(Place(path), "holds no arrays", "Choose a file written by numpy.savez.")
    return tuple(Place(path, name) for name in names)


def read_header(place: Place) -> Header:
    """What an array is, without reading its values. Raises DataError if it cannot be used."""
    with _guarded(place), _opened(place) as (stream, size):
        return _header(place, stream, size)


def read_array(place: Place, task: Task, dtype: type[np.generic] | None = None) -> np.ndarray:
    """An array in C order, as `dtype` or as it is stored, in the byte order of the machine. Raises DataError."""
    with _guarded(place), _opened(place) as (stream, size):
        header = _header(place, stream, size)
        flat = np.empty(header.count, dtype or header.dtype.newbyteorder("="))
        step, done = max(1, PIECE // header.dtype.itemsize), 0
        while done < len(flat):
            task.tell(f"Reading {place.path.name}", done / len(flat))
            many = min(step, len(flat) - done)
            piece = np.frombuffer(_exactly(place, stream, many * header.dtype.itemsize), header.dtype)
            # What is too large becomes infinite, and is then refused by its row.
            with np.errstate(over="ignore"):
                flat[done : done + many] = piece
            done += many
        # At its end a member of a zip archive is compared with its checksum.
        if stream.read(1):
            raise refusal(place, "holds more than its header promises")
    if header.fortran:
        return np.ascontiguousarray(flat.reshape(header.shape[::-1]).T)
    return flat.reshape(header.shape)


def refusal(place: Place, what: str, hint: str = "Write the file anew with NumPy.",
            code: str = "data.file") -> DataError:
    """The error for an array; `what` is the end of a sentence that begins with it."""
    return DataError(Problem(code, f"{place} {what}.", param="source", hint=hint))


def _header(place: Place, stream: BinaryIO, size: int) -> Header:
    version = np.lib.format.read_magic(stream)
    if version == (1, 0):
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    elif version == (2, 0):
        shape, fortran, dtype = np.lib.format.read_array_header_2_0(stream)
    else:
        raise refusal(place, f"holds {REFUSED['V']}, or is of a newer format")
    header = Header(tuple(shape), dtype, fortran)
    if dtype.hasobject or dtype.kind not in "biufUS" or dtype.subdtype is not None:
        raise refusal(place, f"holds {REFUSED['O' if dtype.hasobject else dtype.kind]}",
                      "Save an array of plain numbers or words.")
    if not dtype.itemsize or any(length < 0 for length in shape):
        raise ValueError
    if not header.count:
        raise refusal(place, "holds no values", "Choose another file.")
    if header.size > size - stream.tell():
        raise refusal(place, f"ends too early: its header promises {header.count:,} values")
    if header.count * max(dtype.itemsize, np.dtype(np.float32).itemsize) > LARGEST:
        raise refusal(place, f"holds {header.count:,} values, which are too many for the memory",
                      "Take a part of the array.")
    return header


@contextmanager
def _opened(place: Place) -> Iterator[tuple[BinaryIO, int]]:
    """The stream of an array, with header, and how many bytes it is said to have."""
    if not place.name:
        with place.path.open("rb") as file:
            yield file, place.path.stat().st_size
        return
    with zipfile.ZipFile(place.path) as archive:
        about = archive.getinfo(place.name + ENDING)
        if about.flag_bits & 1:
            raise refusal(place, "is encrypted")
        if about.file_size > max(HARMLESS, RATIO * about.compress_size):
            raise refusal(place, f"would be more than {RATIO} times as large as it is now, which no data are",
                          "Unpack the file with another program if you trust it.")
        with archive.open(about) as member:
            yield cast(BinaryIO, member), about.file_size


def _exactly(place: Place, stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    while len(found) < size and (more := stream.read(size - len(found))):
        found += more
    if len(found) < size:
        raise refusal(place, "ends too early")
    return found


@contextmanager
def _guarded(place: Place) -> Iterator[None]:
    try:
        yield
    except DAMAGED:
        raise refusal(place, "is damaged, or is no array of NumPy") from None
    except FileNotFoundError:
        raise DataError(Problem("data.file", f"The file {place.path} was not found.", param="source",
                                hint="Choose the file anew.")) from None
    except OSError as error:
        raise refusal(place, f"cannot be read: {error.strerror or error}", "Choose another file.") from None
