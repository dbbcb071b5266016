"""The names of the earlier runs, in a row: click one to hide or show its lines."""
from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from gui.curves.runs import Run, Runs
from gui.forms.icon_button import icon_button
from gui.theme import fonts, palette

HEIGHT = 24
SWATCH, PAD, GAP = 10, 5, 5


class Chip(QAbstractButton):
    """A run with the colour of its lines."""

    def __init__(self, run: Run, runs: Runs):
        super().__init__()
        self.run, self._runs = run, runs
        self.setFixedHeight(HEIGHT - 4)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"Earlier run: {run.label}")
        self.setToolTip(f"Earlier run\n{run.told}\nClick hides or shows it, Delete removes it")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.clicked.connect(lambda: runs.toggle(run))

    def sizeHint(self) -> QSize:
        word = QFontMetrics(fonts.font(palette.current().tokens, small=True)).horizontalAdvance(self.run.short)
        return QSize(2 * PAD + SWATCH + GAP + word + 2, HEIGHT - 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * PAD + SWATCH, HEIGHT - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(tokens.accent_ink), 1.5) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.radius_s, tokens.radius_s)
        colour = self.run.colour(tokens) if self.run.shown else tokens.border_strong
        painter.fillRect(QRectF(PAD, self.height() / 2 - 1, SWATCH, 2), QColor(colour))
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted if self.run.shown else tokens.text_disabled))
        left = PAD + SWATCH + GAP
        room = self.width() - left - PAD
        shown = painter.fontMetrics().elidedText(self.run.short, Qt.TextElideMode.ElideRight, room + 2)
        if len(shown) > 1:
            painter.drawText(QRectF(left, 0, room + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._runs.remove(self.run)
        else:
            super().keyPressEvent(event)

    @Slot(QPoint)
    def _offer(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Hide" if self.run.shown else "Show").triggered.connect(lambda: self._runs.toggle(self.run))
        menu.addAction("Remove").triggered.connect(lambda: self._runs.remove(self.run))
        menu.popup(self.mapToGlobal(at))


class Legend(QWidget):
    """Out of sight while there are no earlier runs."""

    def __init__(self, runs: Runs):
        super().__init__()
        self._runs = runs
        self.chips: list[Chip] = []
        self.setFixedHeight(HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self.clear = icon_button("close", "Clear: remove all earlier runs", runs.clear, name="Clear", size=12, side=20)
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(self.clear)
        runs.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """A chip for each run, the newest first."""
        told = [(chip.run, chip.run.told) for chip in self.chips]
        if told != [(run, run.told) for run in reversed(self._runs.all)] or any(
                run.told not in chip.toolTip() for chip, (run, _) in zip(self.chips, told, strict=True)):
            for chip in self.chips:
                chip.hide()
                self._row.removeWidget(chip)
                chip.deleteLater()
            self.chips = [Chip(run, self._runs) for run in reversed(self._runs.all)]
            for place, chip in enumerate(self.chips):
                self._row.insertWidget(place, chip)
        for chip in self.chips:
            chip.update()
        self.setVisible(bool(self.chips))
