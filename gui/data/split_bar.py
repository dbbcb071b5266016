"""A bar in three parts: for training, validation and test. Dragging a border changes the shares."""
from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import fonts, palette

BAR = 12
TEXT = 34
GRAB = 8
# No share is larger than this, and so much is left to train on.
LARGEST, LEAST = 0.9, 0.05
STEP = 0.01
NAMES = ("Training", "Validation", "Test")


class SplitBar(QWidget):
    """`changed` carries the shares for validation and test while they are dragged, `finished` says that it has ended.

    By keys: left and right move the border of validation, with Shift that of test.
    """

    changed = Signal(float, float)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.validation, self.test = 0.0, 0.0
        self._samples = 0
        self._counts: tuple[int, ...] = ()
        self._fixed, self._free = False, True
        self._dragged = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(BAR + TEXT + 4)
        self.setAccessibleName("Split into training, validation and test")
        self._describe()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many samples each of the three parts has, as far as that is known."""
        return self._counts

    def show_split(self, validation: float, test: float, counts: tuple[int, ...], *, free: bool, fixed: bool) -> None:
        """Show these shares. `fixed`: the test part comes with the data; not `free`: nothing can be dragged."""
        self.validation, self.test, self._counts = validation, test, counts
        self._free, self._fixed = free, fixed
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, BAR + TEXT + 4)

    def border(self, which: str) -> float:
        """Where the left border of the validation or test part is."""
        train, validation, _ = self._shares()
        return self.width() * (train if which == "validation" else train + validation)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._near(event.position().x(), event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragged:
            near = self._near(event.position().x(), event.position().y())
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
            return
        left = event.position().x() / max(1, self.width())
        if self._dragged == "test":
            self._take(self.validation, 1 - left)
        elif self._fixed and self._counts:
            # The test part stands in the bar, but is none of the samples that are shared out.
            loaded = self._counts[0] + self._counts[1]
            self._take(1 - left * sum(self._counts) / max(1, loaded), self.test)
        else:
            self._take(1 - left - self.test, self.test)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged = ""
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: STEP, Qt.Key.Key_Right: -STEP}
        if event.key() not in steps or not self._free:
            super().keyPressEvent(event)
            return
        by = steps[Qt.Key(event.key())]
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._take(self.validation, self.test + by)
        else:
            self._take(self.validation + by, self.test)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.finished.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = (tokens.train, tokens.validation, tokens.success)
        left = 0.0
        shares = self._shares()
        for share, colour in zip(shares, colours, strict=True):
            wide = self.width() * share
            if wide > 0:
                painter.setBrush(QColor(colour))
                room = QRectF(left, 2, max(3.0, wide - (2 if left + wide < self.width() - 1 else 0)), BAR)
                painter.drawRoundedRect(room, 3, 3)
            left += wide
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent_ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, BAR + 2), 4, 4)
        self._legend(painter, colours)
        painter.end()

    def _legend(self, painter: QPainter, colours: tuple[str, ...]) -> None:
        """Three columns of one width, so that nothing moves while a border is dragged."""
        tokens = palette.current().tokens
        small = fonts.font(tokens, small=True)
        plain = fonts.font(tokens)
        wide = self.width() / 3
        for number, (name, colour, share) in enumerate(zip(NAMES, colours, self._shares(), strict=True)):
            x, y = number * wide, BAR + 8
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour if share else tokens.border_strong))
            painter.drawEllipse(QRectF(x, y + 4, 7, 7))
            painter.setFont(small)
            painter.setPen(QColor(tokens.text_muted))
            painter.drawText(QRectF(x + 12, y, wide - 12, 15), Qt.AlignmentFlag.AlignVCenter, name)
            count = f"{self._counts[number]:,}" if self._counts else f"{share:.0%}"
            painter.setFont(plain)
            painter.setPen(QColor(tokens.text if share else tokens.text_faint))
            painter.drawText(QRectF(x + 12, y + 14, wide - 12, 16), Qt.AlignmentFlag.AlignVCenter, count)
            if self._counts and share:
                at = x + 12 + QFontMetricsF(plain).horizontalAdvance(count) + 5
                painter.setFont(small)
                painter.setPen(QColor(tokens.text_faint))
                painter.drawText(QRectF(at, y + 14, wide, 16), Qt.AlignmentFlag.AlignVCenter, f"{share:.0%}")

    def _shares(self) -> tuple[float, float, float]:
        if self._counts and sum(self._counts):
            whole = sum(self._counts)
            return self._counts[0] / whole, self._counts[1] / whole, self._counts[2] / whole
        return max(0.0, 1 - self.validation - self.test), self.validation, self.test

    def _near(self, x: float, y: float) -> str:
        if not self._free or y > BAR + 6:
            return ""
        # Where both borders are at the same place, that of validation is taken first: what it holds is watched.
        order = ("validation", "test") if self.validation <= 0 or self._fixed else ("test", "validation")
        movable = [which for which in order if which == "validation" or not self._fixed]
        near = [which for which in movable if abs(self.border(which) - x) <= GRAB]
        return min(near, key=lambda which: abs(self.border(which) - x), default="")

    def _take(self, validation: float, test: float) -> None:
        validation = round(min(LARGEST, max(0.0, validation)) / STEP) * STEP
        test = round(min(LARGEST, max(0.0, test)) / STEP) * STEP
        if validation + test > 1 - LEAST:
            return
        validation, test = round(validation, 2), round(test, 2)
        if (validation, test) != (self.validation, self.test):
            self.changed.emit(validation, test)

    def _describe(self) -> None:
        told = ", ".join(f"{name} {share:.0%}" for name, share in zip(NAMES, self._shares(), strict=True))
        self.setAccessibleDescription(told)
        how = "\nDrag a border, or use left and right, with Shift for the test part." if self._free else ""
        self.setToolTip(told + "." + how)
