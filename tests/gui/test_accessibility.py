"""Everything that the keyboard reaches has a name and shows that it has the focus."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTabBar, QToolBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.focus_ring import FocusRing
from gui.main_window import MainWindow
from gui.panels import PANELS
from gui.theme import palette
from gui.theme.tokens import DARK, LIGHT, Tokens, contrast
from tests.gui.canvas.conftest import chain
from tests.gui.conftest import delete_now


def reached(part: QWidget) -> list[QWidget]:
    """What Tab can stop at in a part of the window."""
    return [w for w in part.findChildren(QWidget)
            if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]


def in_order_of_tab(dialog: QDialog) -> list[QWidget]:
    """What Tab stops at, in its order."""
    stops, found = set(reached(dialog)), []
    widget: QWidget | None = dialog.nextInFocusChain()
    while widget is not None and widget is not dialog:
        found += [widget] if widget in stops and widget.isEnabled() else []
        widget = widget.nextInFocusChain()
    return found


def name(widget: QWidget) -> str:
    access = QAccessible.queryAccessibleInterface(widget)
    return access.text(QAccessible.Text.Name) if access is not None else ""


def test_every_widget_of_the_window_that_takes_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    window.context.history.restart(chain())
    window.context.select(["dense"])
    for panel in PANELS:
        window.docks.show(panel)
        window.frame()
        # The tab bars come with the next turn of the event loop.
        qtbot.waitUntil(lambda: all(map(name, reached(window))))
        assert len(reached(window)) > 15


def test_every_widget_of_a_dialog_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    for action in ["help.shortcuts", "help.about", "view.notices"]:
        window.actions_by_id[action].trigger()
        (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
        assert reached(dialog)
        assert [type(w).__name__ for w in reached(dialog) if not name(w)] == []
        dialog.close()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colour_of_the_focus_stands_out_from_every_ground_that_it_is_drawn_on(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.surface, tokens.raised, tokens.sunken, tokens.canvas):
        assert contrast(tokens.accent_ink, ground) >= 3
    assert contrast(tokens.text, tokens.window) >= 3


def test_the_canvas_shows_a_ring_when_the_keyboard_comes_and_none_for_the_mouse(window: MainWindow) -> None:
    window.activateWindow()
    QApplication.processEvents()
    window.canvas.clearFocus()
    (ring,) = window.canvas.findChildren(FocusRing)
    window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert all(line.isVisible() for line in ring.lines)
    accent = palette.current().tokens.accent_ink
    picture = window.canvas.grab().toImage()
    corners = ((0, 40), (picture.width() - 1, 40), (40, 0), (40, picture.height() - 1))
    assert {picture.pixelColor(x, y).name() for x, y in corners} == {accent}
    window.resize(1100, 700)
    QApplication.processEvents()
    assert ring.lines[1].geometry().bottom() == window.canvas.rect().bottom()
    window.statusBar().setFocus()
    window.canvas.clearFocus()
    assert not any(line.isVisible() for line in ring.lines)
    window.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not any(line.isVisible() for line in ring.lines)


def test_tab_into_the_list_of_layers_shows_where_it_is(window: MainWindow) -> None:
    window.activateWindow()
    panel = window.panels["palette"]
    panel.search.setFocus()
    QTest.keyClick(panel.search, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.list
    assert len(panel.list.selectedItems()) == 1


def test_tab_never_leads_out_of_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.context.history.restart(chain())
    window.context.select(["dense"])
    window.docks.show("problems")
    window.activateWindow()
    qtbot.waitUntil(lambda: not window.docks._titles.isActive())
    assert all(bar.count() or not bar.focusPolicy() for bar in window.findChildren(QTabBar))
    stops = reached(window)
    assert {type(stop) for stop in stops} >= {QTabBar, QToolButton}
    for stop in stops:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        docks = [dock for dock in window.docks.docks.values() if dock.isAncestorOf(stop)]
        qtbot.waitUntil(lambda docks=docks: all(dock.seen for dock in docks))


def test_tab_reaches_the_buttons_of_a_dialog_last(window: MainWindow) -> None:
    for action in ["help.shortcuts", "help.about", "view.notices"]:
        window.actions_by_id[action].trigger()
        (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
        kinds = [isinstance(widget, QPushButton) for widget in in_order_of_tab(dialog)]
        assert True in kinds
        assert kinds == sorted(kinds)
        dialog.close()


def test_going_through_the_areas_leaves_the_buttons_of_the_tool_bar_usable(window: MainWindow) -> None:
    window.context.history.restart(chain())
    window.activateWindow()
    QApplication.processEvents()
    button = window.findChild(QToolBar, "toolbar").widgetForAction(window.actions_by_id["train.toggle"])
    for name in [*window.context.document.nodes] * 2:
        window.context.select([name])
        QApplication.processEvents()
        window.actions_by_id["view.next_area"].trigger()
        window.context.select([])
        delete_now()
    assert isValid(button)
