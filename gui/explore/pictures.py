"""Samples that are pictures, side by side."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLabel

from core.statistics import Frame, Labels, as_bytes, brightness, of_class
from gui.explore.store import Store
from gui.explore.view import View
from gui.forms.chooser import Chooser
from gui.forms.quiet import small
from gui.panels._base import Exportable
from gui.theme import fonts, palette

ALL = -1
SIDE, LABEL, GAP, EDGE = 56, 16, 8, 12
LARGE = 176
# So many pictures make a page, and so many stand side by side.
MOST, ACROSS = 200, 16


class PictureGrid(QAbstractScrollArea):
    """Paints only the pictures that are seen. `pointed` carries the row under the pointer, or None."""

    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Pictures")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.rows: np.ndarray = np.empty(0, np.intp)
        self.under: int | None = None
        self._pictures: np.ndarray | None = None
        self._labels: Labels | None = None
        self._limits = 0.0, 1.0
        self._drawn: dict[int, QImage] = {}

    def put(self, pictures: np.ndarray | None, labels: Labels | None, rows: np.ndarray) -> None:
        """Show these rows."""
        if pictures is not self._pictures:
            self._pictures, self._limits = pictures, (0.0, 1.0) if pictures is None else brightness(pictures)
            self._drawn.clear()
        self._labels, self.rows, self.under = labels, rows, None
        self.verticalScrollBar().setValue(0)
        self._fit()
        self.viewport().update()

    @property
    def across(self) -> int:
        """How many pictures stand side by side."""
        return max(1, (self.viewport().width() - 2 * EDGE + GAP) // (SIDE + GAP))

    @property
    def step(self) -> int:
        """The height of a line of pictures."""
        return SIDE + GAP + (LABEL if self._labels is not None else 0)

    def place_of(self, number: int) -> QRect:
        """Where the picture with this number stands in the viewport."""
        line, column = divmod(number, self.across)
        return QRect(EDGE + column * (SIDE + GAP), 4 + line * self.step - self.verticalScrollBar().value(), SIDE, SIDE)

    def number_at(self, place: QPoint) -> int | None:
        """The number of the picture at a place of the viewport."""
        line = (place.y() - 4 + self.verticalScrollBar().value()) // self.step
        column = (place.x() - EDGE) // (SIDE + GAP)
        number = line * self.across + column
        inside = 0 <= column < self.across and 0 <= number < len(self.rows)
        return number if inside and self.place_of(number).contains(place) else None

    def image(self, row: int) -> QImage:
        """The picture of a row."""
        if row not in self._drawn:
            assert self._pictures is not None
            if len(self._drawn) > 2000:
                self._drawn.clear()
            self._drawn[row] = _image(as_bytes(self._pictures[row], self._limits))
        return self._drawn[row]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = palette.current().tokens
        painter.fillRect(self.viewport().rect(), QColor(tokens.surface))
        if self._pictures is not None:
            first = max(0, (self.verticalScrollBar().value() - 4) // self.step) * self.across
            last = first + (self.viewport().height() // self.step + 2) * self.across
            for number in range(first, min(last, len(self.rows))):
                self.paint_one(painter, number, self.place_of(number))
            if self.under is not None:
                self._paint_large(painter, self.under)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.number_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.under = None
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, 200)

    def _fit(self) -> None:
        lines = -(-len(self.rows) // self.across)
        height = 4 + lines * self.step + 4
        self.verticalScrollBar().setRange(0, max(0, height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(self.step // 2)

    def _point(self, number: int | None) -> None:
        if number != self.under:
            self.under = number
            self.viewport().update()
            self.pointed.emit(None if number is None else int(self.rows[number]))

    def paint_one(self, painter: QPainter, number: int, place: QRect) -> None:
        """Paint the picture with this number, and its class below."""
        tokens, row = palette.current().tokens, int(self.rows[number])
        _paint_picture(painter, place, self.image(row))
        if self._labels is None:
            return
        code = int(self._labels.codes[row])
        count = len(self._labels.names)
        known = code < count
        painter.fillRect(place.left(), place.bottom() + 1, SIDE, 2,
                         QColor(tokens.label_colour(code, count) if known else tokens.text_disabled))
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        name = self._labels.names[code] if known else "?"
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, SIDE)
        painter.drawText(QRect(place.left(), place.bottom() + 3, SIDE, LABEL), Qt.AlignmentFlag.AlignHCenter, text)

    def _paint_large(self, painter: QPainter, number: int) -> None:
        """The picture under the pointer, enlarged beside it."""
        tokens, small_one = palette.current().tokens, self.place_of(number)
        side = min(LARGE, self.viewport().height() - 8)
        place = QRect(small_one.right() + GAP, small_one.top(), side, side)
        if place.right() > self.viewport().width() - 4:
            place.moveRight(small_one.left() - GAP)
        place.moveTop(max(4, min(place.top(), self.viewport().height() - side - 4)))
        painter.fillRect(place.adjusted(-3, -3, 3, 3), QColor(tokens.accent_ink))
        _paint_picture(painter, place, self.image(int(self.rows[number])))


def _image(pixels: np.ndarray) -> QImage:
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_RGB888
    return QImage(pixels.data, width, height, pixels.strides[0], kind).copy()


def _paint_picture(painter: QPainter, place: QRect, image: QImage) -> None:
    """As large as there is room, in its proportions; few pixels stay sharp."""
    size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    inside = QRect(QPoint(0, 0), size)
    inside.moveCenter(place.center())
    painter.fillRect(place, QColor(palette.current().tokens.sunken))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() > place.width())
    painter.drawImage(inside, image)


class PicturePage:
    """The first pictures of a grid as a drawing, also those that are scrolled out of sight."""

    def __init__(self, grid: PictureGrid):
        self._grid = grid
        self._count = min(MOST, len(grid.rows))
        self._across = min(ACROSS, max(1, self._count))

    @property
    def note(self) -> str:
        """What is left out, in a sentence."""
        total = len(self._grid.rows)
        return f"It shows the first {self._count:,} of {total:,} pictures." if self._count < total else ""

    def size(self) -> QSizeF:
        """In logical pixels."""
        lines = -(-self._count // self._across)
        return QSizeF(2 * EDGE + self._across * (SIDE + GAP) - GAP, 2 * EDGE + lines * self._grid.step - GAP)

    def draw(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on."""
        for number in range(self._count):
            down, across = divmod(number, self._across)
            place = QRect(EDGE + across * (SIDE + GAP), EDGE + down * self._grid.step, SIDE, SIDE)
            self._grid.paint_one(painter, number, place)


