"""What the recurrent layers share: parameters, first weights, and one walk or two through the sequence."""
from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.initializers import INITIALIZERS
from core.layers._base import Array, Example, Frame, Layer, Pass, Port, Shape, show
from core.layers._regularised import Regularised
from core.layers._walk import Walk
from core.params import Bool, Int, KindOf


class Recurrent(Regularised):
    """A layer that walks through a sequence. Shapes: x (n, time, features) -> y (n, units) or (n, time, units).

    `gates` is how many blocks of `units` columns W (features, gates * units) and U (units, gates * units) have.
    A walk from behind has weights of its own, W_back, U_back and b_back, and its output comes second.
    Source of walks in both directions: Schuster & Paliwal 1997, Bidirectional recurrent neural networks.
    """

    gates: ClassVar[int] = 1
    inputs = (Port("x", "a sequence: time, features"),)
    badges = ("units", "return_sequences")
    units = Int(default=16, low=1, high=4096, doc="Size of the memory: the width of the output.")
    return_sequences = Bool(default=False, doc="Give the output of every time step instead of the last one only.")
    bidirectional = Bool(default=False, doc="Read the sequence from its end as well; gives both outputs side by side.")
    masked = Bool(default=False, doc="Skip padding: time steps whose features are all 0.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights of the input start.",
                         advanced=True)
    examples: ClassVar[tuple[Example, ...]] = (
        Example({"units": 3}, ((4, 2),)),
        Example({"units": 2, "return_sequences": True}, ((5, 3),)),
        Example({"units": 2, "bidirectional": True, "return_sequences": True}, ((4, 3),)),
        Example({"units": 2, "bidirectional": True, "masked": True}, ((3, 2),)),
        Example({"units": 1}, ((1, 1),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_sequence(self, shapes[0])
        width = 2 * self.units if self.bidirectional else self.units
        return (shapes[0][0], width) if self.return_sequences else (width,)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        built = self._draw(rng, shapes[0][-1])
        if self.bidirectional:
            built |= {f"{name}_back": array for name, array in self._draw(rng, shapes[0][-1]).items()}
        return built

    def _draw(self, rng: np.random.Generator, features: int) -> dict[str, Array]:
        columns = self.gates * self.units
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        W = draw(rng, (features, columns), features, columns)
        return {"W": W, "U": _orthogonal(rng, self.units, columns), "b": self.first_bias()}

    def first_bias(self) -> Array:
        """The bias before training, by gates."""
        return np.zeros(self.gates * self.units)

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        there = self.walk(frame, back=False)
        return _both(there, self.walk(frame, back=True)) if self.bidirectional else there

    def walk(self, frame: Frame, *, back: bool) -> tuple[Pass, Pass]:
        """Forward and backward in one direction."""
        raise NotImplementedError

    def path(self, frame: Frame, back: bool, order: tuple[int, ...], halved: int = 0,
             turned: tuple[int, ...] = ()) -> Walk:
        """The arrays of that direction."""
        return Walk(frame, self.units, order, halved=halved, turned=turned, every=self.return_sequences,
                    masked=self.masked, back=back)

    @staticmethod
    def reveal(frame: Frame, way: Walk, *, back: bool, **arrays: Array) -> None:
        """Show arrays (..., time, n, units), such as the gates that are sigmoids, the states before each step and
        after the last (time + 1, n, units), and which steps are padding (time, n, 1), all in the order of the walk."""
        behind = " back" if back else ""
        for name, array in {**arrays, "states": way.h, "padding": way.skip}.items():
            if array is not None:
                frame.show(f"{name}{behind}", array)

    def cost(self, *shapes: Shape) -> int:
        time, features = shapes[0]
        return time * (features + self.units) * self.gates * self.units * (2 if self.bidirectional else 1)

    def decays(self) -> frozenset[str]:
        there = frozenset({"W", "U"})
        return there | {"W_back", "U_back"} if self.bidirectional else there


def need_sequence(layer: Layer, shape: Shape) -> None:
    """Raise ShapeError unless `shape` is (time, features) with at least one step."""
    hint = ("Give the Input a shape of two numbers, put an Embedding before it if the sequence holds whole numbers, "
            "or let the recurrent layer before it return sequences.")
    layer.need(len(shape) == 2, "shape.rank", f"needs a sequence (time, features), got {show(shape)}.", hint)
    layer.need(min(shape) > 0, "shape.empty", f"the sequence {show(shape)} is empty.",
               "Give it at least one time step and one feature.")


def _both(there: tuple[Pass, Pass], back: tuple[Pass, Pass]) -> tuple[Pass, Pass]:
    def forward() -> None:
        there[0]()
        back[0]()

    def backward() -> None:
        there[1]()
        back[1]()

    return forward, backward


def _orthogonal(rng: np.random.Generator, units: int, columns: int) -> Array:
    """(units, columns) with orthonormal rows. Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120."""
    q, r = np.linalg.qr(rng.normal(size=(columns, units)))
    return (q * np.where(np.diag(r) < 0.0, -1.0, 1.0)).T
