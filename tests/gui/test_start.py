"""What the window does, and leaves undone, until it is shown."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from gui.context import AppContext
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.theme import palette

ROOT = Path(__file__).parents[2]
HEAVY = ("polars", "fastexcel", "PIL", "pooch", "requests", "sklearn", "scipy", "rich")
START = f"""
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from gui.app import make_window
window = make_window(app)
window.show()
app.processEvents()
print([name for name in {HEAVY} if name in sys.modules])
window.context.history.mark_saved()
window.close()
"""


class Watch(QObject):
    """Notes what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_the_window_opens_without_what_only_some_data_need() -> None:
    ran = subprocess.run([sys.executable, "-c", START], cwd=ROOT, text=True, capture_output=True, timeout=120,
                         check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "[]\n"


def test_nothing_flashes_up_before_the_window(theme: palette.Theme, qapp: QApplication) -> None:
    watch = Watch()
    qapp.installEventFilter(watch)
    window = MainWindow(AppContext(theme, Settings()))
    qapp.removeEventFilter(watch)
    window.context.history.mark_saved()
    window.close()
    window.deleteLater()
    assert watch.shown == []
