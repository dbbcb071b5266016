"""Gated recurrent unit."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Frame, Pass
from core.layers._recurrent import Recurrent
from core.layers._walk import Walk, nothing, rows


class GRU(Recurrent):
    """h[t] = z * h[t-1] + (1 - z) * tanh(p + r * q) with the gates z, r = sigmoid(p + q), where of the sums
    p = x[t] @ W + b[0] and q = h[t-1] @ U + b[1] each gate has its own columns; h is 0 before the first step.

    Shapes: x (n, time, features) -> y (n, units), or (n, time, units) with `return_sequences`;
    W (features, 3 units), U (units, 3 units), b (2, 3 units).
    The columns are z, r, n as in Keras with reset_after=True, its default (where n is called h). PyTorch computes
    the same with the order r, z, n, stores W and U transposed, has b as bias_ih_l0 and bias_hh_l0, and draws all
    weights uniform in ±1 / sqrt(units), where W here starts as in Keras, U orthogonal and b at 0.
    With `bidirectional`, W_back, U_back and b_back (PyTorch: weight_ih_l0_reverse, weight_hh_l0_reverse and so on) read
    from the end, and y is twice as wide: the state of either direction, as in Keras's Bidirectional with concat. Where
    only the last output is given, that of the second direction is its state after the first step of the sequence, as
    h_n of PyTorch and as in Keras; PyTorch's output[:, -1] holds its state after one step. With `masked`, steps whose
    features are all 0 leave the state alone and give 0, as packed sequences in PyTorch if padding is at the end; Keras
    repeats the output of the step before, unless zero_output_for_mask is set. The last output is then that of the last
    step that is not padding, and 0 if there is none.
    Source: Cho et al. 2014, arXiv:1406.1078, with the reset after the product as in cuDNN.
    """

    info = Info("gru", "GRU", "A lighter LSTM with two gates", "Sequence", "gru",
                keywords=("rnn", "recurrent", "gated recurrent unit", "gates", "time"))
    gates = 3

    def first_bias(self) -> Array:
        return np.zeros((2, 3 * self.units))

    def walk(self, frame: Frame, *, back: bool) -> tuple[Pass, Pass]:
        u, half = self.units, frame.number(0.5)
        way = self.path(frame, back, (0, 1, 2), halved=2, turned=(2, 0, 1))
        # Blocks: z, r, n, then q of n.
        a, part, Vq = way.block(4), way.step(), frame.scratch((u + 1, u))
        self.reveal(frame, way, back=back, gates=a[:2], candidates=a[2], recalled=a[3])
        steps = [(way.a[t], way.a[t, :, : u + 1], way.h[t], way.h[t + 1], a[:2, t], *a[:, t], way.skips[t])
                 for t in range(way.time)]
        both, of_gates = way.V[:2], frame.scratch((2, u))

        def forward() -> None:
            way.start()
            np.multiply(way.b[1, : 2 * u].reshape(2, u), half, of_gates)
            np.add(both[:, u], of_gates, both[:, u])
            np.copyto(Vq[:-1], way.V[2, :u])
            np.copyto(Vq[-1], way.b[1, 2 * u :])
            np.matmul(way.before[:, u:], way.V[2, u:], rows(a[2]))
            for given, state, before, now, gates, z, r, new, q, skip in steps:
                np.matmul(given, both, gates)
                state.dot(Vq, q)
                np.tanh(gates, gates)
                np.multiply(gates, half, gates)
                np.add(gates, half, gates)
                np.multiply(r, q, part)
                np.add(new, part, new)
                np.tanh(new, new)
                np.subtract(before, new, part)
                np.multiply(z, part, part)
                np.add(part, new, now)
                if skip is not None:
                    np.copyto(now, before, where=skip)
            way.deliver()

        return forward, self._backward(frame, way, a, back=back) if frame.gradient else nothing

    def _backward(self, frame: Frame, way: Walk, a: Array, *, back: bool) -> Pass:
        # Blocks: the gradients of q of n, of the sums of z and r, and of p of n.
        d, dh, shares, one = way.block(4), way.dh, way.step(4), frame.number(1.0)
        self.reveal(frame, way, back=back, slopes=d)
        fading = way.fading(dh)
        pieces = way.pieces((way.arriving[t], d[:, t], d[:3, t], a[0, t], fading[t]) for t in range(way.time))

        def backward() -> None:
            way.arrive()
            for piece, steps in pieces:
                _factors(a[:, piece], way.h[piece], d[:, piece], one)
                if way.skip is not None:
                    np.copyto(d[:, piece], 0.0, where=way.skip[piece])
                    np.copyto(a[0, piece], 1.0, where=way.skip[piece])
                for arriving, every, dq, z, fade in steps:
                    if fade is not None:
                        fade()
                    if arriving is not None:
                        np.add(dh, arriving, dh)
                    np.multiply(every, dh, every)
                    np.matmul(dq, way.UT, shares[:3])
                    np.multiply(dh, z, shares[3])
                    np.add.reduce(shares, 0, out=dh)
            self._learn(way, d)
            way.inward(d[1:])

        return backward

    def _learn(self, way: Walk, d: Array) -> None:
        u, dV, db = self.units, way.dV, way.db
        if dV is None or db is None:
            return
        np.matmul(way.before.T, rows(d[1:3]), dV[:2])
        np.matmul(way.before[:, : u + 1].T, rows(d[0]), dV[2, : u + 1])
        np.copyto(db[1, 2 * u :], dV[2, u])
        np.matmul(way.before[:, u:].T, rows(d[3]), dV[2, u:])
        way.teach(dV)
        np.copyto(db[1, : 2 * u], db[0, : 2 * u])


def _factors(a: Array, before: Array, d: Array, one: Array) -> None:
    """What dh is multiplied with to give d. It does not depend on the gradient, so that many steps go at once."""
    (z, r, new, q), (of_q, of_z, of_r, of_p) = a, d
    np.subtract(one, z, of_q)
    np.subtract(before, new, of_z)
    np.multiply(of_z, z, of_z)
    np.multiply(of_z, of_q, of_z)
    np.multiply(new, new, of_p)
    np.subtract(one, of_p, of_p)
    np.multiply(of_p, of_q, of_p)
    np.multiply(of_p, r, of_q)
    np.multiply(of_q, r, of_r)
    np.subtract(of_q, of_r, of_r)
    np.multiply(of_r, q, of_r)
