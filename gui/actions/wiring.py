"""Actions on wires, and the search for a layer to add."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from core.graph.document import Edge
from gui.actions._base import ActionInfo
from gui.canvas import wiring

if TYPE_CHECKING:
    from gui.main_window import MainWindow

NEAR = 24.0


def _one_wire(window: MainWindow) -> bool:
    return len(window.canvas.canvas_scene.selected_wires) == 1


def _wire(window: MainWindow) -> tuple[Edge, QPointF]:
    """The selected wire, and where on it something is put: where it was clicked, or its middle."""
    (edge,), canvas = window.canvas.canvas_scene.selected_wires, window.canvas
    item, spot = canvas.canvas_scene.wires[edge], canvas.spot()
    return edge, spot if item.distance(spot) <= NEAR else (item.start + item.end) / 2


def _insert(window: MainWindow) -> None:
    window.canvas.quick_add.on_wire(*_wire(window))


def _add_point(window: MainWindow) -> None:
    wiring.add_point(window.canvas, *_wire(window))


ActionInfo(id="network.add_layer", text="Add Layer…", tip="Search for a layer, and add it here; Tab on the canvas does "
           "the same", menu="Network", group=2, order=0, icon="plus", context=("canvas",),
           run=lambda w: w.canvas.quick_add.at(w.canvas.spot()))
ActionInfo(id="network.insert_layer", text="Insert Layer…", tip="Search for a layer, and put it into the selected wire",
           menu="Network", group=2, order=3, context=("wire",), enabled=_one_wire, run=_insert)
ActionInfo(id="network.add_point", text="Add Point", tip="Lead the selected wire through one more point",
           menu="Network", group=2, order=4, context=("wire",), enabled=_one_wire, run=_add_point)

ActionInfo(id="edit.delete_joining", text="Delete and Join Wires",
           tip="Remove the selected nodes, and join what fed them to what they fed", menu="Edit", group=3, order=2,
           icon="delete-join", shortcuts=("Ctrl+Del",), context=("node",), enabled=lambda w: bool(w.context.selection),
           run=lambda w: wiring.delete_joining(w.canvas))
