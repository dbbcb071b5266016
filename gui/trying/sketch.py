"""A picture drawn with the mouse, dropped as a file, or taken from the data."""
from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.datasets import Dataset, picture_shape, sketched
from gui.theme import fonts, palette
from gui.trying._way import Row, Way

SIDE = 256
# How thick a stroke is, as a share of the sheet: that of a digit in MNIST.
BRUSH = 0.085
HINT = "Draw here"


class Sheet(QWidget):
    """A dark sheet to draw on with a white pen. It shows the strokes, or a picture that was put there."""

    drawn = Signal()
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.ink = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        self.ink.fill(0)
        # Nothing was drawn since the sheet was cleared; looking for ink at every repaint would be dear.
        self._blank = True
        self.shown: QImage | None = None
        self._last: QPointF | None = None
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Sheet to draw on")
        self.setToolTip("Draw with the left button, rub out with the right one; Delete clears; "
                        "a picture file may be dropped here")

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(width, SIDE)

    def clear(self) -> None:
        """An empty sheet."""
        self.ink.fill(0)
        self._blank = True
        self.shown = None
        self.update()

    def show_picture(self, image: QImage) -> None:
        """Show a picture; the next stroke begins with an empty sheet."""
        self.ink.fill(0)
        self._blank = True
        self.shown = image
        self.update()

    def _area(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side)

    def _place(self, position: QPointF) -> QPointF:
        area = self._area()
        return (position - area.topLeft()) * (SIDE / max(1.0, area.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, area = palette.current().tokens, self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.shown is None)
        painter.fillRect(area, QColor("#000000"))
        image = self.ink if self.shown is None else self.shown
        painter.drawImage(self._fitted(image, area), image)
        if self.shown is None and self._blank:
            painter.setPen(QColor("#8a8f98"))
            painter.setFont(fonts.font(tokens))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, HINT)
        painter.setPen(QPen(QColor(tokens.accent_ink if self.hasFocus() else tokens.border), 1))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @staticmethod
    def _fitted(image: QImage, area: QRectF) -> QRectF:
        scale = min(area.width() / image.width(), area.height() / image.height())
        fitted = QRectF(0, 0, image.width() * scale, image.height() * scale)
        fitted.moveCenter(area.center())
        return fitted

    def pixels(self) -> np.ndarray:
        """The ink (SIDE, SIDE) float32 from 0 to 1."""
        rows = np.frombuffer(self.ink.constBits(), np.uint8).reshape(SIDE, self.ink.bytesPerLine())
        return rows[:, :SIDE].astype(np.float32) / 255.0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        if self.shown is not None:
            self.clear()
        self._last = self._place(event.position())
        self._stroke(self._last, rub=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._stroke(self._place(event.position()), rub=bool(event.buttons() & Qt.MouseButton.RightButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
            self.drawn.emit()
        else:
            super().keyPressEvent(event)

    def _stroke(self, to: QPointF, *, rub: bool) -> None:
        assert self._last is not None
        self._blank = False
        pen = QPen(QColor("#000000" if rub else "#ffffff"), BRUSH * SIDE * (2 if rub else 1))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter = QPainter(self.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        if to == self._last:
            painter.drawPoint(to)
        else:
            painter.drawLine(self._last, to)
        painter.end()
        self._last = to
        self.update()
        self.drawn.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (name := _file(event)) is not None:
            event.acceptProposedAction()
            self.dropped.emit(name)


class Sketch(Way):
    """The sheet, for a data set of pictures."""

    def __init__(self, name: str, dataset: Dataset):
        super().__init__()
        self._name, self._dataset = name, dataset
        self._sample: np.ndarray | None = None
        self.sheet = Sheet()
        self.sheet.drawn.connect(self._drawn)
        self.sheet.dropped.connect(self._dropped)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)

    def row(self) -> Row | None:
        return None if self._sample is None else ((self._name, self._sample.tobytes()),)

    def put(self, row: Row) -> None:
        value = dict(row).get(self._name)
        if isinstance(value, bytes):
            self._take(np.frombuffer(value, np.float32))

    def clear(self) -> None:
        self._sample = None
        self.sheet.clear()

    def _take(self, sample: np.ndarray) -> None:
        shape = picture_shape(self._dataset.spec())
        assert shape is not None
        self._sample = np.ascontiguousarray(sample, np.float32)
        self.sheet.show_picture(as_image(self._sample.reshape(shape)))

    def _drawn(self) -> None:
        ink = self.sheet.pixels()
        self._sample = sketched(self._dataset, ink) if ink.any() else None
        self.changed.emit()

    def _dropped(self, name: str) -> None:
        from core.datasets import picture_from_file
        from core.errors import CoreError

        try:
            self._take(picture_from_file(self._dataset, Path(name)))
        except CoreError as error:
            self.refused.emit(error.problem)
            return
        self.changed.emit()


def as_image(pixels: np.ndarray) -> QImage:
    """A picture (height, width, 1 or 3) of any range as an image of its own, dark to bright."""
    low, high = float(pixels.min()), float(pixels.max())
    low, high = (low, high) if low < 0.0 or high > 1.0 else (0.0, 1.0)
    grey = np.clip((pixels - low) / max(high - low, 1e-12) * 255.0, 0, 255).astype(np.uint8)
    colours = np.ascontiguousarray(np.repeat(grey, 3, axis=2) if grey.shape[2] == 1 else grey)
    height, width, _ = colours.shape
    return QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _file(event: QDropEvent) -> str | None:
    """The only local file that is dragged."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else None
