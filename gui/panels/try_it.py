"""Try the network out: type a row, draw a picture or write a text, and see what it says while it trains."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from core.datasets import deferred
from core.errors import CoreError, Problem
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.settings import DataSettings
from core.train.events import Event, Snapshot
from core.train.prediction import Prediction
from core.train.probes import NotApplicable
from core.train.probes.sample import Sample
from core.train.request import Request
from gui.context import AppContext
from gui.forms import parts
from gui.forms.icon_button import icon_button
from gui.panels._base import Panel, PanelInfo
from gui.panels._live import UNSOUND
from gui.trying._way import Way
from gui.trying.answers import bars_of, picture_of
from gui.trying.bars import Bars
from gui.trying.given import Given
from gui.trying.ways import way_for

EMPTY = "Build a network to try it out here."


class TryPanel(Panel):
    """A sample on top, what the network makes of it below."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.way: Way | None = None
        self._data: Mapping[str, Any] | None = None
        self._number = -1
        self._wanted: int | None = None
        self._answer: object = None
        self._fresh = False
        self._build()
        context.report_changed.connect(self._renew)
        context.trainer.state_changed.connect(self._on_state)
        self._renew()

    def _build(self) -> None:
        self.next = QPushButton("Next sample")
        self.next.setToolTip("Take the next sample of the data")
        self.next.clicked.connect(self._take_next)
        self.back = icon_button("chevron-left", "Take the sample before", self._take_previous, name="Sample before")
        self.clear = QPushButton("Clear")
        self.clear.setToolTip("Start with an empty sample")
        self.clear.clicked.connect(self._clear)
        bar = QHBoxLayout()
        for button in (self.back, self.next, self.clear):
            bar.addWidget(button)
        bar.addStretch(1)
        self.origin, self.message = parts.label(role="small"), parts.label(role="empty")
        self.bars, self.picture = Bars(), Given()
        self.heading = parts.heading("Prediction", ruled=True)
        page = parts.page(self.origin, self.heading, self.message, self.bars, self.picture)
        layout = page.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, bar)
        self._page = layout
        scroller = parts.Scroller()
        scroller.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroller)

    # What the sample is

    def on_document(self, diff: Diff, document: Document) -> None:
        if diff.data:
            self._renew()

    @Slot()
    @Slot(object)
    def _renew(self, _: Report | None = None) -> None:
        """Offer the way that fits the data, and look again at what is shown if they are other ones."""
        data = self.context.document.data if self.context.report.spec is not None else None
        if data == self._data:
            return
        before, self._data = self._data, data
        if self.way is not None and data is not None and before is not None and _same_form(before, data):
            if self.origin.text() and self._wanted is None:
                self._wanted = self._number
        else:
            self._replace(self._made() if data is not None else None)

    def _made(self) -> Way | None:
        try:
            with deferred():
                return way_for(DataSettings.known(self.context.document.data))
        except CoreError:
            return None

    def _replace(self, way: Way | None) -> None:
        if self.way is not None:
            self._page.removeWidget(self.way)
            self.way.hide()
            self.way.deleteLater()
        self.way = way
        if way is not None:
            self._page.insertWidget(1, way)
            way.changed.connect(self._changed)
            way.refused.connect(self._refused)
        self.clear.setVisible(way is not None and way.clearable)
        self.next.setVisible(way is not None)
        self.back.setVisible(way is not None)
        self._number, self._wanted, self._answer = -1, 0, None
        self.origin.clear()
        self._say()

    @Slot()
    def _changed(self) -> None:
        self.origin.setText("")
        self._wanted = None

    @Slot(object)
    def _refused(self, problem: Problem) -> None:
        self.context.notify.refuse(problem)

    @Slot()
    def _take_next(self) -> None:
        self._wanted = self._number + 1

    @Slot()
    def _take_previous(self) -> None:
        self._wanted = max(0, self._number - 1)

    @Slot()
    def _clear(self) -> None:
        if self.way is not None:
            self.way.clear()
            self._changed()

    # What the network says

    def requests(self) -> tuple[Request, ...]:
        if not self.isVisible() or self.way is None:
            return ()
        if self._wanted is not None:
            return (Request.of("sample", number=self._wanted),)
        row = self.way.row()
        return () if row is None else (Request.of("prediction", row=row),)

    def on_train(self, event: Event) -> None:
        if not isinstance(event, Snapshot):
            return
        for request in self.requests():
            if request in event.answers:
                answer = event.answers[request]
                if isinstance(answer, Sample):
                    self._show_sample(answer)
                else:
                    self._answer, self._fresh = answer, True

    def on_tick(self) -> None:
        if self.way is not None and self._wanted is None and self.way.row() is None and self._answer is not None:
            self._answer, self._fresh = None, True
        if self._fresh:
            self._fresh = False
            self._say()

    def _show_sample(self, sample: Sample) -> None:
        self._number, self._wanted = sample.number, None
        if self.way is not None:
            self.way.put(sample.row)
        truth = f", target: {sample.truth}" if sample.truth else ""
        part = "training" if sample.part == "train" else sample.part
        self.origin.setText(f"Sample {sample.number + 1:,} of {sample.total:,} ({part}){truth}")

    @Slot(str)
    def _on_state(self, state: str) -> None:
        if state == "invalid":
            self._answer = None
            self._say()

    def _say(self) -> None:
        found = self._answer
        prediction = found if isinstance(found, Prediction) else None
        self.message.setText(self._message())
        self.message.setVisible(prediction is None)
        picture = None if prediction is None else picture_of(prediction)
        self.bars.setVisible(prediction is not None and picture is None)
        self.picture.setVisible(picture is not None)
        if picture is not None:
            self.picture.show_image(picture)
        elif prediction is not None:
            self.bars.show_bars(bars_of(prediction, self.context.theme.tokens))

    def _message(self) -> str:
        if isinstance(self._answer, NotApplicable):
            return self._answer.reason
        if self.way is None or self.context.trainer.state == "invalid":
            return UNSOUND if self.context.document.nodes else EMPTY
        return "" if self.way.row() is not None else "Make up a sample, or take one of the data."


def _same_form(before: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """True if samples look alike, as far as the settings tell."""
    return all(before.get(name) == data.get(name) for name in ("source", "roles", "steps", "split", "split_column"))


PANEL = PanelInfo(id="try", title="Try it", area="right", icon="try", order=4, create=TryPanel,
                  tip="What the network says about a row, a picture or a text of your own")
