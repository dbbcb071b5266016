"""One step of training in slow motion: forward, loss, backward, update, node by node."""
from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedLayout,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from core.graph.document import Diff, Document
from core.train.plates import Plate, plates
from gui.context import AppContext
from gui.forms.icon_button import icon_button
from gui.forms.shortened import Shortened
from gui.panels._base import Exportable, Panel, PanelInfo
from gui.panels._live import UNSOUND, awaits_data
from gui.slow import words
from gui.slow.tables import Shown, Tables
from gui.status import steady
from gui.theme import icons

EMPTY = "Press Step Slowly: one batch goes through the network, node by node, and you see every number on its way."
RUNNING = "Pause, then press Step Slowly: one batch goes through the network, node by node."


class SlowPanel(Panel):
    """A slider over the places of the step, what happens there in a sentence, and the numbers."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.motion = context.slow
        self.setAccessibleName("Slow motion")
        self.setMinimumHeight(190)
        self.step = QPushButton("Step Slowly")
        self.step.setToolTip("Train one batch, and show all that happens in it (Shift+F10)")
        self.step.clicked.connect(context.trainer.explain)
        self.before = self._button("chevron-left", "Previous place", lambda: self.motion.go(self.motion.number - 1))
        self.play = self._button("play", "Play", self.motion.play)
        self.after = self._button("chevron-right", "Next place", lambda: self.motion.go(self.motion.number + 1))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Place in the step")
        self.slider.setToolTip("Drag to go through the step, forward and back")
        self.slider.valueChanged.connect(self.motion.go)
        self.sample = self._button("chevron-down", "Numbers of the next sample of the batch",
                                   lambda: self.motion.follow(self.motion.sample + 1))
        self.which, self.head, self.text = QLabel(), QLabel(), Shortened("muted")
        self.tables = Tables(context.theme.tokens)
        self._lay_out()
        self.tables.setMouseTracking(True)
        self.tables.installEventFilter(self)
        self.motion.changed.connect(self._draw)
        context.theme.changed.connect(self._draw)
        context.trainer.state_changed.connect(self._enable)
        self._draw()

    def _lay_out(self) -> None:
        self.which.setProperty("role", "small")
        self.head.setProperty("role", "heading")
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 0)
        row.setSpacing(4)
        for widget in (self.step, self.before, self.play, self.after):
            row.addWidget(widget)
        row.addWidget(self.slider, 1)
        row.addWidget(self.which)
        row.addWidget(self.sample)
        said = QHBoxLayout()
        said.setContentsMargins(12, 4, 12, 0)
        said.setSpacing(12)
        said.addWidget(self.head)
        said.addWidget(self.text, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(said)
        column.addWidget(self.tables, 1)
        self.message = QLabel(EMPTY)
        self.message.setProperty("role", "empty")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        self.stack = QStackedLayout()
        whole.addLayout(self.stack, 1)
        # Last: without a parent the first one would be shown as a window.
        self.stack.addWidget(self.message)
        self.stack.addWidget(full)

    def plates(self) -> list[Plate]:
        """What there is to see at the present place."""
        told, place = self.motion.told, self.motion.place
        if told is None or place is None:
            return []
        spec = self.context.report.spec
        return plates(told, place, self.motion.sample, None if spec is None else spec.pixels)

    def _words(self, plate: Plate) -> tuple[str, ...]:
        """What the numbers of a table stand for: those of samples may stand for words."""
        node, spec = self.context.document.nodes.get(plate.node), self.context.report.spec
        return spec.words if spec is not None and node is not None and node.kind == "input" else ()

    @Slot()
    def _enable(self) -> None:
        trainer = self.context.trainer
        self.step.setEnabled(trainer.state in ("ready", "paused", "finished"))
        unsound = trainer.state == "invalid" and bool(self.context.document.nodes) and not awaits_data(self.context)
        self.message.setText(UNSOUND if unsound else RUNNING if trainer.running else EMPTY)

    @Slot()
    def _draw(self) -> None:
        told, place, motion = self.motion.told, self.motion.place, self.motion
        self._enable()
        for widget in (self.before, self.play, self.after, self.slider, self.sample):
            widget.setEnabled(told is not None)
        icons.bind(self.play, "pause" if motion.playing else "play")
        self.play.setToolTip("Pause" if motion.playing else "Play")
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, 1 if told is None else len(told.places) - 1)
            self.slider.setValue(motion.number)
        if told is None or place is None:
            self.which.setText("")
            self.stack.setCurrentIndex(0)
            return
        turn = told.turn(place)
        self.which.setText(f"sample {turn.ranks[motion.sample] + 1:,} of {turn.n:,}")
        steady(self.which, re.sub(r"\d", "8", f"sample {turn.n:,} of {turn.n:,}"))
        self.sample.setVisible(turn.kept > 1)
        document = self.context.document
        self.head.setText(words.heading(document, told, motion.number))
        self.text.setText(words.sentence(document, told, place, motion.sample))
        self.text.setToolTip(self.text.text())
        self.tables.put([Shown(plate, words.caption(document, plate), self._words(plate)) for plate in self.plates()],
                        self.context.theme.tokens)
        self.stack.setCurrentIndex(1)

    def on_document(self, diff: Diff, document: Document) -> None:
        self._enable()
        if diff.changed and self.motion.told is not None:
            self._draw()

    def hideEvent(self, event: object) -> None:
        if self.motion.playing:
            self.motion.play()

    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.tables and isinstance(event, QMouseEvent):
            QToolTip.showText(event.globalPosition().toPoint(), self.tables.value_at(event.position()), self.tables)
        return False

    def exports(self) -> Exportable | None:
        return Exportable("slow-step", self.tables, self._table) if self.motion.told is not None else None

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        document = self.context.document
        return ["array", "row", "column", "value"], [
            [words.caption(document, plate), row, column, float(value)] for plate in self.plates()
            for (row, column), value in _numbered(plate)]

    def _button(self, icon: str, tip: str, run: Callable[[], object]) -> QToolButton:
        return icon_button(icon, tip, run)


def _numbered(plate: Plate) -> list[tuple[tuple[int, int], float]]:
    return [((row, column), value) for row, line in enumerate(plate.table.tolist())
            for column, value in enumerate(line)]


PANEL = PanelInfo(id="slow", title="Slow motion", area="bottom", icon="slow", create=SlowPanel, visible=False,
                  apart=True, order=90, heading="Learning",
                  tip="One step of training, node by node, with all its numbers")
