"""Layer by layer: what comes out, which gradients come back, how much the weights change, and what is not well."""
from __future__ import annotations

import time
from typing import ClassVar

from PySide6.QtCore import QPointF, Slot

from core.errors import Problem
from core.graph.naming import title_of
from core.train.probes.health import Health
from core.train.request import Request
from gui.activity.choices import HISTORY, NOW, TREND, Choices
from gui.activity.findings import Findings
from gui.activity.history import HistoryView
from gui.activity.now import NowView
from gui.activity.trend import TrendView
from gui.activity.view import View
from gui.activity.words import numbered
from gui.panels._base import PanelInfo
from gui.panels._views import ViewsPanel
from gui.plots.legend import Legend

FILES = {HISTORY: "-over-time", TREND: "-trend"}
# Seconds between two looks at what is not well, while training runs.
EVERY = 1.0


class ActivityPanel(ViewsPanel):
    """All layers now, one layer over time, or a line for each layer; below it what is not well, to be clicked."""

    views: ClassVar[dict[str, type[View]]] = {NOW: NowView, HISTORY: HistoryView, TREND: TrendView}
    view: View
    choices: Choices
    empty = "Build a network to see what its layers give while it learns."

    def build(self) -> None:
        self.setAccessibleName("Activations and gradients")
        self.assemble(Legend(self.tokens), Choices(self.strip, self.chose))
        self._ill: tuple[Problem, ...] = ()
        self._examined = 0.0
        self.findings = Findings(lambda node: self.context.select([node]))
        column = self.layout()
        assert column is not None
        column.addWidget(self.findings)
        self.context.selection_changed.connect(self._selected)

    def wanted(self) -> tuple[Request, ...]:
        choices = self.choices
        arguments = {"what": choices.kind} if choices.view == NOW else {"what": choices.kind, "asked": self.asked}
        if choices.view == HISTORY:
            arguments["node"] = self.meant
        main = Request.of(self.main, **arguments)
        # While one answer follows the other, nothing else has changed.
        rests = self.filling or (self.context.trainer.running and time.perf_counter() < self._examined + EVERY)
        return (main,) if rests else (main, Request.of("health"))

    def draw(self) -> None:
        found, health = self.answer, self.answers.get("health")
        if isinstance(health, Health):
            self._ill, self._examined = health.findings, time.perf_counter()
        self.view.chosen, self.view.ill = self.selected, {problem.node or "" for problem in self._ill}
        self.view.draw(found)
        if self.choices.view == HISTORY:
            titles = map(self.called, found.nodes)
            self.choices.offer_nodes(found.nodes, list(map(numbered, found.numbers, titles)))
        self.findings.tell(self._ill, self._brief, self.tokens)
        self.arrange()
        self.fill(self.choices.view != NOW and found.pending > 0)

    def file_name(self) -> str:
        node = f"-{self.answer.node}" if self.choices.view == HISTORY else ""
        return f"{self.answer.what}{FILES.get(self.choices.view, '')}{node}"

    def called(self, node: str) -> str:
        document = self.context.document
        return title_of(document, node) if node in document.nodes else node

    def _brief(self, node: str) -> str:
        """A layer as the axis below the plot calls it where there is no room for names."""
        found = self.answer
        number = dict(zip(found.nodes, found.numbers, strict=True)).get(node)
        return self.called(node) if number is None else numbered(number, self.called(node))

    @Slot()
    def arrange(self) -> None:
        super().arrange()
        self.findings.fit(self.width(), self.height())

    @Slot(object)
    def _selected(self, nodes: frozenset[str]) -> None:
        if self.isVisible() and self.answer is not None:
            self._show()

    def clicked(self, place: QPointF) -> None:
        """A click on what belongs to a node selects it."""
        node = self.view.node(self.answer, place)
        if node is not None:
            self.context.select([node])


PANEL = PanelInfo(id="activity", title="Activations", area="bottom", icon="activity", create=ActivityPanel,
                  shortcut="Ctrl+6", order=60, width=220, every=2, visible=False, behind="weights", heading="Network",
                  tip="What every layer gives, its gradients and the change of its weights, and what is not well")
