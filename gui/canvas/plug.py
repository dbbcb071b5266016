"""Wiring by keyboard: a list of all nodes that a wire could go to, or come from."""
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from core.graph.document import Edge
from core.graph.naming import title_of
from core.graph.offers import wires_from, wires_to
from core.layers import LAYERS, show
from gui.canvas import changes
from gui.canvas.ink import FALLBACK_ICON
from gui.choices import Choice
from gui.picker import Picker
from gui.theme import icons

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

BESIDE = 12


def can_connect(canvas: CanvasView, *, forward: bool) -> bool:
    """True if one node is selected that has an output, or inputs."""
    chosen = canvas.context.selection
    if len(chosen) != 1 or (name := next(iter(chosen))) not in canvas.canvas_scene.nodes:
        return False
    item = canvas.node_item(name)
    return item.output is not None if forward else bool(item.inputs)


def connect(canvas: CanvasView, *, forward: bool) -> None:
    """Ask where the output of the selected node goes, or what one of its inputs gets; draw that wire."""
    if not can_connect(canvas, forward=forward):
        return
    name = next(iter(canvas.context.selection))
    title = title_of(canvas.context.document, name)
    card = canvas.node_item(name).card()
    corner = canvas.mapFromScene(card.topRight() if forward else card.bottomLeft())
    at = canvas.viewport().mapTo(canvas.window(), corner) + (QPoint(BESIDE, 0) if forward else QPoint(0, BESIDE))
    Picker(canvas.window(), choices(canvas, name, forward=forward), at=at,
           prompt=f"Connect {title} to" if forward else f"Connect {title} from",
           none="There is no node that a wire could go to." if forward else
                "There is no node that a wire could come from.")


def choices(canvas: CanvasView, name: str, *, forward: bool) -> list[Choice]:
    """A line for every wire that could be drawn: free inputs first, then by how near the node is."""
    document = canvas.context.document
    wires = wires_from(document, name) if forward else wires_to(document, name)
    own = canvas.node_item(name).card().center()

    taken = {(edge.target, edge.port) for edge in document.edges}

    def rank(edge: Edge) -> tuple[bool, float]:
        way = canvas.node_item(edge.target if forward else edge.source).card().center() - own
        return (edge.target, edge.port) in taken, way.x() ** 2 + way.y() ** 2

    return [_line(canvas, edge, (edge.target, edge.port) in taken, forward=forward)
            for edge in sorted(wires, key=rank)]


def _line(canvas: CanvasView, edge: Edge, taken: bool, *, forward: bool) -> Choice:
    document, shapes = canvas.context.document, canvas.context.report.shapes
    other = edge.target if forward else edge.source
    node = document.nodes[other]
    many = len(canvas.node_item(edge.target).inputs) > 1
    info = LAYERS[node.kind].info if node.kind in LAYERS else None
    title = title_of(document, other)
    parts = (other if other.casefold() != title.casefold() else "", f"input {edge.port}" if many else "",
             show(shapes[other]) if other in shapes else "")
    icon = f"layers/{info.icon}" if info else ""
    return Choice(key=f"{other}/{edge.port}", text=title, path="  ".join(part for part in parts if part),
                  tip="Takes the place of the wire that ends there now" if taken else "",
                  icon=icon if icon in icons.names() else FALLBACK_ICON,
                  tint=canvas.context.theme.tokens.category_colour(info.category if info else ""),
                  run=partial(_draw, canvas, edge))


def _draw(canvas: CanvasView, edge: Edge) -> None:
    canvas.do(changes.connect(canvas.context.document, edge))
