"""Ways to look at the boundary: columns, switches, rings, and the traced sample."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.io import examples
from core.metrics import predicted
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.probes.boundary import Boundary, discrete
from core.train.references import SampleRef
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels.boundary import BoundaryPanel
from gui.plots.plane_colours import codes_of
from tests.core._build import xor
from tests.gui.panels._run import look, shown


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> BoundaryPanel:
    return shown(qtbot, BoundaryPanel, context, 700, 320)


@pytest.fixture(scope="module")
def wine() -> Session:
    return Session(examples.load("wine"))


def pick(panel: BoundaryPanel, text: str) -> None:
    """Choose an entry of the menu."""
    menu = panel.controls.more.menu()
    menu.aboutToShow.emit()
    actions = [*menu.actions(), *(action for inner in menu.findChildren(QMenu) for action in inner.actions())]
    next(action for action in actions if action.text() == text).trigger()


def over(panel: BoundaryPanel, row: int) -> QPointF:
    x, y = panel.spots.points.x[row].tolist()
    return panel.plot.vb.mapViewToScene(QPointF(x, y))


def click(qtbot: QtBot, panel: BoundaryPanel, at: QPointF) -> None:
    view = panel.board.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.mapFromScene(at))


def test_columns_are_offered_where_there_are_more_than_two(panel: BoundaryPanel, wine: Session) -> None:
    look(panel, wine)
    found: Boundary = panel.answer
    assert (panel.controls.across.text(), panel.controls.up.text()) == found.features
    assert panel.controls.across.isVisible()
    assert panel.caption.title.endswith("others average")
    look(panel, Session(xor()))
    assert not panel.controls.across.isVisible()


def test_another_column_is_asked_for_and_drawn(panel: BoundaryPanel, wine: Session) -> None:
    look(panel, wine)
    menu = panel.controls.across.menu()
    menu.aboutToShow.emit()
    next(a for a in menu.actions() if a.text() == "hue").trigger()
    assert any(r.probe == "boundary" and ("x", "hue") in r.arguments for r in panel.requests())
    look(panel, wine)
    assert panel.answer.features[0] == "hue"
    assert panel.plot.getAxis("bottom").labelText == "hue"
    assert panel.exports().table()[0][0] == "hue"


def test_a_column_that_is_on_the_other_axis_changes_places(panel: BoundaryPanel, wine: Session) -> None:
    look(panel, wine)
    x, y = panel.answer.features
    menu = panel.controls.across.menu()
    menu.aboutToShow.emit()
    next(a for a in menu.actions() if a.text() == y).trigger()
    look(panel, wine)
    assert panel.answer.features == (y, x)


def test_the_others_are_held_at_the_traced_sample(panel: BoundaryPanel, wine: Session, context: AppContext) -> None:
    look(panel, wine)
    panel.controls.traced.click()
    context.trace(SampleRef("train", 5))
    look(panel, wine)
    expected = answer(wine, Request.of("boundary", sample=SampleRef("train", 5)))
    np.testing.assert_array_equal(panel.answer.values, expected.values)
    assert panel.caption.title.endswith("as in the sample")
    assert len(panel.spots.mark.points()) == 1


def test_the_probability_of_one_class_is_drawn_and_exported(panel: BoundaryPanel, wine: Session) -> None:
    look(panel, wine)
    name = panel.answer.classes[1]
    pick(panel, f"Probability of {name}")
    look(panel, wine)
    assert panel.answer.label == 1
    assert panel.caption.title.startswith(f"Probability of class {name}")
    names, rows = panel.exports().table()
    assert names[2] == f"probability of {name}"
    np.testing.assert_allclose([row[2] for row in rows], panel.answer.values.ravel())


def test_discretised_the_picture_has_two_colours_and_the_numbers_stay(panel: BoundaryPanel) -> None:
    look(panel, Session(xor()))
    table = panel.exports().table()
    panel.controls.discrete.click()
    found: Boundary = panel.answer
    pixels = panel.picture._pixels
    np.testing.assert_array_equal(pixels, panel._colours[codes_of(found, shades=False)])
    assert {*np.unique(discrete(found)).tolist()} <= {0.0, 1.0}
    assert len(np.unique(pixels)) == len(np.unique(found.values > 0.5))
    assert panel.exports().table() == table
    panel.controls.discrete.click()
    assert len(np.unique(panel.picture._pixels)) > 2


def test_only_with_errors_shown_are_they_asked_for_and_they_are_the_wrong_predictions(
        panel: BoundaryPanel, wine: Session) -> None:
    look(panel, wine)
    assert not any(r.probe == "verdicts" for r in panel.requests())
    panel.controls.errors.click()
    look(panel, wine)
    points = panel.spots.points
    parts = wine.parts.train, wine.parts.validation, wine.parts.test
    wrong = np.concatenate([predicted(wine.network.predict(part.x)) != part.y for part in parts if len(part)])
    np.testing.assert_allclose(np.column_stack(panel.spots.rings.getData()), points.x[wrong])
    panel.controls.errors.click()
    assert len(panel.spots.rings.points()) == 0


def test_points_of_a_part_can_be_hidden(panel: BoundaryPanel, wine: Session) -> None:
    look(panel, wine)
    pick(panel, "Train Points")
    points = panel.spots.points
    np.testing.assert_allclose(np.column_stack(panel.dots.getData()), points.x[points.part != 0])


def test_a_click_on_a_point_traces_its_sample_and_marks_it(panel: BoundaryPanel, wine: Session, context: AppContext,
                                                          qtbot: QtBot) -> None:
    look(panel, wine)
    row = panel.spots.nearest(over(panel, 30))
    click(qtbot, panel, over(panel, 30))
    points = panel.spots.points
    part = ("train", "validation", "test")[points.part[row]]
    assert context.sample == SampleRef(part, int(points.number[row]))
    look(panel, wine)
    np.testing.assert_allclose(np.column_stack(panel.spots.mark.getData())[0], points.x[row], rtol=1e-6)


def test_nothing_is_marked_before_somebody_traces_a_sample(panel: BoundaryPanel, context: AppContext) -> None:
    session = Session(xor())
    look(panel, session)
    assert len(panel.spots.mark.points()) == 0
    context.trace(SampleRef("train", 1))
    look(panel, session)
    assert len(panel.spots.mark.points()) == 1


def test_over_a_point_the_caption_tells_truth_and_prediction(panel: BoundaryPanel) -> None:
    session = Session(xor())
    look(panel, session)
    panel.board.hovered.emit(over(panel, 2))
    look(panel, session)
    row = panel.spots.nearest(over(panel, 2))
    output = float(session.network.predict(session.parts.train.x[row : row + 1])[0, 0])
    truth, said = panel.caption.readings
    assert truth.value == panel.answer.classes[int(session.parts.train.y[row])]
    assert said.value.endswith(f"{100 * max(output, 1 - output):.1f} %")
    panel.board.hovered.emit(None)
    assert not any(r.probe == "verdicts" for r in panel.requests())


def test_a_surface_has_lines_with_their_numbers(panel: BoundaryPanel) -> None:
    look(panel, Session(examples.load("regression-plane")))
    drawn = [line for line in panel.answer.lines if len(line.pieces)]
    assert drawn
    assert len(panel.contours.written) == len(drawn)
    pick(panel, "Contour Lines")
    assert any(("lines", False) in request.arguments for request in panel.requests())


def test_an_answer_that_rests_stays_on_the_screen(panel: BoundaryPanel) -> None:
    session = Session(xor())
    look(panel, session)
    found = panel.answer
    request = Request.of("points")
    panel.on_train(Snapshot(1, 0, 1, {request: answer(session, request)}, 0.0))
    assert panel.answer is found


def test_the_view_outlives_hiding_and_the_theme_and_is_no_step(panel: BoundaryPanel, context: AppContext) -> None:
    look(panel, Session(xor()))
    pick(panel, "50 × 50")
    before = panel.controls.view
    panel.hide()
    context.theme.set_mode("dark")
    try:
        panel.show()
        assert panel.controls.view == before
        look(panel, Session(xor()))
        assert panel.answer.values.shape == (50, 50)
        assert not context.history.can_undo
    finally:
        context.theme.set_mode("light")


def test_in_a_narrow_panel_the_switches_are_in_the_menu(panel: BoundaryPanel, wine: Session, qtbot: QtBot) -> None:
    look(panel, wine)
    assert panel.controls.errors.isVisible()
    panel.resize(200, 240)
    qtbot.wait(20)
    assert not panel.controls.errors.isVisible()
    more = panel.controls.more
    assert more.mapTo(panel, more.rect().bottomRight()).x() <= 200
    pick(panel, "Ring Errors")
    assert panel.controls.view.errors
