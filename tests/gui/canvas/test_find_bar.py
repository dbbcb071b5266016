"""Finding nodes with the keyboard."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import edits, furniture
from core.graph.document import Node
from gui.canvas.find_bar import FindBar
from gui.canvas.marks import Marks
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import chain

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    document = chain()
    for i in range(3):
        document = edits.add_node(document, Node(f"far{i}", "dense", {"units": 60 + i}, position=(3000 + 300 * i, 900)))
    window.context.history.restart(document)
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    return window


@pytest.fixture
def bar(shown: MainWindow) -> FindBar:
    QTest.keyClick(shown.canvas, Qt.Key.Key_F, CTRL)
    bar = shown.overlays.find_bar
    assert bar.isVisible()
    assert bar.field.hasFocus()
    return bar


def marks(window: MainWindow) -> Marks:
    (found,) = [item for item in window.canvas.canvas_scene.items() if isinstance(item, Marks)]
    return found


def selected(window: MainWindow) -> list[str]:
    return sorted(window.context.selection)


def test_typing_goes_to_the_first_match_and_outlines_all(shown: MainWindow, bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "dense")
    assert bar.count.text() == "1 of 4"
    assert len(selected(shown)) == 1
    cards = {tuple(shown.canvas.node_item(n).card().getRect()) for n in ("dense", "far0", "far1", "far2")}
    assert {tuple(box.getRect()) for box in marks(shown).boxes} == cards


def test_enter_shift_enter_and_arrows_go_round_and_bring_the_match_into_view(shown: MainWindow, bar: FindBar) -> None:
    shown.canvas.zoom_reset()
    QTest.keyClicks(bar.field, "far")
    order = [selected(shown)]
    for key, keys in ((Qt.Key.Key_Return, SHIFT), (Qt.Key.Key_Return, SHIFT), (Qt.Key.Key_Up, SHIFT & ~SHIFT)):
        QTest.keyClick(bar.field, key, keys)
        order.append(selected(shown))
        (name,) = selected(shown)
        card = shown.canvas.node_item(name).card()
        assert shown.canvas.shown_area().contains(card)
        assert not shown.canvas.mapFromScene(card).boundingRect().intersects(bar.geometry())
    assert order[0] == order[3]
    assert {name for names in order for name in names} == {"far0", "far1", "far2"}
    QTest.keyClick(bar.field, Qt.Key.Key_Down)
    assert selected(shown) == order[2]
    QTest.keyClick(bar.field, Qt.Key.Key_Enter)
    assert selected(shown) == order[1]


@pytest.mark.parametrize(("text", "names"), [("units 61", ["far1"]), ("squash", []), ("fc", ["dense"])])
def test_parameters_and_synonyms_are_searched(shown: MainWindow, bar: FindBar, text: str, names: list[str]) -> None:
    QTest.keyClicks(bar.field, text)
    assert names == [] or selected(shown)[0] in {*names, "far0", "far1", "far2"}
    assert bool(bar.found) == bool(names)


def test_no_match_is_said_and_leaves_the_selection_alone(shown: MainWindow, bar: FindBar) -> None:
    shown.context.select(["sigmoid"])
    QTest.keyClicks(bar.field, "qqq")
    assert bar.count.text() == "None"
    assert bar.field.property("state") == "error"
    assert not bar.on.isEnabled()
    assert selected(shown) == ["sigmoid"]
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert selected(shown) == ["sigmoid"]
    bar.field.selectAll()
    QTest.keyClick(bar.field, Qt.Key.Key_Delete)
    assert bar.count.text() == ""
    assert not bar.field.property("state")


def test_escape_closes_takes_the_outlines_away_and_gives_the_focus_back(shown: MainWindow, bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "far1")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert marks(shown).boxes == []
    assert shown.canvas.hasFocus()
    assert selected(shown) == ["far1"]
    QTest.keyClick(shown.canvas, Qt.Key.Key_F, CTRL)
    assert bar.field.selectedText() == "far1"
    assert selected(shown) == ["far1"]
    assert len(marks(shown).boxes) == 1


def test_the_bar_follows_edits_and_drags(shown: MainWindow, bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "far")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    chosen = selected(shown)
    shown.context.edit("Move", lambda d: edits.move(d, {"far0": (3000, 2000)}))
    assert shown.canvas.node_item("far0").card() in marks(shown).boxes
    assert bar.count.text() == "2 of 3"
    shown.canvas.canvas_scene.place({"far0": (3000.0, 2400.0)})
    assert shown.canvas.node_item("far0").card() in marks(shown).boxes
    shown.canvas.canvas_scene.settle(["far0"])
    shown.canvas.choose(["far0"])
    shown.canvas.delete_selection()
    assert bar.count.text().endswith("2" if "far0" not in chosen else "found")
    assert len(marks(shown).boxes) == 2
    shown.context.history.undo()
    assert len(marks(shown).boxes) == 3


def test_the_buttons_do_what_the_keys_do(shown: MainWindow, bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "far")
    first = selected(shown)
    QTest.mouseClick(bar.on, Qt.MouseButton.LeftButton)
    assert selected(shown) != first
    QTest.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    assert selected(shown) == first
    QTest.mouseClick(bar.cross, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_letters_typed_into_the_bar_are_no_shortcuts(shown: MainWindow, bar: FindBar) -> None:
    shown.canvas.zoom_to(2.0)
    QTest.keyClicks(bar.field, "fF n")
    assert bar.field.text() == "fF n"
    assert shown.canvas.zoom == 2.0
    assert shown.context.document.notes == {}


def test_a_member_of_a_collapsed_group_is_found_and_its_card_outlined(shown: MainWindow, bar: FindBar) -> None:
    shown.context.edit("Group", lambda d: furniture.collapse(furniture.group(d, ["far0", "far1"]), "group", True))
    QTest.keyClicks(bar.field, "far0")
    assert selected(shown) == ["far0"]
    (box,) = marks(shown).boxes
    assert shown.canvas.shown_area().contains(box)
