"""Layer normalisation."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
from core.layers._standardise import standardise_rows
from core.params import Float


class LayerNorm(Layer):
    """Brings the features of each row to mean 0 and variance 1, then to a learned scale gamma and shift beta.

    y = (x - mean) / sqrt(variance + epsilon) * gamma + beta, over the last axis, in training and evaluation alike.
    Shapes: x (n, ..., f) -> y (n, ..., f); gamma, beta (f,). Keras's epsilon is 1e-3, PyTorch's 1e-5 as here.
    Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450.
    """

    info = Info("layer_norm", "Layer norm", "Each sample to mean 0 and variance 1", "Normalisation", "layer_norm",
                keywords=("layer normalization", "layernorm", "standardise", "transformer"))
    epsilon = Float(default=1e-5, low=1e-12, high=1.0, log=True, advanced=True,
                    doc="Added to the variance, so that equal features do not divide by 0.")
    examples = (Example({}, ((4,),)), Example({"epsilon": 0.1}, ((3, 5),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        return {"gamma": np.ones(shapes[0][-1]), "beta": np.zeros(shapes[0][-1])}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return standardise_rows(frame, self.epsilon)

    def cost(self, *shapes: Shape) -> int:
        return 4 * math.prod(shapes[0])
