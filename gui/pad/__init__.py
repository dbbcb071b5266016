"""The pad: points in a plane are painted, moved and erased on it, and are the data that the network learns."""
from gui.pad.pad import Pad

__all__ = ["Pad"]
