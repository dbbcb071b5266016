"""Long short-term memory."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Frame, Pass
from core.layers._recurrent import Recurrent
from core.layers._walk import Walk, nothing


class LSTM(Recurrent):
    """c[t] = f * c[t-1] + i * g and h[t] = o * tanh(c[t]), from the gates i, f, o = sigmoid(z) and g = tanh(z),
    where z = x[t] @ W + h[t-1] @ U + b; c and h are 0 before the first step.

    Shapes: x (n, time, features) -> y (n, units), or (n, time, units) with `return_sequences`;
    W (features, 4 units), U (units, 4 units), b (4 units,).
    The columns are the gates i, f, g, o: the order of Keras (where g is called c) and of PyTorch alike. PyTorch
    stores W and U transposed and has two biases, of which b is the sum. The bias of f starts at 1, as in Keras
    (unit_forget_bias); PyTorch draws all weights uniform in ±1 / sqrt(units).
    With `bidirectional`, W_back, U_back and b_back (PyTorch: weight_ih_l0_reverse, weight_hh_l0_reverse and so on) read
    from the end, and y is twice as wide: the state of either direction, as in Keras's Bidirectional with concat. Where
    only the last output is given, that of the second direction is its state after the first step of the sequence, as
    h_n of PyTorch and as in Keras; PyTorch's output[:, -1] holds its state after one step. With `masked`, steps whose
    features are all 0 leave the state alone and give 0, as packed sequences in PyTorch if padding is at the end; Keras
    repeats the output of the step before, unless zero_output_for_mask is set. The last output is then that of the last
    step that is not padding, and 0 if there is none.
    Source: Hochreiter & Schmidhuber 1997, Long short-term memory; the gate f: Gers, Schmidhuber & Cummins 2000.
    """

    info = Info("lstm", "LSTM", "Remembers over long sequences", "Sequence", "lstm",
                keywords=("rnn", "recurrent", "long short-term memory", "gates", "time"))
    gates = 4

    def first_bias(self) -> Array:
        return np.repeat([0.0, 1.0, 0.0, 0.0], self.units)

    def walk(self, frame: Frame, *, back: bool) -> tuple[Pass, Pass]:
        way, half = self.path(frame, back, (3, 0, 1, 2), halved=3), frame.number(0.5)
        # Blocks: the gates o, i, f, g, then c before each step, then tanh(c) after it.
        a, both = way.block(6, 1), way.step(2)
        self.reveal(frame, way, back=back, gates=a[:3, : way.time], candidates=a[3, : way.time], cells=a[4],
                    squashed=a[5, : way.time])
        fresh, kept = both
        steps = [(way.a[t], way.h[t], way.h[t + 1], a[:4, t], a[:3, t], a[0, t], a[1:3, t], a[3:5, t], a[4, t],
                  a[4, t + 1], a[5, t], way.skips[t]) for t in range(way.time)]

        def forward() -> None:
            way.start()
            a[4, 0].fill(0.0)
            for given, before, h, gates, sigmoids, o, i_f, g_c, c_before, c, tanh_c, skip in steps:
                np.matmul(given, way.V, gates)
                np.tanh(gates, gates)
                np.multiply(sigmoids, half, sigmoids)
                np.add(sigmoids, half, sigmoids)
                np.multiply(i_f, g_c, both)
                np.add(fresh, kept, c)
                np.tanh(c, tanh_c)
                np.multiply(o, tanh_c, h)
                if skip is not None:
                    np.copyto(c, c_before, where=skip)
                    np.copyto(h, before, where=skip)
            way.deliver()

        return forward, self._backward(way, a, back=back) if frame.gradient else nothing

    def _backward(self, way: Walk, a: Array, *, back: bool) -> Pass:
        # Blocks: what reaches c through h, then the gradients of the sums of o, i, f, g.
        d, dh, dc, shares, kept = way.block(5), way.dh, way.step(), way.step(4), way.step()
        self.reveal(way.frame, way, back=back, slopes=d)
        fading = way.fading(dh, dc)
        pieces = way.pieces((way.arriving[t], d[:2, t], d[0, t], d[2:, t], d[1:, t], a[2, t], way.skips[t], fading[t])
                            for t in range(way.time))
        products = way.step(2, max(len(steps) for _, steps in pieces))

        def backward() -> None:
            way.arrive()
            dc.fill(0.0)
            for piece, steps in pieces:
                _factors(a[:, piece], way.h[1:][piece], products[:, : len(steps)], d[:, piece])
                if way.skip is not None:
                    np.copyto(d[:, piece], 0.0, where=way.skip[piece])
                    np.copyto(a[2, piece], 1.0, where=way.skip[piece])
                for arriving, through_h, through_c, of_cell, dz, f, skip, fade in steps:
                    if fade is not None:
                        fade()
                    if arriving is not None:
                        np.add(dh, arriving, dh)
                    np.multiply(through_h, dh, through_h)
                    np.add(dc, through_c, dc)
                    np.multiply(of_cell, dc, of_cell)
                    np.multiply(dc, f, dc)
                    if skip is not None:
                        np.copyto(kept, dh)
                    np.matmul(dz, way.UT, shares)
                    np.add.reduce(shares, 0, out=dh)
                    if skip is not None:
                        np.copyto(dh, kept, where=skip)
            way.learn(d[1:])
            way.inward(d[1:])

        return backward


def _factors(a: Array, h: Array, products: Array, d: Array) -> None:
    """What dh (for tanh(c) and o) and dc (for i, f and g) are multiplied with to give d.

    They do not depend on the gradient, so that many steps go at once. With h = o * tanh(c): h * (1 - o) for o and
    o - h * tanh(c) = o * (1 - tanh(c)^2) for c, and likewise with the `products` i * g and f * c for the other gates.
    """
    o, i, _, g, _, tanh_c = a
    np.multiply(a[1:3], a[3:5], products)
    for whole, part, rest, result in ((h, tanh_c, o, d[0]), (h, o, h, d[1]), (products, a[1:3], products, d[2:4]),
                                      (products[0], g, i, d[4])):
        np.multiply(whole, part, result)
        np.subtract(rest, result, result)
