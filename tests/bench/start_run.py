"""`layerloom` itself, off screen, until its window is painted: prints the time of the monotonic clock then."""
from __future__ import annotations

import sys
import time
from typing import Any

from core.cli import main


def run() -> int:
    """Start the application as the command does, tell when the window has painted itself, and quit."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    import gui.main_window

    def told() -> None:
        print(time.monotonic(), flush=True)
        QApplication.quit()

    def paint(self: Any, event: Any) -> None:
        QMainWindow.paintEvent(self, event)
        # Its children paint in the same pass; the timer fires behind it.
        QTimer.singleShot(0, told)

    gui.main_window.MainWindow.paintEvent = paint
    return main.main([])


if __name__ == "__main__":
    sys.exit(run())
