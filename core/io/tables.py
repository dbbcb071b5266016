"""Tables as CSV files."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.io import atomic


def encode(names: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """One line of names, then a line for each row: UTF-8 with the line ends of RFC 4180."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()


def write(path: Path, names: Sequence[str], rows: Iterable[Sequence[str | float]]) -> None:
    """Write a CSV file. Raises FormatError; a file that was there is then intact."""
    atomic.write_bytes(path, encode(names, rows))
