"""What is said of a wire under the pointer while signals are shown can be read at every zoom."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication

from gui.canvas.signals_item import LARGEST, SignalsItem, Track, legend_scale, points_on, tag
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import network


def wire(legend: str) -> Track:
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(200, 0)
    return Track(points_on(path, back=False), 0.8, legend)


@pytest.fixture
def item(context: AppContext, view: CanvasView) -> SignalsItem:
    context.history.restart(network(("input", "input", -9000, 0)))
    made = SignalsItem(view.canvas_scene.ink)
    view.canvas_scene.addItem(made)
    return made


def test_it_is_as_large_on_the_screen_until_it_is_far_away(view: CanvasView) -> None:
    track, ink = wire("gradient 1.18e−04"), view.canvas_scene.ink
    sizes = [tag(track, ink, legend_scale(zoom)).height() * zoom for zoom in (1.0, 0.8, 0.5)]
    assert sizes == pytest.approx([tag(track, ink, 1.0).height()] * 3)
    assert legend_scale(0.1) == LARGEST
    assert legend_scale(2.0) == 1.0


@pytest.mark.parametrize("zoom", [0.3, 0.5, 1.0, 2.0])
def test_it_stands_below_its_wire_and_nothing_of_it_stays_behind(
        view: CanvasView, item: SignalsItem, zoom: float) -> None:
    view.zoom_to(zoom)
    view.centerOn(100, 0)
    track, ink = wire("gradient 1.18e−04"), view.canvas_scene.ink
    QApplication.processEvents()
    empty = view.screen().grabWindow(view.winId()).toImage()
    item.show_tracks((track,), 0.0, still=False)
    QApplication.processEvents()
    shown, box = view.screen().grabWindow(view.winId()).toImage(), tag(track, ink, legend_scale(zoom))
    assert item.boundingRect().contains(box)
    assert box.top() > 0
    at = view.mapFromScene(box.topLeft() + QPointF(3, 3) * legend_scale(zoom))
    assert shown.pixelColor(at).name() == ink.colour("raised").name() != empty.pixelColor(at).name()
    item.show_tracks((), 0.0, still=False)
    QApplication.processEvents()
    assert view.screen().grabWindow(view.winId()).toImage() == empty
