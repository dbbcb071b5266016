"""Where the samples enter."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Layer, Shape, show
from core.params import IntTuple


class Input(Layer):
    """The samples of the data set. Shapes: -> (n, *shape)."""

    info = Info("input", "Input", "The samples enter here", "Inputs & outputs", "input",
                keywords=("data", "source", "features", "placeholder"))
    inputs = ()
    role = "input"
    shape = IntTuple(default=(), special="as the data", doc="Shape of one sample; empty takes it from the data.")
    examples = (Example({}, ((4,),)), Example({"shape": [3, 2]}, ((3, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        wanted = self.shape or (shapes[0] if shapes else ())
        self.need(bool(wanted), "input.unknown", "there is no data to take the shape from.",
                  "Choose a data set, or type the shape.")
        fits = not shapes or shapes[0] == wanted
        self.need(fits, "input.shape", f"expects {show(wanted)}, but a sample of the data is {show(shapes[0])}."
                  if shapes else "", "Clear the shape to take it from the data, or choose other data.")
        return wanted
