"""What every node computes, on its card or in its neurons, while training runs."""
from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Slot

from core.graph.document import Diff, Document
from core.train.references import NeuronRef
from core.train.request import Request
from gui.canvas import thumbnail
from gui.canvas.companion import Companion
from gui.canvas.enlarging import Enlarging, Part
from gui.canvas.node_item import NodeItem
from gui.canvas.thumbnail_feed import ThumbnailFeed
from gui.canvas.thumbnail_item import NEURONS
from gui.thumbs.face import Face

if TYPE_CHECKING:
    from gui.canvas.interactions import Pointer
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView

# How far the pointer may move between press and release of a click.
STILL = 4
PANEL = "neuron"
HINT = "Click: inspect this neuron  ·  Double-click: see it in numbers"


class Thumbnails(Companion):
    """Lets cards grow where there is room, asks the run for those in view, and gives them what it answers."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.feed = ThumbnailFeed(scene.context.trainer, scene)
        self.enlarging = Enlarging(scene, self.feed)
        self._pressed: tuple[Part, QPoint] | None = None
        self._seen: tuple[object, ...] = ()
        self._names: tuple[list[str], list[str]] = ([], [])
        self._folded = self._hinted = False
        self._dressed: set[str] = set()
        self._judged: object = None
        scene.context.report_changed.connect(self._on_report)
        scene.context.neuron_changed.connect(self._on_neuron)

    @property
    def on(self) -> bool:
        """True if the user wants to see them."""
        return self.scene.context.settings.thumbnails

    def toggle(self) -> None:
        """Show them, or not, now and after the next start."""
        settings = self.scene.context.settings
        settings.thumbnails = not settings.thumbnails
        settings.save()
        self.enlarging.leave()
        self._grow(self.scene.context.document)
        self._dress(self.scene.nodes)

    def card(self, name: str) -> QRectF:
        """The card of a node as it is where there is room for its thumbnail."""
        item = self.scene.nodes[name]
        wanted = self.on and thumbnail.wants(self.scene.context.document.nodes[name], self.scene.context.report)
        return QRectF(item.x(), item.y(), item.look.width, item.bare + (thumbnail.BELOW if wanted else 0.0))

    def fold(self, on: bool) -> None:
        """Keep cards small while the scene is drawn for paper, which shows the network alone."""
        self._folded = on
        self._grow(self.scene.context.document)
        self._dress(self.scene.nodes)

    def follow(self, diff: Diff, document: Document) -> None:
        self._pressed = None
        self.enlarging.leave()
        self._grow(document)
        self._dress({node.id: self.scene.nodes[node.id] for node in (*diff.added, *(new for _, new in diff.changed))
                     if node.id in self.scene.nodes})

    def restyle(self) -> None:
        self._dress(self.scene.nodes)
        self.enlarging.restyle()

    def requests(self, view: QRectF, zoom: float) -> tuple[Request, ...]:
        """The outputs of nodes in view that show what they compute."""
        if not self.on or zoom < thumbnail.LEAST_ZOOM:
            return ()
        seen = (NodeItem.changes, view.getRect())
        if seen != self._seen:
            self._seen, self._names = seen, self._in_view(view)
        return self.feed.requests(*self._names, self.scene.context.sample, self.enlarging.node)

    def tick(self) -> None:
        """Draw what is new, and what the pointer rests on."""
        if self.feed.fresh:
            began = time.perf_counter()
            self.feed.fresh = False
            found = self.feed.found
            names = self._dressed | (set(found.by_node) if found is not None else set())
            self._dress({name: self.scene.nodes[name] for name in names & self.scene.nodes.keys()})
            # What the answer before cost to paint stands for what this one will.
            self.feed.cost = time.perf_counter() - began + self.scene.ink.exposure.seconds
        self.enlarging.tick()

    def point(self, canvas: CanvasView, at: Pointer | None) -> None:
        """The pointer is there, with no button held, or gone."""
        part = None if at is None else self.part_at(at)
        self.enlarging.point(canvas, part, at)
        self._hint(canvas, part is not None and part.number is not None)

    def _hint(self, canvas: CanvasView, on: bool) -> None:
        if on != self._hinted:
            self._hinted = on
            canvas.hinted.emit(HINT if on else "")

    def press(self, at: Pointer) -> None:
        """The left button is pressed."""
        self.enlarging.leave()
        self._hinted = False
        part = self.part_at(at)
        self._pressed = None if part is None else (part, at.view)

    def release(self, at: Pointer) -> None:
        """The button is let go: a click on a neuron inspects it."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or (at.view - pressed[1]).manhattanLength() > STILL:
            return
        self._inspect(pressed[0])

    def open(self, at: Pointer) -> bool:
        """A double-click on a neuron shows it in numbers. False if there is none."""
        part = self.part_at(at)
        if part is None or not self._inspect(part):
            return False
        self.scene.context.panel_wanted.emit(PANEL)
        return True

    def _inspect(self, part: Part) -> bool:
        if part.number is None or part.node not in self.scene.nodes:
            return False
        self.scene.context.inspect(NeuronRef(part.node, part.number))
        return True

    def part_at(self, at: Pointer) -> Part | None:
        """The picture under the pointer, and which part of it."""
        item = at.hit
        if not self.on or not isinstance(item, NodeItem):
            return None
        if item.column is not None:
            return self._neuron_at(item, at)
        if item.thumbnail is None or not item.below or item.thumbnail.face is None:
            return None
        place = item.thumbnail.part_at(item.mapFromScene(at.scene))
        if place is None:
            return None
        found, area = item.thumbnail.face.found, item.thumbnail.area
        number = found.numbers[place] if found.look in NEURONS else None
        return Part(item.name, place, number, item.mapRectToScene(area))

    def _neuron_at(self, item: NodeItem, at: Pointer) -> Part | None:
        column = item.column
        assert column is not None
        if column.face is None:
            return None
        there = item.mapFromScene(at.scene)
        for place, number in enumerate(column.column.shown):
            box, tile = column.column.box(place, column.head), column.face.tile(number)
            if tile is not None and box.contains(there):
                return Part(item.name, tile, number, item.mapRectToScene(box))
        return None

    def _in_view(self, view: QRectF) -> tuple[list[str], list[str]]:
        seen = [item for item in self.scene.nodes.values()
                if item.isVisible() and (item.below or item.column is not None) and item.card().intersects(view)]
        return [item.name for item in seen], [item.name for item in seen if item.column is not None]

    def _grow(self, document: Document) -> None:
        """Give every card the height that it has now."""
        nodes, self._judged = self.scene.nodes, self.scene.context.report
        roomy = frozenset[str]()
        if self.on and not self._folded:
            cards = {name: QRectF(*document.nodes[name].position, item.look.width, item.bare)
                     for name, item in nodes.items() if name in document.nodes}
            roomy = thumbnail.with_room(document, self.scene.context.report, cards)
        grown = [item for name, item in nodes.items() if item.grow(thumbnail.BELOW if name in roomy else 0.0)]
        if grown:
            self.scene.hover(None)
            self.scene.place({item.name: (item.x(), item.y()) for item in grown})

    def _dress(self, items: Mapping[str, NodeItem]) -> None:
        """Give items what is known of what they compute."""
        found, tokens = self.feed.found, self.scene.ink.tokens
        neuron = self.scene.context.neuron
        shown = found.by_node if found is not None and self.on and not self._folded else {}
        truth = None if found is None else found.truth
        self._dressed = set(shown)
        for name, item in items.items():
            answer = shown.get(name)
            face = None if answer is None else Face(answer, tokens, truth)
            item.show_face(face, neuron.number if neuron is not None and neuron.node == name else None)

    @Slot(object)
    def _on_report(self, report: object) -> None:
        # After an edit the scene has followed already, with this report.
        if report is not self._judged:
            self._grow(self.scene.context.document)

    @Slot(object)
    def _on_neuron(self, neuron: NeuronRef | None) -> None:
        for name, item in self.scene.nodes.items():
            item.ring(neuron.number if neuron is not None and neuron.node == name else None)
