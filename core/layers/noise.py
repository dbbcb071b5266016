"""Noise."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
from core.params import Choice, Int, IntTuple

DISTRIBUTIONS = {"normal": "Normal", "uniform": "Uniform, −1 to 1"}


class Noise(Layer):
    """Random numbers, of which a generator makes samples. The gradient ends here.

    In training every pass draws new numbers. In evaluation every pass gives the same: sample i of a batch gets the
    i-th numbers that follow from `seed`, so that what is made of them can be watched as it changes.
    Shapes: -> y (n, *shape). It has no input. The numbers have single precision.
    Source: Goodfellow et al. 2014, Generative adversarial nets, arXiv:1406.2661.
    """

    info = Info("noise", "Noise", "Random numbers to generate from", "Inputs & outputs", "noise",
                keywords=("random", "latent", "generator", "gan", "normal", "uniform", "gaussian"))
    inputs = ()
    badges = ("shape", "distribution")
    draws = True
    shape = IntTuple(default=(8,), shortest=1, doc="Shape for one sample.")
    distribution = Choice(default="normal", options=DISTRIBUTIONS, doc="Normal: mean 0, deviation 1. Or even, −1 to 1.")
    seed = Int(default=0, low=0, high=2**31 - 1, advanced=True, doc="Chooses the numbers outside of training.")
    examples = (Example({"shape": [4]}, ()), Example({"shape": [2, 3], "distribution": "uniform", "seed": 3}, ()))

    def infer(self, *shapes: Shape) -> Shape:
        return self.shape

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        y, rng = frame.y, frame.rng if frame.train else np.random.default_rng(self.seed)
        generator, start = rng.bit_generator, None if frame.train else rng.bit_generator.state
        drawn = y if y.dtype == np.float32 else frame.scratch(y.shape, np.float32)
        fill = self._filling(rng, drawn)

        def forward() -> None:
            if start is not None:
                generator.state = start
            fill()
            if drawn is not y:
                np.copyto(y, drawn)

        def backward() -> None:
            """Nobody stands before it."""

        return forward, backward

    def _filling(self, rng: np.random.Generator, out: Array) -> Callable[[], None]:
        def normal() -> None:
            rng.standard_normal(dtype=np.float32, out=out)

        def uniform() -> None:
            rng.random(dtype=np.float32, out=out)
            np.multiply(out, np.float32(2.0), out)
            np.subtract(out, np.float32(1.0), out)

        return normal if self.distribution == "normal" else uniform
