"""The palette: every kind of layer, by category, to be dragged onto the canvas."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QMenu, QVBoxLayout

from core.io.blocks import Block
from core.kinds import Info
from gui.canvas import adding, block_drop
from gui.canvas.card import card_pixmap
from gui.canvas.ink import FALLBACK_ICON, Ink
from gui.canvas.look import NodeLook, plain_look
from gui.catalogue import by_category, found
from gui.panels._base import Panel, PanelInfo
from gui.theme import fonts, icons

if TYPE_CHECKING:
    from gui.context import AppContext
    from gui.theme.tokens import Tokens

KIND = Qt.ItemDataRole.UserRole
BLOCK = Qt.ItemDataRole.UserRole + 1
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN = "My blocks"
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class LayerList(QListWidget):
    """The list of kinds. Dragging one out of it carries its card; Enter and double-click add it."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self.setProperty("role", "plain")
        self.setAccessibleName("Layers")
        self.setDragEnabled(True)
        self.setIconSize(QSize(16, 16))
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.itemDoubleClicked.connect(self._on_double_click)
        self.itemChanged.connect(self._on_renamed)

    def kinds(self) -> list[str]:
        """The kinds in the order in which they are listed."""
        return [kind for row in range(self.count()) if (kind := self.item(row).data(KIND))]

    def fill(self, text: str) -> None:
        """List what answers a search, or everything by category."""
        with QSignalBlocker(self):
            self._fill(text)

    def _fill(self, text: str) -> None:
        tokens = self._context.theme.tokens
        self.clear()
        if text.strip():
            for info in found(text):
                self._entry(info, tokens)
            for block in self._context.blocks.found(text):
                self._block(block, tokens)
            self.setCurrentRow(0)
            return
        if own := self._context.blocks.all():
            self._heading(OWN, tokens)
        for block in own:
            self._block(block, tokens)
        for category, infos in by_category():
            self._heading(category, tokens)
            for info in infos:
                self._entry(info, tokens)

    def choose_first(self) -> None:
        """Make the first kind the current one, unless one is already."""
        if self.currentItem() is None:
            rows = (row for row in range(self.count()) if self.item(row).data(KIND) or self.item(row).data(BLOCK))
            self.setCurrentRow(next(rows))

    def drag_of(self, kind: str) -> QDrag:
        """What the pointer carries: the kind, and its card held by the middle."""
        ratio = self.devicePixelRatioF()
        picture = card_pixmap(plain_look(kind), Ink(self._context.theme.tokens), ratio)
        return self._drag(adding.mime_data(kind), picture)

    def _drag(self, data: QMimeData, picture: QPixmap) -> QDrag:
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(picture)
        size = picture.deviceIndependentSize()
        drag.setHotSpot(QPoint(round(size.width() / 2), round(size.height() / 2)))
        return drag

    def add(self, item: QListWidgetItem | None) -> None:
        """Add the kind or the block of an entry to the network."""
        if item is not None and item.data(KIND):
            adding.add_layer(self._context, item.data(KIND))
        elif (block := self._block_of(item)) is not None:
            block_drop.add_block(self._context, block)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_TAB and self.kinds() and not self.selectedItems():
            # Qt makes a line the current one here, but nobody would see which.
            self.choose_first()
            self.setCurrentItem(self.currentItem())

    def startDrag(self, actions: Qt.DropAction) -> None:
        kind = self.currentItem().data(KIND) if self.currentItem() else None
        if kind:
            self.drag_of(kind).exec(Qt.DropAction.CopyAction)
        elif (block := self._block_of(self.currentItem())) is not None:
            self.drag_of_block(block).exec(Qt.DropAction.CopyAction)

    def drag_of_block(self, block: Block) -> QDrag:
        """What the pointer carries: the block, and a card that stands for it."""
        look, ink = NodeLook(block.name, "block", ""), Ink(self._context.theme.tokens)
        return self._drag(block_drop.mime_data(block), card_pixmap(look, ink, self.devicePixelRatioF()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos())
        block = self._block_of(item)
        if item is None or block is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Add to Network", lambda: self.add(item))
        menu.addAction("Rename", lambda: self.editItem(item))
        menu.addAction("Remove", lambda: self._context.blocks.remove(block))
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.add(self.currentItem())
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_double_click(self, item: QListWidgetItem) -> None:
        self.add(item)

    @Slot(QListWidgetItem)
    def _on_renamed(self, item: QListWidgetItem) -> None:
        block = self._block_of(item)
        if block is not None and not self._context.blocks.rename(block, item.text()):
            item.setText(block.name)

    def _block_of(self, item: QListWidgetItem | None) -> Block | None:
        return self._context.blocks.from_file(item.data(BLOCK)) if item is not None and item.data(BLOCK) else None

    def _heading(self, category: str, tokens: Tokens) -> None:
        item = QListWidgetItem(category)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(fonts.font(tokens, small=True, strong=True))
        item.setForeground(QColor(tokens.text_faint))
        item.setSizeHint(QSize(0, tokens.row_height + (tokens.gap_s if self.count() else 0)))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.addItem(item)

    def _entry(self, info: Info, tokens: Tokens) -> None:
        item = QListWidgetItem(_icon(info, tokens), info.title)
        item.setData(KIND, info.kind)
        item.setToolTip(f"{info.title}: {info.summary}.\nDrag it onto the canvas; double-click or Enter adds it "
                        "after the selected node.")
        item.setSizeHint(QSize(0, tokens.row_height))
        self.addItem(item)

    def _block(self, block: Block, tokens: Tokens) -> None:
        item = QListWidgetItem(icons.icon("block", tokens.accent_ink), block.name)
        item.setData(BLOCK, block.path.name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        many = len(block.content.nodes)
        item.setToolTip(f"{block.name}: {many} node{'' if many == 1 else 's'}.\nDrag it onto the canvas; double-click "
                        "or Enter adds it as a group.")
        item.setSizeHint(QSize(0, tokens.row_height))
        self.addItem(item)


class Palette(Panel):
    """Search on top, the list below."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.search, self.list = QLineEdit(), LayerList(context)
        self._none = QLabel("No layer is called that.")
        self._none.setProperty("role", "empty")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.search.setPlaceholderText("Search layers")
        self.search.setToolTip("Find a layer by its name or by what it does (/).")
        self.search.setAccessibleName("Search layers")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self._none, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_return)
        shortcut = QShortcut(QKeySequence("/"), self)
        shortcut.activated.connect(self._on_slash)
        context.theme.changed.connect(self._on_theme)
        # Later, as an entry that is renamed is still being edited then.
        context.blocks.changed.connect(self._refill, Qt.ConnectionType.QueuedConnection)
        self._refill()

    def sizeHint(self) -> QSize:
        return QSize(self.context.theme.tokens.palette_width, 400)

    @Slot()
    def _refill(self) -> None:
        self.list.fill(self.search.text())
        some = self.list.count() > 0
        self.list.setVisible(some)
        self._none.setVisible(not some)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.list.count():
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.list.choose_first()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._refill()

    @Slot()
    def _on_return(self) -> None:
        if self.search.text().strip():
            self.list.add(self.list.currentItem())

    @Slot()
    def _on_slash(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(object)
    def _on_theme(self, tokens: Tokens) -> None:
        self._refill()


def _icon(info: Info, tokens: Tokens) -> QIcon:
    name = f"layers/{info.icon}"
    return icons.icon(name if name in icons.names() else FALLBACK_ICON, tokens.category_colour(info.category))


PANEL = PanelInfo(id="palette", title="Layers", area="left", icon="palette", create=Palette, order=0,
                  tip="Every kind of layer, to be dragged onto the canvas")
