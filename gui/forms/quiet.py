"""Words that stay in the background."""
from __future__ import annotations

from PySide6.QtWidgets import QLabel


def small(text: str = "") -> QLabel:
    """A quiet word beside a control."""
    made = QLabel(text)
    made.setProperty("role", "small")
    return made
