"""Rows of text, with the words that the network gets of them."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.preprocessing import Vocabulary
from core.statistics import Frame
from gui.explore.lines import Lines
from gui.explore.store import Store
from gui.explore.table_model import Index
from gui.explore.view import View
from gui.explore.words import LONGEST
from gui.forms.chooser import Chooser
from gui.forms.quiet import small
from gui.panels._base import Exportable
from gui.theme import fonts, palette
from gui.theme.tokens import Tokens

PLAIN, CHIPPED = 30, 54
NUMBER, CLASS = 56, 104
CHIP, GAP = 18, 4
# Of a long text no more words are drawn than a wide window has room for.
MOST = 120
# So many texts make a page, which is so wide.
ROWS, WIDE = 100, 900
UNKNOWN = 1


class TextModel(QAbstractListModel):
    """The texts of one column."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.frame: Frame | None = None
        self.place = 0

    def put(self, frame: Frame, place: int) -> None:
        """Show this column."""
        self.beginResetModel()
        self.frame, self.place = frame, place
        self.endResetModel()

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The words that the network knows of this column, if it gets any."""
        return None if self.frame is None else self.store.words.get(self.frame.columns[self.place].spec.name)

    def text(self, row: int) -> str:
        """The text of a row."""
        return "" if self.frame is None else str(self.frame.columns[self.place].values[row])

    def tokens(self, row: int) -> list[tuple[str, bool]]:
        """The first words of a row, and whether the network knows them."""
        known = self.vocabulary
        if known is None:
            return []
        return [(word, known.number(word) != UNKNOWN) for word in known.tokens(self.text(row)[: 12 * MOST])[:MOST]]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.frame is None or (parent is not None and parent.isValid()) else self.frame.rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(index.row())[:LONGEST].replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(index.row())[: 10 * LONGEST]
        return None


class TextDelegate(QStyledItemDelegate):
    """Number and class of a row, its text, and below it the words; those that are not known in an open frame."""

    def __init__(self, model: TextModel, view: QListView):
        super().__init__(view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, PLAIN if self._model.vocabulary is None else CHIPPED)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter,
                                            option.widget)
        tokens, row = palette.current().tokens, index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRect(option.rect.left(), option.rect.top(), option.rect.width(), PLAIN)
        left = self._paint_head(painter, line, row, tokens)
        area = QRect(left, line.top(), line.right() - left - 12, PLAIN)
        painter.setFont(fonts.font(tokens))
        painter.setPen(QColor(tokens.text if index.data() else tokens.warning))
        text = painter.fontMetrics().elidedText(index.data() or "missing", Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        chips(painter, QPointF(left, line.top() + PLAIN - 1), area.right(), self._model.tokens(row), tokens)
        painter.restore()

    def _paint_head(self, painter: QPainter, line: QRect, row: int, tokens: Tokens) -> int:
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_faint))
        painter.drawText(QRect(line.left(), line.top(), NUMBER, line.height()),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{row + 1:,}")
        left, labels = line.left() + NUMBER + 16, self._model.store.labels
        if labels is None:
            return left
        name = labels.name_of(row)
        painter.setPen(Qt.PenStyle.NoPen)
        code = int(labels.codes[row])
        painter.setBrush(QColor(tokens.label_colour(code, len(labels.names)) if name else tokens.text_disabled))
        painter.drawEllipse(QRectF(left, line.center().y() - 3, 7, 7))
        painter.setPen(QColor(tokens.text_muted))
        place = QRect(left + 13, line.top(), CLASS - 13, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                         painter.fontMetrics().elidedText(name or "?", Qt.TextElideMode.ElideRight, CLASS - 20))
        return left + CLASS


def chips(painter: QPainter, start: QPointF, right: float, words: list[tuple[str, bool]], tokens: Tokens) -> None:
    """Draw words side by side as far as there is room."""
    font = fonts.font(tokens, small=True)
    painter.setFont(font)
    metrics, x = QFontMetricsF(font), start.x()
    for word, known in words:
        width = metrics.horizontalAdvance(word) + 10
        if x + width > right:
            painter.setPen(QColor(tokens.text_faint))
            painter.drawText(QRectF(x, start.y(), 20, CHIP), Qt.AlignmentFlag.AlignCenter, "…")
            return
        place = QRectF(x, start.y(), width, CHIP).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen if known else QPen(QColor(tokens.warning), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.accent_soft) if known else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(QColor(tokens.text if known else tokens.warning))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
        x += width + GAP


class TextsView(View):
    """The texts of a column."""

    title = "Text"

    def __init__(self, store: Store):
        super().__init__(store)
        self.choice = Chooser(self.controls, "Column", "Whose texts are shown")
        self.said = small()
        self.controls.addWidget(self.said, 1)
        self.model = TextModel(store)
        self.list = QListView()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName("Texts")
        self.list.setModel(self.model)
        self.list.setItemDelegate(TextDelegate(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.column.addLayout(self.controls)
        self.column.addWidget(self.list, 1)
        self.choice.currentIndexChanged.connect(self._choose)
        store.worded.connect(self._worded)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return bool(frame.texts())

    def show_frame(self) -> None:
        frame = self.frame
        if frame is not self.model.frame:
            places = frame.texts()
            self.choice.offer([(frame.columns[place].spec.name, place) for place in places], places[0])
            self.choice.setVisible(len(places) > 1)
            self._choose()
        self.store.want_words()
        self.list.viewport().update()

    def follow(self) -> None:
        self.store.want_words()

    def exports(self) -> Exportable | None:
        page = Lines(self.list, [WIDE], ROWS)
        return Exportable("texts", page, self._table, page.note("texts"))

    @Slot()
    def _choose(self) -> None:
        self.model.put(self.frame, self.choice.chosen)
        self._say()

    @Slot()
    def _worded(self) -> None:
        if self.isVisible() and self.model.frame is not None:
            self.model.layoutChanged.emit()
            self._say()

    def _say(self) -> None:
        known = self.model.vocabulary
        self.said.setText(f"{self.model.rowCount():,} texts" if known is None else
                          f"{self.model.rowCount():,} texts; the network knows {len(known.words):,} words, those in a "
                          "dashed frame it does not")

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        labels = self.store.labels
        rows: list[list[float | str]] = [
            [row + 1, "" if labels is None else labels.name_of(row), self.model.text(row)]
            for row in range(self.model.rowCount())]
        return ["row", "class", "text"], rows