class PicturesView(View):
    """The pictures, of all classes or of one."""

    title = "Pictures"

    def __init__(self, store: Store):
        super().__init__(store)
        self.choice = Chooser(self.controls, "Class", "Show the pictures of one class only")
        self.said: QLabel = small()
        self.controls.addWidget(self.said, 1)
        self.grid = PictureGrid()
        self.column.addLayout(self.controls)
        self.column.addWidget(self.grid, 1)
        self._shown: tuple[object, ...] = ()
        self.choice.currentIndexChanged.connect(self._fill)
        self.grid.pointed.connect(self._on_point)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return frame.pictures is not None

    def show_frame(self) -> None:
        labels = self.store.labels
        if self._shown == (self.frame, labels):
            return
        self._shown = self.frame, labels
        names = enumerate(labels.names) if labels is not None else ()
        self.choice.offer([("all classes", ALL), *((name, number) for number, name in names)], ALL)
        self.choice.setVisible(labels is not None)
        self._fill()

    def restyle(self, tokens: object) -> None:
        self.grid.viewport().update()

    def exports(self) -> Exportable | None:
        page = PicturePage(self.grid)
        return Exportable("pictures", page, self._table, page.note)

    def _fill(self) -> None:
        labels, chosen = self.store.labels, self.choice.chosen
        everything = labels is None or chosen == ALL
        rows = np.arange(self.frame.rows) if everything or labels is None else of_class(labels, chosen)
        self.grid.put(self.frame.pictures, labels, rows)
        self._on_point(None)

    def _on_point(self, row: int | None) -> None:
        pictures, labels = self.frame.pictures, self.store.labels
        assert pictures is not None
        if row is None:
            self.said.setText(f"{len(self.grid.rows):,} pictures of {' × '.join(map(str, pictures.shape[1:3]))} pixels")
            return
        name = "" if labels is None else labels.name_of(row)
        self.said.setText(f"Row {row + 1:,}, {name}" if name else f"Row {row + 1:,}")

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        labels = self.store.labels
        rows: list[list[float | str]] = [[row + 1, "" if labels is None else labels.name_of(row)]
                                         for row in self.grid.rows.tolist()]
        return ["row", "class"], rows
