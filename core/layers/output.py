"""Where predictions leave, and are compared with the targets."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Layer, Shape
from core.losses import LOSSES
from core.params import Choice, Float, KindOf

TARGETS = {"auto": "As the training rule wants", "data": "The target of the data", "input": "The input itself"}


class Output(Layer):
    """The prediction, and the loss that training makes small. Shapes: x (n, ...) -> the same.

    A network may have several: the sum of their losses, each times its weight, is made small, as Keras does with
    loss_weights.
    """

    info = Info("output", "Output", "Prediction and loss", "Inputs & outputs", "output",
                keywords=("loss", "target", "prediction", "criterion", "objective"))
    role = "output"
    badges = ("loss",)
    loss = KindOf(default="mse", of=LOSSES, doc="How far a prediction is from its target.")
    target = Choice(default="auto", options=TARGETS, advanced=True, doc="What the prediction is compared with.")
    weight = Float(default=1.0, low=0.0, high=1e6, advanced=True,
                   doc="What this loss is multiplied with, where several outputs add up.")
    examples = (Example({}, ((1,),)), Example({"loss": "sparse_categorical_crossentropy"}, ((3,),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(len(shapes[0]) > 0, "shape.rank", "needs at least one number per sample.",
                  "Put a Dense layer before it.")
        return shapes[0]
