"""Putting cards in order: aligning, distributing, arranging."""
from __future__ import annotations

from collections.abc import Mapping

from core.graph import rewire
from core.graph.document import Point
from core.graph.layout import Edge, Rect, align, distribute
from gui.canvas import changes
from gui.canvas.view import CanvasView


def chosen(canvas: CanvasView) -> dict[str, Rect]:
    """The selected cards that can be seen."""
    items = canvas.canvas_scene.nodes
    return {name: Rect(*items[name].card().getRect()) for name in sorted(canvas.context.selection)
            if items[name].isVisible()}


def align_chosen(canvas: CanvasView, edge: Edge) -> None:
    """Put the selected cards on one line."""
    _put(canvas, "Align", align(chosen(canvas), edge))


def distribute_chosen(canvas: CanvasView, *, down: bool) -> None:
    """Leave the same room between the selected cards."""
    _put(canvas, "Distribute", distribute(chosen(canvas), down=down))


def _put(canvas: CanvasView, verb: str, places: Mapping[str, Point]) -> None:
    canvas.do(changes.Change(f"{verb} {len(places)} nodes", lambda now: rewire.move(now, places)))
