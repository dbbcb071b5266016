"""The window: docks, frames, and what happens when a panel fails."""
from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Diff, Document, Node
from core.train.events import Event, Paused
from core.train.request import Request
from gui import crash, docks
from gui.context import AppContext
from gui.dialogs.crash import CrashDialog
from gui.main_window import MainWindow
from gui.panels import PANELS, Panel, PanelInfo
from gui.settings import Settings
from gui.theme import palette

ROOT = Path(__file__).parents[2]


class Probe(Panel):
    """A panel that counts what it is told, and fails on demand."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.ticks = self.changes = self.events = 0
        self.fails = False

    def on_document(self, diff: Diff, document: Document) -> None:
        self.changes += 1

    def on_train(self, event: Event) -> None:
        self.events += 1

    def on_tick(self) -> None:
        self.ticks += 1
        if self.fails:
            raise ValueError("broken on purpose")

    def requests(self) -> tuple[Request, ...]:
        return (Request.of("weights", node="hidden"),)


@pytest.fixture
def probes(theme: palette.Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window with two panels that count: "one" is seen, "two" is hidden."""
    monkeypatch.setattr(PANELS, "_items", {})
    PanelInfo(id="one", title="One", area="bottom", icon="curve", create=Probe)
    PanelInfo(id="two", title="Two", area="bottom", icon="curve", create=Probe, visible=False)
    window = MainWindow(AppContext(theme, Settings()))
    window.show()
    QApplication.processEvents()
    yield window
    window.context.history.mark_saved()
    window.close()
    window.deleteLater()


def test_the_declared_panels_are_where_they_belong(window: MainWindow) -> None:
    areas = {name: window.dockWidgetArea(dock) for name, dock in window.docks.docks.items()}
    assert areas == {info.id: docks.AREAS[info.area] for info in PANELS.values()}
    shown = {name for name, dock in window.docks.docks.items() if not dock.isHidden()}
    assert shown == {info.id for info in PANELS.values() if info.visible}


def test_only_panels_that_are_seen_cost_anything(probes: MainWindow) -> None:
    one, two = (probes.panels[name] for name in ("one", "two"))
    probes.frame()
    assert one.ticks > 0
    assert two.ticks == 0
    assert len(probes.docks.requests()) == 1
    probes.docks.docks["one"].close()
    assert probes.docks.requests() == frozenset()
    before = one.ticks
    probes.frame()
    assert one.ticks == before


def test_a_panel_behind_another_tab_is_not_seen(probes: MainWindow) -> None:
    probes.docks.show("two")
    probes.tabifyDockWidget(probes.docks.docks["one"], probes.docks.docks["two"])
    probes.docks.show("two")
    QApplication.processEvents()
    assert [d.info.id for d in probes.docks.seen()] == ["two"]
    probes.docks.show("one")
    QApplication.processEvents()
    assert [d.info.id for d in probes.docks.seen()] == ["one"]


def test_hidden_panels_are_told_about_document_and_run(probes: MainWindow) -> None:
    probes.context.edit("add", lambda d: edits.add_node(d, Node("dense", "dense")))
    probes.context.trainer.told.emit(Paused(1, 0, 0))
    for panel in probes.panels.values():
        assert panel.changes == 1
        assert panel.events == 1


def test_a_panel_that_fails_is_switched_off_and_the_rest_goes_on(
        probes: MainWindow, qtbot: QtBot, logged: list[logging.LogRecord]) -> None:
    probes.removeDockWidget(probes.docks.docks["two"])
    probes.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, probes.docks.docks["two"], Qt.Orientation.Horizontal)
    probes.docks.show("two")
    qtbot.waitUntil(lambda: len(list(probes.docks.seen())) == 2)
    one, two = (probes.panels[name] for name in ("one", "two"))
    one.fails = True
    probes.frame()
    assert logged.pop().exc_info is not None
    assert not one.isEnabled()
    assert "One failed" in probes.context.notify.notices[-1].text
    before, others = one.ticks, two.ticks
    probes.frame()
    probes.context.edit("add", lambda d: edits.add_node(d, Node("dense", "dense")))
    assert one.ticks == before
    assert one.changes == 0
    assert two.ticks > others
    assert two.changes == 1


