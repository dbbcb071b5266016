"""The head of the inspector: icon, the node's title to edit, and its kind."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from core.graph.document import Node
from core.graph.naming import kind_title
from core.layers import LAYERS
from gui.forms import parts
from gui.forms.picture import Picture
from gui.forms.text_field import TextField

if TYPE_CHECKING:
    from gui.context import AppContext

LONGEST = 80


class NodeHeader(QWidget):
    """Shows what a node is; `renamed` carries a new title, empty for that of its kind."""

    renamed = Signal(str)

    def __init__(self, context: AppContext, node: Node):
        super().__init__()
        info = LAYERS[node.kind].info if node.kind in LAYERS else None
        self._standard = kind_title(node.kind)
        self._title = node.title
        self.field = TextField()
        self.field.setMaxLength(LONGEST)
        self.field.setToolTip("Title of this node. Empty it to go back to the name of its kind.")
        self.field.setAccessibleName("Title")
        # A title looks like text until somebody wants to change it.
        self.field.setStyleSheet("QLineEdit { font-weight: 600; padding: 2px 5px; min-height: 18px; }"
                                 "QLineEdit:focus { padding: 1px 4px; }"
                                 "QLineEdit:!focus:!hover { background: transparent; border-color: transparent; }")
        self.field.committed.connect(self._commit)
        self.field.reverted.connect(self._show)
        self.field.returnPressed.connect(self.field.clearFocus)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        known = info is not None and bool(info.icon)
        picture = Picture(f"layers/{info.icon}" if info and known else "warning", 20,
                          f"category:{info.category}" if info and known else "warning")
        grid.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.field, 0, 1)
        self._kind = parts.label(role="small")
        self._kind.setContentsMargins(6, 0, 0, 0)
        self._summary = info.summary if info else f"This version has no layer {node.kind!r}."
        grid.addWidget(self._kind, 1, 1)
        self._show()

    def show_node(self, node: Node) -> None:
        """Follow a change of the title, unless another one is being typed."""
        if node.title != self._title:
            self._title = node.title
            self._show()

    @Slot()
    def _show(self) -> None:
        self.field.setText(self._title or self._standard)
        self.field.setCursorPosition(0)
        self._kind.setText(f"{self._standard} · {self._summary}" if self._title else self._summary)

    @Slot()
    def _commit(self) -> None:
        if not self.field.isModified():
            return
        typed = self.field.text().strip()
        self._title, old = ("" if typed == self._standard else typed), self._title
        self._show()
        if self._title != old:
            self.renamed.emit(self._title)
