"""Gaussian noise."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Shape
from core.params import Float


class GaussianNoise(Layer):
    """While training, adds to each number a random one of mean 0 and standard deviation `stddev`.

    Shapes: x (n, ...) -> y (n, ...). In evaluation the input passes unchanged.
    Source: Bishop 1995, Training with noise is equivalent to Tikhonov regularization.
    """

    info = Info("gaussian_noise", "Gaussian noise", "Adds random numbers in training", "Regularisation",
                "gaussian_noise", keywords=("regularisation", "augmentation", "denoising", "jitter", "normal"))
    badges = ("stddev",)
    stddev = Float(default=0.1, low=0.0, high=100.0, label="Standard deviation",
                   doc="Standard deviation of the noise, in the unit of the input.")
    examples = (Example({"stddev": 0.3}, ((8,),)), Example({"stddev": 0.0}, ((3, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]

    def passes_through(self, train: bool) -> bool:
        return not train or self.stddev == 0.0

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, scale = frame.x, frame.y, frame.dx, frame.dy, frame.number(self.stddev)
        # Always drawn in double precision, so that both precisions see the same noise.
        draw, noise = frame.rng.standard_normal, frame.scratch(y.shape, np.float64)

        def forward() -> None:
            draw(out=noise)
            np.multiply(noise, scale, y, casting="same_kind")
            np.add(y, x, y)

        def backward() -> None:
            if dx is not None:
                np.copyto(dx, dy)

        return forward, backward
