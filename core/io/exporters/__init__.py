"""What a trained network can be handed on as. A new file here is a new entry of the menu and of `--to`."""
from core.io.exporters._base import EXPORTERS, Exporter, Weights
from core.registry import discover

discover(__name__)

__all__ = ["EXPORTERS", "Exporter", "Weights"]
