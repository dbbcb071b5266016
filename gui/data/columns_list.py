"""The list of columns: what each holds, what it is for; dragging and three small buttons change that."""
from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from gui.data.columns_model import GROUPS, ROW, ColumnsModel, Heading, Line
from gui.theme import fonts, icons, palette
from gui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 26
GLYPH = 14
MARK = 13
# A click on the glyph of the type asks what can be changed.
GLYPH_END = 24
BUTTON = 22
# Up to MOST rows are shown all, of more so many and half of the next.
MOST, ROWS = 16, 11
ROLES = tuple(GROUPS)
TIPS = {"input": "Use it as an input", "target": "Predict it, and no other column", "ignore": "Leave it out"}


class ColumnDelegate(QStyledItemDelegate):
    """Paints a heading or a column; the buttons stand at the right end of each column."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, found = palette.current().tokens, index.data(ROW)
        room = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(found, Heading):
            _heading(painter, room, found, tokens)
        else:
            option.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter,
                                                option.widget)
            _line(painter, room, found, tokens)
        painter.restore()


def _heading(painter: QPainter, room: QRectF, heading: Heading, tokens: Tokens) -> None:
    small = fonts.font(tokens, small=True, strong=True)
    painter.setFont(small)
    painter.setPen(QColor(tokens.text_faint))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    text = f"{heading.text}  {heading.count:,}"
    painter.drawText(room.adjusted(6, 3, -6, 0), left, text)


def _line(painter: QPainter, room: QRectF, line: Line, tokens: Tokens) -> None:
    dim = line.role == "ignore"
    glyph = QRectF(room.left() + 6, room.center().y() - GLYPH / 2, GLYPH, GLYPH)
    icons.paint(painter, glyph, f"column-{line.spec.kind}", tokens.text_disabled if dim else tokens.text_muted)
    right = room.right() - 3 * BUTTON - 4
    small, plain = fonts.font(tokens, small=True), fonts.font(tokens)
    if line.spec.missing:
        text = f"{line.spec.missing:,} missing"
        painter.setFont(small)
        painter.setPen(QColor(tokens.warning))
        wide = QFontMetricsF(small).horizontalAdvance(text)
        painter.drawText(QRectF(right - wide - 4, room.top(), wide + 1, room.height()), Qt.AlignmentFlag.AlignVCenter,
                         text)
        right -= wide + 8
    if line.note:
        mark = QRectF(right - MARK - 4, room.center().y() - MARK / 2, MARK, MARK)
        icons.paint(painter, mark, "warning", tokens.text_faint if dim else tokens.warning)
        right -= MARK + 8
    painter.setFont(plain)
    painter.setPen(QColor(tokens.text_faint if dim else tokens.text))
    left = glyph.right() + 7
    name = QFontMetricsF(plain).elidedText(line.spec.name, Qt.TextElideMode.ElideMiddle, right - left)
    painter.drawText(QRectF(left, room.top(), right - left + 1, room.height()), Qt.AlignmentFlag.AlignVCenter, name)
    for role in ROLES:
        place = button_place(room, role)
        on = role == line.role
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(place.adjusted(1, 2, -1, -2), tokens.radius_s, tokens.radius_s)
        icon = QRectF(0, 0, GLYPH, GLYPH)
        icon.moveCenter(place.center())
        icons.paint(painter, icon, f"role-{role}", tokens.accent_ink if on else tokens.text_disabled)


def button_place(room: QRectF, role: str) -> QRectF:
    """Where the button for a role stands in the row `room`."""
    left = room.right() - (len(ROLES) - ROLES.index(role)) * BUTTON - 2
    return QRectF(left, room.top() + (room.height() - HEIGHT) / 2, BUTTON, HEIGHT)


class ColumnsView(QListView):
    """`chosen` carries names and a role from a drag or the keys, `aimed` a name and a role from a button; `asked` the
    names under a context menu, and the place for it."""

    chosen = Signal(list, str)
    aimed = Signal(str, str)
    asked = Signal(list, QPoint)

    def __init__(self, model: ColumnsModel):
        super().__init__()
        self._columns = model
        self._from: QPoint | None = None
        self._group = ""
        self.setModel(model)
        delegate = ColumnDelegate()
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Columns")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        model.modelReset.connect(self.updateGeometry)
        self.refit()
        model.modelReset.connect(self.refit)

    def refit(self) -> None:
        """As high as its rows, up to a point."""
        count = self._columns.rowCount()
        shown = count if count <= MOST else ROWS
        self.setFixedHeight(max(1, shown) * HEIGHT + (HEIGHT // 2 if count > shown else 0))

    @property
    def names(self) -> list[str]:
        """The columns that are selected."""
        found = (self._columns.line(index) for index in self.selectedIndexes())
        return [line.spec.name for line in found if line is not None]

    def place_of(self, name: str, role: str = "") -> QPoint:
        """The middle of the row of a column, or of a button in it."""
        row = next(row for row, line in enumerate(self._columns.lines)
                   if isinstance(line, Line) and line.spec.name == name)
        room = QRectF(self.visualRect(self._columns.index(row, 0)))
        return button_place(room, role).center().toPoint() if role else room.center().toPoint() - QPoint(40, 0)

    def place_of_group(self, role: str) -> QPoint:
        """The middle of the heading of a group."""
        row = next(row for row, line in enumerate(self._columns.lines)
                   if isinstance(line, Heading) and line.role == role)
        return self.visualRect(self._columns.index(row, 0)).center()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = self._columns.line(index)
        role = self._button_at(at)
        if line is not None and role and event.button() == Qt.MouseButton.LeftButton:
            if role != line.role:
                self.aimed.emit(line.spec.name, role)
            return
        if line is not None and event.button() == Qt.MouseButton.LeftButton and at.x() < GLYPH_END:
            self.setCurrentIndex(index)
            self.asked.emit([line.spec.name], self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))
            return
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self._from = at
            if line.spec.name in self.names:
                # What is selected goes along; a plain click on it selects it alone when the button is released.
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._from is None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if self._button_at(at)
                                      else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        if self._group or (at - self._from).manhattanLength() >= QApplication.startDragDistance():
            self._point_to(self._columns.role_at(self._row_at(at)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        group, self._from = self._group, None
        self._point_to("")
        moved = [name for name in self.names if group]
        if moved:
            self.chosen.emit(moved, group)
            return
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier \
                and index.isValid() and not self._button_at(event.position().toPoint()):
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        line = self._columns.line(self.currentIndex())
        if event.key() == Qt.Key.Key_Escape and self._group:
            self._from = None
            self._point_to("")
        elif event.key() in steps and line is not None:
            to = ROLES.index(line.role) + steps[Qt.Key(event.key())]
            if 0 <= to < len(ROLES):
                name = line.spec.name
                self.chosen.emit(self.names or [name], ROLES[to])
                self.point_at(name)
        else:
            super().keyPressEvent(event)

    def point_at(self, name: str) -> None:
        """Make a column the current one."""
        row = next((row for row, line in enumerate(self._columns.lines)
                    if isinstance(line, Line) and line.spec.name == name), None)
        if row is not None:
            self.setCurrentIndex(self._columns.index(row, 0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.currentIndex()
        line = self._columns.line(index)
        if line is None:
            return
        if line.spec.name not in self.names:
            self.setCurrentIndex(index)
        at = event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse \
            else self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.asked.emit(self.names, at)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (role := self._button_at(event.pos())):
            QToolTip.showText(event.globalPos(), TIPS[role], self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._group:
            return
        tokens = palette.current().tokens
        rows = [row for row, line in enumerate(self._columns.lines) if line.role == self._group]
        first, last = (self.visualRect(self._columns.index(row, 0)) for row in (rows[0], rows[-1]))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent_ink), 1.5))
        painter.drawRoundedRect(QRectF(first.united(last)).adjusted(1, 1, -1, -1), tokens.radius, tokens.radius)
        painter.end()

    def _point_to(self, group: str) -> None:
        if group != self._group:
            self._group = group
            self.viewport().update()

    def _row_at(self, at: QPoint) -> int:
        index = self.indexAt(QPoint(10, at.y()))
        return index.row() if index.isValid() else (0 if at.y() < 0 else len(self._columns.lines) - 1)

    def _button_at(self, at: QPoint) -> str:
        index = self.indexAt(at)
        if self._columns.line(index) is None:
            return ""
        room = QRectF(self.visualRect(index))
        return next((role for role in ROLES if button_place(room, role).contains(at)), "")
