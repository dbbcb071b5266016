"""The spread of a column as small bars, in the colours of the classes."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from core.preprocessing import Column
from core.statistics import Summary
from gui.explore import words
from gui.plots import numbers
from gui.theme.tokens import Tokens, mix

GAP = 1.0
LEAST = 1.0


def draw(painter: QPainter, area: QRectF, summary: Summary, classes: int, tokens: Tokens) -> None:
    """Draw the bars on a line at the foot of `area`."""
    counts = summary.counts
    painter.save()
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), QColor(tokens.border_strong))
    if counts is not None and counts.size and counts.sum():
        inks = colours(counts.shape[1], classes, tokens)
        width, tallest = area.width() / len(counts), int(counts.sum(axis=1).max())
        gap = GAP if width > 4 * GAP else 0.0
        for place, bar in enumerate(counts.tolist()):
            _draw_bar(painter, area, (area.left() + place * width, width - gap), bar, tallest, inks)
    painter.restore()


def _draw_bar(painter: QPainter, area: QRectF, across: tuple[float, float], bar: list[int], tallest: int,
              inks: list[QColor]) -> None:
    whole = sum(bar)
    if not whole:
        return
    # What is there at all can be seen.
    scale = max(LEAST, area.height() * whole / tallest) / whole
    foot = area.bottom()
    for count, ink in zip(bar, inks, strict=True):
        if count:
            painter.fillRect(QRectF(across[0], foot - count * scale, across[1], count * scale), ink)
            foot -= count * scale


def colours(groups: int, classes: int, tokens: Tokens) -> list[QColor]:
    """One for every class, and one for rows without; without classes the one of all rows."""
    if groups == 1 or not classes:
        return [QColor(mix(tokens.surface, tokens.accent_ink, 0.8))] * groups
    known = groups - 1
    return [*(QColor(tokens.label_colour(number, known)) for number in range(known)), QColor(tokens.text_disabled)]


def bar_at(area: QRectF, place: QPointF, summary: Summary) -> int | None:
    """Which bar stands at a place, or None beside them."""
    if summary.counts is None or not len(summary.counts) or not area.contains(place):
        return None
    bars = len(summary.counts)
    return min(bars - 1, int((place.x() - area.left()) / area.width() * bars))


def describe(column: Column, summary: Summary, bar: int, classes: tuple[str, ...]) -> str:
    """What a bar stands for, and how many rows it has of each class."""
    assert summary.counts is not None
    counts = summary.counts[bar]
    lines = [f"{span(column, summary, bar)}: {numbers.count(int(counts.sum()))}"]
    if len(counts) > 1 and len(classes) == len(counts) - 1:
        lines += [f"{name}: {numbers.count(int(count))}" for name, count in zip(classes, counts, strict=False) if count]
    return "\n".join(lines)


def span(column: Column, summary: Summary, bar: int) -> str:
    """The values that a bar stands for."""
    if summary.names:
        return summary.names[bar]
    assert summary.edges is not None
    low, high = (float(edge) for edge in summary.edges[bar : bar + 2])
    if summary.constant or (high - low == 1 and low % 1 == 0.5):
        return words.measure(column, (low + high) / 2, words.significant([low]) if summary.constant else 0)
    places = words.significant([float(np.ptp(summary.edges))]) + 1
    return f"{words.measure(column, low, places)} to {words.measure(column, high, places)}"
