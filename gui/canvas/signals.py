"""Wires that pulse with the size of the signal, forward or backward, while training runs."""
from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Slot
from PySide6.QtGui import QPainterPath

from core.graph.document import Diff, Document, Edge
from core.train.events import Event, Snapshot
from core.train.probes.signals import Signals as Answer
from core.train.request import Request
from gui import motion
from gui.canvas.companion import Companion
from gui.canvas.edge_item import EdgeItem
from gui.canvas.signals_item import SignalsItem, Track, level, points_on
from gui.plots.numbers import measured
from gui.trainer import Trainer

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.settings import Signals as Direction

# Canvas units a second; seconds between two answers of the run; canvases of more wires would be a flicker.
SPEED = 50.0
EVERY = 0.25
MOST = 200
WAITS = "Signals move along the wires while training runs: press Train to see them."
# Of the lines between neurons the strongest carry dots.
LINES = 4


class SignalFeed(QObject):
    """Keeps the last answer of the run; `wanted` is the direction that answers must have."""

    def __init__(self, trainer: Trainer, parent: QObject):
        super().__init__(parent)
        self.answer: Answer | None = None
        self.wanted = ""
        self._answered = 0.0
        trainer.told.connect(self._take)

    @property
    def due(self) -> bool:
        """True if the last answer is old enough."""
        return time.perf_counter() >= self._answered + EVERY

    def forget(self, wanted: str) -> None:
        """Wait for answers in this direction."""
        self.wanted, self.answer, self._answered = wanted, None, 0.0

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Snapshot):
            for found in event.answers.values():
                if isinstance(found, Answer) and found.direction == self.wanted:
                    self.answer, self._answered = found, time.perf_counter()


class Signals(Companion):
    """Asks for the signals, and moves the dots in every frame. Turned off, or while nothing runs, it does nothing."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.item: SignalsItem | None = None
        self.feed = SignalFeed(scene.context.trainer, scene)
        self.feed.wanted = self.direction
        self._ways: dict[tuple[Edge, int], tuple[object, tuple[QPointF, ...]]] = {}

    @property
    def direction(self) -> Direction:
        """What the user wants to see: "off", "forward" or "backward"."""
        return self.scene.context.settings.signals

    def choose(self, direction: Direction) -> None:
        """Show the signals in this direction, now and after the next start."""
        settings = self.scene.context.settings
        settings.signals = direction
        settings.save()
        self.feed.forget(direction)
        self._ways.clear()
        self.tick()
        if direction != "off" and not self._moving:
            self.scene.context.notify.info(WAITS)

    def requests(self, view: QRectF, zoom: float) -> tuple[Request, ...]:
        if not (self._moving and self.feed.due):
            return ()
        return (Request.of("signals", direction=self.direction),)

    def tick(self) -> None:
        """Move on by the time that has passed."""
        answer = self.feed.answer
        if not self._moving or answer is None:
            self._leave()
            return
        if self.item is None:
            self.item = SignalsItem(self.scene.ink)
            self.scene.addItem(self.item)
        travelled = 0.0 if motion.reduced() else time.perf_counter() * SPEED
        self.item.show_tracks(self._tracks(answer), travelled, still=motion.reduced())

    def follow(self, diff: Diff, document: Document) -> None:
        self._ways = {key: way for key, way in self._ways.items() if key[0] in self.scene.wires}

    def restyle(self) -> None:
        if self.item is not None:
            self.item.update()

    @property
    def _moving(self) -> bool:
        return self.direction != "off" and self.scene.context.trainer.running

    def _leave(self) -> None:
        if self.item is not None:
            self.scene.removeItem(self.item)
            self.item = None

    def _tracks(self, answer: Answer) -> tuple[Track, ...]:
        largest, tracks = answer.largest, []
        word = "gradient" if answer.direction == "backward" else "rms"
        for edge, wire in tuple(self.scene.wires.items())[:MOST]:
            size = answer.sizes.get(edge.source)
            strength = 0.0 if size is None else level(size, largest)
            if size is None or not strength:
                continue
            legend = f"{word} {measured(size)}" if wire.hovered else ""
            tracks += [Track(way, strength, legend) for way in self._along(edge, wire)]
        return tuple(tracks)

    def _along(self, edge: Edge, wire: EdgeItem) -> Iterator[tuple[QPointF, ...]]:
        """The ways of the dots of a wire: along it, or along the strongest lines between neurons in its place."""
        bundle = self.scene.neurons.bundles.get(edge)
        if wire.shown:
            yield self._way(edge, -1, (QPointF(wire.start), QPointF(wire.end), wire.via), wire.curve)
        elif bundle is not None and bundle.isVisible():
            for line, path in bundle.strongest(LINES).items():
                yield self._way(edge, line, bundle.rails, path)

    def _way(self, edge: Edge, line: int, run: object, path: QPainterPath) -> tuple[QPointF, ...]:
        known = self._ways.get((edge, line))
        if known is None or known[0] != run:
            known = self._ways[edge, line] = run, points_on(path, back=self.direction == "backward")
        return known[1]
