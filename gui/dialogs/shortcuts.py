"""Every action and panel with its keys, which can be changed here, and the gestures of the canvas."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem

from gui.actions._base import ACTIONS, MENUS
from gui.dialogs._base import Dialog
from gui.dialogs._recorder import Recorder
from gui.gestures import GESTURES
from gui.theme import icons

PLAIN = "chevron-right"
KEYS_WIDTH = 440
NAME = Qt.ItemDataRole.UserRole
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ShortcutsDialog(Dialog):
    """A tree by menu, with a field that filters it and a line that records new keys."""

    title = "Keyboard shortcuts"
    size_hint = (760, 620)

    def build(self) -> None:
        shortcuts = self.shortcuts = self.window_.shortcuts
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search actions and keys")
        self.search.setAccessibleName("Search shortcuts")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.recorder = Recorder(shortcuts)
        self.recorder.done.connect(self._recorded)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.tree = self._make_tree()
        for widget in (self.search, self.tree, self.recorder):
            self.body.addWidget(widget)
        self._fill()
        self._reset = self._button("Reset", "Give the chosen action its first keys again", self._reset_one)
        self._button("Reset All", "Give every action its first keys again", shortcuts.reset_all)
        shortcuts.changed.connect(self._refresh)
        self._refresh()
        self.search.setFocus()

    def item(self, name: str) -> QTreeWidgetItem:
        """The line of an action ("view.zoom_fit") or panel ("panel.data")."""
        return next(item for _, items in self._groups for item in items if item.data(0, NAME) == name)

    def record(self, item: QTreeWidgetItem | None) -> None:
        """Ask for new keys for a line; gestures have none to change."""
        if item is not None and item.data(0, NAME):
            self.recorder.ask(item.data(0, NAME))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                self._enter_tree()
                return True
            if watched is self.tree and event.key() in ENTER:
                self.record(self.tree.currentItem())
                return True
            if watched is self.tree and event.key() in DELETE:
                self._remove()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in the search is not to close the dialog.
        if event.key() in ENTER:
            self.record(self.tree.currentItem())
        else:
            super().keyPressEvent(event)

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels(["Action", "Keys"])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName("Actions and their keys")
        # Fixed, so that the keys stay where they are while the search leaves lines out.
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        tree.header().resizeSection(1, KEYS_WIDTH)
        tree.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        tree.setExpandsOnDoubleClick(False)
        tree.itemDoubleClicked.connect(self.record)
        tree.currentItemChanged.connect(self._show_state)
        tree.installEventFilter(self)
        return tree

    def _fill(self) -> None:
        targets = self.shortcuts.targets
        for menu in MENUS:
            infos = sorted((a for a in ACTIONS.values() if a.menu == menu), key=lambda a: (a.group, a.order))
            self._group(menu, [(targets[a.id].title, "", targets[a.id].tip, a.id, a.icon) for a in infos])
        docks = self.window_.docks.docks.values()
        self._group("Panels", [(d.info.title, "", d.info.tip, d.toggleViewAction().objectName(), d.info.icon)
                               for d in docks])
        self._group("Canvas", [(what, how, "", "", "") for what, how in GESTURES])
        self.tree.expandAll()

    def _group(self, title: str, lines: list[tuple[str, str, str, str, str]]) -> None:
        tokens = self.window_.context.theme.tokens
        top = QTreeWidgetItem(self.tree, [title])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = top.font(0)
        font.setWeight(font.Weight(tokens.weight_strong))
        top.setFont(0, font)
        items = []
        for text, keys, tip, name, icon in lines:
            item = QTreeWidgetItem(top, [text, keys])
            item.setToolTip(0, tip)
            item.setData(0, NAME, name)
            if name:
                item.setIcon(0, icons.icon(icon or PLAIN, tokens.text_muted))
            items.append(item)
        self._groups.append((top, items))

    def _button(self, text: str, tip: str, run: Callable[[], None]) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ResetRole)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: run())
        return button

    def _enter_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        lines = [item for _, items in self._groups for item in items if not item.isHidden()]
        if lines and self.tree.currentItem() not in lines:
            self.tree.setCurrentItem(lines[0])

    def _chosen(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, NAME) or "") if item is not None else ""

    def _remove(self) -> None:
        if name := self._chosen():
            self.shortcuts.put(name, [])

    @Slot()
    def _reset_one(self) -> None:
        if name := self._chosen():
            self.shortcuts.reset(name)

    @Slot()
    def _recorded(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _refresh(self) -> None:
        """Show the keys of all lines as they are now."""
        for _, items in self._groups:
            for item in items:
                if name := item.data(0, NAME):
                    item.setText(1, self.shortcuts.text(name))
                    font = item.font(1)
                    font.setWeight(font.Weight.Normal if self.shortcuts.is_default(name) else font.Weight.DemiBold)
                    item.setFont(1, font)
        self._show_state()
        self._filter(self.search.text())

    @Slot()
    def _show_state(self) -> None:
        name = self._chosen()
        self._reset.setEnabled(bool(name) and not self.shortcuts.is_default(name))

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for top, items in self._groups:
            for item in items:
                line = f"{top.text(0)} {item.text(0)} {item.text(1)} {item.toolTip(0)}".casefold()
                item.setHidden(not all(word in line for word in words))
            top.setHidden(all(item.isHidden() for item in items))
