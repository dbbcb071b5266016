"""Charts with their captions in rows and columns of equal size."""
from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.plots.board import BESIDE, SIDE, Board
from gui.plots.caption import HEIGHT
from gui.plots.chart import Chart

SIDE_BY_SIDE, NARROWEST = 480, 225
# Of a chart that can still be read, and of the numbers below the lowest one.
LOWEST, AXIS = 18.0, 22.0
# Below the charts, and above each that stands below another one.
FOOT, BETWEEN = 2, 4


def columns_for(count: int, width: float) -> int:
    """How many charts stand side by side: none where it is narrow, else as many as fit, in even rows."""
    if width < SIDE_BY_SIDE or count < 2:
        return 1
    rows = -(-count // max(2, min(count, int(width // NARROWEST))))
    return -(-count // rows)


def rows_for(height: float) -> int:
    """How many charts can stand one above the other and still be read; at least one."""
    return max(1, int((height - AXIS) // (HEIGHT + LOWEST)))


def fitting(charts: Sequence[Chart], latest: Chart | None, most: int) -> tuple[Chart, ...]:
    """The first charts, as many as there is room for; the one that was wanted last is among them."""
    shown = tuple(charts[:most])
    return shown if latest is None or latest not in charts[most:] else (*shown[:-1], latest)


def align(shown: Sequence[Chart]) -> None:
    """Let the numbers on the left have the same room in all charts: what the longest of them needs."""
    wide = max((chart.left.width_for(chart.plot.vb.height()) for chart in shown), default=0.0)
    for chart in shown:
        chart.left.take_width(wide)


def place(board: Board, all_charts: Sequence[Chart], shown: Sequence[Chart], columns: int) -> None:
    """Put these charts on the board, and take all others off it."""
    layout: pg.GraphicsLayout = board.layout_item
    for chart in all_charts:
        for item in (chart.caption, chart.plot):
            if item in layout.items:
                layout.removeItem(item)
    for number, chart in enumerate(shown):
        row, column = 2 * (number // columns), number % columns
        layout.addItem(chart.caption, row, column)
        layout.addItem(chart.plot, row + 1, column)
        # Only the lowest chart of a column needs the numbers of its axis.
        chart.bottom.setVisible(number + columns >= len(shown))
        chart.bottom.redraw()
    _spread(board, -(-len(shown) // columns), columns)


def _spread(board: Board, rows: int, columns: int) -> None:
    grid = board.layout_item.layout
    for column in range(max(columns, grid.columnCount())):
        grid.setColumnStretchFactor(column, int(column < columns))
        grid.setColumnPreferredWidth(column, 100 if column < columns else 0)
    for row in range(max(2 * rows, grid.rowCount())):
        grid.setRowStretchFactor(row, 5 if row % 2 and row < 2 * rows else 0)
        grid.setRowSpacing(row, BETWEEN if row % 2 and row + 1 < 2 * rows else 0)
    grid.setHorizontalSpacing(BESIDE if columns > 1 else 0)
    # Half of the last number of the axis stands out on the right.
    grid.setContentsMargins(SIDE, 0, BESIDE, FOOT)
    # While charts are exchanged the layout shrinks to what is left, and does not grow again by itself.
    grid.activate()
    board.layout_item.setGeometry(QRectF(board.view.rect()))
