"""The panels. A new file here is a new panel of the window."""
from core.registry import discover
from gui.panels._base import PANELS, Exportable, Panel, PanelInfo

discover(__name__)

__all__ = ["PANELS", "Exportable", "Panel", "PanelInfo"]
