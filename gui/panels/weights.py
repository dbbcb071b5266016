"""The weights of one node: as a matrix, as pictures, and how they spread over time."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt, Slot

from core.graph.document import Diff, Document
from core.train.probes.kernels import NoPictures
from core.train.request import Request
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots.caption import Caption
from gui.plots.colour_bar import ColourBar
from gui.theme.tokens import Tokens
from gui.weights.choices import Choices
from gui.weights.history import HistoryView
from gui.weights.kernels import KernelsView
from gui.weights.matrix import MatrixView
from gui.weights.view import View

VIEWS: dict[str, type[View]] = {"Matrix": MatrixView, "Kernels": KernelsView, "Fields": KernelsView,
                                "Over time": HistoryView}
FILES = {"weights": "weights", "kernels": "kernels", "weight_history": "weights-over-time"}


class WeightsPanel(LivePanel):
    """Follows the selection, or shows always the node that was chosen."""

    main = "weights"
    empty = "Add a Dense layer to see its weights."

    def build(self) -> None:
        self.setAccessibleName("Weights")
        self.caption = Caption(self.tokens)
        self.bar = ColourBar(self.tokens)
        self._views: dict[type[View], View] = {}
        self._asked = 0
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.bar, 1, 2)
        self.choices = Choices(self.strip, self._chose)
        self.view: View = self._made(MatrixView)
        layout.addItem(self.view.plot, 1, 1)
        self.board.view.scene().sigMouseClicked.connect(self._clicked)
        self.context.neuron_changed.connect(self._frame)

    def _made(self, kind: type[View]) -> View:
        if kind not in self._views:
            made = self._views[kind] = kind(self.board, self.caption, self.bar, self._name)
            made.restyle(self.tokens)
        return self._views[kind]

    def _name(self, node: str) -> str:
        """What people call a node."""
        found = self.context.document.nodes.get(node)
        return found.title if found is not None and found.title else node

    def wanted(self) -> tuple[Request, ...]:
        choices, chosen = self.choices, self.context.selection
        node = next(iter(chosen)) if len(chosen) == 1 else ""
        if choices.pinned in self.context.document.nodes:
            node = choices.pinned
        if self.main == "weight_history":
            return (Request.of(self.main, node=node, name=choices.array, asked=self._asked),)
        more: dict[str, Any] = {} if choices.quantity == "now" else {"quantity": choices.quantity}
        if self.main == "kernels":
            more["channel"] = choices.channel
        return (Request.of(self.main, node=node, **more),)

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
            if kind is HistoryView:
                self.bar.setVisible(False)
                self.bar.take_room()
            self.answers = {}
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
        self.view.arrange()
        self.choices.tidy(self.width())

    def draw(self) -> None:
        found = self.answer
        self.choices.offer_nodes(found.nodes, [self._name(node) for node in found.nodes])
        self.choices.offer_views(found.pictured)
        if VIEWS[self.choices.view].probe != self.main:
            # A node with pictures, after one that has none.
            self._chose()
            return
        self.choices.offer_parts(*self.view.choices(found))
        self.view.draw(found)
        self._frame()
        self.choices.tidy(self.width())
        # While moments are still to be counted, another question is asked.
        self._asked += self.view.unfinished(found)

    def _show(self) -> None:
        if isinstance(self.answers.get(self.main), NoPictures):
            self.choices.offer_views("")
            self._chose()
            return
        super()._show()

    def point(self, place: QPointF | None) -> None:
        if self.answer is not None:
            self.view.point(self.answer, place)

    @Slot()
    def _frame(self) -> None:
        """Bring out the neuron that is inspected, if it is one of this node or of the activation behind it."""
        found, neuron = self.answer, self.context.neuron
        if found is None:
            return
        sources = self.context.document.sources(neuron.node).values() if neuron is not None else ()
        here = neuron is not None and (neuron.node == found.node or set(sources) == {found.node})
        self.view.frame(found, neuron.number if neuron is not None and here else None)

    @Slot(object)
    def _clicked(self, event: Any) -> None:
        """A click inspects a neuron, a double click shows all again."""
        if event.button() != Qt.MouseButton.LeftButton or self.answer is None or self.board.empty:
            return
        if event.double():
            if self.view.zoom is not None:
                self.view.zoom.reset()
            return
        neuron = self.view.neuron(self.answer, event.scenePos())
        if neuron is not None:
            self.context.inspect(neuron)

    def on_document(self, diff: Diff, document: Document) -> None:
        super().on_document(diff, document)
        if self.choices.pinned not in document.nodes:
            self.choices.pinned = ""

    def exports(self) -> Exportable | None:
        found = self.answer
        if found is None:
            return None
        return Exportable(f"{FILES[self.main]}-{found.node}", self.board.layout_item, lambda: self.view.table(found))


PANEL = PanelInfo(id="weights", title="Weights", area="bottom", icon="weights", create=WeightsPanel,
                  shortcut="Ctrl+3", order=30, width=178, every=2,
                  heading="Network", tip="The weights of the selected node, negative orange, positive blue")
