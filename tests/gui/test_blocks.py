"""The user's own blocks: saved from the selection, found in the palette, dragged onto the canvas, renamed, removed."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidgetItem, QMenu

from core.graph import blocks as parts
from core.graph.document import Document, Edge
from core.io import blocks
from gui.canvas import block_drop
from gui.context import AppContext
from gui.dialogs.block import BlockDialog
from gui.main_window import MainWindow
from gui.panels.palette import BLOCK, OWN, Palette
from tests.gui.canvas.conftest import chain

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BODY = {"dense", "sigmoid"}
MenuOf = Callable[[str], QMenu]


def body() -> Document:
    return parts.block_of(chain(), BODY)


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    """The window with the chain."""
    window.context.history.restart(chain())
    QApplication.processEvents()
    window.canvas.fit()
    return window


@pytest.fixture
def kept(shown: MainWindow) -> MainWindow:
    """The same, with one block."""
    assert shown.context.blocks.save("Hidden part", body())
    QApplication.processEvents()
    return shown


def palette_of(window: MainWindow) -> Palette:
    panel = window.panels["palette"]
    assert isinstance(panel, Palette)
    return panel


def entries(window: MainWindow) -> list[QListWidgetItem]:
    rows = palette_of(window).list
    return [rows.item(row) for row in range(rows.count()) if rows.item(row).data(BLOCK)]


def names(window: MainWindow) -> list[str]:
    return [item.text() for item in entries(window)]


def test_ctrl_shift_b_keeps_the_selection_under_a_name(shown: MainWindow, own_settings: Path) -> None:
    assert OWN not in [palette_of(shown).list.item(row).text() for row in range(palette_of(shown).list.count())]
    shown.canvas.choose(BODY)
    shown.canvas.setFocus()
    QTest.keyClick(shown.canvas, Key.Key_B, CTRL | SHIFT)
    (dialog,) = shown.findChildren(BlockDialog)
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.name, "Hidden part")
    QTest.keyClick(dialog.name, Key.Key_Return)
    QApplication.processEvents()
    assert names(shown) == ["Hidden part"]
    assert palette_of(shown).list.item(0).text() == OWN
    (block,), _ = blocks.read_all(own_settings / "blocks")
    assert block.content.edges == {Edge("dense", "sigmoid")}


def test_a_name_that_is_taken_replaces_the_block_and_says_so_before(kept: MainWindow, own_settings: Path) -> None:
    kept.canvas.choose({"dense"})
    kept.actions_by_id["network.save_block"].trigger()
    (dialog,) = kept.findChildren(BlockDialog)
    dialog.name.setText("Hidden part")
    assert "replaced" in dialog.note.text()
    dialog.save.click()
    (block,), _ = blocks.read_all(own_settings / "blocks")
    assert block.content.nodes.keys() == {"dense"}


def test_a_double_click_adds_a_block_as_a_group_in_one_step(kept: MainWindow) -> None:
    before, rows = kept.context.document, palette_of(kept).list
    at = rows.visualItemRect(entries(kept)[0]).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    document = kept.context.document
    (group,) = document.groups.values()
    assert (group.title, len(group.members)) == ("Hidden part", 2)
    assert kept.context.selection == group.members
    assert len(document.edges) == len(before.edges) + 1
    assert kept.context.history.undo_label == "Add Hidden part"
    cards = [kept.canvas.node_item(name).card() for name in group.members]
    assert not any(card.intersects(kept.canvas.node_item(name).card()) for card in cards for name in before.nodes)
    kept.context.history.undo()
    assert kept.context.document is before


def test_a_dragged_block_is_added_with_its_middle_at_the_pointer(kept: MainWindow) -> None:
    drag = palette_of(kept).list.drag_of_block(kept.context.blocks.all()[0])
    data, at = drag.mimeData(), kept.canvas.mapFromScene(QPointF(300, 300))
    drop(kept, data, at)
    drag.deleteLater()
    (group,) = kept.context.document.groups.values()
    area = kept.canvas.canvas_scene.content_rect(group.members)
    assert (area.center() - QPointF(300, 300)).manhattanLength() <= 12


def test_something_else_that_is_dropped_adds_nothing(kept: MainWindow) -> None:
    before, data = kept.context.document, QMimeData()
    data.setData(block_drop.MIME, b"gone.json")
    drop(kept, data, QPoint(50, 50))
    assert kept.context.document is before


def drop(window: MainWindow, data: QMimeData, at: QPoint) -> None:
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    window.canvas.dropEvent(event)


def test_the_search_finds_a_block_and_enter_adds_it(kept: MainWindow) -> None:
    palette = palette_of(kept)
    QTest.keyClicks(palette.search, "hidden pa")
    assert names(kept) == ["Hidden part"]
    QTest.keyClick(palette.search, Key.Key_Return)
    assert len(kept.context.document.groups) == 1


@pytest.fixture
def menu_of(kept: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MenuOf:
    """Right-click an entry; gives the menu that would pop up (the platform of the tests has no pop-ups)."""
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: menus.append(menu))
    rows = palette_of(kept).list

    def click(text: str) -> QMenu:
        (item,) = rows.findItems(text, Qt.MatchFlag.MatchExactly)
        rows.scrollToItem(item)
        at = rows.visualItemRect(item).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, rows.viewport().mapToGlobal(at))
        QCoreApplication.sendEvent(rows.viewport(), event)
        return menus[-1]

    return click


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()
    QApplication.processEvents()


def rename_to(window: MainWindow, text: str) -> None:
    editor = QApplication.focusWidget()
    assert palette_of(window).list.isAncestorOf(editor)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()


def test_a_block_is_renamed_in_its_place(kept: MainWindow, menu_of: MenuOf, own_settings: Path) -> None:
    kept.activateWindow()
    trigger(menu_of("Hidden part"), "Rename")
    rename_to(kept, "Better name")
    assert names(kept) == ["Better name"]
    assert [block.name for block in blocks.read_all(own_settings / "blocks")[0]] == ["Better name"]


def test_a_name_that_is_taken_is_refused(kept: MainWindow, menu_of: MenuOf) -> None:
    kept.context.blocks.save("Other", body())
    QApplication.processEvents()
    kept.activateWindow()
    trigger(menu_of("Hidden part"), "Rename")
    rename_to(kept, "Other")
    assert names(kept) == ["Hidden part", "Other"]
    assert "Other" in kept.context.notify.notices[-1].text


def test_a_removed_block_can_be_restored(kept: MainWindow, menu_of: MenuOf, own_settings: Path) -> None:
    trigger(menu_of("Hidden part"), "Remove")
    assert names(kept) == []
    assert blocks.read_all(own_settings / "blocks") == ([], [])
    notice = kept.context.notify.notices[-1]
    assert notice.action is not None
    notice.action()
    QApplication.processEvents()
    assert names(kept) == ["Hidden part"]


def test_layers_have_no_menu(kept: MainWindow, menu_of: MenuOf) -> None:
    with pytest.raises(IndexError):
        menu_of("Dense")


def test_bad_files_are_skipped_with_one_notice(context: AppContext, own_settings: Path) -> None:
    blocks.write(own_settings / "blocks", "Good", body())
    for name in ("a", "b"):
        (own_settings / "blocks" / f"{name}.json").write_text("{")
    assert [block.name for block in context.blocks.all()] == ["Good"]
    assert [block.name for block in context.blocks.all()] == ["Good"]
    QApplication.processEvents()
    (notice,) = context.notify.notices
    assert "a.json, b.json" in notice.text


def test_a_block_that_cannot_be_kept_is_said(context: AppContext, own_settings: Path) -> None:
    own_settings.mkdir(parents=True)
    (own_settings / "blocks").write_text("a file stands in the way")
    assert not context.blocks.save("x", body())
    assert context.notify.notices[-1].level == "error"
