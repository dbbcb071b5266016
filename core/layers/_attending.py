"""What the layers share that attend: parameters, first weights, and the matrix of attention."""
from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from core.initializers import INITIALIZERS
from core.layers._attention import Heads
from core.layers._attention_matrix import attention_matrix
from core.layers._base import Array, Frame, Pass, Port, Shape
from core.layers._padding_mask import Padding, without_padding
from core.layers._recurrent import need_sequence
from core.layers._regularised import Regularised
from core.params import Bool, Float, Int, KindOf


class Attending(Regularised):
    """A layer with several heads of attention. Their queries, keys and values together have `width` columns each."""

    badges: ClassVar[tuple[str, ...]] = ("num_heads",)
    num_heads = Int(default=4, low=1, high=1024, label="Heads",
                    doc="Number of heads, each of which looks for something of its own.")
    dropout = Float(default=0.0, low=0.0, high=0.95, doc="Share of the attention weights that training sets to zero.")
    masked = Bool(default=False, doc="Skip padding: time steps whose features are all 0.")
    key_dim = Int(default=0, low=0, high=4096, special="features / heads", advanced=True,
                  doc="Size of the queries, keys and values of one head; 0 shares the features out among the heads.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.", advanced=True)

    def infer(self, *shapes: Shape) -> Shape:
        for shape in shapes:
            need_sequence(self, shape)
        self.width(shapes[0][1])
        return shapes[0]

    def width(self, features: int) -> int:
        """Columns of the queries of all heads. Raises ShapeError where the features cannot be shared out."""
        if self.key_dim:
            return self.num_heads * self.key_dim
        self.need(features % self.num_heads == 0, "shape.heads",
                  f"{features} features do not split into {self.num_heads} equal heads.",
                  f"Choose a number of heads that divides {features}, or a Key dim of your own.")
        return features

    def heads(self, features: int) -> Heads:
        """How it attends to `features`."""
        return Heads(self.num_heads, self.width(features) // self.num_heads, rate=self.dropout)

    def attention(self, weights: Mapping[str, Array], *xs: Array) -> Array:
        """How much every step of the first input looks at every step of the last one, by heads, in evaluation:
        (n, heads, time, steps), a fresh array. Each row sums to 1, or to 0 where padding keeps it from looking."""
        q, k = self.queries_and_keys(weights, *xs)
        return attention_matrix(self.heads(xs[0].shape[2]), q, k, (xs[0], xs[-1]) if self.masked else None)

    def queries_and_keys(self, weights: Mapping[str, Array], *xs: Array) -> tuple[Array, Array]:
        """What attention compares: (n, time, width) and (n, steps, width)."""
        raise NotImplementedError

    def drawn(self, rng: np.random.Generator, features: int, units: int, blocks: int = 1) -> Array:
        """First weights (features, blocks * units), each block of columns drawn for itself."""
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        return np.concatenate([draw(rng, (features, units), features, units) for _ in range(blocks)], axis=1)


class SelfAttending(Attending):
    """A layer in which one sequence looks at itself: weights W_in, b_in with queries, keys and values in this order."""

    inputs = (Port("x", "a sequence: time, features"),)
    causal = Bool(default=False, doc="Hide later steps: each step sees itself and what came before.")

    def heads(self, features: int) -> Heads:
        return Heads(self.num_heads, self.width(features) // self.num_heads, self.causal, self.dropout)

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        if not self.masked:
            return self.unpadded(frame, None)
        padding = Padding(frame, frame.x)
        return without_padding(frame, padding, lambda inner: self.unpadded(inner, padding))

    def unpadded(self, frame: Frame, padding: Padding | None) -> tuple[Pass, Pass]:
        """The passes, which may leave anything at the steps of `padding`."""
        raise NotImplementedError

    def queries_and_keys(self, weights: Mapping[str, Array], *xs: Array) -> tuple[Array, Array]:
        packed = xs[0] @ weights["W_in"]
        if "b_in" in weights:
            packed = packed + weights["b_in"]
        width = packed.shape[2] // 3
        return packed[..., :width], packed[..., width : 2 * width]
