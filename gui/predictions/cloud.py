"""Generated points over real ones, where samples are two numbers."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from core.train.generating import Generated
from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, name_axis, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.dots import Dots
from gui.theme.tokens import Tokens

MARGIN = 0.12


class Cloud:
    """The plot on a board; its limits are those of the real samples, so that nothing moves but the generated ones."""

    def __init__(self, board: Board, tokens: Tokens):
        self.board, self.tokens = board, tokens
        self.caption = Caption(tokens)
        self.plot = quiet_plot(Axis("left"), Axis("bottom"))
        self.real, self.made = Dots(), Dots()
        self.plot.addItem(self.real)
        self.plot.addItem(self.made)
        self.real_at: np.ndarray | None = None
        board.layout_item.addItem(self.caption, 0, 0, 1, 4)
        board.layout_item.addItem(self.plot, 1, 1)

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.tokens, self.real_at = tokens, None
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)

    def draw(self, found: Generated) -> None:
        """Draw what was generated; the real points only if they are other ones."""
        if self.real_at is None or not np.array_equal(self.real_at, found.real):
            self.real_at = found.real
            self.real.setData(x=found.real[:, 0], y=found.real[:, 1], size=5, pen=pg.mkPen(None),
                              brush=_ink(self.tokens.text_faint, 110))
            for side, name in zip(("bottom", "left"), found.names, strict=True):
                name_axis(self.plot.getAxis(side), name, self.tokens)
        known = np.isfinite(found.values).all(axis=1)
        self.made.setData(x=found.values[known, 0], y=found.values[known, 1], size=5, pen=pg.mkPen(None),
                          brush=_ink(self.tokens.accent_ink, 190))
        self.caption.say("Generated samples", (Reading("real", mark="filled", spare=True),
                                               Reading("generated", token="accent_ink", spare=True)))
        self.arrange()

    def arrange(self) -> None:
        """Fit the plot to the board; both axes have one scale."""
        if self.real_at is None:
            return
        low, high = self.real_at.min(axis=0).astype(float), self.real_at.max(axis=0).astype(float)
        middle, half = (low + high) / 2, max(float((high - low).max()), 1e-9) * (0.5 + MARGIN)
        self.board.fit(self.plot, narrowest=1.0, widest=1.0)
        look_at(self.plot, QRectF(middle[0] - half, middle[1] - half, 2 * half, 2 * half))


def _ink(colour: str, alpha: int) -> QColor:
    ink = QColor(colour)
    ink.setAlpha(alpha)
    return ink
