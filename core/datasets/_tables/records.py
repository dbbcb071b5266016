"""Cutting text where a record of a table ends, which need not be where a line ends."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import Source

LONGEST = 32 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records, the first of which is in line `line` of the file."""

    data: bytes
    line: int


def blocks(source: Source, pieces: Iterable[bytes], *, quoted: bool = True) -> Iterator[Block]:
    """The text as whole records. Raises DataError for a record of more than 32 MB, or that does not end.

    Within quotation marks, a line may end without ending the record, unless `quoted` is off.
    """
    held, line, returns = b"", 1, None
    for piece in pieces:
        # Files of old Macintoshes have carriage returns only.
        if returns is None and piece:
            returns = b"\r" in piece and b"\n" not in piece
        held += piece.replace(b"\r", b"\n") if returns else piece
        cut = _cut(held, quoted=quoted)
        if not cut and len(held) > LONGEST:
            raise _endless(source, held, line, quoted=quoted)
        if cut:
            yield Block(held[:cut], line)
            line += held.count(b"\n", 0, cut)
            held = held[cut:]
    if held.strip():
        if quoted and held.count(b'"') % 2:
            raise _endless(source, held, line, quoted=quoted)
        yield Block(held, line)


def _cut(data: bytes, *, quoted: bool) -> int:
    """How many bytes make up whole records."""
    if not quoted:
        return data.rfind(b"\n") + 1
    end, quotes = len(data), data.count(b'"')
    while (newline := data.rfind(b"\n", 0, end)) >= 0:
        quotes -= data.count(b'"', newline, end)
        if quotes % 2 == 0:
            return newline + 1
        end = newline
    return 0


def records(block: Block) -> Iterator[tuple[int, bytes]]:
    """The records of a block that are not blank, with the numbers of their lines and without the line ends."""
    held, begun = b"", block.line
    for line, text in lines(block):
        if not held:
            begun = line
        held = held + b"\n" + text if held else text
        if held.count(b'"') % 2:
            continue
        record, held = held.rstrip(b"\r"), b""
        if record.strip():
            yield begun, record
    if held.strip():
        yield begun, held


def lines(block: Block) -> Iterator[tuple[int, bytes]]:
    """The lines of a block with their numbers, without the line ends."""
    begun, line = 0, block.line
    while (end := block.data.find(b"\n", begun)) >= 0:
        yield line, block.data[begun:end]
        begun, line = end + 1, line + 1
    yield line, block.data[begun:]


def fields(record: bytes, separator: bytes) -> int:
    """How many fields a record has."""
    # Every other part lies within quotation marks.
    return 1 + sum(part.count(separator) for part in record.split(b'"')[::2])


def _endless(source: Source, held: bytes, line: int, *, quoted: bool) -> Exception:
    if not quoted or held.count(b'"') % 2 == 0:
        return refuse("line", source.path, f"the line is longer than {LONGEST >> 20} MB", "Choose a file that holds "
                      "a table.", f"line {line:,}")
    for number, text in enumerate(held.split(b"\n"), line):
        if text.count(b'"') % 2:
            return refuse("quotes", source.path, "a quotation mark is opened and never closed",
                          'Close it, or write "" for a quotation mark that is part of a value.', f"line {number:,}")
    return refuse("quotes", source.path, "a quotation mark is never closed", "Close it.", f"line {line:,}")
