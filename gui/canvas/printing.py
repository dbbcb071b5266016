"""The drawing of a scene for paper: the network alone, in light colours, whatever the window shows at the moment."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem
from gui.canvas.scene import CanvasScene
from gui.theme.tokens import LIGHT

# From this height on items are of the moment: guides, tags, a wire being drawn.
PASSING = 3.0
PAPER = replace(LIGHT, canvas="#ffffff")


@contextmanager
def on_paper(scene: CanvasScene) -> Iterator[None]:
    """Inside, the items of the scene paint for paper. Nothing of that reaches the screen."""
    before = scene.ink.tokens
    scene.ink.plain = True
    scene.thumbnails.fold(True)
    scene.dress(PAPER)
    try:
        yield
    finally:
        scene.ink.plain = False
        scene.dress(before)
        scene.thumbnails.fold(False)


def drawn(scene: CanvasScene, names: frozenset[str] | None = None) -> list[QGraphicsItem]:
    """The items of a drawing, from back to front, in an order that depends on the document alone. With `names`: these
    nodes, the wires between them and what lies around them."""
    nodes = [item for name, item in scene.nodes.items() if item.isVisible() and (names is None or name in names)]
    kept = scene.nodes.keys() if names is None else names
    wires = [item for edge, item in scene.wires.items()
             if item.isVisible() and edge.source in kept and edge.target in kept]
    area = QRectF()
    for item in (*nodes, *wires):
        area = area.united(_shown(item))
    others = [item for item in scene.items()
              if item.parentItem() is None and item.isVisible() and item.zValue() < PASSING
              and not isinstance(item, NodeItem | EdgeItem)
              and (names is None or area.intersects(item.sceneBoundingRect()))]
    return sorted([*nodes, *wires, *others], key=_place)


def extent(scene: CanvasScene, names: frozenset[str] | None = None) -> QRectF:
    """The smallest rectangle around what `drawn` gives."""
    rect = QRectF()
    for item in drawn(scene, names):
        rect = rect.united(_shown(item))
    for companion in scene.companions.values() if names is None else ():
        rect = rect.united(companion.extent())
    return rect


def paint(painter: QPainter, items: Iterable[QGraphicsItem]) -> None:
    """Paint items with their children; the painter maps the scene to the paper."""
    base, option = painter.worldTransform(), QStyleOptionGraphicsItem()
    for item in items:
        for part in _parts(item):
            painter.save()
            painter.setWorldTransform(part.sceneTransform() * base)
            painter.setOpacity(part.effectiveOpacity())
            option.exposedRect = part.boundingRect()
            part.paint(painter, option, None)
            painter.restore()


def _parts(item: QGraphicsItem) -> Iterator[QGraphicsItem]:
    """An item and its children, from back to front."""
    behind = QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent
    children = sorted((c for c in item.childItems() if c.isVisible()), key=_height)
    for child in children:
        if child.flags() & behind:
            yield from _parts(child)
    yield item
    for child in children:
        if not child.flags() & behind:
            yield from _parts(child)


def _shown(item: QGraphicsItem) -> QRectF:
    """What an item covers without the room that it keeps around it; nothing for an item of a companion."""
    if isinstance(item, NodeItem):
        return item.card()
    return item.extent() if isinstance(item, EdgeItem) else QRectF()


def _height(item: QGraphicsItem) -> float:
    return item.zValue()


def _place(item: QGraphicsItem) -> tuple[float, str, tuple[str, ...], float, float]:
    # What is selected or hovered lies above the others on the screen only.
    if isinstance(item, NodeItem):
        return 1.0, "node", (item.name,), 0.0, 0.0
    if isinstance(item, EdgeItem) and item.edge is not None:
        return 0.0, "wire", (item.edge.source, item.edge.target, item.edge.port), 0.0, 0.0
    box = item.sceneBoundingRect()
    return item.zValue(), type(item).__name__, (), box.x(), box.y()
