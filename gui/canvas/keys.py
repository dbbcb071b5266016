"""What keys do while the canvas has the focus."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from core.graph.order import order
from gui.canvas import annotating, geometry

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

Key = Qt.Key
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
PAN_STEP = 48
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(canvas: CanvasView, key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Do what a key stands for. False if it stands for nothing here."""
    held = modifiers & ~Qt.KeyboardModifier.KeypadModifier
    if key in ARROWS and held in (NONE, SHIFT):
        _arrow(canvas, ARROWS[Key(key)], 1 if held == SHIFT else geometry.GRID)
        return True
    action = _ACTIONS.get((held, key))
    if action is not None:
        action(canvas)
    return action is not None


def step(canvas: CanvasView, forward: bool) -> bool:
    """Select the next node in the order of the graph, or all of a collapsed group. False at its end, where the focus
    leaves the canvas."""
    document = canvas.context.document
    names = order(document)
    names += sorted(document.nodes.keys() - set(names))
    together = canvas.canvas_scene.groups.together
    stops = list(dict.fromkeys(stop for name in names if (stop := together(name))))
    chosen = [i for i, stop in enumerate(stops) if not stop.isdisjoint(canvas.context.selection)]
    if not stops:
        return False
    if not chosen:
        at = 0 if forward else len(stops) - 1
    else:
        at = chosen[-1] + 1 if forward else chosen[0] - 1
    if not 0 <= at < len(stops):
        return False
    canvas.choose(stops[at])
    canvas.reveal(next(iter(stops[at])))
    return True


def _arrow(canvas: CanvasView, way: tuple[int, int], distance: int) -> None:
    chosen, notes = sorted(canvas.context.selection), canvas.canvas_scene.notes
    if not chosen and not notes.picked:
        canvas.pan_by(QPoint(-way[0] * PAN_STEP, -way[1] * PAN_STEP))
        return
    document = canvas.context.document
    places = {name: document.nodes[name].position for name in chosen}
    where = {name: (x + way[0] * distance, y + way[1] * distance) for name, (x, y) in places.items()}
    papers = notes.shifted(way[0] * distance, way[1] * distance)
    canvas.do(annotating.move(document, where, papers), merge="nudge " + " ".join([*chosen, "|", *sorted(papers)]))


def _write(canvas: CanvasView) -> None:
    canvas.canvas_scene.notes.edit_picked(canvas)


_ACTIONS: dict[tuple[Qt.KeyboardModifier, int], Callable[[CanvasView], object]] = {
    (NONE, Key.Key_Return): _write,
    (NONE, Key.Key_Enter): _write,
    (NONE, Key.Key_Escape): lambda canvas: canvas.escape(),
}
