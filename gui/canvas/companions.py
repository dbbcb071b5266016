"""The companions of every scene, in the order in which they follow."""
from __future__ import annotations

from gui.canvas.companion import Companion

COMPANIONS: tuple[type[Companion], ...] = ()
