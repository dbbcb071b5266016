"""The weights of one node: as a matrix, as pictures, and how they spread over time."""
from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QPointF, Slot

from core.train.probes.kernels import NoPictures
from core.train.request import Request
from gui.panels._base import PanelInfo
from gui.panels._views import ViewsPanel
from gui.plots.colour_bar import ColourBar
from gui.weights.choices import Choices
from gui.weights.history import HistoryView
from gui.weights.kernels import KernelsView
from gui.weights.matrix import MatrixView
from gui.weights.view import View

FILES = {"weights": "weights", "kernels": "kernels", "weight_history": "weights-over-time"}


class WeightsPanel(ViewsPanel):
    """Follows the selection, or shows always the node that was chosen."""

    views: ClassVar[dict[str, type[View]]] = {"Matrix": MatrixView, "Kernels": KernelsView, "Fields": KernelsView,
                                              "Over time": HistoryView}
    view: View
    choices: Choices
    empty = "Add a Dense layer to see its weights."

    def build(self) -> None:
        self.setAccessibleName("Weights")
        self.assemble(ColourBar(self.tokens), Choices(self.strip, self.chose))
        self.context.neuron_changed.connect(self._frame)

    def called(self, node: str) -> str:
        found = self.context.document.nodes.get(node)
        return found.title if found is not None and found.title else node

    def wanted(self) -> tuple[Request, ...]:
        choices, node = self.choices, self.meant
        if self.main == "weight_history":
            return (Request.of(self.main, node=node, name=choices.array, asked=self.asked),)
        more: dict[str, Any] = {} if choices.quantity == "now" else {"quantity": choices.quantity}
        if self.main == "kernels":
            more["channel"] = choices.channel
        return (Request.of(self.main, node=node, **more),)

    def draw(self) -> None:
        found = self.answer
        self.choices.offer_nodes(found.nodes, list(map(self.called, found.nodes)))
        self.choices.offer_views(found.pictured)
        if self.views[self.choices.view].probe != self.main:
            # A node with pictures, after one that has none.
            self.chose()
            return
        self.choices.offer_parts(*self.view.choices(found))
        self.view.draw(found)
        self._frame()
        self.choices.tidy(self.width())
        self.fill(self.view.unfinished(found))

    def _show(self) -> None:
        if isinstance(self.answers.get(self.main), NoPictures):
            self.choices.offer_views("")
            self.chose()
            return
        super()._show()

    @Slot()
    def _frame(self) -> None:
        """Bring out the neuron that is inspected, if it is one of this node or of the activation behind it."""
        found, neuron = self.answer, self.context.neuron
        if found is None:
            return
        sources = self.context.document.sources(neuron.node).values() if neuron is not None else ()
        here = neuron is not None and (neuron.node == found.node or set(sources) == {found.node})
        self.view.frame(found, neuron.number if neuron is not None and here else None)

    def clicked(self, place: QPointF) -> None:
        """A click inspects a neuron."""
        neuron = self.view.neuron(self.answer, place)
        if neuron is not None:
            self.context.inspect(neuron)

    def file_name(self) -> str:
        quantity = getattr(self.answer, "quantity", "now")
        what = "" if quantity == "now" else f"-{quantity}"
        return f"{FILES[self.main]}{what}-{self.answer.node}"


PANEL = PanelInfo(id="weights", title="Weights", area="bottom", icon="weights", create=WeightsPanel,
                  shortcut="Ctrl+3", order=30, width=178, every=2,
                  heading="Network", tip="The weights of the selected node, negative orange, positive blue")
