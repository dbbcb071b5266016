"""What the panels share that draw the answers of a run."""
from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QPointF, Slot
from PySide6.QtWidgets import QVBoxLayout

from core.graph.document import Diff, Document
from core.train.events import Event, Snapshot
from core.train.probes import NotApplicable
from core.train.request import Request
from gui.context import AppContext
from gui.panels._base import Panel
from gui.panels._strip import Strip
from gui.plots.board import Board
from gui.theme.tokens import Tokens

# Seconds: a drawing that takes longer than CHEAP rests for RESTS times as long.
CHEAP = 0.0015
RESTS = 80
LONGEST_REST = 0.4
UNSOUND = "The network has problems. Once they are solved, you see it here."
READING = "The data is being read."
WAITING = "One moment, this is being computed."


class LivePanel(Panel):
    """Asks for `wanted` while visible, and draws each snapshot once.

    A subclass draws `answers`, which are by probe; `main` names the one without which there is nothing to draw, and
    `empty` is the sentence for a network that is not there yet. `strip` takes the panel's own choices.
    """

    main = ""
    empty = ""
    # The strip is hidden while there is nothing to choose.
    fades = False

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.board = Board(self.tokens)
        self.strip = Strip(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.board)
        self.answers: dict[str, Any] = {}
        self._fresh = False
        self._rested = self._took = 0.0
        self._pointer: QPointF | None = None
        self.build()
        self.board.say(self.empty)
        self._restyle(self.tokens)
        self.board.hovered.connect(self._on_hover)
        self.board.resized.connect(self.arrange)
        context.theme.changed.connect(self._restyle)
        context.trainer.state_changed.connect(self._on_state)

    @property
    def tokens(self) -> Tokens:
        """The present theme."""
        return self.context.theme.tokens

    @property
    def answer(self) -> Any:
        """What the main probe said last, or None."""
        found = self.answers.get(self.main)
        return None if isinstance(found, NotApplicable) else found

    def build(self) -> None:
        """Make the plots, once."""

    def wanted(self) -> tuple[Request, ...]:
        """The requests of the visible panel."""
        return ()

    def due(self) -> bool:
        """Whether it is time to ask again."""
        return True

    def draw(self) -> None:
        """Draw `answer`."""

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme; `draw` follows if there is an answer."""

    def point(self, place: QPointF | None) -> None:
        """The pointer is at a place of the scene, or gone. Also called after every drawing."""

    @Slot()
    def arrange(self) -> None:
        """Fit the plots to the size of the panel."""

    def requests(self) -> tuple[Request, ...]:
        # What has come is to be drawn before more is asked for.
        waits = self._fresh and self.context.trainer.running
        return self.wanted() if self.isVisible() and self.due() and not waits and not self._resting() else ()

    def _resting(self) -> bool:
        return self.context.trainer.running and time.perf_counter() < self._rested

    def on_train(self, event: Event) -> None:
        if isinstance(event, Snapshot):
            wanted = self.wanted()
            found = {request.probe: event.answers[request] for request in wanted if request in event.answers}
            # An answer that rests, because it takes long, stays what it was.
            kept = {request.probe: self.answers[request.probe] for request in wanted if request.probe in self.answers}
            if any(kept.get(probe) is not answer for probe, answer in found.items()):
                self.answers, self._fresh = kept | found, True

    def on_tick(self) -> None:
        """Draw what is new. While training runs, a picture that takes long is drawn less often."""
        if self._fresh and not self._resting():
            began = time.perf_counter()
            self._fresh = False
            self._show()
            took = time.perf_counter() - began
            # One that was slow by chance, because the machine was busy, is no reason to rest.
            cost, self._took = min(took, self._took), took
            rest = min(RESTS * cost, LONGEST_REST) * (2 if self.context.trainer.heavy else 1)
            self._rested = began + (rest if cost > CHEAP else 0.0)
        elif self.board.empty and self.main not in self.answers and self._sound():
            self.board.say(WAITING)

    def _sound(self) -> bool:
        return bool(self.context.document.nodes) and self.context.report.ok

    @property
    def choosable(self) -> bool:
        """Whether there is anything to choose."""
        return self.answer is not None

    def _show(self) -> None:
        if self.fades:
            self.strip.setVisible(self.choosable)
        found = self.answers.get(self.main)
        if isinstance(found, NotApplicable):
            self.board.say(found.reason)
        elif found is not None:
            self.draw()
            self.board.show_plots()
            self.point(self._pointer)

    @Slot(object)
    def _restyle(self, tokens: Tokens) -> None:
        self.board.restyle(tokens)
        self.restyle(tokens)
        self.arrange()
        self._show()

    @Slot(str)
    def _on_state(self, state: str) -> None:
        if state == "invalid":
            if self.fades:
                self.strip.hide()
            self.answers, self._fresh = {}, False
            self._say_why()

    def on_document(self, diff: Diff, document: Document) -> None:
        if self.context.trainer.state == "invalid":
            self._say_why()

    def _say_why(self) -> None:
        """Why there is nothing to see: no network yet, or one with problems."""
        if not self.context.document.nodes:
            self.board.say(self.empty)
        elif self.context.report.ok:
            # It has just become whole, and is not ready yet.
            self.board.say(WAITING)
        else:
            self.board.say(READING if awaits_data(self.context) else UNSOUND)

    @Slot(object)
    def _on_hover(self, place: QPointF | None) -> None:
        self._pointer = place
        # An answer that is not drawn yet is read as soon as it is.
        if self.answer is not None and not self._fresh:
            self.point(place)


def awaits_data(context: AppContext) -> bool:
    """True if the network cannot be judged before its data is read."""
    return any(problem.code == "data.reading" for problem in context.report.problems)
