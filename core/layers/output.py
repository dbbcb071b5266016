"""Where predictions leave, and are compared with the targets."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Layer, Shape
from core.losses import LOSSES
from core.params import KindOf


class Output(Layer):
    """The prediction, and the loss that training makes small. Shapes: x (n, ...) -> the same."""

    info = Info("output", "Output", "Prediction and loss", "Inputs & outputs", "output",
                keywords=("loss", "target", "prediction", "criterion", "objective"))
    role = "output"
    badges = ("loss",)
    loss = KindOf(default="mse", of=LOSSES, doc="How far a prediction is from its target.")
    examples = (Example({}, ((1,),)), Example({"loss": "sparse_categorical_crossentropy"}, ((3,),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(len(shapes[0]) == 1, "shape.rank", "needs one row of numbers per sample.",
                  "Put a Dense layer before it.")
        return shapes[0]
