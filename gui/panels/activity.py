"""Layer by layer: what comes out, which gradients come back, how much the weights change, and what is not well."""
from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from core.errors import Problem
from core.graph.naming import title_of
from core.train.probes.activity import Activity, Spread
from core.train.probes.health import Health
from core.train.request import Request
from gui.forms.selector import Selector
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import look_at, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.strips import Strips
from gui.theme import icons
from gui.theme.tokens import Tokens

WORDS = {"Activations": "activations", "Gradients": "gradients", "Updates": "updates"}
AXES = {"activations": "output", "gradients": "size of gradient", "updates": "change in a step / weights"}
NODE = Qt.ItemDataRole.UserRole
ROW, MOST_ROWS = 24, 3
# Pixels that a title needs below its strip.
LEGIBLE = 34.0


class ActivityPanel(LivePanel):
    """A histogram for every layer, from the input to the output; below it what is not well, to be clicked."""

    main = "activity"
    empty = "Build a network to see what its layers give while it learns."

    def build(self) -> None:
        self.setAccessibleName("Activations and gradients")
        self.what = "activations"
        self.look = Selector("What of each layer", "Which numbers of each layer to look at")
        self.look.put(tuple(WORDS), "Activations")
        self.look.chosen.connect(self._chosen)
        self.strip.put(self.look)
        self.caption = Caption(self.tokens)
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.setLabel("left", AXES[self.what])
        self.strips = Strips()
        self.plot.addItem(self.strips)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
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

    def wanted(self) -> tuple[Request, ...]:
        return Request.of("activity", what=self.what), Request.of("health")

    def restyle(self, tokens: Tokens) -> None:
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        self.strips.restyle(tokens)

    @Slot()
    def arrange(self) -> None:
        self.board.fit(self.plot)
        if self.answer is not None:
            self._name([spread.node for spread in self.answer.spreads])

    def draw(self) -> None:
        found: Activity = self.answer
        ill = {problem.node for problem in self._health()}
        nodes = [spread.node for spread in found.spreads]
        marks = [_mark(spread, found.log) for spread in found.spreads]
        amber = frozenset(i for i, node in enumerate(nodes) if node in ill)
        chosen = next((i for i, node in enumerate(nodes) if self.context.selection == {node}), None)
        self.left.set_log(found.log)
        self.strips.draw(found.edges, [spread.counts for spread in found.spreads], marks, amber, chosen)
        low, high = float(found.edges[0]), float(found.edges[-1])
        look_at(self.plot, QRectF(0.0, low, float(len(nodes)), high - low))
        self._list()
        self.arrange()

    def _name(self, nodes: list[str]) -> None:
        """Titles below the strips, or numbers where there is no room for titles."""
        narrow = self.board.inside < LEGIBLE * len(nodes)
        names = [str(i + 1) if narrow else self._title(node) for i, node in enumerate(nodes)]
        self.bottom.set_cells([(i + 0.5, name) for i, name in enumerate(names)], widest=88.0)

    def point(self, place: QPointF | None) -> None:
        found: Activity = self.answer
        there = place_in(self.plot, place)
        number = None if there is None else self.strips.at(there)
        if number is None:
            number = self.strips.chosen
        if number is None or number >= len(found.spreads):
            self.caption.say(f"{len(found.spreads)} layers, {found.samples:,} samples")
            return
        spread = found.spreads[number]
        self.caption.say(f"{number + 1} {self._title(spread.node)}", (
            Reading(_written(spread.mean), "mean"), Reading(_written(spread.deviation), "spread"),
            Reading(numbers.share(spread.zeros), "zeros", spare=True)))

    def exports(self) -> Exportable | None:
        return None if self.answer is None else Exportable(self.what, self.board.layout_item, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found: Activity = self.answer
        bins = [f"from {10**edge if found.log else edge:.6g}" for edge in found.edges[:-1]]
        rows: list[list[float | str]] = [[s.node, s.mean, s.deviation, s.zeros, s.size, *map(int, s.counts)]
                                         for s in found.spreads]
        return ["layer", "mean", "standard deviation", "share of zeros", "numbers", *bins], rows

    def _health(self) -> tuple[Problem, ...]:
        answer = self.answers.get("health")
        return answer.findings if isinstance(answer, Health) else ()

    def _title(self, node: str) -> str:
        document = self.context.document
        return title_of(document, node) if node in document.nodes else node

    def _list(self) -> None:
        found = self._health()
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

    @Slot(str)
    def _chosen(self, word: str) -> None:
        self.what = WORDS[word]
        self.plot.setLabel("left", AXES[self.what])
        self.restyle(self.tokens)

    @Slot(object)
    def _selected(self, nodes: frozenset[str]) -> None:
        if self.isVisible() and self.answer is not None:
            self._show()

    @Slot(object)
    def _go(self, item: QListWidgetItem) -> None:
        self.context.select([item.data(NODE)])

    @Slot(object)
    def _clicked(self, event: object) -> None:
        """A click on a strip selects its node."""
        if self.answer is not None:
            there = place_in(self.plot, event.scenePos())  # type: ignore[attr-defined]
            number = None if there is None else self.strips.at(there)
            if number is not None:
                self.context.select([self.answer.spreads[number].node])


def _mark(spread: Spread, log: bool) -> float:
    """The mean, where the axis is linear."""
    return math.nan if log else spread.mean


def _written(value: float) -> str:
    return numbers.fixed(value, 3) if value == 0.0 or abs(value) >= 0.01 or not np.isfinite(value) \
        else f"{value:.1e}".replace("-", numbers.MINUS)


PANEL = PanelInfo(id="activity", title="Activations", area="bottom", icon="activity", create=ActivityPanel,
                  shortcut="Ctrl+6", order=60, width=220, every=2, visible=False, behind="weights",
                  tip="What every layer gives, its gradients and the change of its weights, and what is not well")
