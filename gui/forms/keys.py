"""Which keys a text field keeps for itself, and which go on to the shortcuts of the window.

`pending` says whether something was typed that has not been committed.
"""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


def pass_on(event: QKeyEvent, pending: bool) -> bool:
    """True if a key that a line of text would take belongs to the window: undo with nothing typed to take back."""
    undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    return undo and not pending


def keep(event: QKeyEvent, pending: bool) -> bool:
    """True if the field needs a key that the window may have a shortcut for: Escape takes back what was typed."""
    return event.key() == Qt.Key.Key_Escape and pending


def settle(event: QKeyEvent, pending: bool, commit: Callable[[], None]) -> None:
    """Commit what was typed before a shortcut (save, train) acts on the document."""
    chord = event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.key() >= Qt.Key.Key_F1
    if not event.isAccepted() and chord and event.key() not in _MODIFIERS and pending:
        commit()
