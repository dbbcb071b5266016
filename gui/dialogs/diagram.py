"""What the exported diagram is to be: format, background, margin, extent."""
from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QFormLayout, QSpinBox

from gui import diagram
from gui.dialogs._base import Dialog, label
from gui.theme.style import inset, set_property

LARGEST_MARGIN = 400


class DiagramDialog(Dialog):
    """Asks how, and then for the file."""

    title = "Export diagram"
    leave = QDialogButtonBox.StandardButton.Cancel
    size_hint = (380, 280)

    def build(self) -> None:
        self.format = QComboBox()
        for kind, words in diagram.KINDS.items():
            self.format.addItem(kind.upper(), kind)
            self.format.setItemData(self.format.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.scale = QComboBox()
        for scale in diagram.SCALES:
            self.scale.addItem(f"{scale}x", scale)
        self.scale.setCurrentIndex(1)
        self.background = QComboBox()
        self.background.addItem("White", False)
        self.background.addItem("Transparent", True)
        self.margin = QSpinBox()
        self.margin.setRange(0, LARGEST_MARGIN)
        self.margin.setValue(diagram.Options.margin)
        inset(self.margin)
        self.selected = QCheckBox("Selected nodes only")
        self.note = label("", "small")
        self._lay_out()
        self.save = self.buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        set_property(self.save, "kind", "primary")
        self.buttons.accepted.connect(self._export)
        for box in (self.format, self.scale, self.background):
            box.currentIndexChanged.connect(self.refresh)
        self.margin.valueChanged.connect(self.refresh)
        self.selected.toggled.connect(self.refresh)
        self.window_.context.selection_changed.connect(self.refresh)
        self.window_.context.document_changed.connect(self.refresh)
        self.refresh()

    @property
    def options(self) -> diagram.Options:
        """What is chosen at present."""
        return diagram.Options(self.format.currentData(), self.scale.currentData(), self.background.currentData(),
                               self.margin.value(), self.selected.isChecked() and self.selected.isEnabled())

    @Slot()
    def refresh(self) -> None:
        """Say what will come out."""
        self.selected.setEnabled(bool(self.window_.context.selection))
        self.scale.setEnabled(self.format.currentData() == "png")
        width, height = diagram.pixels(self.window_.canvas.canvas_scene, self.options)
        self.save.setEnabled(width > 0)
        words = diagram.KINDS[self.options.kind]
        if self.options.kind == "png" and width:
            words = f"{words}: {width:,} × {height:,} pixels"
        self.note.setText(f"{words}." if width else "There is nothing to export: add a layer first.")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(self.window_.context.theme.tokens.gap_l)
        form.setVerticalSpacing(self.window_.context.theme.tokens.gap)
        for text, field, tip in (
                ("Format", self.format, "What kind of file"),
                ("Scale", self.scale, "Pixels of a PNG for every pixel of the canvas at 100 %"),
                ("Background", self.background, "White paper, or none"),
                ("Margin", self.margin, "Free space around the network, in pixels of the canvas at 100 %")):
            field.setToolTip(tip)
            field.setAccessibleName(text)
            form.addRow(text, field)
        self.selected.setToolTip("Leave out what is not selected; wires between selected nodes stay")
        form.addRow("", self.selected)
        self.body.addLayout(form)
        self.body.addWidget(self.note)
        self.body.addStretch()

    @Slot()
    def _export(self) -> None:
        if self.window_.files.export_diagram(self.options):
            self.accept()
