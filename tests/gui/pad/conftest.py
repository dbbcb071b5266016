"""A window whose data are drawn, with the pad in sight."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph.painting import Place
from core.params import PointSet
from gui.main_window import MainWindow
from gui.pad import Pad
from gui.pad.surface import Surface
from gui.panels.pad import PadPanel
from tests.core._build import chain, dense

SOURCE = {"kind": "drawn", "params": {"points": [[-3, 0, 0], [-2, 1, 0], [3, 0, 1], [2, -1, 1]]}}


@pytest.fixture
def pad(window: MainWindow) -> Pad:
    """The large pad of a window with a small network and four points."""
    window.context.history.restart(chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy",
                                         source=SOURCE, learning_rate=0.3, epochs=100_000))
    window.context.file_changed.emit()
    window.docks.show("pad")
    QApplication.processEvents()
    panel = window.panels["pad"]
    assert isinstance(panel, PadPanel)
    return panel.pad


@pytest.fixture
def surface(pad: Pad) -> Surface:
    return pad.surface


def points(window: MainWindow) -> PointSet:
    """The points of the document."""
    found = window.context.document.data["source"].params["points"]
    assert isinstance(found, PointSet)
    return found


def pixel(surface: Surface, place: Place) -> QPoint:
    return surface.plane.pixel(*place).toPoint()


def stroke(surface: Surface, *places: Place) -> None:
    """Press at the first place, drag over the others, release at the last."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(surface, pixel(surface, places[0]))
    QTest.mousePress(surface, left, none, pixel(surface, places[0]))
    for place in places[1:]:
        QTest.mouseMove(surface, pixel(surface, place))
    QTest.mouseRelease(surface, left, none, pixel(surface, places[-1]))
