"""From the command line to a painted window."""
from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from gui import crash
from gui.collector import Collector
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.theme import palette

NO_DISPLAY = ("layerloom: there is no display to open a window on. Start it in a desktop session, or set "
              "QT_QPA_PLATFORM=offscreen.")
# Shorter than Python's 5 ms: the window gets the interpreter from a run that never waits.
SWITCH_INTERVAL = 0.0005
# Milliseconds that a step or a read may take at most after the window has closed.
PATIENCE = 60_000


def has_display() -> bool:
    """Whether Qt can open a window. On Linux it aborts the process where it cannot, so this is asked first."""
    if not sys.platform.startswith("linux"):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen not in ("", "xcb") and not chosen.startswith("wayland"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(argv: Sequence[str]) -> int:
    """Open the window on the file that `argv` names, if any, and stay until it is closed.

    Returns the exit status: 2 if there is no display, which is said in one sentence.
    """
    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 2
    app = QApplication.instance() or QApplication(["layerloom"])
    assert isinstance(app, QApplication)
    window = make_window(app)
    guard = crash.Crash(window)
    guard.install()
    collector = Collector(window)
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        window.show()
        window.start(_file(argv))
        crash.offer(window)
        status = app.exec()
        crash.forget(window)
        return status
    finally:
        # A thread that is destroyed while it runs takes the process down: better to stay, out of sight, until it ends.
        window.context.trainer.shutdown(PATIENCE)
        window.context.desk.shutdown(PATIENCE)
        collector.stop()
        guard.remove()


def make_window(app: QApplication) -> MainWindow:
    """The window, dressed and wired, not yet shown."""
    app.setApplicationName("layerloom")
    app.setApplicationDisplayName("Layerloom")
    app.setDesktopFileName("layerloom")
    settings = Settings.load()
    theme = palette.apply(app, settings.theme)
    window = MainWindow(AppContext(theme, settings))
    window.docks.restore()
    return window


def _file(argv: Sequence[str]) -> str:
    return next((name for name in argv if not name.startswith("-")), "")
