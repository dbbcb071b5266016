"""A button of one icon."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from gui.theme import icons


def icon_button(icon: str, tip: str, run: Callable[[], object] | None = None, *, name: str = "", size: int = 0,
                side: int = 0, scale: float = 1.0) -> QToolButton:
    """A button that says in its `tip` what a click does; `name` is what it is called where it cannot be seen, by
    default the tip. The icon is `size` pixels large, or `scale` times as large as usual, the button `side` pixels."""
    made = QToolButton()
    icons.bind(made, icon)
    made.setIconSize(QSize(size, size) if size else made.iconSize() * scale)
    if side:
        made.setFixedSize(side, side)
    made.setToolTip(tip)
    made.setAccessibleName(name or tip)
    if run is not None:
        # The signal tells whether it is down, which is nothing to what it runs.
        made.clicked.connect(lambda: run())
    return made
