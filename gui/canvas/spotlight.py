"""A step in slow motion on the canvas: where it is, and the numbers of the nodes that it has passed."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.graph.document import Diff, Document
from gui.canvas import geometry
from gui.canvas.companion import Companion
from gui.canvas.ink import Ink
from gui.canvas.zoom import ZoomView
from gui.slow.words import brief

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

AWAY, RADIUS, PAD = 4.0, 8.0, 6.0
# How wide the numbers of a node may be beside those of the next one, and how many times as large as at 100 %.
WIDEST, LARGEST = geometry.WIDTH + geometry.GAP - 8.0, 2.2
ABOVE = 8.0
# What the numbers above a card need besides the margin that "fit" leaves.
HEADROOM = 16.0
# Beside a node that is brought into view.
ROOM = 24


class Chip(QGraphicsItem):
    """A ring around a node that is computed just now, and a line of numbers above it. Painting only."""

    def __init__(self, ink: Ink):
        super().__init__()
        self._ink = ink
        self._card, self._text, self._back, self._lit = QRectF(), "", False, False
        self.setZValue(6)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def put(self, card: QRectF, text: str, *, back: bool, lit: bool) -> None:
        """Say `text` above `card`; `back` is the colour of gradients; `lit` draws the ring."""
        self.prepareGeometryChange()
        self._card, self._text, self._back, self._lit = card, text, back, lit
        self.update()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @property
    def lit(self) -> bool:
        """True for the node where the step is."""
        return self._lit

    def box(self, zoom: float = 1.0) -> QRectF:
        """Where the numbers stand. From far away they are larger than the card, as far as there is room."""
        size, scale = self._size(), self._scale(zoom)
        return QRectF(self._card.center().x() - scale * size.width() / 2,
                      self._card.top() - ABOVE - scale * size.height(), scale * size.width(), scale * size.height())

    def area(self, zoom: float) -> QRectF:
        """The card with its ring and its numbers."""
        return self._card.united(self.box(zoom)).adjusted(-8, -8, 8, 8)

    def boundingRect(self) -> QRectF:
        return self.area(1 / LARGEST)

    def _size(self) -> QSizeF:
        metrics = self._ink.small_metrics
        return QSizeF(metrics.horizontalAdvance(self._text) + 2 * PAD, metrics.height() + 4)

    def _scale(self, zoom: float) -> float:
        return 1.0 if self._ink.plain else max(1.0, min(1 / zoom, LARGEST, WIDEST / self._size().width()))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        ink = self._ink
        colour = "warning" if self._back else "accent"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._lit:
            painter.setPen(ink.pen(colour, 3.0))
            painter.drawRoundedRect(self._card.adjusted(-AWAY, -AWAY, AWAY, AWAY), RADIUS + AWAY, RADIUS + AWAY)
        if not self._text:
            return
        zoom = painter.worldTransform().m11()
        box, scale = QRectF(QPointF(), self._size()), self._scale(zoom)
        painter.translate(self.box(zoom).topLeft())
        painter.scale(scale, scale)
        painter.setPen(ink.pen(colour if self._lit else "border_strong", 1.0))
        painter.setBrush(ink.colour("raised"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("text"))
        baseline = QPointF(box.left() + PAD, box.center().y() + ink.small_metrics.capHeight() / 2)
        painter.drawText(baseline, self._text)


class _Ear(QObject):
    """Hears of the step: a companion is no QObject."""

    def __init__(self, spotlight: Spotlight, parent: QObject):
        super().__init__(parent)
        self._spotlight = spotlight

    @Slot()
    def hear(self) -> None:
        """The step is at another place."""
        self._spotlight.show()
        self._spotlight.reveal()


class Spotlight(Companion):
    """One chip for every node that the step has passed: on the way forward what came out, on the way back the gradient
    by it."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.chips: dict[str, Chip] = {}
        self._ear = _Ear(self, scene)
        scene.context.slow.changed.connect(self._ear.hear)

    def follow(self, diff: Diff, document: Document) -> None:
        self.show()

    def placed(self, names: frozenset[str]) -> None:
        if self.chips:
            self.show()

    def restyle(self) -> None:
        for chip in self.chips.values():
            chip.update()

    def area(self) -> QRectF:
        """What is to be in view during a step: every node with room for its numbers."""
        area = QRectF()
        for name in self.scene.nodes if self.chips else ():
            area = area.united(self.scene.groups.rect_of(name).adjusted(0, -HEADROOM, 0, 0))
        return area

    def show(self) -> None:
        """Stand as the step does. When it begins, there has to be room for the numbers of every node: the paper is not
        to move from place to place."""
        began = not self.chips
        self._put()
        for view in self.scene.views() if began and self.chips else ():
            if isinstance(view, ZoomView):
                view.refit()

    def _put(self) -> None:
        wanted = self._wanted()
        for name in [name for name in self.chips if name not in wanted]:
            self.scene.removeItem(self.chips.pop(name))
        for name, (text, back, lit) in wanted.items():
            if name not in self.chips:
                self.chips[name] = Chip(self.scene.ink)
                self.scene.addItem(self.chips[name])
            self.chips[name].put(self.scene.groups.rect_of(name), text, back=back, lit=lit)

    def reveal(self) -> None:
        """Bring the node where the step is into view."""
        for chip in self.chips.values():
            for view in self.scene.views() if chip.lit else ():
                area = chip.area(view.transform().m11())
                if not view.mapToScene(view.viewport().rect()).boundingRect().contains(area):
                    view.ensureVisible(area, ROOM, ROOM)

    def _wanted(self) -> dict[str, tuple[str, bool, bool]]:
        motion = self.scene.context.slow
        if motion.told is None:
            return {}
        found: dict[str, tuple[str, bool, bool]] = {}
        told, sample = motion.told, motion.sample
        for number, place in enumerate(told.places[: motion.number + 1]):
            lit, node, turn = number == motion.number, place.node, told.turn(place)
            if node not in self.scene.nodes or place.turn < told.places[motion.number].turn:
                continue
            if place.way == "forward":
                found[node] = brief(turn.values[node][sample]), False, lit
            elif place.way == "backward":
                found[node] = f"∂ {brief(turn.slopes[node][sample])}", True, lit
            elif lit:
                found[node] = found.get(node, ("", False, False))[0], place.way != "loss", lit
        return found
