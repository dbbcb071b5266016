"""A neuron as a page of its own, for a file: wide enough to be read, with a title, and nothing out of sight."""
from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.train.probes.excites import Excites
from core.train.probes.neuron import Neuron
from gui.forms import parts
from gui.neuron.page import NeuronPage

# Two columns have room.
LEAST, EDGE = 640, 16


class Sheet(QWidget):
    """Never on the screen; a child of its panel, so that it has the panel's colours."""

    def __init__(self, panel: QWidget):
        super().__init__(panel)
        self.hide()
        self.title, self.sample, self.page = parts.label("", "heading"), parts.label("", "small"), NeuronPage()
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(4)
        for widget in (self.title, self.sample, self.page):
            column.addWidget(widget)
        column.insertSpacing(2, parts.MARGIN)

    def show_found(self, found: Neuron, excites: Excites | None, title: str, sample: str, width: int) -> None:
        """Show a neuron, at least `width` wide."""
        step = f", step {found.step + 1:,} of {found.steps:,}" if found.steps > 1 else ""
        self.title.setText(title + step)
        self.sample.setText(sample)
        self.page.show_neuron(found)
        self.page.show_excites(excites, found)
        self.page.step.hide()
        wide = max(LEAST, width)
        self.page.arrange_for(wide - 2 * EDGE)
        # Out of sight, nothing is laid out by itself.
        self.column.activate()
        self.resize(wide, max(self.column.totalHeightForWidth(wide), self.column.minimumSize().height()))
