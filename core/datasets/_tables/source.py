"""The bytes of a file, in pieces; unpacked with a limit, and refused if they change meanwhile."""
from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from core.datasets._tables.refusal import refuse
from core.datasets._task import Task

PIECE = 8 << 20
GZIP = b"\x1f\x8b"
# Numbers as text shrink to a tenth, tables full of zeros to a hundredth.
HARMLESS, RATIO = 64 << 20, 200
LARGEST = 16 << 30


class Source:
    """A file that is there and can be read. Raises DataError if it is not."""

    def __init__(self, path: str):
        self.path = self.located(path)
        self.stamp = self._look()
        if not self.size:
            raise refuse("empty", self.path, "the file is empty", "Choose a file that holds a table.")

    @staticmethod
    def located(path: str) -> Path:
        """The path, with "~" as the user's folder."""
        try:
            return Path(path).expanduser()
        except RuntimeError:
            return Path(path)

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.stamp[0]

    def head(self, count: int) -> bytes:
        """The first bytes, as they lie on the disk."""
        try:
            with self.path.open("rb") as file:
                return file.read(count)
        except OSError as error:
            raise self._unreadable(error) from None

    def whole(self, most: int) -> bytes:
        """All bytes, as they lie on the disk."""
        if self.size > most:
            raise refuse("large", self.path, f"the file has more than {most >> 20:,} MB", "Take a part of it, or "
                         "save it as CSV, which is read piece by piece.")
        data = self.head(self.size + 1)
        self.verify()
        return data

    def pieces(self, task: Task, size: int = PIECE) -> Iterator[bytes]:
        """The content, unpacked if it is packed with gzip. Raises CancelledError."""
        try:
            with self.path.open("rb") as file:
                packed = file.read(2) == GZIP
                file.seek(0)
                stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
                read = 0
                while piece := stream.read(size):
                    read += len(piece)
                    self._bound(read, packed=packed)
                    task.tell(f"Reading {self.path.name}", min(file.tell() / self.size, 1.0))
                    yield piece
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise refuse("damaged", self.path, "the file is damaged, it cannot be unpacked",
                         "Get it anew, or unpack it with another program.") from None
        except OSError as error:
            raise self._unreadable(error) from None
        self.verify()

    def verify(self) -> None:
        """Raises DataError if the file is not what it was at first."""
        if self._look() != self.stamp:
            raise refuse("changed", self.path, "the file changed while it was being read",
                         "Wait until it is complete, then load it again.")

    def _bound(self, read: int, *, packed: bool) -> None:
        if packed and read > HARMLESS and read > RATIO * self.size:
            raise refuse("bomb", self.path, f"unpacked, the file is more than {RATIO} times as large",
                         "Unpack it with another program if you trust it.")
        if read > LARGEST:
            raise refuse("large", self.path, f"the file holds more than {LARGEST >> 30} GB", "Take a part of it.")

    def _look(self) -> tuple[int, int, int]:
        """Size, time of the last change, and identity. Raises DataError."""
        try:
            found = os.stat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            raise refuse("missing", self.path, f"there is no such file in {self.path.parent}",
                         "Choose the file again.") from None
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from None
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device"
            raise refuse("folder", self.path, f"this is {kind}, not a file", "Choose a file that holds a table.")
        return found.st_size, found.st_mtime_ns, found.st_ino

    def _unreadable(self, error: OSError | ValueError) -> Exception:
        why = getattr(error, "strerror", None) or "its name cannot be used"
        return refuse("unreadable", self.path, f"the file cannot be read ({str(why).lower()})",
                      "Check that you may read it, or choose another one.")
