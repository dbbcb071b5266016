"""A card of which only the thumbnail changed is not painted whole, and nobody can see that."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QImage, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication

from core.errors import Problem
from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.io import examples
from core.train.control import Control
from core.train.events import Snapshot
from core.train.loop import train
from core.train.probes import answer
from core.train.references import NeuronRef
from core.train.session import Session
from gui.canvas import node_item
from gui.canvas.card import TEXT_ZOOM
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

# Qt shrinks an icon, or a shadow, a little differently where it paints only a part of it.
NOISE = 4
ZOOMS = (0.27, 0.35, 0.45, 0.6, 1.0, 2.0)
# Far enough that a card and the next one are apart, near enough that words are read.
NEAR = (0.6, 1.0, 2.0)
PLACES = {"input": (0, 0), "hidden_1": (224, 0), "hidden_1_tanh": (392, 0), "sum": (600, 0), "hidden_2": (600, 160),
          "hidden_2_tanh": (672, 196), "decision": (224, 184), "decision_sigmoid": (392, 184), "output": (392, 320)}


def crowded() -> Document:
    """The spiral with a sum in it, frozen weights and a layer that is bypassed; some cards stand side by side without a
    gap, and one upon another."""
    document = examples.load("spiral")
    document = edits.disconnect(document, [Edge("hidden_1_tanh", "hidden_2")])
    document = edits.add_node(document, Node("sum", "add"))
    for source, target, port in (("hidden_1", "sum", "a"), ("hidden_1_tanh", "sum", "b"), ("sum", "hidden_2", "x")):
        document = edits.connect(document, Edge(source, target, port))
    document = edits.freeze(document, "hidden_2", True)
    document = edits.bypass(document, "hidden_1_tanh", True)
    return edits.move(document, PLACES)


class Run(QObject):
    """Trains in this thread, and gives the canvas what it asks for. `painted` is what was painted since it was cleared.
    """

    def __init__(self, view: CanvasView):
        super().__init__()
        self.view, self.session, self.painted = view, Session(view.context.document), QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.painted = self.painted.united(event.region())
        return False

    def go_on(self) -> None:
        """Train an epoch, and show what the nodes compute then, and nothing else."""
        self.session.change(epochs=self.session.epoch + 1)
        list(train(self.session, Control()))
        QApplication.processEvents()
        self.painted = QRegion()
        found = {request: answer(self.session, request) for request in self.view.requests()
                 if request.probe == "thumbnails"}
        self.view.context.trainer.told.emit(Snapshot(1, self.session.epoch, self.session.step, found, 0.0))
        self.view.canvas_scene.tick()
        QApplication.processEvents()

    def picture(self) -> QImage:
        """What stands in the window."""
        return self.view.screen().grabWindow(self.view.winId()).toImage()

    def painted_whole(self) -> QImage:
        """The same after everything was painted anew."""
        self.view.viewport().update()
        QApplication.processEvents()
        return self.picture()


@pytest.fixture(params=["light", "dark"])
def run(request: pytest.FixtureRequest, context: AppContext, view: CanvasView) -> Iterator[Run]:
    before = context.theme.mode
    context.theme.set_mode(request.param)
    view.resize(1100, 700)
    context.history.restart(crowded())
    QApplication.processEvents()
    run = Run(view)
    yield run
    view.viewport().removeEventFilter(run)
    context.theme.set_mode(before)


def furthest(one: QImage, other: QImage) -> int:
    """By how much two pictures differ where they differ most, of 255."""
    first, second = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (one, other))
    return int(np.abs(first - second).max())


def look_at(view: CanvasView, zoom: float, at: QPointF) -> None:
    view.zoom_to(zoom)
    view.centerOn(at)
    QApplication.processEvents()


def spots(zoom: float) -> list[QPointF]:
    """What has to be in the middle so that all cards are seen."""
    return [QPointF(300, 120), QPointF(640, 160)] if zoom >= 1.0 else [QPointF(400, 180)]


def stand_out(run: Run) -> None:
    """Every way in which a card can stand out."""
    context, scene = run.view.context, run.view.canvas_scene
    context.select(["decision", "hidden_2_tanh"])
    context.inspect(NeuronRef("hidden_1", 2))
    scene.nodes["decision_sigmoid"].show_health((Problem("health.dead", "It is dead.", node="decision_sigmoid"),))
    Hand(run.view).hover(scene.nodes["hidden_1"].card().topLeft() + QPointF(60, 10))
    assert scene.nodes["hidden_1"].state.hovered
    assert scene.nodes["decision"].state.selected
    assert scene.nodes["hidden_2"].look.frozen
    assert scene.nodes["hidden_1_tanh"].look.bypassed
    assert any(item.state.bar for item in scene.nodes.values())
    assert all(item.below for item in scene.nodes.values())


@pytest.mark.parametrize("zoom", ZOOMS)
def test_after_thumbnails_changed_the_window_looks_as_if_all_had_been_painted_anew(run: Run, zoom: float) -> None:
    for at in spots(zoom):
        look_at(run.view, zoom, at)
        stand_out(run)
        run.go_on()
        run.painted_whole()
        for shift in (0, 1, 2):
            run.view.pan_by(QPointF(shift, 3 * shift).toPoint())
            before = run.painted_whole()
            run.go_on()
            after = run.picture()
            assert after != before
            assert run.painted.boundingRect() != QRegion().boundingRect()
            assert furthest(after, run.painted_whole()) <= (0 if zoom >= TEXT_ZOOM else NOISE)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_whatever_pixel_of_a_card_is_painted_anew_it_looks_the_same(run: Run, zoom: float) -> None:
    view = run.view
    look_at(view, zoom, QPointF(320, 120))
    stand_out(run)
    run.go_on()
    whole = run.painted_whole()
    for name in ("hidden_1", "hidden_1_tanh"):
        card = view.mapFromScene(view.node_item(name).card()).boundingRect()
        corner = round(8 * zoom)
        for y in (*range(card.top() + 2, card.bottom(), 9), *range(card.bottom() - corner, card.bottom() + 1)):
            for x in (*range(card.left(), card.left() + corner), *range(card.right() - corner, card.right() + 1)):
                view.viewport().repaint(x, y, 1, 1)
    assert furthest(run.picture(), whole) <= NOISE


@pytest.mark.parametrize("zoom", NEAR)
def test_a_card_of_which_only_the_thumbnail_changed_is_not_painted_whole(
        run: Run, zoom: float, monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(run.view, zoom, QPointF(300, 120))
    run.go_on()
    painted: list[str] = []
    paint = node_item.paint_card

    def noted(painter: object, look: object, *others: object) -> None:
        painted.append(next(name for name, item in run.view.canvas_scene.nodes.items() if item.look is look))
        paint(painter, look, *others)

    monkeypatch.setattr(node_item, "paint_card", noted)
    run.go_on()
    # The thumbnail of a card that touches another one comes close enough to that when it is far away.
    close = set() if zoom >= 1.0 else {"hidden_1", "hidden_1_tanh", "decision", "decision_sigmoid"}
    alone = {item.name for item in run.view.visible_nodes()} - {"hidden_2", "hidden_2_tanh"} - close
    assert len(alone) >= 3
    assert not run.painted.isEmpty()
    assert not alone & set(painted)
    run.painted_whole()
    assert alone <= set(painted)
