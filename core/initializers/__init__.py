"""How weights start. A new file here is a new initializer everywhere."""
from core.initializers._base import INITIALIZERS, Initializer
from core.registry import discover

discover(__name__)

__all__ = ["INITIALIZERS", "Initializer"]
