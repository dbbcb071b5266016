"""Whether things may move by themselves: animations ask here first."""
from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

# Milliseconds that a movement takes: long enough to be followed, too short to be waited for.
MOMENT = 120

_asked = False


def reduced() -> bool:
    """True if nothing is to move by itself: the user or the system asks for that. Then show the end at once."""
    return _asked or system_reduces()


def ask(still: bool) -> None:
    """Take over what the user chose: True keeps everything still, False leaves it to the system."""
    global _asked
    _asked = still


def system_reduces() -> bool:
    """True if the system asks for stillness, and off screen, where nobody watches."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return True
    hints = QGuiApplication.styleHints()
    # Known since Qt 6.12; before that only Windows tells Qt, by the switch for all effects.
    wish = getattr(getattr(hints, "accessibility", lambda: None)(), "motionPreference", None)
    if wish is not None:
        return str(wish().name) != "NoPreference"
    return sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
