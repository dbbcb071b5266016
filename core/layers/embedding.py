"""Embedding."""
from __future__ import annotations

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._regularised import Regularised
from core.params import Int, KindOf


class Embedding(Regularised):
    """y = W[x]: a learned row of numbers for each word. x holds the numbers of words, 0 to input_dim - 1.

    Shapes: x (n, time) -> y (n, time, output_dim); W (input_dim, output_dim).
    Where x is no whole number from 0 to input_dim - 1, y is not a number (NaN), so that training stops there and says
    so instead of learning a wrong word. The input gets a gradient of 0: nothing before an Embedding can learn.
    Parameters are called as in Keras; PyTorch says num_embeddings and embedding_dim. W starts normal with scale 1
    as in PyTorch; Keras draws uniform in ±0.05. The word `padding_index` reads as zeros and learns nothing: PyTorch's
    padding_idx, of which -1 is the last word where here it is none; with 0, layers that skip padding see the same
    words as behind mask_zero of Keras. `max_norm` bounds the columns of W, as Keras's MaxNorm does, not the rows that
    are looked up, as max_norm of PyTorch.
    Source: Bengio et al. 2003, A neural probabilistic language model.
    """

    info = Info("embedding", "Embedding", "A learned vector for each word", "Sequence", "embedding",
                keywords=("word", "token", "vocabulary", "lookup", "vector", "text"))
    inputs = (Port("x", "a sequence of whole numbers"),)
    badges = ("input_dim", "output_dim")
    domain = "It takes whole numbers from 0 up to below its vocabulary size, so the data must not be scaled."
    input_dim = Int(default=1000, low=1, high=1_000_000, label="Vocabulary", doc="How many different words there are.")
    output_dim = Int(default=16, low=1, high=4096, label="Width", doc="How many numbers stand for one word.")
    padding_index = Int(default=-1, low=-1, high=999_999, special="none", label="Padding",
                        doc="The word that fills short sequences up: it gives zeros and learns nothing.")
    initializer = KindOf(default="normal", of=INITIALIZERS, preset={"scale": 1.0}, doc="How the vectors start.",
                         advanced=True)
    examples = (Example({"input_dim": 5, "output_dim": 3}, ((4,),), integers=5),
                Example({"input_dim": 4, "output_dim": 2, "padding_index": 0}, ((6,),), integers=4),
                Example({"input_dim": 2, "output_dim": 1}, ((1,),), integers=2))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(len(shapes[0]) == 1, "shape.rank", "needs a row of whole numbers (time), one for each word.",
                  "Wire it to an Input whose samples are such rows.")
        self.need(self.padding_index < self.input_dim, "param.padding",
                  f"padding {self.padding_index} is outside the vocabulary of {self.input_dim} words.",
                  "Choose a word below the vocabulary size, or none.")
        return (*shapes[0], self.output_dim)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        W = draw(rng, (self.input_dim, self.output_dim), self.input_dim, self.output_dim)
        if self.padding_index >= 0:
            W[self.padding_index] = 0.0
        return {"W": W}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, W = frame.x, frame.y, frame.weights["W"]
        index, bad, outside = frame.scratch(x.shape, np.intp), _flags(frame), _flags(frame)
        # A negative index is a huge one without its sign: one comparison finds both.
        unsigned, words, padding = index.view(np.uintp), np.uintp(self.input_dim), self.padding_index

        def forward() -> None:
            np.copyto(index, x, casting="unsafe")
            np.not_equal(index, x, bad)
            np.greater_equal(unsigned, words, outside)
            np.logical_or(bad, outside, bad)
            wrong = bad.any()
            if wrong:
                index[bad] = 0
            W.take(index, 0, y, mode="clip")
            if padding >= 0:
                np.equal(index, padding, outside)
                np.copyto(y, 0.0, where=outside[:, :, None])
            if wrong:
                y[bad] = np.nan

        return forward, self._backward(frame, index)

    def _backward(self, frame: Frame, index: Array) -> Pass:
        dx, dW = frame.dx, frame.grads.get("W")
        if not frame.gradient:
            return _nothing
        # Adding at single numbers is several times as fast as adding rows.
        places, columns = frame.scratch(frame.y.shape, np.intp), np.arange(self.output_dim)
        padding = self.padding_index

        def backward() -> None:
            if dx is not None:
                dx.fill(0.0)
            if dW is not None:
                dW.fill(0.0)
                np.multiply(index[:, :, None], self.output_dim, places)
                np.add(places, columns, places)
                np.add.at(dW.reshape(-1), places.reshape(-1), frame.dy.reshape(-1))
                if padding >= 0:
                    dW[padding].fill(0.0)

        return backward

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})


def _flags(frame: Frame) -> Array:
    return frame.scratch(frame.x.shape, np.bool_)


def _nothing() -> None:
    """Stands where no gradient is wanted."""
