"""Transformer encoder block."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from core.kinds import Info
from core.layers._attending import SelfAttending
from core.layers._attention_passes import self_attention
from core.layers._base import Array, Example, Frame, Pass, Shape
from core.layers._dropping import mask
from core.layers._feed_forward import feed_forward
from core.layers._padding_mask import Padding
from core.layers._standardise import standardise_rows
from core.params import Bool, Choice, Float, Int

NORMS = ({"gamma_1": "gamma", "beta_1": "beta"}, {"gamma_2": "gamma", "beta_2": "beta"})


class TransformerEncoder(SelfAttending):
    """Self-attention, then a feed-forward network for every time step, each with a sum and a layer norm around it:
    s = norm(x + attention(x)), y = norm(s + activation(s @ W_1 + b_1) @ W_2 + b_2).

    With `norm_first` the norms stand inside: s = x + attention(norm(x)), y = s + feed_forward(norm(s)).
    Shapes: x (n, time, f) -> y (n, time, f); W_in, b_in, W_out, b_out as in multi-head attention; W_1 (f, units),
    b_1 (units,), W_2 (units, f), b_2 (f,); gamma_1, beta_1 (f,) of the norm of the attention, gamma_2, beta_2 (f,) of
    that of the feed-forward network.
    PyTorch's TransformerEncoderLayer, whose dim_feedforward is `units` here and starts at 2048, whose Linear layers
    start uniform in ±1 / sqrt(f), and which takes masks as arguments. `dropout` acts in the same four places as
    there: on attention weights, hidden units, and on what either part adds. KerasHub's has the same arithmetic,
    epsilon 1e-5 as here and no dropout to begin with.
    Source: Vaswani et al. 2017, Attention is all you need, arXiv:1706.03762, section 3.1; with the norms inside:
    Xiong et al. 2020, arXiv:2002.04745.
    """

    info = Info("transformer_encoder", "Transformer enc.", "Attention and feed-forward with norms", "Sequence",
                "transformer_encoder", keywords=("transformer block", "self-attention", "encoder layer", "time"))
    badges = ("num_heads", "units")
    leading = ("num_heads", "units", "activation", "dropout")
    units = Int(default=128, low=1, high=65_536, doc="Number of hidden units of the feed-forward network.")
    activation = Choice(default="relu", options={"relu": "ReLU", "gelu": "GELU"}, doc="What the hidden units do.")
    dropout = Float(default=0.1, low=0.0, high=0.95,
                    doc="Share of attention weights, hidden units and results that training sets to zero.")
    norm_first = Bool(default=False, doc="Norm what goes into attention and feed-forward, not the sums behind them.")
    epsilon = Float(default=1e-5, low=1e-12, high=1.0, log=True, advanced=True,
                    doc="Added to the variances of the norms, so that equal features do not divide by 0.")
    examples = (
        Example({"num_heads": 2, "units": 5}, ((3, 4),)),
        Example({"num_heads": 1, "units": 3, "dropout": 0.0, "activation": "gelu", "causal": True}, ((4, 3),)),
        Example({"num_heads": 2, "units": 3, "norm_first": True, "masked": True, "activation": "gelu"}, ((3, 4),)),
        Example({"num_heads": 1, "units": 2, "dropout": 0.0, "norm_first": True, "epsilon": 0.1}, ((1, 2),)),
    )

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        f, units = shapes[0][1], self.units
        width = self.width(f)
        return {
            "W_in": self.drawn(rng, f, width, 3), "b_in": np.zeros(3 * width),
            "W_out": self.drawn(rng, width, f), "b_out": np.zeros(f),
            "gamma_1": np.ones(f), "beta_1": np.zeros(f),
            "W_1": self.drawn(rng, f, units), "b_1": np.zeros(units),
            "W_2": self.drawn(rng, units, f), "b_2": np.zeros(f),
            "gamma_2": np.ones(f), "beta_2": np.zeros(f),
        }

    def unpadded(self, frame: Frame, padding: Padding | None) -> tuple[Pass, Pass]:
        return (self._norm_first if self.norm_first else self._norm_last)(frame, padding)

    def queries_and_keys(self, weights: Mapping[str, Array], *xs: Array) -> tuple[Array, Array]:
        x = xs[0]
        if self.norm_first:
            x = x - x.mean(-1, keepdims=True)
            x = x / np.sqrt((x * x).mean(-1, keepdims=True) + self.epsilon) * weights["gamma_1"] + weights["beta_1"]
        return super().queries_and_keys(weights, x)

    def _norm_last(self, frame: Frame, padding: Padding | None) -> tuple[Pass, Pass]:
        x, y, dx, dy, d, inner = frame.x, frame.y, frame.dx, frame.dy, *_slopes(frame)
        total, middle = frame.scratch(x.shape), frame.scratch(x.shape)
        attend, attend_back = self._attention(_inside(frame, x, total, dx, d), padding)
        norm_1, norm_1_back = self._norm(_inside(frame, total, middle, d, d), 0)
        feed, feed_back = self._feed_forward(_inside(frame, middle, total, inner, d))
        norm_2, norm_2_back = self._norm(_inside(frame, total, y, d, dy), 1)

        def forward() -> None:
            attend()
            np.add(total, x, total)
            norm_1()
            feed()
            np.add(total, middle, total)
            norm_2()

        def backward() -> None:
            norm_2_back()
            feed_back()
            np.add(d, inner, d)
            norm_1_back()
            attend_back()
            if dx is not None:
                np.add(dx, d, dx)

        return forward, backward

    def _norm_first(self, frame: Frame, padding: Padding | None) -> tuple[Pass, Pass]:
        x, y, dx, dy, d, inner = frame.x, frame.y, frame.dx, frame.dy, *_slopes(frame)
        first, total, second = (frame.scratch(x.shape) for _ in range(3))
        norm_1, norm_1_back = self._norm(_inside(frame, x, first, dx, inner), 0)
        attend, attend_back = self._attention(_inside(frame, first, total, inner, d), padding)
        norm_2, norm_2_back = self._norm(_inside(frame, total, second, d, d), 1)
        feed, feed_back = self._feed_forward(_inside(frame, second, y, d, dy))

        def forward() -> None:
            norm_1()
            attend()
            np.add(total, x, total)
            norm_2()
            feed()
            np.add(y, total, y)

        def backward() -> None:
            feed_back()
            norm_2_back()
            np.add(d, dy, d)
            attend_back()
            norm_1_back()
            if dx is not None:
                np.add(dx, d, dx)

        return forward, backward

    def _attention(self, frame: Frame, padding: Padding | None) -> tuple[Pass, Pass]:
        heads = self.heads(frame.x.shape[2])
        return _dropped(frame, self.dropout, lambda inner: self_attention(inner, heads, padding))

    def _feed_forward(self, frame: Frame) -> tuple[Pass, Pass]:
        return _dropped(frame, self.dropout, lambda inner: feed_forward(inner, self.activation, self.dropout))

    def _norm(self, frame: Frame, place: int) -> tuple[Pass, Pass]:
        weights, grads = (_renamed(table, NORMS[place]) for table in (frame.weights, frame.grads))
        return standardise_rows(replace(frame, weights=weights, grads=grads), self.epsilon)

    def cost(self, *shapes: Shape) -> int:
        time, f = shapes[0]
        return time * (self.width(f) * (4 * f + 2 * time) + 2 * f * self.units)

    def decays(self) -> frozenset[str]:
        return frozenset({"W_in", "W_out", "W_1", "W_2"})


def _inside(frame: Frame, x: Array, y: Array, dx: Array | None, dy: Array) -> Frame:
    """The frame of a part of the block."""
    return replace(frame, xs=(x,), y=y, dxs=(dx,), dy=dy)


def _dropped(frame: Frame, rate: float, make: Callable[[Frame], tuple[Pass, Pass]]) -> tuple[Pass, Pass]:
    """The passes that `make` gives for a frame, with a dropout behind them."""
    if not frame.train or rate == 0.0:
        return make(frame)
    factor, renew = mask(frame, frame.y.shape, rate)
    dy = frame.scratch(frame.dy.shape)
    run, back = make(replace(frame, dy=dy))

    def forward() -> None:
        run()
        renew()
        np.multiply(frame.y, factor, frame.y)

    def backward() -> None:
        np.multiply(frame.dy, factor, dy)
        back()

    return forward, backward


def _slopes(frame: Frame) -> tuple[Array, Array]:
    """Memory for gradients on the way through the block."""
    shape = frame.x.shape if frame.gradient else (0,)
    return frame.scratch(shape), frame.scratch(shape)


def _renamed(table: Mapping[str, Array], names: Mapping[str, str]) -> dict[str, Array]:
    return {short: table[long] for long, short in names.items() if long in table}
