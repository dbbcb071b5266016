"""Fully connected layer."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._regularised import Regularised
from core.params import Bool, Int, KindOf


class Dense(Regularised):
    """y = x @ W + b, on the last axis.

    Shapes: x (n, ..., f) -> y (n, ..., units); W (f, units); b (units,). PyTorch's Linear stores W transposed.
    Source: Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors.
    """

    info = Info("dense", "Dense", "Every input to every unit", "Basic", "dense",
                keywords=("fc", "linear", "fully connected", "affine", "perceptron", "neurons"))
    inputs = (Port("x", "features on the last axis"),)
    badges = ("units",)
    units = Int(default=4, low=1, high=65_536, doc="Number of neurons: the width of the output.")
    bias = Bool(default=True, doc="Add a learned constant to every unit.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (Example({"units": 3}, ((4,),)), Example({"units": 2, "bias": False}, ((5, 4),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return (*shapes[0][:-1], self.units)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        features = shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        weights = {"W": draw(rng, (features, self.units), features, self.units)}
        return weights | ({"b": np.zeros(self.units)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y = _rows(frame.x), _rows(frame.y)
        W, b = frame.weights["W"], frame.weights.get("b")

        def forward() -> None:
            x.dot(W, y)
            if b is not None:
                np.add(y, b, y)

        return forward, self._backward(frame, x, W)

    def _backward(self, frame: Frame, x: Array, W: Array) -> Pass:
        if not frame.gradient:
            return _nothing
        dy, dx = _rows(frame.dy), None if frame.dx is None else _rows(frame.dx)
        xT, WT, ones = x.T, W.T, np.ones(len(dy), dy.dtype)
        dW, db = frame.grads.get("W"), frame.grads.get("b")

        def backward() -> None:
            if dW is not None:
                xT.dot(dy, dW)
            if db is not None:
                ones.dot(dy, db)
            if dx is not None:
                dy.dot(WT, dx)

        return backward

    def cost(self, *shapes: Shape) -> int:
        return math.prod(shapes[0]) * self.units

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})


def _rows(a: Array) -> Array:
    return a.reshape(-1, a.shape[-1])


def _nothing() -> None:
    """Stands where no gradient is wanted."""
