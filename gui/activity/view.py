"""What all ways to look at the layers share."""
from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QPointF

from gui.plots import view


class View(view.View):
    """One way to look at the layers: `chosen` is the node that is selected, or "", and those in `ill` are not well."""

    chosen = ""
    ill: Collection[str] = ()

    def node(self, found: Any, place: QPointF) -> str | None:
        """The node to which belongs what is at a place of the scene."""
        return None
