"""A problem is said beside the card where it arises, and mended there by one click."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge
from gui.canvas import callout
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.panels.problems import ProblemsPanel
from tests.gui.canvas.conftest import Hand, network

FIXES = ["Set Dense to 1 unit", "Insert Dense with 1 unit", "Fit the Output"]


def too_wide() -> Document:
    """Input, Dense with 3 units and Output in a row: one number is wanted."""
    document = network(("input", "input", 0, 100), ("dense", "dense", 224, 100), ("output", "output", 448, 100),
                       wires=(("input", "dense"), ("dense", "output")))
    return edits.set_params(document, "dense", {"units": 3})


def shown(view: CanvasView) -> bool:
    return view.bubble.problem is not None


@pytest.fixture
def troubled(qtbot: QtBot, context: AppContext, view: CanvasView) -> AppContext:
    context.history.restart(too_wide())
    view.centerOn(300, 150)
    qtbot.waitUntil(lambda: shown(view))
    return context


def test_the_first_error_of_a_document_is_said_at_its_card(troubled: AppContext, view: CanvasView) -> None:
    bubble, card = view.bubble, view.mapFromScene(view.node_item("output").card()).boundingRect()
    assert bubble.problem is not None
    assert bubble.problem.node == "output"
    assert not bubble.geometry().intersects(card)
    assert [button.text() for button in bubble.buttons] == FIXES


def test_one_click_mends_it_in_one_undo_step(qtbot: QtBot, troubled: AppContext, view: CanvasView) -> None:
    QTest.mouseClick(view.bubble.buttons[0], Qt.MouseButton.LeftButton)
    assert troubled.document.nodes["dense"].params["units"] == 1
    assert troubled.report.ok
    assert troubled.history.undo_label == "Set Dense to 1 unit"
    assert not shown(view)
    troubled.history.undo()
    qtbot.waitUntil(lambda: shown(view))


def test_the_bubble_follows_pan_and_zoom_and_hides_when_its_card_is_gone_from_view(troubled: AppContext,
                                                                                   view: CanvasView) -> None:
    before = view.bubble.pos()
    view.pan_by(QPoint(-30, -20))
    assert view.bubble.pos() == before + QPoint(-30, -20)
    view.zoom_to(0.5)
    card = view.mapFromScene(view.node_item("output").card()).boundingRect()
    assert abs(view.bubble.geometry().top() - card.bottom()) < 2 * callout.TIP
    view.pan_by(QPoint(0, 4000))
    assert not shown(view)


def test_the_keyboard_opens_it_and_enter_takes_the_first_fix(qtbot: QtBot, window: MainWindow) -> None:
    context = window.context
    context.history.restart(too_wide())
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert context.selection == {"output"}
    bubble = window.canvas.bubble
    qtbot.waitUntil(lambda: bubble.isVisible())
    assert window.focusWidget() is bubble.buttons[0]
    QTest.keyClick(bubble.buttons[0], Qt.Key.Key_Return)
    assert context.report.ok
    assert window.focusWidget() is window.canvas


def test_escape_closes_it_until_there_is_another_problem(qtbot: QtBot, troubled: AppContext, view: CanvasView) -> None:
    assert view.bubble.open()
    QTest.keyClick(view.bubble.buttons[0], Qt.Key.Key_Escape)
    view.bubble.refresh()
    assert not shown(view)
    troubled.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 5}))
    qtbot.waitUntil(lambda: shown(view))


def test_a_card_with_a_problem_says_it_under_the_pointer(qtbot: QtBot, troubled: AppContext, view: CanvasView,
                                                         hand: Hand) -> None:
    aside = network(("relu", "relu", 224, 260)).nodes["relu"]
    troubled.edit("Add", lambda d: edits.connect(edits.add_node(d, aside), Edge("input", "relu")))
    hand.hover(view.node_item("relu").card().center())
    qtbot.waitUntil(lambda: shown(view) and view.bubble._shown.node == "relu")  # type: ignore[union-attr]
    assert view.bubble.problem is not None
    assert view.bubble.problem.code == "graph.idle"
    view.choose(["relu"])
    qtbot.waitUntil(lambda: not shown(view) or view.bubble._shown.node != "relu")  # type: ignore[union-attr]
    hand.hover(QPointF(20, 20))
    qtbot.waitUntil(lambda: shown(view) and view.bubble._shown.node == "output")  # type: ignore[union-attr]


def test_it_waits_until_the_quick_add_is_closed(qtbot: QtBot, troubled: AppContext, view: CanvasView) -> None:
    view.quick_add.at(QPointF(0, 300))
    view.bubble.refresh()
    assert not shown(view)
    view.quick_add.close()
    view.bubble.refresh()
    assert shown(view)


def test_it_does_not_stand_in_the_way_of_a_drag(qtbot: QtBot, troubled: AppContext, view: CanvasView,
                                                hand: Hand) -> None:
    at = view.node_item("input").card().center()
    hand.press(at)
    hand.move(at + QPointF(0, 60))
    assert not shown(view)
    hand.release(at + QPointF(0, 60))
    qtbot.waitUntil(lambda: shown(view))


def test_a_fix_made_for_an_older_document_is_not_applied(troubled: AppContext, view: CanvasView) -> None:
    old = view.bubble.buttons[0]
    troubled.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 5}))
    QTest.mouseClick(old, Qt.MouseButton.LeftButton)
    assert troubled.document.nodes["dense"].params["units"] == 5


def test_a_sound_network_has_no_bubble_and_nothing_to_open(context: AppContext, view: CanvasView) -> None:
    context.history.restart(edits.set_params(too_wide(), "dense", {"units": 1}))
    view.bubble.refresh()
    assert not shown(view)
    assert not view.bubble.open()


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_it_is_painted_in_the_colours_of_both_themes(troubled: AppContext, view: CanvasView, theme_name: str) -> None:
    troubled.theme.set_mode(theme_name)  # type: ignore[arg-type]
    picture = view.bubble.grab().toImage()
    colours = {picture.pixelColor(x, picture.height() - 4).name() for x in range(20, 60)}
    assert troubled.theme.tokens.raised in colours
    troubled.theme.set_mode("light")


AREA, CARD, SIZE = QRectF(0, 0, 800, 600), QRectF(300, 250, 168, 56), QSizeF(300, 120)


def test_a_callout_goes_where_it_covers_no_card() -> None:
    below = callout.spot(CARD, SIZE, AREA, [], CARD.center())
    assert below is not None
    assert below.side == "below"
    row = [QRectF(100 + 200 * i, 340, 168, 56) for i in range(3)]
    above = callout.spot(CARD, SIZE, AREA, row, CARD.center())
    assert above is not None
    assert above.side == "above"


@pytest.mark.parametrize("x", [0.0, 200.0, 500.0, 632.0])
@pytest.mark.parametrize("y", [0.0, 200.0, 544.0])
def test_a_callout_never_covers_its_card_nor_leaves_the_view(x: float, y: float) -> None:
    card = QRectF(x, y, 168, 56)
    found = callout.spot(card, SIZE, AREA, [], card.center())
    assert found is not None
    assert AREA.contains(found.box)
    assert not found.box.intersects(card)


def test_the_problems_panel_offers_the_same_fixes(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda self, at: menus.append(self))
    context = window.context
    context.history.restart(too_wide())
    window.docks.show("problems")
    QApplication.processEvents()
    panel = window.panels["problems"]
    assert isinstance(panel, ProblemsPanel)
    at = panel.view.visualRect(panel.model.index(0, 0)).center()
    panel.view.customContextMenuRequested.emit(at)
    assert [action.text() for action in menus[0].actions()] == FIXES
    menus[0].actions()[0].trigger()
    assert context.report.ok
    menus[0].close()


def test_it_stays_away_while_its_own_card_is_dragged(qtbot: QtBot, troubled: AppContext, view: CanvasView,
                                                     hand: Hand) -> None:
    at = view.node_item("output").card().center()
    hand.press(at)
    hand.move(at + QPointF(0, 30))
    view.bubble.refresh()
    view.pan_by(QPoint(0, 1))
    assert not shown(view)
    hand.release(at + QPointF(0, 30))
    qtbot.waitUntil(lambda: shown(view))


def test_it_is_gone_as_soon_as_its_problem_is(troubled: AppContext, view: CanvasView) -> None:
    troubled.edit("Mend", lambda d: edits.set_params(d, "dense", {"units": 1}))
    assert not shown(view)


def test_from_far_away_only_the_selected_card_says_its_problem(qtbot: QtBot, troubled: AppContext,
                                                               view: CanvasView) -> None:
    view.zoom_to(0.3)
    view.bubble.refresh()
    assert not shown(view)
    view.choose(["output"])
    qtbot.waitUntil(lambda: shown(view))
    view.choose([])
    qtbot.waitUntil(lambda: not shown(view))
    assert view.bubble.open()


def test_everything_is_measured_before_it_is_shown(troubled: AppContext, view: CanvasView) -> None:
    """Filled anew while it is shown, as after a paste, it is as high as it will be."""
    bubble = view.bubble
    troubled.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 7}))
    bubble.refresh()
    before = bubble.size()
    QApplication.processEvents()
    view.pan_by(QPoint(1, 0))
    assert bubble.size() == before
    assert all(bubble.rect().contains(button.geometry()) for button in bubble.buttons)


def test_a_callout_never_covers_what_is_taken() -> None:
    taken = [QRectF(0, 300, 800, 300)]
    found = callout.spot(CARD, SIZE, AREA, [], CARD.center(), taken)
    assert found is not None
    assert not found.box.intersects(taken[0])
    assert callout.spot(CARD, SIZE, AREA, [], CARD.center(), [AREA]) is None


def test_it_covers_neither_the_zoom_control_nor_another_selected_card(qtbot: QtBot, window: MainWindow) -> None:
    canvas, context = window.canvas, window.context
    context.history.restart(too_wide())
    bar = window.overlays.zoom_bar
    for step in range(12):
        corner = canvas.mapToScene(bar.geometry().topLeft() + QPoint(-20 * step, -120 + 10 * step))
        context.edit("Move", lambda d, at=corner: edits.move(d, {"output": (at.x(), at.y())}))  # type: ignore[misc]
        canvas.choose(["output", "dense"])
        canvas.bubble.refresh()
        for name in ("output", "dense"):
            card = canvas.mapFromScene(canvas.node_item(name).card()).boundingRect()
            assert not shown(canvas) or not canvas.bubble.geometry().intersects(card)
        assert not shown(canvas) or not canvas.bubble.geometry().intersects(bar.geometry())


def test_an_output_that_lacks_is_said_at_the_border_and_added_by_one_click(qtbot: QtBot, context: AppContext,
                                                                           view: CanvasView) -> None:
    context.history.restart(network(("input", "input", 0, 100)))
    qtbot.waitUntil(lambda: shown(view))
    assert view.bubble.problem is not None
    assert view.bubble.problem.code == "graph.output"
    assert not view.bubble.geometry().intersects(view.mapFromScene(view.node_item("input").card()).boundingRect())
    QTest.mouseClick(view.bubble.buttons[0], Qt.MouseButton.LeftButton)
    assert "output" in context.document.nodes


def test_an_empty_canvas_has_no_bubble(context: AppContext, view: CanvasView) -> None:
    view.bubble.refresh()
    assert not context.report.ok
    assert not shown(view)


def test_clicks_alone_lead_from_three_dragged_layers_to_a_network_that_can_be_trained(
        qtbot: QtBot, context: AppContext, view: CanvasView) -> None:
    context.history.restart(network(("input", "input", 0, 100), ("dense", "dense", 224, 100),
                                    ("output", "output", 448, 100)))
    for _ in range(2):
        qtbot.waitUntil(lambda: shown(view) and bool(view.bubble.buttons))
        QTest.mouseClick(view.bubble.buttons[0], Qt.MouseButton.LeftButton)
    assert context.report.ok
    assert context.document.edges == {Edge("input", "dense"), Edge("dense", "output")}
