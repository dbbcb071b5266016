"""Two affine maps with an activation between them, for every row: weights W_1, b_1, W_2, b_2."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.layers._base import Array, Frame, Pass
from core.layers._dropping import mask
from core.layers._normal import share_below
from core.layers._parts import Affine, Parts, rows

Activate = Callable[[int], None]
Slope = Callable[[int, Array], None]


def feed_forward(frame: Frame, activation: str, rate: float) -> tuple[Pass, Pass]:
    """y = drop(activation(x @ W_1 + b_1)) @ W_2 + b_2 with a dropout of `rate`."""
    x, y, units = rows(frame.x), rows(frame.y), frame.weights["W_1"].shape[1]
    parts, first, second = Parts(frame, len(x), units), Affine(frame, "W_1", "b_1"), Affine(frame, "W_2", "b_2")
    hidden = parts.kept(units)
    activate, slope = ACTIVATIONS[activation](frame, parts, hidden)
    masks = [mask(frame, values.shape, rate) for values in hidden] if frame.train and rate > 0.0 else []
    xs, ys, groups = parts.of(x), parts.of(y), range(len(hidden))

    def forward() -> None:
        for i in groups:
            first.forward(xs[i], hidden[i])
            activate(i)
            if masks:
                factor, renew = masks[i]
                renew()
                np.multiply(hidden[i], factor, hidden[i])
            second.forward(hidden[i], ys[i])

    if not frame.gradient:
        return forward, forward
    dys, dxs, d = parts.of(rows(frame.dy)), parts.wanted(frame.dx), parts.passing(units)

    def backward() -> None:
        for i in groups:
            second.backward(hidden[i], dys[i], d[i], first=i == 0)
            if masks:
                np.multiply(d[i], masks[i][0], d[i])
            slope(i, d[i])
            first.backward(xs[i], d[i], dxs[i], first=i == 0)

    return forward, backward


def _relu(frame: Frame, parts: Parts, values: list[Array]) -> tuple[Activate, Slope]:
    zero, on = frame.number(0.0), parts.passing(values[0].shape[1], dtype=np.bool_)

    def activate(i: int) -> None:
        np.maximum(values[i], zero, out=values[i])

    def slope(i: int, d: Array) -> None:
        # Dropout in between leaves the sign, or a 0 where d is 0 too.
        np.greater(values[i], zero, on[i])
        np.multiply(d, on[i], d)

    return activate, slope


def _gelu(frame: Frame, parts: Parts, values: list[Array]) -> tuple[Activate, Slope]:
    units = values[0].shape[1]
    bells, room, slopes = parts.passing(units), parts.passing(units), parts.kept(units)
    minus_half, peak = frame.number(-0.5), frame.number(1.0 / math.sqrt(2.0 * math.pi))

    def filler(i: int) -> Pass:
        inner = replace(frame, xs=(values[i],), scratch=lambda shape, dtype=None: room[i])
        return share_below(inner, bells[i], slopes[i])

    fill = [filler(i) for i in range(len(values))]

    def activate(i: int) -> None:
        x, bell, share = values[i], bells[i], slopes[i]
        np.multiply(x, x, bell)
        np.multiply(bell, minus_half, bell)
        np.exp(bell, bell)
        fill[i]()
        np.multiply(bell, x, bell)
        np.multiply(x, share, x)
        np.multiply(bell, peak, bell)
        np.add(share, bell, share)

    def slope(i: int, d: Array) -> None:
        np.multiply(d, slopes[i], d)

    return activate, slope


ACTIVATIONS: dict[str, Callable[[Frame, Parts, list[Array]], tuple[Activate, Slope]]] = {"relu": _relu, "gelu": _gelu}
