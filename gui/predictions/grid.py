"""Cards side by side, of which only those that are seen are painted."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from gui.predictions.cards import EDGE, GAP, Cards, frame
from gui.theme import palette

TOP = 4


class CardGrid(QAbstractScrollArea):
    """Shows the cards at `order` (k,). `current` is the place of the framed one.

    `pointed` carries the place under the pointer, or None; `picked` the one that was clicked or reached with the arrow
    keys; `opened` one that was clicked twice, or entered.
    """

    pointed = Signal(object)
    picked = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Samples with their predictions")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.cards: Cards | None = None
        self.order: np.ndarray = np.empty(0, np.intp)
        self.current: int | None = None
        self.inside = False

    def put(self, cards: Cards, order: np.ndarray, *, top: bool = False) -> None:
        """Show these; with `top` from the first one on."""
        self.cards, self.order = cards, order
        self._fit()
        if top:
            self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def frame(self, place: int | None) -> None:
        """Frame the card at a place."""
        if place != self.current:
            self.current = place
            self.viewport().update()

    def show_place(self, place: int) -> None:
        """Scroll until the card at a place is seen."""
        found = np.flatnonzero(self.order == place)
        if not len(found):
            return
        area, bar, view = self.area_of(int(found[0])), self.verticalScrollBar(), self.viewport().height()
        if area.top() < TOP:
            bar.setValue(bar.value() + area.top() - TOP)
        elif area.bottom() > view - TOP:
            bar.setValue(bar.value() + area.bottom() - view + TOP)

    @property
    def step(self) -> int:
        """The height of a line of cards."""
        return (self.cards.height if self.cards is not None else 1) + GAP

    def area_of(self, index: int) -> QRect:
        """Where the card at `order[index]` stands in the viewport."""
        assert self.cards is not None
        line, column = divmod(index, self.cards.across)
        left, top = EDGE + column * (self.cards.width + GAP), TOP + line * self.step
        return QRect(left, top - self.verticalScrollBar().value(), self.cards.width, self.cards.height)

    def index_at(self, point: QPoint) -> int | None:
        """Which card is at a point of the viewport."""
        if self.cards is None:
            return None
        line = (point.y() - TOP + self.verticalScrollBar().value()) // self.step
        column = (point.x() - EDGE) // (self.cards.width + GAP)
        index = line * self.cards.across + column
        there = 0 <= column < self.cards.across and 0 <= index < len(self.order)
        return index if there and self.area_of(index).contains(point) else None

    def seen(self) -> range:
        """The indices of the cards that are in sight."""
        if self.cards is None:
            return range(0)
        first = max(0, (self.verticalScrollBar().value() - TOP) // self.step) * self.cards.across
        lines = self.viewport().height() // self.step + 2
        return range(min(first, len(self.order)), min(first + lines * self.cards.across, len(self.order)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = palette.current().tokens
        painter.fillRect(self.viewport().rect(), QColor(tokens.surface))
        if self.cards is not None:
            for index in self.seen():
                place, area = int(self.order[index]), self.area_of(index)
                frame(painter, area, tokens, traced=place == self.current, card=self.cards.framed)
                self.cards.paint(painter, area, place)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().toPoint())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(int(self.order[index]))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().toPoint())
        if index is not None:
            self.opened.emit(int(self.order[index]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across = 1 if self.cards is None else self.cards.across
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across}
        found = np.flatnonzero(self.order == self.current) if self.current is not None else np.empty(0)
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(found):
            self.opened.emit(int(self.order[found[0]]))
        elif key in steps and len(self.order):
            index = int(found[0]) + steps[key] if len(found) else 0
            if 0 <= index < len(self.order):
                place = int(self.order[index])
                self.picked.emit(place)
                self.show_place(place)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self.inside = True
        elif event.type() == QEvent.Type.Leave:
            self.inside = False
            self.pointed.emit(None)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(300, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)

    def _point(self, point: QPoint) -> None:
        index = self.index_at(point)
        self.pointed.emit(None if index is None else int(self.order[index]))

    def _fit(self) -> None:
        if self.cards is None:
            return
        self.cards.fit(self.viewport().width())
        lines = -(-len(self.order) // self.cards.across)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, TOP + lines * self.step - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(8, self.step // 2))
