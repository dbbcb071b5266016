"""How a plot is to be exported: which one, as what, how large, on what."""
from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFormLayout

from core.errors import CoreError
from gui import export
from gui.dialogs._base import Dialog, label
from gui.panels import Exportable
from gui.theme.style import set_property


class PlotDialog(Dialog):
    """Asks how, and then for the file; or puts it on the clipboard."""

    title = "Export plot"
    leave = QDialogButtonBox.StandardButton.Cancel
    size_hint = (420, 300)

    def build(self) -> None:
        self.plot, self.format, self.scale, self.colours, self.background = (QComboBox() for _ in range(5))
        for kind, words in export.KINDS.items():
            self.format.addItem(kind.upper(), kind)
            self.format.setItemData(self.format.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        for scale in export.SCALES:
            self.scale.addItem(f"{scale}x", scale)
        self.scale.setCurrentIndex(export.SCALES.index(int(export.SCALE)))
        for words, theme in (("As on the screen", ""), ("Light", "light"), ("Dark", "dark")):
            self.colours.addItem(words, theme)
        self.background.addItem("Filled", False)
        self.background.addItem("Transparent", True)
        self.note = label("", "small")
        self._lay_out()
        self.picture = self.buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.save = self.buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        set_property(self.save, "kind", "primary")
        self.picture.clicked.connect(self._copy)
        self.buttons.accepted.connect(self._export)
        self.offer()
        for box in (self.plot, self.format, self.scale, self.colours, self.background):
            box.currentIndexChanged.connect(self.refresh)
        self.refresh()

    @property
    def options(self) -> export.Options:
        """What is chosen at present."""
        clear = self.background.currentData() and self.background.isEnabled()
        return export.Options(self.format.currentData(), self.scale.currentData(), clear, self.colours.currentData())

    @property
    def chosen(self) -> Exportable | None:
        """The plot as it is at present."""
        return self.window_.docks.plot(self.plot.currentData())

    def offer(self) -> None:
        """List the plots that are seen, beginning with the one that was looked at last."""
        with QSignalBlocker(self.plot):
            self.plot.clear()
            for dock in self.window_.docks.plots():
                self.plot.addItem(dock.info.title, dock.info.id)

    @Slot()
    def refresh(self) -> None:
        """Say what will come out."""
        plot, kind = self.chosen, self.format.currentData()
        self.scale.setEnabled(kind == "png")
        self.colours.setEnabled(kind != "csv")
        self.background.setEnabled(kind != "csv" and plot is not None and export.can_be_clear(plot))
        options = self.options
        for button in (self.save, self.picture):
            button.setEnabled(plot is not None)
        self.picture.setText("Copy Numbers" if options.kind == "csv" else "Copy Picture")
        self.note.setText("There is no plot to be seen: train a network first." if plot is None
                          else f"{export.KINDS[options.kind]}{_size(plot, options)}.{_lacks(plot, options)}")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(self.window_.context.theme.tokens.gap_l)
        form.setVerticalSpacing(self.window_.context.theme.tokens.gap)
        for text, field, tip in (("Plot", self.plot, "Which of the plots that are seen"),
                                 ("Format", self.format, "What kind of file"),
                                 ("Scale", self.scale, "Pixels of a PNG for every pixel on the screen"),
                                 ("Colours", self.colours, "Those of the window, or of the other theme"),
                                 ("Background", self.background, "Filled with the colour of the plot, or none")):
            field.setToolTip(tip)
            field.setAccessibleName(text)
            form.addRow(text, field)
        self.body.addLayout(form)
        self.body.addWidget(self.note)
        self.body.addStretch()

    @Slot()
    def _export(self) -> None:
        plot = self.chosen
        if plot is not None and self.window_.files.export_plot(plot, self.options):
            self.accept()

    @Slot()
    def _copy(self) -> None:
        plot = self.chosen
        if plot is not None:
            if self.options.kind == "csv":
                self.window_.files.copy_numbers(plot)
            else:
                self.window_.files.copy_picture(plot, self.options)


def _size(plot: Exportable, options: export.Options) -> str:
    """How large it will be."""
    try:
        width, height = export.pixels(plot, options.scale if options.kind == "png" else 1.0)
    except CoreError:
        return ""
    if options.kind == "csv":
        return ""
    return f": {width:,} × {height:,} pixels"


def _lacks(plot: Exportable, options: export.Options) -> str:
    """What a picture has no room for."""
    return f" {plot.note}" if plot.note and options.kind != "csv" else ""
