"""Every source of samples, with a picture each, to choose one with a click. It lies over the window."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.kinds import Info
from gui.data import thumbnail
from gui.data.glimpses import Glimpses
from gui.data.source_card import wrapped
from gui.data.sources import ALL, categories, found, icon_of, plain
from gui.search_popup import SearchPopup
from gui.theme import fonts, icons, palette

Index = QModelIndex | QPersistentModelIndex
INFO = Qt.ItemDataRole.UserRole
CELL = QSize(164, 150)
PICTURE = QSize(148, 84)
SIDE = 132
LARGEST = QSize(12 + SIDE + 8 + 4 * 164 + 14 + 12 + 8, 572)
SHADOW = 24
MARGIN = 12
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The window itself came and went, or a menu of the field did: that ends nothing.
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class SourceModel(QAbstractListModel):
    """The sources that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Info] = []

    def put(self, rows: list[Info]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        info = self.rows[index.row()]
        values: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: info.title, INFO: info,
            Qt.ItemDataRole.AccessibleTextRole: f"{info.title}, {info.summary}",
            Qt.ItemDataRole.ToolTipRole: f"{info.title}: {info.summary}.",
        }
        return values.get(role)


class SourceDelegate(QStyledItemDelegate):
    """Paints one source: its picture, its title, its summary."""

    def __init__(self, glimpses: Glimpses, chosen: str):
        super().__init__()
        self._glimpses, self._chosen = glimpses, chosen

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, info = palette.current().tokens, index.data(INFO)
        room = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if current or over:
            painter.setPen(QPen(QColor(tokens.accent_ink), 1.5) if current else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if current else tokens.hover))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), tokens.radius_l, tokens.radius_l)
        picture = QRectF(room.left() + 6, room.top() + 6, PICTURE.width(), PICTURE.height())
        source = plain(info.kind)
        seen = thumbnail.NOTHING if source is None else self._glimpses.of(source)
        thumbnail.paint(painter, picture, seen, tokens, icon_of(info.kind))
        self._write(painter, picture, info)
        painter.restore()

    def _write(self, painter: QPainter, picture: QRectF, info: Info) -> None:
        tokens = palette.current().tokens
        strong, small = fonts.font(tokens, strong=True), fonts.font(tokens, small=True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        line = QRectF(picture.left() + 2, picture.bottom() + 4, picture.width() - 4, 18)
        painter.setFont(strong)
        painter.setPen(QColor(tokens.text))
        wide = line.width() - (18 if info.kind == self._chosen else 0)
        painter.drawText(line, left, QFontMetricsF(strong).elidedText(info.title, Qt.TextElideMode.ElideRight, wide))
        if info.kind == self._chosen:
            icons.paint(painter, QRectF(line.right() - 14, line.top() + 2, 14, 14), "check", tokens.accent_ink)
        painter.setFont(small)
        painter.setPen(QColor(tokens.text_muted))
        for number, text in enumerate(wrapped(info.summary, QFontMetricsF(small), line.width(), 2)):
            painter.drawText(QRectF(line.left(), line.bottom() + 14 * number, line.width(), 14), left, text)


class Gallery(SearchPopup):
    """Covers its window, so that a click beside it closes it. It deletes itself, and gives the focus back.

    What is typed searches; the arrow keys move among the sources, Tab among the categories, Enter takes one.
    """

    def __init__(self, window: QWidget, glimpses: Glimpses, present: str, chosen: Callable[[str], object]):
        super().__init__(window, QApplication.focusWidget(), "Search data sets")
        self._chosen = chosen
        self.kinds, self.list, self.model = QListWidget(), QListView(), SourceModel()
        self._none = QLabel("No data set is called that.")
        self._build(glimpses, present)
        glimpses.changed.connect(self.list.viewport().update)
        self._place()
        self.kinds.setCurrentRow(0)
        self._show_answers()
        self._point_at(present)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def current(self) -> str:
        """The source that Enter would take; empty if there is none."""
        info = self.list.currentIndex().data(INFO)
        return info.kind if isinstance(info, Info) else ""

    def _build(self, glimpses: Glimpses, present: str) -> None:
        self.field.textChanged.connect(self._show_answers)
        for name in (ALL, *categories()):
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, palette.current().tokens.row_height))
            self.kinds.addItem(item)
        self.kinds.setFixedWidth(SIDE)
        self.kinds.setAccessibleName("Kinds of data sets")
        self.kinds.currentRowChanged.connect(self._show_answers)
        self.list.setModel(self.model)
        delegate = SourceDelegate(glimpses, present)
        delegate.setParent(self)
        self.list.setItemDelegate(delegate)
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Data sets")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._moved)
        for view in (self.kinds, self.list):
            view.setProperty("role", "overlay")
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none.setProperty("role", "empty")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kinds)
        row.addWidget(self.list, 1)
        row.addWidget(self._none, 1)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN - 4)
        column.addWidget(self.field)
        column.addLayout(row, 1)

    def _place(self) -> None:
        window = self._window.rect()
        self.setGeometry(window)
        size = LARGEST.boundedTo(window.size() - QSize(2 * SHADOW, 2 * SHADOW))
        self._panel.setGeometry(QRect((window.width() - size.width()) // 2, max(SHADOW, (window.height()
                                      - size.height()) // 3), size.width(), size.height()))

    @Slot()
    def _show_answers(self) -> None:
        item = self.kinds.currentItem()
        rows = found(self.field.text(), item.text() if item is not None else ALL)
        self.model.put(rows)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _point_at(self, kind: str) -> None:
        row = next((row for row, info in enumerate(self.model.rows) if info.kind == kind), 0)
        if self.model.rows:
            self.list.setCurrentIndex(self.model.index(row, 0))
            self.list.scrollTo(self.list.currentIndex())

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        across = max(1, self.list.viewport().width() // CELL.width())
        steps = {Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape:
            self.close_for_good()
        elif key in ENTER:
            self._take(self.list.currentIndex())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            count = self.kinds.count()
            self.kinds.setCurrentRow((self.kinds.currentRow() + (1 if key == Qt.Key.Key_Tab else -1)) % count)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        to = self.list.currentIndex().row() + by
        if 0 <= to < len(self.model.rows):
            self.list.setCurrentIndex(self.model.index(to, 0))

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, index: QModelIndex, before: QModelIndex) -> None:
        info = index.data(INFO)
        if isinstance(info, Info) and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, f"{info.title}, {info.summary}"))

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        info = index.data(INFO)
        if isinstance(info, Info):
            self.close_for_good()
            self._chosen(info.kind)
