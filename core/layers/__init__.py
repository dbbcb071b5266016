"""The layers. A new file here is a new layer everywhere."""
from core.layers._base import LAYERS, Array, Example, Frame, Layer, Pass, Port, Shape, ignore, show
from core.layers._regularised import Regularised
from core.registry import discover

discover(__name__)

__all__ = ["LAYERS", "Array", "Example", "Frame", "Layer", "Pass", "Port", "Regularised", "Shape", "ignore", "show"]
