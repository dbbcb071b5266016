"""The small pad in the Data panel."""
from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.params import Points, PointSet
from gui.forms.editors import editor
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.gui.pad.conftest import points, stroke


def panel_of(window: MainWindow) -> DataPanel:
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    window.docks.show("data")
    QApplication.processEvents()
    return panel


def test_the_pad_is_there_while_the_data_are_drawn(window: MainWindow) -> None:
    panel = panel_of(window)
    assert not panel.pad.isVisible()
    assert panel.requests() == ()
    panel.chooser.choose("drawn")
    assert panel.pad.isVisible()
    window.context.history.undo()
    assert not panel.pad.isVisible()


def test_points_can_be_painted_there(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.chooser.choose("drawn")
    QApplication.processEvents()
    stroke(panel.pad.surface, (-2, 0), (2, 0))
    assert len(points(window)) > 5
    assert panel.pad.count.text() == f"{len(points(window))} points"


def test_both_pads_show_the_same_points(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.chooser.choose("drawn")
    QApplication.processEvents()
    panel.pad.bar.larger.click()
    QApplication.processEvents()
    large = window.panels["pad"].pad  # type: ignore[attr-defined]
    assert large.isVisible()
    stroke(large.surface, (-2, 0), (2, 0))
    assert panel.pad.surface.points == large.surface.points == points(window)


def test_a_form_says_how_many_points_there_are(qtbot: QtBot) -> None:
    made = editor(Points(doc="Points.", name="points"))
    qtbot.addWidget(made)
    assert made.field.text() == "No points yet"  # type: ignore[attr-defined]
    for value, text in ((PointSet(((0.0, 0.0, 0),)), "1 point"),
                        (PointSet(((0.0, 0.0, 0), (1.0, 0.0, 2))), "2 points, classes 1 to 3")):
        made.set_value(value)
        assert made.field.text() == text  # type: ignore[attr-defined]
    made.set_value("nonsense")
    assert made.error


def test_other_data_leave_the_points_of_undo_alone(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.chooser.choose("drawn")
    QApplication.processEvents()
    stroke(panel.pad.surface, (-2, 0), (2, 0))
    drawn = points(window)
    window.context.edit("Choose", lambda doc: edits.set_data(doc, {"source": "moons"}))
    assert not panel.pad.isVisible()
    window.context.history.undo()
    assert panel.pad.surface.points is drawn


def test_points_of_a_plane_are_drawn_on_by_one_click_with_their_features(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    features = {"kind": "plane_features", "params": {"x1_squared": True}}
    window.context.edit("Data", lambda doc: edits.set_data(doc, {"source": "moons", "steps": [features]}))
    panel.source.draw.click()
    qtbot.waitUntil(lambda: panel.pad.isVisible(), timeout=10_000)
    assert len(points(window)) == 500
    assert [step.kind for step in window.context.document.data["steps"]] == ["plane_features"]
    assert not panel.source.draw.isVisible()
    window.context.history.undo()
    assert panel.source.draw.isVisible()


def test_what_lies_in_no_plane_is_not_offered_for_drawing(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.chooser.choose("iris")
    assert not panel.source.draw.isVisible()
