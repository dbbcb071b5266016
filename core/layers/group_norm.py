"""Group normalisation."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
from core.layers._standardise import standardise
from core.params import Float, Int


class GroupNorm(Layer):
    """Brings groups of channels of each sample to mean 0 and variance 1, then to a learned scale gamma and shift beta.

    y = (x - mean) / sqrt(variance + epsilon) * gamma + beta, over all positions and the channels of one group, in
    training and evaluation alike. Channels stand on the last axis.
    Shapes: x (n, ..., c) -> y (n, ..., c); gamma, beta (c,). Keras's defaults are 32 groups and epsilon 1e-3;
    PyTorch has no default for the groups, epsilon 1e-5 as here, and the channels on axis 1.
    Source: Wu & He 2018, arXiv:1803.08494.
    """

    info = Info("group_norm", "Group norm", "Groups of channels to mean 0 and variance 1", "Normalisation",
                "group_norm", keywords=("group normalization", "groupnorm", "instance norm", "standardise"))
    badges = ("groups",)
    groups = Int(default=4, low=1, high=65_536, doc="Number of groups that the channels are split into.")
    epsilon = Float(default=1e-5, low=1e-12, high=1.0, log=True, advanced=True,
                    doc="Added to the variance, so that equal numbers do not divide by 0.")
    examples = (Example({"groups": 2}, ((3, 2, 4),)), Example({"groups": 1}, ((5, 3),)),
                Example({"groups": 2}, ((6,),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one channel.", "Wire it to a layer with channels.")
        channels = shapes[0][-1]
        self.need(channels % self.groups == 0, "shape.groups",
                  f"{channels} channels do not split into {self.groups} equal groups.",
                  f"Choose a number of groups that divides {channels}.")
        return shapes[0]

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        return {"gamma": np.ones(shapes[0][-1]), "beta": np.zeros(shapes[0][-1])}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        n, channels = len(frame.x), frame.x.shape[-1]
        each, places = channels // self.groups, frame.x.size // (n * channels)
        part, ones = np.full(each, 1.0 / (each * places), frame.x.dtype), np.ones((1, places), frame.x.dtype)
        sums, means = frame.scratch((n, 1, channels)), frame.scratch((n, self.groups))
        grouped = sums.reshape(n, self.groups, each)

        def average(x: Array, mean: Array) -> None:
            np.matmul(ones, x, sums)
            grouped.dot(part, means)
            np.copyto(mean.reshape(grouped.shape), means[:, :, None])

        return standardise(frame, (n, places, channels), (n, 1, channels), average, self.epsilon)

    def cost(self, *shapes: Shape) -> int:
        return 4 * math.prod(shapes[0])
