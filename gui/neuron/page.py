"""Everything about one neuron: forward, backward and the samples that excite it, in as many columns as fit."""
from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from core.train.probes.excites import Excites
from core.train.probes.neuron import Neuron
from gui.forms import parts
from gui.neuron import rows
from gui.neuron.ledger import Ledger
from gui.neuron.pictures import Plate, Plates
from gui.neuron.samples import Cards, Spread
from gui.neuron.stepper import Stepper
from gui.neuron.words import formula

TWO, THREE = 560, 900
# Of many channels the ones that add most.
CHANNELS = 2


class Column(QWidget):
    """A heading with things below it."""

    def __init__(self, title: str, *contents: QWidget):
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.heading = parts.label(title, "heading")
        self.column.addWidget(self.heading)
        for widget in contents:
            self.column.addWidget(widget)
        self.column.addStretch(1)


class NeuronPage(QWidget):
    """Shows what the probes say."""

    def __init__(self) -> None:
        super().__init__()
        self.formula = parts.label()
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.forward, self.back = Ledger("Forward"), Ledger("Backward")
        self.weights, self.update_rows = Ledger("Gradients of the weights"), Ledger("Update")
        self.plates, self.cards, self.spread = Plates(), Cards(), Spread()
        self.weights_title, self.update_title = _quiet("Each weight: dL/dw = dL/dz · input"), _quiet("The update")
        self.spread_title = _quiet("")
        self.step = Stepper("step of the sequence")
        forward = Column("Forward", self.step, self.formula, self.forward, self.plates)
        back = Column("Backward, from the loss L", self.back, self.weights_title, self.weights, self.update_title,
                      self.update_rows)
        self.excites = Column("Excite it most", self.cards, self.spread_title, self.spread)
        self.columns = (forward, back, self.excites)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(parts.MARGIN // 2)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._whole.addLayout(self._box)
        self._whole.addStretch(1)
        self._right = QVBoxLayout()
        self._right.setSpacing(parts.MARGIN)
        self._box.setSpacing(2 * parts.MARGIN)
        self._count = 0
        self._arrange(1)

    def show_neuron(self, found: Neuron) -> None:
        """Show a neuron on a sample."""
        self.step.setVisible(found.steps > 1)
        self.step.say(f"Step {found.step + 1:,} of {found.steps:,}", "Where in the sequence it is looked at")
        words = formula(found)
        if words != self.formula.text():
            self.formula.setText(words)
            self.formula.setToolTip(found.formula)
        self.forward.show_rows(rows.forward(found))
        self.back.show_rows(rows.back(found))
        self.weights.show_rows(rows.weights(found))
        self.update_rows.show_rows(rows.update(found))
        uses = found.sum.uses if found.sum is not None else 1
        self.weights_title.setText("Each weight: dL/dw = dL/dz · input" if uses == 1
                                   else f"Each weight: dL/dw, added up over all {uses:,} places")
        for title, ledger in ((self.weights_title, self.weights), (self.update_title, self.update_rows)):
            title.setVisible(bool(ledger.rows))
        self.plates.show_plates(_plates(found))

    def show_excites(self, found: Excites | None, neuron: Neuron) -> None:
        """Show the samples that excite it, if they are known."""
        there = found is not None and found.ref == neuron.ref
        self.excites.setVisible(there)
        if found is not None and there:
            self.cards.show_found(found, neuron.sample)
            self.spread.show_found(found, neuron.answer)
            silent = f", {100 * found.silent:.0f} % exactly 0" if found.silent else ""
            dead = found.silent == 1.0
            self.spread_title.setText(
                f"It is 0 for all of {found.looked_at:,} training samples: a dead neuron." if dead
                else f"Answers to {found.looked_at:,} training samples{silent}")
            for widget in (self.cards, self.spread):
                widget.setVisible(not dead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange_for(event.size().width())

    def arrange_for(self, width: int) -> None:
        """As many columns as fit."""
        self._arrange(3 if width >= THREE else 2 if width >= TWO else 1)

    def _arrange(self, count: int) -> None:
        """One below the other; two with the samples below the second; or three beside each other."""
        if count == self._count:
            return
        self._count = count
        for column in self.columns:
            self._box.removeWidget(column)
            self._right.removeWidget(column)
        self._box.removeItem(self._right)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if count == 1 else QBoxLayout.Direction.LeftToRight)
        if count == 2:
            self._box.addWidget(self.columns[0], 1)
            self._box.addLayout(self._right, 1)
            for column in self.columns[1:]:
                self._right.addWidget(column)
        else:
            for column in self.columns:
                self._box.addWidget(column, 1 if count == 3 else 0)
        # At once: while it is out of sight, Qt would put that off until something else moves.
        self._whole.activate()


def _quiet(text: str) -> QLabel:
    return parts.label(text, "small")


def _plates(found: Neuron) -> list[Plate]:
    """The window and the filter, channel by channel, and the whole map with the place of the window."""
    plates, added = [], found.sum
    if added is not None and added.patch is not None and added.kernel is not None:
        strength = abs(added.patch * added.kernel).sum(axis=(0, 1))
        for channel in sorted(range(len(strength)), key=lambda one: -strength[one])[:CHANNELS]:
            which = f" {channel + 1}" if len(strength) > 1 else ""
            plates += [Plate(added.patch[..., channel], f"input{which}"),
                       Plate(added.kernel[..., channel], f"weights{which}")]
            if added.slopes is not None and len(strength) == 1:
                plates.append(Plate(added.slopes[..., channel], "gradient"))
    if found.spread is not None and found.spread.ndim in (1, 2):
        mark = found.place if len(found.place) == 2 else (0, *found.place)
        spread = found.spread if found.spread.ndim == 2 else found.spread[None]
        plates.append(Plate(spread, "all places", (mark[0], mark[1])))
    return plates
