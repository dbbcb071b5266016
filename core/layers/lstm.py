"""Long short-term memory."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass
from core.layers._recurrent import Logistic, Recurrent, Unrolled, nothing


class LSTM(Recurrent):
    """c[t] = f * c[t-1] + i * g and h[t] = o * tanh(c[t]), from the gates i, f, o = sigmoid(z) and g = tanh(z),
    where z = x[t] @ W + h[t-1] @ U + b; c and h are 0 before the first step.

    Shapes: x (n, time, features) -> y (n, units), or (n, time, units) with `return_sequences`;
    W (features, 4 units), U (units, 4 units), b (4 units,).
    The columns are the gates i, f, g, o: the order of Keras (where g is called c) and of PyTorch alike. PyTorch
    stores W and U transposed and has two biases, of which b is the sum. The bias of f starts at 1, as in Keras
    (unit_forget_bias); PyTorch draws all weights uniform in ±1 / sqrt(units).
    Source: Hochreiter & Schmidhuber 1997, Long short-term memory; the gate f: Gers, Schmidhuber & Cummins 2000.
    """

    info = Info("lstm", "LSTM", "Remembers over long sequences", "Sequence", "lstm",
                keywords=("rnn", "recurrent", "long short-term memory", "gates", "time"))
    gates = 4
    examples = (
        Example({"units": 3}, ((4, 2),)),
        Example({"units": 2, "return_sequences": True}, ((5, 3),)),
        Example({"units": 1}, ((1, 1),)),
    )

    def first_bias(self) -> Array:
        return np.repeat([0.0, 1.0, 0.0, 0.0], self.units)

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        u, n = self.units, len(frame.x)
        run, logistic = Unrolled(frame, u, self.return_sequences), Logistic(frame, (True, True, False, True), u)
        a, c, squashed = run.block(4 * u), frame.scratch((run.time + 1, n, u)), run.block(u)
        share, part = frame.scratch((n, 4 * u)), frame.scratch((n, u))
        gates = a.reshape(run.time, n, 4, u).transpose(0, 2, 1, 3)
        steps = [(*now, *gates[t]) for t, now in
                 enumerate(zip(run.h[:-1], run.h[1:], c[:-1], c[1:], squashed, a, strict=True))]

        def forward() -> None:
            U = logistic.prepare()
            run.start(logistic.W, logistic.b, a)
            c[0].fill(0.0)
            for h_before, h, c_before, c_now, tanh_c, z, i, f, g, o in steps:
                h_before.dot(U, share)
                np.add(z, share, z)
                logistic.squash(z)
                np.multiply(f, c_before, c_now)
                np.multiply(i, g, part)
                np.add(c_now, part, c_now)
                np.tanh(c_now, tanh_c)
                np.multiply(o, tanh_c, h)
            run.deliver()

        return forward, self._backward(frame, run, gates, c, squashed) if frame.gradient else nothing

    def _backward(self, frame: Frame, run: Unrolled, gates: Array, c: Array, squashed: Array) -> Pass:
        u, n, dh, UT, db = self.units, run.n, run.dh, run.UT, frame.grads.get("b")
        dz, through = run.block(4 * u), run.block(u)
        dc, part = frame.scratch((n, u)), frame.scratch((n, u))
        blocks = dz.reshape(run.time, n, 4, u)
        behind = dc[:, None]
        steps = list(zip(run.arriving, dz, blocks[:, :, :3], blocks[:, :, 3], through, gates[:, 1], strict=True))[::-1]

        def backward() -> None:
            _factors(gates, c[:-1], squashed, blocks.transpose(0, 2, 1, 3), through, frame.number(1.0))
            run.arrive()
            dc.fill(0.0)
            for arriving, now, of_cell, of_output, slope, f in steps:
                if arriving is not None:
                    np.add(dh, arriving, dh)
                np.multiply(slope, dh, part)
                np.add(dc, part, dc)
                np.multiply(of_cell, behind, of_cell)
                np.multiply(of_output, dh, of_output)
                np.multiply(dc, f, dc)
                now.dot(UT, dh)
            run.inward(dz, db)
            run.recurrent(dz)

        return backward


def _factors(gates: Array, c_before: Array, squashed: Array, factor: Array, through: Array, one: Array) -> None:
    """What dc (for i, f and g) and dh (for o) are multiplied with to give dz, and dh to give its share of dc.

    gates and factor have the gates as their second axis; they do not depend on the gradient, so all steps go at once.
    """
    i, g, o = gates[:, 0], gates[:, 2], gates[:, 3]
    np.multiply(gates, gates, factor)
    np.subtract(gates, factor, factor)
    for k, other in ((0, g), (1, c_before), (3, squashed)):
        np.multiply(factor[:, k], other, factor[:, k])
    np.multiply(g, g, through)
    np.subtract(one, through, through)
    np.multiply(through, i, factor[:, 2])
    np.multiply(squashed, squashed, through)
    np.subtract(one, through, through)
    np.multiply(through, o, through)
