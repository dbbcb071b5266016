"""Every shortcut, made from the declared actions and panels, and the gestures of the canvas."""
from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem

from gui.actions._base import ACTIONS, MENUS
from gui.actions._build import sequences
from gui.dialogs._base import Dialog
from gui.panels import PANELS

GESTURES = (
    ("Add a layer", "drag it from the palette, or double-click it there"),
    ("Wire two layers", "drag from the output of one to the input of the other"),
    ("Select several", "drag a frame, or click with Ctrl"),
    ("Pan", "drag with the middle button"),
    ("Zoom", "turn the wheel"),
)


class ShortcutsDialog(Dialog):
    """A tree by menu, with a field that filters it."""

    title = "Keyboard shortcuts"
    size_hint = (520, 560)

    def build(self) -> None:
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search")
        self._search.setAccessibleName("Search shortcuts")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._tree = QTreeWidget()
        self._tree.setColumnCount(2)
        self._tree.setHeaderLabels(["Action", "Keys"])
        self._tree.setRootIsDecorated(False)
        self._tree.setUniformRowHeights(True)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.body.addWidget(self._search)
        self.body.addWidget(self._tree)
        for menu in MENUS:
            infos = sorted((a for a in ACTIONS.values() if a.menu == menu), key=lambda a: (a.group, a.order))
            self._group(menu, [(a.text.rstrip("…"), keys, a.tip) for a in infos if (keys := _keys(a.shortcuts))])
        self._group("Panels", [(p.title, _keys((p.shortcut,)), p.tip) for p in PANELS.values() if p.shortcut])
        self._group("Canvas", [(what, how, "") for what, how in GESTURES])
        self._tree.expandAll()

    def _group(self, title: str, lines: list[tuple[str, str, str]]) -> None:
        if not lines:
            return
        top = QTreeWidgetItem(self._tree, [title])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = top.font(0)
        font.setWeight(font.Weight(self.window_.context.theme.tokens.weight_strong))
        top.setFont(0, font)
        items = [QTreeWidgetItem(top, [what, keys]) for what, keys, _ in lines]
        for item, (_, _, tip) in zip(items, lines, strict=True):
            item.setToolTip(0, tip)
        self._groups.append((top, items))

    def _filter(self, text: str) -> None:
        for top, items in self._groups:
            hits = [text.casefold() in f"{i.text(0)} {i.text(1)} {i.toolTip(0)}".casefold() for i in items]
            for item, hit in zip(items, hits, strict=True):
                item.setHidden(not hit)
            top.setHidden(not any(hits))


def _keys(names: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in sequences(names))
