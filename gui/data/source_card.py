"""The card that shows the present source; a click opens the gallery."""
from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from core.datasets import DATASETS, Glimpse, title_of
from core.graph.document import Document
from core.params import Kind
from gui.data import thumbnail
from gui.data.glimpses import Glimpses
from gui.data.sources import icon_of
from gui.theme import fonts, palette

HEIGHT = 80
PICTURE = 64
PAD = 8
CHANGE = "Change…"


class SourceCard(QAbstractButton):
    """Picture, title, one line about the source, and what there is of it."""

    def __init__(self, glimpses: Glimpses):
        super().__init__()
        self._glimpses = glimpses
        self._source: Kind | None = None
        self._seed = 0
        self._waiting = False
        self._last: tuple[str, Glimpse] = ("", thumbnail.NOTHING)
        self._title, self._summary, self.facts, self._icon = "", "", "", "table"
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        glimpses.changed.connect(self._redraw)
        palette.current().changed.connect(self._redraw)

    @property
    def title(self) -> str:
        """What the source is called."""
        return self._title

    @property
    def summary(self) -> str:
        """One line about it."""
        return self._summary

    def show_document(self, document: Document) -> None:
        """Show the source of this document."""
        source = document.data["source"]
        self._seed = int(document.data.get("seed", 0))
        known = source.kind in DATASETS
        self._source = source if known else None
        info = DATASETS[source.kind].info if known else None
        self._title = title_of(source)
        self._summary = f"{info.summary}." if info else "This version does not know this source."
        self._icon = icon_of(source.kind) if known else "table"
        self.setAccessibleName(f"Data set: {self._title}. Change")
        self.setToolTip(f"{self._title}: {self._summary}\nClick to choose another data set.")
        self.update()

    @property
    def known(self) -> Glimpse:
        """What was seen of the source last."""
        if self.isVisible():
            self._look()
        return self._last[1] if self._source is not None and self._last[0] == self._source.kind else thumbnail.NOTHING

    def wait(self, on: bool) -> None:
        """Look at nothing while the source is being read: whoever reads it tells how far that is."""
        self._waiting = on
        self.update()

    def show_facts(self, text: str) -> None:
        """Say how much there is."""
        if text != self.facts:
            self.facts = text
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.pressed if self.isDown() else tokens.hover if self.underMouse() else tokens.raised
        focus = self.hasFocus()
        edge = 1.0 if focus else 0.5
        painter.setPen(QPen(QColor(tokens.accent_ink if focus else tokens.border), 2 if focus else 1))
        painter.setBrush(QColor(ground))
        frame = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(frame, tokens.radius_l, tokens.radius_l)
        picture = QRectF(PAD, PAD, PICTURE, PICTURE)
        thumbnail.paint(painter, picture, self._look(), tokens, self._icon)
        self._write(painter, QRectF(picture.right() + 10, PAD, self.width() - picture.right() - 10 - 10, PICTURE))
        painter.end()

    def _look(self) -> Glimpse | None:
        """The newest look at the source; while another one is taken, the last one."""
        if self._source is None:
            return thumbnail.NOTHING
        if self._waiting:
            return None
        found = self._glimpses.of(self._source, self._seed, topic="present")
        if found is not None:
            self._last = self._source.kind, found
        return self._last[1] if self._last[0] == self._source.kind else None

    def _write(self, painter: QPainter, room: QRectF) -> None:
        tokens = palette.current().tokens
        strong, small = fonts.font(tokens, strong=True), fonts.font(tokens, small=True)
        metrics, little = QFontMetricsF(strong), QFontMetricsF(small)
        change = little.horizontalAdvance(CHANGE)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        line = QRectF(room.left(), room.top(), room.width(), 20)
        painter.setFont(small)
        painter.setPen(QColor(tokens.accent_ink))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, CHANGE)
        painter.setFont(strong)
        painter.setPen(QColor(tokens.text))
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room.width() - change - 8)
        painter.drawText(line, left, title)
        painter.setFont(small)
        painter.setPen(QColor(tokens.text_muted))
        rows = wrapped(self._summary, little, room.width(), 2)
        for number, text in enumerate(rows):
            painter.drawText(QRectF(room.left(), line.bottom() + number * 14, room.width(), 14), left, text)
        painter.setPen(QColor(tokens.text_faint))
        facts = little.elidedText(self.facts, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(room.left(), room.bottom() - 14, room.width(), 14), left, facts)

    @Slot()
    def _redraw(self) -> None:
        self._look()
        self.update()


def wrapped(text: str, metrics: QFontMetricsF, width: float, most: int) -> list[str]:
    """A text in at most `most` lines of this width; what does not fit ends in three dots."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
            break
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line += " " + words.pop(0)
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
    return lines
