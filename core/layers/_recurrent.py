"""What the recurrent layers share: parameters, first weights, and a pass with time as the first axis."""
from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.initializers import INITIALIZERS
from core.layers._base import Array, Frame, Layer, Port, Shape, show
from core.params import Bool, Int, KindOf


class Recurrent(Layer):
    """A layer that walks through a sequence. Shapes: x (n, time, features) -> y (n, units) or (n, time, units).

    `gates` is how many blocks of `units` columns W (features, gates * units) and U (units, gates * units) have.
    """

    gates: ClassVar[int] = 1
    inputs = (Port("x", "a sequence: time, features"),)
    badges = ("units", "return_sequences")
    units = Int(default=16, low=1, high=4096, doc="Size of the memory: the width of the output.")
    return_sequences = Bool(default=False, doc="Give the output of every time step instead of the last one only.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights of the input start.",
                         advanced=True)

    def infer(self, *shapes: Shape) -> Shape:
        need_sequence(self, shapes[0])
        return (shapes[0][0], self.units) if self.return_sequences else (self.units,)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        features, columns = shapes[0][-1], self.gates * self.units
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        W = draw(rng, (features, columns), features, columns)
        return {"W": W, "U": _orthogonal(rng, self.units, columns), "b": self.first_bias()}

    def first_bias(self) -> Array:
        """The bias before training, by gates."""
        return np.zeros(self.gates * self.units)

    def cost(self, *shapes: Shape) -> int:
        time, features = shapes[0]
        return time * (features + self.units) * self.gates * self.units

    def decays(self) -> frozenset[str]:
        return frozenset({"W", "U"})


class Unrolled:
    """The steps of one recurrent pass as contiguous blocks: what is (n, time, ...) outside is (time, n, ...) here.

    `h` holds the state before the first step (zeros) and after each step: (time + 1, n, units).
    """

    def __init__(self, frame: Frame, units: int, every: bool):
        n, self.time, features = frame.x.shape
        self.frame, self.n, self.units, self.every = frame, n, units, every
        self.x = frame.scratch((self.time, n, features))
        self.h = frame.scratch((self.time + 1, n, units))
        if frame.gradient:
            self.dh = frame.scratch((n, units))
            # Small products with a transposed matrix take almost twice as long: U is turned once for all steps.
            self.UT = frame.scratch(frame.weights["U"].shape[::-1])
            self.dx = None if frame.dx is None else frame.scratch(self.x.shape)
            arrived = frame.scratch((self.time, n, units)) if every else None
            self.arrived = arrived
            self.arriving: list[Array | None] = [None] * self.time if arrived is None else list(arrived)
            self.ones = np.ones(self.time * n, frame.y.dtype)

    def block(self, columns: int) -> Array:
        """Scratch for numbers of every step: (time, n, columns)."""
        return self.frame.scratch((self.time, self.n, columns))

    def start(self, W: Array, b: Array, z: Array) -> None:
        """Forget the state and fill z with x @ W + b for all steps at once."""
        self.h[0].fill(0.0)
        np.copyto(self.x, self.frame.x.transpose(1, 0, 2))
        flat = rows(z)
        rows(self.x).dot(W, flat)
        np.add(flat, b, flat)

    def deliver(self) -> None:
        """Write the states to the output."""
        np.copyto(self.frame.y, self.h[1:].transpose(1, 0, 2) if self.every else self.h[-1])

    def arrive(self) -> None:
        """Take in U and the gradient of the output; `dh` is what reaches the last state from behind the last step."""
        np.copyto(self.UT, self.frame.weights["U"].T)
        if self.arrived is None:
            np.copyto(self.dh, self.frame.dy)
        else:
            self.dh.fill(0.0)
            np.copyto(self.arrived, self.frame.dy.transpose(1, 0, 2))

    def inward(self, dz: Array, bias: Array | None) -> None:
        """From the gradients dz of x @ W + b at all steps: those of W, the bias and the input."""
        flat, dW, dx = rows(dz), self.frame.grads.get("W"), self.frame.dx
        if dW is not None:
            rows(self.x).T.dot(flat, dW)
        if bias is not None:
            self.ones.dot(flat, bias)
        if dx is not None and self.dx is not None:
            flat.dot(self.frame.weights["W"].T, rows(self.dx))
            np.copyto(dx, self.dx.transpose(1, 0, 2))

    def recurrent(self, dz: Array) -> None:
        """From the gradients dz of h @ U at all steps: that of U."""
        dU = self.frame.grads.get("U")
        if dU is not None:
            rows(self.h[:-1]).T.dot(rows(dz), dU)


class Logistic:
    """Sigmoid for some gates and tanh for the others in one call: sigmoid(z) = tanh(z / 2) / 2 + 1 / 2.

    The halving is folded into copies of the weights, W, U and b, that `prepare` renews.
    """

    def __init__(self, frame: Frame, gates: tuple[bool, ...], units: int):
        self.weights = frame.weights
        self.W, self.U, self.b = (frame.scratch(frame.weights[name].shape) for name in "WUb")
        chosen = np.repeat(np.array(gates), units)
        self.scale = np.where(chosen, 0.5, 1.0).astype(frame.y.dtype)
        self.offset = np.where(chosen, 0.5, 0.0).astype(frame.y.dtype)

    def prepare(self) -> Array:
        """Halve the columns of the present weights; gives U."""
        for name, scaled in (("W", self.W), ("U", self.U), ("b", self.b)):
            np.multiply(self.weights[name], self.scale, scaled)
        return self.U

    def squash(self, z: Array) -> None:
        """From the scaled sums of one step to its gates, in place."""
        np.tanh(z, z)
        np.multiply(z, self.scale, z)
        np.add(z, self.offset, z)


def rows(a: Array) -> Array:
    """All steps of all samples below each other."""
    return a.reshape(-1, a.shape[-1])


def nothing() -> None:
    """Stands where no gradient is wanted."""


def need_sequence(layer: Layer, shape: Shape) -> None:
    """Raise ShapeError unless `shape` is (time, features) with at least one step."""
    hint = ("Give the Input a shape of two numbers, put an Embedding before it if the sequence holds whole numbers, "
            "or let the recurrent layer before it return sequences.")
    layer.need(len(shape) == 2, "shape.rank", f"needs a sequence (time, features), got {show(shape)}.", hint)
    layer.need(min(shape) > 0, "shape.empty", f"the sequence {show(shape)} is empty.",
               "Give it at least one time step and one feature.")


def _orthogonal(rng: np.random.Generator, units: int, columns: int) -> Array:
    """(units, columns) with orthonormal rows. Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120."""
    q, r = np.linalg.qr(rng.normal(size=(columns, units)))
    return np.ascontiguousarray((q * np.where(np.diag(r) < 0.0, -1.0, 1.0)).T)
