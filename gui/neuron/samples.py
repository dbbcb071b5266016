"""The samples that a neuron answers to most, as cards, and how all its answers are spread."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.train.probes.excites import Excites
from core.train.references import SampleRef
from gui.neuron.words import number, short
from gui.theme import fonts, palette
from gui.theme.tokens import Tokens

CARD, LOW, GAP, LINE = 76, 36, 6, 15


class Cards(QWidget):
    """`traced` carries the sample of a card that was clicked, or chosen with the keyboard."""

    traced = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.found: Excites | None = None
        self.present: SampleRef | None = None
        self._images: list[QImage] = []
        self._at = -1
        self.setAccessibleName("Samples that excite the neuron most")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_found(self, found: Excites, present: SampleRef) -> None:
        """Show these; `present` is the sample that all views follow."""
        if found is not self.found:
            self.found = found
            self._images = [image_of(look) for look in found.looks if look.ndim == 3 and look.shape[2] in (1, 3)]
            self.updateGeometry()
        self.present = present
        self.update()

    @property
    def _size(self) -> tuple[int, int]:
        if self._images:
            return CARD, CARD + 2 * LINE
        return (2 * CARD + 44 if self.found is not None and self.found.texts else CARD + 44), LOW

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        count = 0 if self.found is None else len(self.found.best)
        return -(-count // self._across(width)) * (self._size[1] + GAP)

    def sizeHint(self) -> QSize:
        return QSize(2 * CARD, self.heightForWidth(max(self.width(), 2 * CARD)))

    def card(self, place: int) -> QRectF:
        """Where a card stands."""
        line, column = divmod(place, self._across(self.width()))
        wide, tall = self._size
        return QRectF(column * (wide + GAP), line * (tall + GAP), wide, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.found is None:
            return
        painter, tokens = QPainter(self), palette.current().tokens
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self.found.best)):
            self._paint(painter, tokens, self.found, place)
        painter.end()

    def _paint(self, painter: QPainter, tokens: Tokens, found: Excites, place: int) -> None:
        area = self.card(place)
        chosen = found.best[place] == self.present
        edge = tokens.accent_ink if chosen or (self.hasFocus() and place == self._at) else tokens.border
        painter.setPen(QPen(QColor(edge), 1.5 if chosen else 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(area.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        inside = area.adjusted(5, 4, -5, -3)
        if self._images:
            image = self._images[place]
            scale = min(inside.width() / image.width(), inside.width() / image.height())
            painter.drawImage(QRectF(inside.left(), inside.top() + 1, image.width() * scale, image.height() * scale),
                              image)
            inside.setTop(area.bottom() - 2 * LINE - 3)
        painter.setFont(fonts.font(tokens, small=True, strong=True))
        painter.setPen(QColor(tokens.text))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, number(found.answers[place]))
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        text = painter.fontMetrics().elidedText(self.about(place), Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def about(self, place: int) -> str:
        """What is said of a sample: its target, and where it lies if few numbers say that."""
        assert self.found is not None
        look, truth = self.found.looks[place], self.found.truths[place]
        where = ""
        if look.ndim == 1 and look.size <= 2:
            where = ", ".join(short(float(value)) for value in look)
        if self.found.texts:
            return f"{self.found.texts[place]}  {truth}".rstrip()
        target = f"target {truth}" if truth else f"sample {self.found.best[place].number + 1:,}"
        return f"({where}) {truth}" if where else truth if self._images and truth else target

    def place_at(self, x: float, y: float) -> int:
        """The card at a place, or -1."""
        count = 0 if self.found is None else len(self.found.best)
        return next((place for place in range(count) if self.card(place).contains(x, y)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and self.found is not None:
            self.traced.emit(self.found.best[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        count = 0 if self.found is None else len(self.found.best)
        if event.key() in steps and count:
            self._at = max(0, min(count - 1, self._at + steps[Qt.Key(event.key())]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and 0 <= self._at < count:
            assert self.found is not None
            self.traced.emit(self.found.best[self._at])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(event.pos().x(), event.pos().y())
            tip = ""
            if place >= 0 and self.found is not None:
                tip = f"Training sample {self.found.best[place].number + 1:,}, {self.about(place)}: click to follow it"
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def _across(self, width: int) -> int:
        return max(1, (width + GAP) // (self._size[0] + GAP))


class Spread(QWidget):
    """A histogram of the answers, with a mark at the present one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Excites | None = None
        self.value = 0.0
        self.setFixedHeight(64)
        self.setAccessibleName("Answers to all samples")

    def show_found(self, found: Excites, value: float) -> None:
        """Show the answers of `found`; `value` is that to the present sample."""
        self.found, self.value = found, value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.found is None:
            return
        painter, tokens = QPainter(self), palette.current().tokens
        low, high = self.found.edges
        most, bottom = max(self.found.counts, default=1) or 1, self.height() - LINE
        wide = self.width() / len(self.found.counts)
        for place, count in enumerate(self.found.counts):
            tall = count / most * (bottom - 4)
            if count:
                middle = low + (place + 0.5) * (high - low) / len(self.found.counts)
                ink = QColor(tokens.positive if middle > 0 else tokens.negative)
                painter.fillRect(QRectF(place * wide + 0.5, bottom - max(tall, 1.0), wide - 1, max(tall, 1.0)), ink)
        painter.fillRect(QRectF(0, bottom, self.width(), 1), QColor(tokens.border_strong))
        if low <= self.value <= high:
            at = (self.value - low) / (high - low) * (self.width() - 1.5)
            painter.fillRect(QRectF(at, 2, 1.5, bottom), QColor(tokens.text))
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        line = QRectF(0, bottom + 2, self.width(), LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, number(low))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, number(high))
        painter.end()


def image_of(look: np.ndarray) -> QImage:
    """A sample (height, width, 1 or 3) of any range as a picture, dark to bright."""
    low, high = float(look.min()), float(look.max())
    grey = np.clip((look - low) / max(high - low, 1e-12) * 255.0, 0, 255).astype(np.uint8)
    colours = np.ascontiguousarray(np.repeat(grey, 3, axis=2) if grey.shape[2] == 1 else grey)
    height, width, _ = colours.shape
    return QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
