"""Groups at the real canvas: framed, dragged, renamed, collapsed, opened again."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import edits, furniture
from core.graph.document import Document, Edge, Note
from gui.canvas import annotating, travel
from gui.canvas.group_card import GroupCard
from gui.canvas.group_frame import BAR, GroupFrame
from gui.canvas.title_editor import TitleEditor
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand, network

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
BODY = ("dense", "sigmoid")
JOIN = Edge("sigmoid", "add", "a")


def residual() -> Document:
    """Input, then Dense and Sigmoid as a group with a way around them into Add, then Output."""
    doc = network(("input", "input", 0, 0), ("dense", "dense", 224, 0), ("sigmoid", "sigmoid", 448, 0),
                  ("add", "add", 672, 0), ("output", "output", 896, 0),
                  wires=(("input", "dense"), ("dense", "sigmoid"), ("add", "output")))
    doc = edits.connect(edits.connect(doc, JOIN), Edge("input", "add", "b"))
    return furniture.group(doc, BODY, "Body")


@pytest.fixture
def grouped(view: CanvasView, context: AppContext) -> AppContext:
    """`residual` on the canvas, at 100 %."""
    context.history.restart(residual())
    QApplication.processEvents()
    view.zoom_to(1.0)
    view.centerOn(420, 30)
    return context


@pytest.fixture
def collapsed(grouped: AppContext) -> AppContext:
    """The same with the group collapsed, as if opened so."""
    grouped.history.restart(furniture.collapse(grouped.document, "group", True))
    QApplication.processEvents()
    return grouped


def frame_of(view: CanvasView, name: str = "group") -> GroupFrame:
    return view.canvas_scene.groups.frames[name]


def card_of(view: CanvasView, name: str = "group") -> GroupCard:
    return view.canvas_scene.groups.cards[name]


def title_point(view: CanvasView) -> QPointF:
    return frame_of(view).bar(view.zoom).center()


def editors(view: CanvasView) -> list[TitleEditor]:
    return [e for e in view.viewport().findChildren(TitleEditor) if e.isVisible()]


def ends(view: CanvasView, edge: Edge) -> tuple[QPointF, QPointF]:
    wire = view.canvas_scene.wires[edge]
    return wire.start, wire.end


def test_a_frame_surrounds_its_members(view: CanvasView, grouped: AppContext) -> None:
    outline = frame_of(view).outline()
    for name in BODY:
        assert outline.contains(view.node_item(name).card())
    assert not outline.intersects(view.node_item("add").card())


def test_a_click_on_the_title_selects_the_members(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    hand.click(title_point(view))
    assert grouped.selection == set(BODY)
    assert frame_of(view).selected
    hand.click(title_point(view), CTRL)
    assert not grouped.selection


def test_with_ctrl_a_click_on_the_title_adds_the_members(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    grouped.select(["input", "dense"])
    hand.click(title_point(view), CTRL)
    assert grouped.selection == {"input", *BODY}


def test_dragging_the_title_moves_all_members_in_one_step(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    before = grouped.document
    at = title_point(view)
    hand.press(at)
    hand.move(at + QPointF(30, 30))
    hand.move(at + QPointF(51, 61))
    shown = frame_of(view).outline()
    assert shown.contains(view.node_item("dense").card())
    assert grouped.document is before
    hand.release(at + QPointF(51, 61))
    assert [grouped.document.nodes[name].position for name in BODY] == [(272, 64), (496, 64)]
    assert grouped.document.nodes["add"].position == (672, 0)
    assert frame_of(view).outline() == shown
    grouped.history.undo()
    assert grouped.document is before
    assert not grouped.history.can_undo


def test_a_selected_note_goes_along_with_a_selected_group(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    grouped.edit("Add", lambda doc: furniture.add_note(doc, Note("note", "x", (0, 200))))
    view.choose(BODY, (), ["note"])
    at = title_point(view)
    hand.drag(at, at + QPointF(16, 16))
    assert grouped.document.notes["note"].position == (16, 216)


def test_the_frame_follows_a_member_while_it_is_dragged_and_back(view: CanvasView, hand: Hand,
                                                                 grouped: AppContext) -> None:
    small = frame_of(view).outline()
    at = view.node_item("sigmoid").card().center()
    hand.press(at)
    hand.move(at + QPointF(0, 40))
    hand.move(at + QPointF(0, 160))
    assert frame_of(view).outline().contains(view.node_item("sigmoid").card())
    assert frame_of(view).outline().height() > small.height()
    view.escape()
    hand.release(at)
    assert frame_of(view).outline() == small


def test_inside_a_frame_the_rubber_band_works_as_elsewhere(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    hand.drag(QPointF(400, 64), QPointF(460, 40))
    assert grouped.selection == {"sigmoid"}


def test_a_node_dropped_into_a_frame_does_not_join(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    at = view.node_item("output").card().center()
    hand.drag(at, QPointF(420, 40))
    assert grouped.document.groups["group"].members == set(BODY)


def test_a_double_click_on_the_title_renames_in_one_step(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                      hand.pixel(title_point(view)))
    (editor,) = editors(view)
    QTest.keyClicks(editor, "Block A")
    QTest.keyClick(editor, Key.Key_Return)
    assert grouped.document.groups["group"].title == "Block A"
    assert not editors(view)
    assert grouped.history.undo_label == "Rename Group"


def test_escape_keeps_the_title(view: CanvasView, grouped: AppContext) -> None:
    editor = view.canvas_scene.groups.rename(view, "group")
    QTest.keyClicks(editor, "nonsense")
    QTest.keyClick(editor, Key.Key_Escape)
    assert not editors(view)
    assert not grouped.history.can_undo


def test_a_click_elsewhere_keeps_the_new_title(view: CanvasView, grouped: AppContext, qtbot) -> None:
    view.activateWindow()
    editor = view.canvas_scene.groups.rename(view, "group")
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, "Else")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    assert grouped.document.groups["group"].title == "Else"


def test_the_title_bar_keeps_its_size_on_the_screen_when_zoomed_out(view: CanvasView, hand: Hand,
                                                                    grouped: AppContext) -> None:
    view.zoom_to(0.4)
    assert frame_of(view).bar(view.zoom).height() * view.zoom == pytest.approx(BAR)
    upper = frame_of(view).bar(view.zoom).topLeft() + QPointF(30, 6)
    assert upper.y() < frame_of(view).bar(1.0).top()
    hand.click(upper)
    assert grouped.selection == set(BODY)


def test_ungrouping_leaves_the_members_where_they_are(view: CanvasView, grouped: AppContext) -> None:
    before = grouped.document
    view.do(annotating.ungroup(["group"]))
    assert not view.canvas_scene.groups.frames
    assert grouped.document.nodes == before.nodes
    grouped.history.undo()
    assert frame_of(view).outline().contains(view.node_item("dense").card())


def test_deleting_the_members_takes_the_frame_along_and_undo_brings_it_back(view: CanvasView, hand: Hand,
                                                                           grouped: AppContext) -> None:
    hand.click(title_point(view))
    view.delete_selection()
    assert not view.canvas_scene.groups.frames
    assert grouped.document.nodes.keys() == {"input", "add", "output"}
    grouped.history.undo()
    assert frame_of(view).outline().contains(view.node_item("sigmoid").card())


def test_a_collapsed_group_is_one_card_with_a_port_for_each_outer_end(view: CanvasView, collapsed: AppContext) -> None:
    face = card_of(view).face
    assert (face.title, face.nodes, face.inputs, face.outputs) == ("Body", 2, (("dense", "x"),), ("sigmoid",))
    assert face.parameters == collapsed.costs.of("dense").parameters > 0
    assert card_of(view).card().topLeft() == QPointF(224, 0)
    assert not any(view.node_item(name).isVisible() for name in BODY)
    assert not view.canvas_scene.wires[Edge("dense", "sigmoid")].isVisible()
    assert not view.canvas_scene.groups.frames


def test_outer_wires_end_at_the_card(view: CanvasView, collapsed: AppContext) -> None:
    card = card_of(view).card()
    assert ends(view, Edge("input", "dense"))[1] == QPointF(card.left(), card.center().y())
    assert ends(view, JOIN)[0] == QPointF(card.right(), card.center().y())
    assert view.canvas_scene.wires[JOIN].isVisible()


def test_collapsing_and_expanding_restores_everything(view: CanvasView, grouped: AppContext) -> None:
    before, places = grouped.document, ends(view, JOIN)
    view.do(annotating.collapse(["group"], True))
    assert ends(view, JOIN) != places
    view.do(annotating.collapse(["group"], False))
    assert grouped.document == before
    assert ends(view, JOIN) == places
    assert all(item.isVisible() for item in view.canvas_scene.nodes.values())
    assert all(item.isVisible() for item in view.canvas_scene.wires.values())
    assert not view.canvas_scene.groups.cards


def test_dragging_the_card_moves_all_members_and_the_wires_follow(view: CanvasView, hand: Hand,
                                                                  collapsed: AppContext) -> None:
    at = card_of(view).card().center()
    hand.press(at)
    hand.move(at + QPointF(20, 60))
    hand.move(at + QPointF(40, 120))
    card = card_of(view).card()
    assert card.topLeft() == QPointF(264, 120)
    assert ends(view, Edge("input", "dense"))[1] == QPointF(card.left(), card.center().y())
    hand.release(at + QPointF(40, 120))
    assert [collapsed.document.nodes[name].position for name in BODY] == [(264, 120), (488, 120)]
    collapsed.history.undo()
    assert card_of(view).card().topLeft() == QPointF(224, 0)


def test_a_click_on_the_card_selects_all_members_so_that_delete_removes_them(view: CanvasView, hand: Hand,
                                                                             collapsed: AppContext) -> None:
    before = collapsed.document
    hand.click(card_of(view).card().center())
    assert collapsed.selection == set(BODY)
    assert card_of(view).selected
    view.delete_selection()
    assert not view.canvas_scene.groups.cards
    collapsed.history.undo()
    assert collapsed.document is before
    assert not view.node_item("dense").isVisible()
    assert ends(view, Edge("input", "dense"))[1].x() == card_of(view).card().left()


def test_a_double_click_on_the_card_expands(view: CanvasView, hand: Hand, collapsed: AppContext) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                      hand.pixel(card_of(view).card().center()))
    assert not collapsed.document.groups["group"].collapsed
    assert view.node_item("dense").isVisible()


def test_the_rubber_band_takes_the_card_and_not_what_is_hidden(view: CanvasView, hand: Hand,
                                                               collapsed: AppContext) -> None:
    hand.drag(QPointF(440, 120), QPointF(480, 20))
    assert not collapsed.selection
    hand.drag(QPointF(300, 120), QPointF(330, 20))
    assert collapsed.selection == set(BODY)


def test_problems_of_hidden_members_show_on_the_card(view: CanvasView, collapsed: AppContext) -> None:
    assert card_of(view).face.severity == ""
    collapsed.edit("Cut", lambda doc: edits.disconnect(doc, [Edge("input", "dense")]))
    face = card_of(view).face
    assert face.severity
    assert face.problems[0].text in card_of(view).toolTip()
    assert face.inputs == (("dense", "x"),)
    collapsed.history.undo()
    assert card_of(view).face.severity == ""
    assert card_of(view).toolTip().startswith("Body")


def test_a_new_outer_wire_gets_a_port(view: CanvasView, collapsed: AppContext) -> None:
    collapsed.edit("Wire", lambda doc: edits.connect(doc, Edge("dense", "output")))
    card = card_of(view)
    assert card.face.outputs == ("dense", "sigmoid")
    first, second = ends(view, Edge("dense", "output"))[0], ends(view, JOIN)[0]
    assert (first.x(), second.x()) == (card.card().right(), card.card().right())
    assert second.y() - first.y() == 20


def test_selecting_a_hidden_member_from_elsewhere_reveals_the_card(view: CanvasView, collapsed: AppContext) -> None:
    view.centerOn(5000, 5000)
    collapsed.select(["sigmoid"])
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(card_of(view).card())
    assert card_of(view).selected


def test_fit_looks_at_the_card_and_not_at_what_is_hidden(view: CanvasView, collapsed: AppContext) -> None:
    collapsed.edit("Far", lambda doc: edits.move(doc, {"sigmoid": (8000, 3000)}))
    assert view.content().right() < 2000


def test_two_collapsed_groups_are_wired_card_to_card(view: CanvasView, collapsed: AppContext) -> None:
    collapsed.edit("Group", lambda doc: furniture.collapse(furniture.group(doc, ["add", "output"], "End"), "group_2",
                                                           True))
    start, end = ends(view, JOIN)
    assert start.x() == card_of(view).card().right()
    assert end.x() == card_of(view, "group_2").card().left()
    assert [port for _, port in card_of(view, "group_2").face.inputs] == ["a", "b"]


def test_a_member_that_leaves_a_collapsed_group_is_shown_again(view: CanvasView, collapsed: AppContext) -> None:
    collapsed.edit("Leave", lambda doc: furniture.remove_from_groups(doc, ["sigmoid"]))
    assert view.node_item("sigmoid").isVisible()
    assert not view.node_item("dense").isVisible()
    assert ends(view, Edge("dense", "sigmoid"))[0].x() == card_of(view).card().right()
    assert view.canvas_scene.wires[Edge("dense", "sigmoid")].isVisible()


def test_frames_and_cards_take_the_colours_of_another_theme(view: CanvasView, grouped: AppContext, theme) -> None:
    light = view.grab().toImage()
    try:
        theme.set_mode("dark")
        QApplication.processEvents()
        dark = view.grab().toImage()
    finally:
        theme.set_mode("light")
        QApplication.processEvents()
    at = view.mapFromScene(frame_of(view).bar().center())
    assert light.pixelColor(at).lightness() > 150 > dark.pixelColor(at).lightness()



def test_lines_between_neurons_do_not_lead_into_a_collapsed_group(view: CanvasView, context: AppContext) -> None:
    doc = network(("input", "input", 0, 0), ("dense", "dense", 224, 0), ("dense_2", "dense", 448, 0),
                  ("output", "output", 672, 0), wires=(("input", "dense"), ("dense", "dense_2"), ("dense_2", "output")))
    doc = edits.set_params(doc, "dense", {"units": 3})
    doc = edits.set_params(doc, "dense_2", {"units": 3})
    for name in ("input", "dense", "dense_2"):
        doc = edits.show_neurons(doc, name, True)
    context.history.restart(furniture.group(doc, ["dense"]))
    bundles = view.canvas_scene.neurons.bundles
    assert Edge("dense", "dense_2") in bundles
    view.do(annotating.collapse(["group"], True))
    assert not bundles
    wire = view.canvas_scene.wires[Edge("dense", "dense_2")]
    assert wire.shown
    assert wire.start.x() == card_of(view).card().right()
    view.do(annotating.collapse(["group"], False))
    assert Edge("dense", "dense_2") in bundles
    assert frame_of(view).outline().contains(view.node_item("dense").card())


def test_keys_that_go_from_node_to_node_stop_at_the_card_once(view: CanvasView, collapsed: AppContext) -> None:
    stops = []
    for _ in range(5):
        travel.along(view, True)
        stops.append(set(collapsed.selection))
    assert stops == [{"input"}, set(BODY), {"add"}, {"output"}, {"output"}]
    travel.along(view, False)
    travel.along(view, False)
    assert collapsed.selection == set(BODY)


def test_a_dragged_group_snaps_to_its_neighbours(view: CanvasView, hand: Hand, grouped: AppContext) -> None:
    grouped.history.restart(edits.move(grouped.document, {"output": (224, 203)}))
    at = title_point(view)
    hand.drag(at, at + QPointF(0, 200))
    assert [grouped.document.nodes[name].position[1] for name in BODY] == [203, 203]


def test_the_label_of_a_wire_keeps_clear_of_a_card_that_comes_in_between(view: CanvasView,
                                                                         grouped: AppContext) -> None:
    doc = edits.move(grouped.document, {"dense": (40, 400), "sigmoid": (300, 400)})
    grouped.history.restart(edits.move(doc, {"add": (700, 0)}))
    QApplication.processEvents()
    wire = view.canvas_scene.wires[Edge("input", "add", "b")]
    before = wire.label_box()
    assert before is not None
    grouped.edit("Move", lambda doc: furniture.collapse(
        edits.move(doc, {name: (before.center().x() - 84, before.center().y() - 28) for name in BODY}), "group", True))
    after = wire.label_box()
    assert after is None or not after.intersects(card_of(view).card())


def test_one_of_several_selected_members_marks_the_card(view: CanvasView, collapsed: AppContext) -> None:
    collapsed.select(["sigmoid", "input"])
    assert card_of(view).selected
    collapsed.select(["input"])
    assert not card_of(view).selected
