"""Where tables stand: in one line or several, so that as many as possible can hold their numbers."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QRectF

GAP, HEAD, LEAST, ROW = 28.0, 22.0, 44.0, 28.0
# A cell is no larger than that: few numbers do not become walls.
LARGEST_CELL, WIDEST = 52.0, 420.0
# What numbers get at their sides, besides what they need, if there is room.
AIR = 8.0
# Lines, and the tables up to which every way to break them is tried.
MOST_LINES, FEW = 4, 10
# A table of several rows in one of several lines is no flatter than so much a row, or all in all.
THIN, FLAT = 8.0, 64.0


@dataclass(frozen=True)
class Block:
    """A table: its `rows` and `columns`, the width that its `name` needs, and what a `cell` needs (width, height) to
    hold its number. `begins` says that it belongs to none before it; a `picture` keeps its proportions."""

    rows: int
    columns: int
    name: float
    cell: tuple[float, float]
    begins: bool = False
    picture: bool = False

    def slot(self, width: float) -> float:
        """The room that it takes with its name if it is so wide."""
        return max(width, self.name)

    def size(self, height: float) -> tuple[float, float]:
        """How large it wants to be where there is so much height."""
        if self.rows == 1:
            return max(LEAST, min(self.columns * LARGEST_CELL, WIDEST)), ROW
        cell = min(LARGEST_CELL, height / self.rows)
        return max(LEAST, min(self.columns * cell, WIDEST)), self.rows * cell

    def filled(self, width: float, height: float) -> bool:
        """True if its numbers have room."""
        return width >= self.columns * self.cell[0] - 1e-6 and height >= self.rows * self.cell[1]


def arranged(blocks: Sequence[Block], room: QRectF) -> list[QRectF]:
    """A place for each of them within `room`, its name above it."""
    if not blocks:
        return []
    best: tuple[tuple[float, ...], list[QRectF]] | None = None
    for lines in _ways(blocks, room.width()):
        found = _placed(blocks, lines, room)
        value = _value(blocks, lines, found, room)
        if best is None or value > best[0]:
            best = value, found
    assert best is not None
    return best[1]


def _ways(blocks: Sequence[Block], room: float) -> list[list[range]]:
    """Ways to break them into lines; where there are many, or pictures, only where something new begins."""
    names = _by_names(blocks, room)
    anywhere = len(blocks) <= FEW and not any(block.picture for block in blocks)
    places = [number for number in range(1, len(blocks)) if anywhere or blocks[number].begins]
    ways = [[range(start, end) for start, end in zip((0, *breaks), (*breaks, len(blocks)), strict=True)]
            for count in range(min(MOST_LINES, len(places) + 1)) for breaks in combinations(places, count)]
    return [*ways, names]


def _value(blocks: Sequence[Block], lines: Sequence[range], found: Sequence[QRectF],
           room: QRectF) -> tuple[float, ...]:
    """How good that is: names are whole, nothing is flat, numbers are there, what belongs together stands together."""
    names = sum(_wide(blocks[line.start : line.stop]) > room.width() for line in lines)
    flat = 0 if len(lines) == 1 else sum(box.height() < min(FLAT, block.rows * THIN) or not room.contains(box)
                                         for block, box in zip(blocks, found, strict=True))
    filled = sum(block.filled(box.width(), box.height()) for block, box in zip(blocks, found, strict=True))
    torn = sum(not blocks[line.start].begins for line in lines[1:])
    return -names, -flat, filled, -torn, -len(lines), sum(box.width() for box in found)


def _placed(blocks: Sequence[Block], lines: Sequence[range], room: QRectF) -> list[QRectF]:
    top, found = room.top(), []
    heights = _heights([blocks[line.start : line.stop] for line in lines], room.height())
    for line, height in zip(lines, heights, strict=True):
        inner = QRectF(room.left(), top + HEAD, room.width(), max(16.0, height - HEAD))
        found += _line(blocks[line.start : line.stop], inner)
        top += height
    return found


def _heights(lines: Sequence[Sequence[Block]], room: float) -> list[float]:
    """Lines of single rows are as high as those, if others need the room."""
    low = [all(block.rows == 1 for block in line) for line in lines]
    if all(low) or not any(low):
        return [room / len(lines)] * len(lines)
    flat = min(HEAD + ROW + 8, room / len(lines))
    tall = (room - flat * sum(low)) / (len(lines) - sum(low))
    return [flat if single else tall for single in low]


def _line(line: Sequence[Block], room: QRectF) -> list[QRectF]:
    left, found = room.left(), []
    for block, width, height in zip(line, *_sizes(line, room.width() - GAP * (len(line) - 1), room.height()),
                                    strict=True):
        found.append(QRectF(left, room.top() + (room.height() - height) / 2, width, height))
        left += block.slot(width) + GAP
    return found


def _sizes(line: Sequence[Block], free: float, height: float) -> tuple[list[float], list[float]]:
    """Widths and heights: all have the least, pictures what they want, numbers what they need, then the others."""
    wanted = [block.size(height) for block in line]
    widths = [min(LEAST, width) for width, _ in wanted]
    widths = _grown(line, widths, [full if block.picture else width for block, width, (full, _) in zip(
        line, widths, wanted, strict=True)], free)
    for number in sorted(range(len(line)), key=lambda i: line[i].columns):
        block, own = line[number], wanted[number]
        needs = max(LEAST, block.columns * block.cell[0])
        more = block.slot(needs) - block.slot(widths[number])
        if not block.picture and own[1] >= block.rows * block.cell[1] and more <= free - _slots(line, widths):
            widths[number], wanted[number] = needs, (max(own[0], needs + AIR * block.columns), own[1])
    given = _grown(line, widths, [width for width, _ in wanted], free)
    return given, [tall * own / full if block.picture else tall
                   for block, own, (full, tall) in zip(line, given, wanted, strict=True)]


def _grown(line: Sequence[Block], widths: Sequence[float], most: Sequence[float], free: float) -> list[float]:
    """The widths, nearer to `most` by the same share of the way, as far as there is room."""
    missing = _slots(line, most) - _slots(line, widths)
    share = max(0.0, min(1.0, (free - _slots(line, widths)) / missing)) if missing > 0 else 1.0
    return [width + share * (full - width) for width, full in zip(widths, most, strict=True)]


def _slots(line: Sequence[Block], widths: Sequence[float]) -> float:
    return sum(block.slot(width) for block, width in zip(line, widths, strict=True))


def _wide(line: Sequence[Block]) -> float:
    """The least width of a line with all its names."""
    return sum(block.slot(LEAST) + GAP for block in line) - GAP


def _by_names(blocks: Sequence[Block], room: float) -> list[range]:
    """As many tables in each line as have room for their names."""
    lines = [range(1)]
    for number in range(1, len(blocks)):
        if _wide(blocks[lines[-1].start : number + 1]) <= room:
            lines[-1] = range(lines[-1].start, number + 1)
        else:
            lines.append(range(number, number + 1))
    return lines