def test_the_layout_is_remembered_and_can_be_reset(window: MainWindow, theme: palette.Theme) -> None:
    first = next(info.id for info in PANELS.values() if info.visible and info.area == "bottom")
    window.docks.docks[first].close()
    window.close()
    again = MainWindow(AppContext(theme, Settings.load()))
    try:
        assert again.docks.restore()
        again.show()
        assert again.docks.docks[first].isHidden()
        again.docks.reset()
        shown = {name for name, dock in again.docks.docks.items() if not dock.isHidden()}
        assert shown == {info.id for info in PANELS.values() if info.visible}
    finally:
        again.close()
        again.deleteLater()


def test_a_damaged_layout_is_ignored(window: MainWindow) -> None:
    window.context.settings.layout = docks.LAYOUT
    for state in ("", "not base64 !", "AAAA"):
        window.context.settings.state = window.context.settings.geometry = state
        assert not window.docks.restore()


def test_the_row_of_plots_lies_below_the_canvas_only(window: MainWindow) -> None:
    QApplication.processEvents()
    shown = [d for d in window.docks.docks.values() if not d.isHidden()]
    canvas = window.centralWidget().geometry()
    for dock in shown:
        if dock.info.area == "bottom":
            assert dock.x() >= canvas.left() - 6
            assert dock.geometry().right() <= canvas.right() + 6
    assert canvas.width() >= 600
    assert canvas.height() >= 300


def test_docks_float_and_come_back(window: MainWindow) -> None:
    dock = next(d for d in window.docks.docks.values() if d.info.area == "bottom" and not d.isHidden())
    dock.setFloating(True)
    QApplication.processEvents()
    assert dock.isFloating()
    window.docks.reset()
    assert not dock.isFloating()
    assert not [d for d in window.findChildren(QDockWidget) if d.isFloating()]


def test_closing_ends_the_run_and_keeps_the_layout(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "running", timeout=20_000)
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()
    assert Settings.load().state
    window.hide()


def test_an_error_of_the_program_rescues_the_document_and_is_told(
        window: MainWindow, logged: list[logging.LogRecord]) -> None:
    window.context.edit("add", lambda d: edits.add_node(d, Node("dense", "dense")))
    guard = crash.Crash(window)
    try:
        raise RuntimeError("something broke")
    except RuntimeError as error:
        for _ in range(3):
            guard.on_exception(type(error), error, error.__traceback__)
    QApplication.processEvents()
    (dialog,) = window.findChildren(CrashDialog)
    assert "something broke" in dialog.report
    assert crash.recovery().exists()
    dialog.close()
    assert len(logged) == 3
    logged.clear()


def test_rescued_work_is_forgotten_once_everything_is_saved(window: MainWindow) -> None:
    window.context.edit("add", lambda d: edits.add_node(d, Node("dense", "dense")))
    assert crash.rescue(window) is not None
    crash.forget(window)
    assert crash.recovery().exists()
    window.context.history.mark_saved()
    crash.forget(window)
    assert not crash.recovery().exists()


def test_rescued_work_is_offered_once(window: MainWindow, logged: list[logging.LogRecord]) -> None:
    window.context.edit("add", lambda d: edits.add_node(d, Node("dense", "dense")))
    rescued = window.context.document
    assert crash.rescue(window) is not None
    window.context.history.restart(edits.empty())
    crash.offer(window)
    notice = window.context.notify.notices[-1]
    assert notice.action_text == "Restore"
    assert notice.action is not None
    notice.action()
    assert window.context.document == rescued
    assert window.files.dirty
    count = len(window.context.notify.notices)
    crash.offer(window)
    assert len(window.context.notify.notices) == count


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may have no display")
def test_no_display_is_one_sentence_and_status_2() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    done = subprocess.run([sys.executable, "-m", "gui"], cwd=ROOT, env=environment, capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "display" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_window_takes_a_press_of_space_for_no_button(window: MainWindow) -> None:
    assert window.actions_by_id["train.toggle"].shortcuts()[0].toString() == "Space"
    assert not window.actions_by_id["train.toggle"].autoRepeat()
    assert window.actions_by_id["train.toggle"].shortcutContext() == Qt.ShortcutContext.WindowShortcut
