"""Nobody sits there: questions answer themselves, and nothing waits for an answer."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QFileDialog, QMenu

from gui.notify import Notifier

# The menus that would have popped up.
POPPED: list[QMenu] = []


@contextmanager
def answers() -> Iterator[None]:
    """Nobody sits there to answer questions, and nothing may wait for an answer."""
    kept: list[tuple[Any, str, Any]] = []

    def put(owner: Any, name: str, value: Any) -> None:
        kept.append((owner, name, owner.__dict__.get(name)))
        setattr(owner, name, value)

    put(QMenu, "popup", lambda menu, at, *rest: POPPED.append(menu))
    put(QMenu, "exec", lambda menu, *rest: POPPED.append(menu))
    put(QDrag, "exec", lambda drag, *rest: Qt.DropAction.IgnoreAction)
    put(QFileDialog, "getOpenFileName", staticmethod(lambda *a, **k: ("", "")))
    put(QFileDialog, "getExistingDirectory", staticmethod(lambda *a, **k: ""))
    put(QFileDialog, "getSaveFileName", staticmethod(lambda *a, **k: ("", "")))
    put(Notifier, "ask_save", lambda *a, **k: "discard")
    put(Notifier, "ask_replace", lambda *a, **k: False)
    try:
        yield
    finally:
        POPPED.clear()
        for owner, name, value in reversed(kept):
            if value is None:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
