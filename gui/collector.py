"""Garbage is collected in the GUI thread only.

Python collects in whichever thread allocates. Were that the training thread, pictures, items and widgets would be
destroyed there, which Qt does not survive.
"""
from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY = 500


class Collector(QObject):
    """Takes over from Python's own collector until `stop`. What exists now is taken to live as long as the program."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python would."""
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if due[2] and due[1] else 1 if due[1] else 0)

    def stop(self) -> None:
        """Let Python collect again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
