"""The name under which the selection is kept as a block."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit

from core.graph import blocks
from core.graph.furniture import LONGEST_TITLE, group_of
from gui.dialogs._base import Dialog, label


class BlockDialog(Dialog):
    """Asks for the name, and keeps what was selected when it was opened."""

    title = "Save selection as block"
    size_hint = (360, 150)
    leave = QDialogButtonBox.StandardButton.Cancel

    def build(self) -> None:
        context = self.window_.context
        chosen = sorted(context.selection)
        self._content = blocks.block_of(context.document, chosen, self.window_.canvas.canvas_scene.notes.picked)
        group = group_of(context.document, chosen[0]) if chosen else None
        self.name = QLineEdit(group.title if group is not None else "")
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name of the block")
        self.name.setMaxLength(LONGEST_TITLE)
        self.note = label("", "small")
        self.body.addWidget(self.name)
        self.body.addWidget(self.note)
        self.body.addStretch()
        self.save = self.buttons.addButton("Save", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        self.buttons.accepted.connect(self._save)
        self.name.textChanged.connect(self._refresh)
        self._refresh()
        self.name.selectAll()
        self.name.setFocus()

    @Slot()
    def _refresh(self) -> None:
        name, many = self.name.text().strip(), len(self._content.nodes)
        self.save.setEnabled(bool(name))
        known = bool(name) and self.window_.context.blocks.named(name) is not None
        self.note.setText("There is a block of that name: it will be replaced." if known else
                          f"{many} node{'' if many == 1 else 's'} with the wires between them. The palette shows it "
                          "under My blocks.")

    @Slot()
    def _save(self) -> None:
        name = self.name.text().strip()
        if self.window_.context.blocks.save(name, self._content):
            self.window_.context.notify.info(f"“{name}” is in the palette, under My blocks.")
            self.accept()
