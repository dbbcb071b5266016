"""Explore has a row of its own between canvas and plots, once somebody asks for it."""
from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.graph import edits
from gui.main_window import MainWindow
from gui.panels.explore import ExplorePanel

PLOTS = ("curves", "boundary", "weights", "confusion")


def opened(window: MainWindow, qtbot: QtBot) -> ExplorePanel:
    window.docks.docks["explore"].toggleViewAction().trigger()
    panel = window.panels["explore"]
    assert isinstance(panel, ExplorePanel)
    qtbot.waitUntil(lambda: panel.store.frame is not None, timeout=60_000)
    return panel


def test_a_first_start_leaves_the_plots_their_row(window: MainWindow) -> None:
    docks = window.docks.docks
    assert docks["explore"].isHidden()
    tops = {docks[name].geometry().top() for name in PLOTS}
    lefts = [docks[name].geometry().left() for name in PLOTS]
    assert len(tops) == 1
    assert lefts == sorted(set(lefts))


def test_the_view_menu_opens_it_across_the_window_above_the_plots(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    opened(window, qtbot)
    docks = window.docks.docks
    qtbot.waitUntil(lambda: docks["explore"].height() > 0.3 * window.height())
    mine, first, last = (docks[name].geometry() for name in ("explore", PLOTS[0], PLOTS[-1]))
    assert mine.left() == first.left()
    assert mine.right() == last.right()
    assert mine.bottom() < first.top()
    assert window.canvas.height() > 0.2 * window.height()
    assert first.height() > 120


def test_its_height_stays_as_somebody_has_set_it(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    opened(window, qtbot)
    dock = window.docks.docks["explore"]
    qtbot.waitUntil(lambda: not window.docks.room.pending)
    qtbot.waitUntil(lambda: dock.height() > 0.3 * window.height())
    window.resizeDocks([dock], [230], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock.height() < 0.3 * window.height())
    height = dock.height()
    dock.close()
    dock.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: not window.docks.room.pending)
    assert abs(dock.height() - height) <= 4


def test_it_follows_the_data_while_it_is_seen_and_rests_behind(window: MainWindow, qtbot: QtBot) -> None:
    panel = opened(window, qtbot)
    window.context.edit("Data", lambda document: edits.set_data(document, {"source": "spiral"}))
    qtbot.waitUntil(lambda: panel.store.frame is not None and panel.store.frame.title == "Spiral", timeout=60_000)
    window.docks.docks["explore"].close()
    window.context.edit("Data", lambda document: edits.set_data(document, {"source": "iris"}))
    for _ in range(3):
        window.frame()
    assert panel.store.frame is not None
    assert panel.store.frame.title == "Spiral"
    window.docks.docks["explore"].show()
    qtbot.waitUntil(lambda: panel.store.frame is not None and panel.store.frame.title == "Iris", timeout=60_000)


def test_its_plot_is_what_export_takes_after_a_click_into_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = opened(window, qtbot)
    panel.look_at("Table")
    window.activateWindow()
    panel.segments.setFocus()
    exported = window.docks.plot()
    assert exported is not None
    assert exported.name == "table"


def test_the_names_of_all_looks_are_in_sight_whatever_data_came_before(window: MainWindow, qtbot: QtBot) -> None:
    panel = opened(window, qtbot)
    for source, titles in (("iris", 4), ("brackets", 2)):
        window.context.edit("Data", lambda document, source=source: edits.set_data(document, {"source": source}))
        qtbot.waitUntil(lambda titles=titles: panel.segments.count() == titles, timeout=60_000)
        panel.look_at("Columns")
    qtbot.waitUntil(lambda: panel.segments.width() >= panel.segments.sizeHint().width())
    assert panel.segments.tabRect(0).left() == 0
