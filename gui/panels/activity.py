"""Layer by layer: what comes out, which gradients come back, how much the weights change, and what is not well."""
from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from core.errors import Problem
from core.graph.document import Diff, Document
from core.graph.naming import title_of
from core.train.probes.health import Health
from core.train.request import Request
from gui.activity.choices import HISTORY, NOW, TREND, Choices
from gui.activity.history import HistoryView
from gui.activity.now import NowView
from gui.activity.trend import TrendView
from gui.activity.view import View
from gui.activity.words import numbered
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots.caption import Caption
from gui.plots.legend import Legend
from gui.theme import icons
from gui.theme.tokens import Tokens

VIEWS: dict[str, type[View]] = {NOW: NowView, HISTORY: HistoryView, TREND: TrendView}
FILES = {HISTORY: "-over-time", TREND: "-trend"}
NODE = Qt.ItemDataRole.UserRole
ROW, MOST_ROWS = 24, 3
# Seconds between two looks at what is not well, while training runs.
EVERY = 1.0


class ActivityPanel(LivePanel):
    """All layers now, one layer over time, or a line for each layer; below it what is not well, to be clicked."""

    main = "activity"
    empty = "Build a network to see what its layers give while it learns."

    def build(self) -> None:
        self.setAccessibleName("Activations and gradients")
        self.caption = Caption(self.tokens)
        self.legend = Legend(self.tokens)
        self._views: dict[type[View], View] = {}
        self._asked = 0
        self._filling = False
        self._ill: tuple[Problem, ...] = ()
        self._examined = 0.0
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.legend, 1, 2)
        self.legend.setVisible(False)
        self.choices = Choices(self.strip, self._chose)
        self.view: View = self._made(NowView)
        layout.addItem(self.view.plot, 1, 1)
        self.findings = QListWidget()
        self.findings.setProperty("role", "plain")
        self.findings.setAccessibleName("What is not well")
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.findings.itemClicked.connect(self._go)
        self.findings.itemActivated.connect(self._go)
        self.findings.setIconSize(QSize(16, 16))
        self.findings.hide()
        column = self.layout()
        assert column is not None
        column.addWidget(self.findings)
        self.board.view.scene().sigMouseClicked.connect(self._clicked)
        self.context.selection_changed.connect(self._selected)

    def _made(self, kind: type[View]) -> View:
        if kind not in self._views:
            made = self._views[kind] = kind(self.board, self.caption, self.legend, self._title)
            made.restyle(self.tokens)
        return self._views[kind]

    def wanted(self) -> tuple[Request, ...]:
        choices = self.choices
        arguments = {"what": choices.kind} if choices.view == NOW else {"what": choices.kind, "asked": self._asked}
        if choices.view == HISTORY:
            pinned = choices.pinned in self.context.document.nodes
            arguments["node"] = choices.pinned if pinned else self._selection
        main = Request.of(self.main, **arguments)
        # While one answer follows the other, nothing else has changed.
        rests = self._filling or (self.context.trainer.running and time.perf_counter() < self._examined + EVERY)
        return (main,) if rests else (main, Request.of("health"))

    @property
    def _selection(self) -> str:
        """The selected node, or "" unless it is one."""
        chosen = self.context.selection
        return next(iter(chosen)) if len(chosen) == 1 else ""

    @Slot()
    def _chose(self) -> None:
        """Something else is to be seen. It is asked for with the next tick."""
        kind = VIEWS[self.choices.view]
        if not isinstance(self.view, kind):
            layout = self.board.layout_item
            layout.removeItem(self.view.plot)
            self.view = self._made(kind)
            self.main = self.view.probe
            layout.addItem(self.view.plot, 1, 1)
            self.legend.setVisible(False)
            self.legend.take_room()
            self.answers = {}
            self.caption.say("")
        self._filling = False
        self.arrange()

    def show_node(self, node: str) -> None:
        if self.choices.pinned != node:
            self.choices.pinned = ""

    def restyle(self, tokens: Tokens) -> None:
        self.caption.restyle(tokens)
        for view in self._views.values():
            view.restyle(tokens)

    @Slot()
    def arrange(self) -> None:
        self.view.arrange(self.answer)
        self.choices.tidy(self.width())

    def draw(self) -> None:
        found, health = self.answer, self.answers.get("health")
        if isinstance(health, Health):
            self._ill, self._examined = health.findings, time.perf_counter()
        self.view.draw(found, self._selection, {problem.node or "" for problem in self._ill})
        if self.choices.view == HISTORY:
            titles = map(self._title, found.nodes)
            self.choices.offer_nodes(found.nodes, list(map(numbered, found.numbers, titles)))
        self._list()
        self.arrange()
        # While moments are still to be looked at, another question is asked; while training runs the same one, which
        # is answered as often as it can be without slowing the run down.
        pending = self.choices.view != NOW and found.pending > 0
        self._filling = pending and not self.context.trainer.running
        self._asked += self._filling

    def point(self, place: QPointF | None) -> None:
        self.view.point(self.answer, place)

    def exports(self) -> Exportable | None:
        found = self.answer
        if found is None:
            return None
        node = f"-{found.node}" if self.choices.view == HISTORY else ""
        name = f"{found.what}{FILES.get(self.choices.view, '')}{node}"
        return Exportable(name, self.board.layout_item, lambda: self.view.table(found))

    def _title(self, node: str) -> str:
        document = self.context.document
        return title_of(document, node) if node in document.nodes else node

    def _list(self) -> None:
        found = self._ill
        if [problem.message for problem in found] == self.messages:
            return
        self.findings.clear()
        for problem in found:
            item = QListWidgetItem(icons.icon("health", self.tokens.warning), problem.message)
            item.setData(NODE, problem.node)
            item.setToolTip(problem.text)
            self.findings.addItem(item)
        self.findings.setFixedHeight(ROW * min(MOST_ROWS, len(found)) + 4)
        self.findings.setVisible(bool(found))

    @property
    def messages(self) -> list[str]:
        """What is listed."""
        return [self.findings.item(row).text() for row in range(self.findings.count())]

    @Slot(object)
    def _selected(self, nodes: frozenset[str]) -> None:
        if self.isVisible() and self.answer is not None:
            self._show()

    @Slot(object)
    def _go(self, item: QListWidgetItem) -> None:
        self.context.select([item.data(NODE)])

    @Slot(object)
    def _clicked(self, event: object) -> None:
        """A click on what belongs to a node selects it."""
        if self.answer is not None and not self.board.empty:
            node = self.view.node(self.answer, event.scenePos())  # type: ignore[attr-defined]
            if node is not None:
                self.context.select([node])

    def on_document(self, diff: Diff, document: Document) -> None:
        super().on_document(diff, document)
        if self.choices.pinned not in document.nodes:
            self.choices.pinned = ""


PANEL = PanelInfo(id="activity", title="Activations", area="bottom", icon="activity", create=ActivityPanel,
                  shortcut="Ctrl+6", order=60, width=220, every=2, visible=False, behind="weights", heading="Network",
                  tip="What every layer gives, its gradients and the change of its weights, and what is not well")
