"""One sample, large."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.train.cases import Cases
from gui.plots import numbers
from gui.predictions.cards import Cards, PairCards, PictureCards
from gui.predictions.painting import LINE, paint_image, paint_series, paint_words
from gui.theme import palette

SIDE, SMALLEST, SERIES, TEXT = 200, 72, 120, 96
GAP = 8
NAMES = ("truth", "prediction", "difference")
BACK = ("input", "output", "difference")
MOST_ROWS = 40


class Face(QWidget):
    """Pictures side by side, a series, a text, or the values of a row with their names."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[tuple[str, QImage]] = []
        self.rows: tuple[tuple[str, str], ...] = ()
        self.series: np.ndarray | None = None
        self.text = ""
        self._most = SIDE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The sample")

    def put(self, found: Cases, cards: Cards, place: int) -> None:
        """Show the sample at a place."""
        gallery, number = found.gallery, int(found.numbers[place])
        self.images, self.rows, self.series, self.text = [], (), None, ""
        if isinstance(cards, PairCards):
            names = BACK if found.kind == "values" else NAMES
            self.images = [(name, cards.shown(row, place)) for row, name in enumerate(names)]
        elif isinstance(cards, PictureCards):
            self.images = [("", cards.picture(place))]
        elif found.kind == "values":
            self.rows = tuple((name, numbers.with_minus(f"{a:.4g} → {b:.4g}")) for name, a, b in zip(
                found.names, found.truth[place].tolist(), found.said[place].tolist(), strict=True))
        elif gallery.look == "series" and gallery.series is not None:
            self.series = gallery.series[number]
        elif gallery.look == "texts":
            self.text = gallery.text(number)
        else:
            self.rows = tuple((name, numbers.with_minus(value)) for name, value in gallery.row(number))
        self.rows = self.rows[:MOST_ROWS]
        self._measure()
        self.update()

    def limit(self, height: int) -> None:
        """Let pictures be no taller than this, as long as they can be made out."""
        self._most = max(SMALLEST, min(SIDE, height))
        self._measure()
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.height())

    def _side(self) -> int:
        count = max(1, len(self.images))
        return max(24, min(self._most, (self.width() - GAP * (count - 1)) // count))

    def _measure(self) -> None:
        if self.images:
            height = self._side() + (LINE if self.images[0][0] else 0)
        elif self.series is not None:
            height = SERIES
        elif self.text:
            room = QRect(0, 0, max(60, self.width()), 10_000)
            height = max(LINE, self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text).height())
        else:
            height = LINE * max(1, len(self.rows)) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        if self.images:
            side = self._side()
            for place, (name, image) in enumerate(self.images):
                left = place * (side + GAP)
                paint_image(painter, QRect(left, 0, side, side), image, tokens)
                paint_words(painter, QRect(left, side, side, LINE), name, tokens.text_muted, tokens)
        elif self.series is not None:
            paint_series(painter, self.rect(), self.series, tokens)
        elif self.text:
            paint_words(painter, self.rect(), self.text, tokens.text, tokens, wrap=True)
        for line, (name, value) in enumerate(self.rows):
            area = QRect(0, line * LINE, self.width(), LINE)
            taken = paint_words(painter, area, value, tokens.text, tokens, right=True)
            paint_words(painter, area.adjusted(0, 0, -taken - 8, 0), name, tokens.text_muted, tokens)
        painter.end()
