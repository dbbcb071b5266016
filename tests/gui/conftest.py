"""The parts of a window for tests, and a look at what a test leaves behind: windows, timers, threads."""
from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QThread, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from shiboken6 import isValid

from gui.context import AppContext
from gui.main_window import MainWindow
from gui.notify import Notifier
from gui.settings import Settings
from gui.theme import palette

MenuAt = Callable[[QPointF], QMenu]
# New objects; a window has that many, and collecting them takes a tenth of a second.
MANY = 2000

_threads: list[QThread] = []
_many: list[bool] = []
_start = QThread.start


def _noted_start(self: QThread, *arguments: Any) -> None:
    _threads.append(self)
    _start(self, *arguments)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform "offscreen" has no window manager to raise a window; Qt says so each time."""
    for item in items:
        if "/tests/gui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True))


@pytest.fixture(scope="session", autouse=True)
def threads_are_noted() -> Iterator[None]:
    """Qt has no list of its threads: keep one."""
    QThread.start = _noted_start
    yield
    QThread.start = _start


@pytest.fixture(autouse=True)
def garbage_waits() -> Iterator[None]:
    """Collected in the training thread, what an earlier test left would be destroyed there: a crash some day.

    It is collected before the next test: until then pytest holds on to the window, which would be frozen for ever.
    """
    if _many:
        gc.collect()
        gc.freeze()
        _many.clear()
    gc.disable()
    yield
    if gc.get_count()[0] > MANY:
        _many.append(True)
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_behind(garbage_waits: None) -> Iterator[None]:
    """A window, a running thread, or a timer of a closed window that outlives its test fails it."""
    yield
    if QApplication.instance() is None:
        return
    delete_now()
    threads = [t for t in _threads if isValid(t) and t.isRunning()]
    _threads.clear()
    for thread in threads:
        thread.quit()
        thread.wait(5000)
    tops = QApplication.topLevelWidgets()
    shown = [w for w in tops if isValid(w) and w.isVisible()]
    timers = [t for w in tops if isValid(w) for t in w.findChildren(QTimer) if t.isActive()]
    names = [f"{type(w).__name__} {w.windowTitle()!r}" for w in shown]
    owners = [type(t.parent()).__name__ for t in timers]
    for window in shown:
        window.hide()
    for timer in timers:
        timer.stop()
    assert not threads, f"{len(threads)} threads still run"
    assert not names, f"windows still open: {names}"
    assert not owners, f"timers still active, of {owners}"


@pytest.fixture(autouse=True)
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that waits for an answer would wait for ever: tests say beforehand what the answer is."""

    def unexpected(*arguments: object, **options: object) -> None:
        raise AssertionError(f"the user was asked: {arguments[1:]}")

    monkeypatch.setattr(Notifier, "ask_save", unexpected)
    monkeypatch.setattr(Notifier, "ask_replace", unexpected)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", unexpected)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", unexpected)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", unexpected)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> palette.Theme:
    """The light theme, once for all tests."""
    return palette.apply(qapp, "light")


@pytest.fixture
def context(theme: palette.Theme) -> Iterator[AppContext]:
    """What all parts share, with an empty document."""
    context = AppContext(theme, Settings())
    yield context
    if isValid(context):
        context.trainer.shutdown()
        context.desk.shutdown()
        context.deleteLater()
        delete_now()


@pytest.fixture
def window(theme: palette.Theme) -> Iterator[MainWindow]:
    """The real window, shown, with an empty document. Closed at the end without asking."""
    context = AppContext(theme, Settings.load())
    window = MainWindow(context)
    window.show()
    window.activateWindow()
    # Keys reach only the active window, and on a busy machine it becomes so a little later.
    assert QTest.qWaitForWindowActive(window, 5000)
    QApplication.processEvents()
    yield window
    if isValid(window):
        context.history.mark_saved()
        window.close()
        window.deleteLater()
        delete_now()


@pytest.fixture
def menu_at(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MenuAt:
    """Right-click on the canvas; gives the menu that would pop up (the platform of the tests has no pop-ups)."""
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))

    def click(at: QPointF) -> QMenu:
        port, pixel = window.canvas.viewport(), window.canvas.mapFromScene(at)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, pixel, port.mapToGlobal(pixel))
        QCoreApplication.sendEvent(port, event)
        return shown[-1]

    return click


def texts(menu: QMenu) -> list[str]:
    """What the entries of a menu say."""
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def delete_now() -> None:
    """Delete what waits for it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
