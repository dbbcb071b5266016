"""The losses. A new file here is a new loss everywhere."""
from core.losses._base import LOSSES, Loss, LossFrame
from core.registry import discover

discover(__name__)

__all__ = ["LOSSES", "Loss", "LossFrame"]
