"""RMS normalisation."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
from core.layers._standardise import learning, long, widener
from core.params import Float


class RMSNorm(Layer):
    """Brings each row of features to root mean square 1, then to a learned scale gamma; the mean stays.

    y = x / sqrt(mean(x^2) + epsilon) * gamma, over the last axis, in training and evaluation alike.
    Shapes: x (n, ..., f) -> y (n, ..., f); gamma (f,). Keras's epsilon is 1e-6 as here, PyTorch's the smallest
    relative step of the type (1.2e-7 in single precision).
    Source: Zhang & Sennrich 2019, arXiv:1910.07467.
    """

    info = Info("rms_norm", "RMS norm", "Each sample to root mean square 1", "Normalisation", "rms_norm",
                keywords=("rms normalization", "rmsnorm", "root mean square", "transformer"))
    epsilon = Float(default=1e-6, low=1e-12, high=1.0, log=True, advanced=True,
                    doc="Added to the mean square, so that zeros do not divide by 0.")
    examples = (Example({}, ((4,),)), Example({"epsilon": 0.1}, ((3, 5),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        return {"gamma": np.ones(shapes[0][-1])}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        features = frame.x.shape[-1]
        rows = frame.x.size // features
        x, y, wide = frame.x.reshape(rows, features), long(frame.y), widener(frame)
        hat, product, gamma = frame.scratch(x.shape), frame.scratch(x.shape), frame.weights["gamma"]
        whole, scale, share = hat.reshape(y.shape), frame.scratch((rows, 1)), frame.scratch((rows, 1))
        one, eps, part = frame.number(1.0), frame.number(self.epsilon), np.full(features, 1.0 / features, x.dtype)

        def forward() -> None:
            np.multiply(x, x, product)
            product.dot(part, scale[:, 0])
            np.add(scale, eps, scale)
            np.sqrt(scale, scale)
            np.divide(one, scale, scale)
            np.multiply(x, scale, hat)
            np.multiply(whole, wide(gamma), y)

        if not frame.gradient:
            return forward, forward
        learn = learning(frame, hat, product)
        dy, dx = long(frame.dy), None if frame.dx is None else frame.dx.reshape(x.shape)
        slope = None if frame.dx is None else long(frame.dx)

        def backward() -> None:
            learn()
            if dx is not None:
                np.multiply(dy, wide(gamma), slope)
                np.multiply(dx, hat, product)
                product.dot(part, share[:, 0])
                np.multiply(hat, share, product)
                np.subtract(dx, product, dx)
                np.multiply(dx, scale, dx)

        return forward, backward

    def cost(self, *shapes: Shape) -> int:
        return 3 * math.prod(shapes[0])
