"""The optimizers. A new file here is a new optimizer everywhere."""
from core.optimizers._base import OPTIMIZERS, Optimizer, Update
from core.registry import discover

discover(__name__)

__all__ = ["OPTIMIZERS", "Optimizer", "Update"]
