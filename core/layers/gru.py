"""Gated recurrent unit."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass
from core.layers._recurrent import Logistic, Recurrent, Unrolled, nothing, rows


class GRU(Recurrent):
    """h[t] = z * h[t-1] + (1 - z) * tanh(p + r * q) with the gates z, r = sigmoid(p + q), where of the sums
    p = x[t] @ W + b[0] and q = h[t-1] @ U + b[1] each gate has its own columns; h is 0 before the first step.

    Shapes: x (n, time, features) -> y (n, units), or (n, time, units) with `return_sequences`;
    W (features, 3 units), U (units, 3 units), b (2, 3 units).
    The columns are z, r, n as in Keras with reset_after=True, its default (where n is called h). PyTorch computes
    the same with the order r, z, n, stores W and U transposed, has b as bias_ih_l0 and bias_hh_l0, and draws all
    weights uniform in ±1 / sqrt(units), where W here starts as in Keras, U orthogonal and b at 0.
    Source: Cho et al. 2014, arXiv:1406.1078, with the reset after the product as in cuDNN.
    """

    info = Info("gru", "GRU", "A lighter LSTM with two gates", "Sequence", "gru",
                keywords=("rnn", "recurrent", "gated recurrent unit", "gates", "time"))
    gates = 3
    examples = (
        Example({"units": 3}, ((4, 2),)),
        Example({"units": 2, "return_sequences": True}, ((5, 3),)),
        Example({"units": 1}, ((1, 1),)),
    )

    def first_bias(self) -> Array:
        return np.zeros((2, 3 * self.units))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        u, n = self.units, len(frame.x)
        run, logistic = Unrolled(frame, u, self.return_sequences), Logistic(frame, (True, True, False), u)
        a, q, part, half = run.block(3 * u), run.block(3 * u), frame.scratch((n, u)), frame.number(0.5)
        steps = list(zip(run.h[:-1], run.h[1:], q, *_split(a, u), *_split(q, u), strict=True))

        def forward() -> None:
            U = logistic.prepare()
            run.start(logistic.W, logistic.b[0], a)
            for before, now, sums, zr, z, r, new, of_zr, _, _, of_new in steps:
                before.dot(U, sums)
                np.add(sums, logistic.b[1], sums)
                np.add(zr, of_zr, zr)
                np.tanh(zr, zr)
                np.multiply(zr, half, zr)
                np.add(zr, half, zr)
                np.multiply(r, of_new, part)
                np.add(new, part, new)
                np.tanh(new, new)
                np.subtract(before, new, now)
                np.multiply(now, z, now)
                np.add(now, new, now)
            run.deliver()

        return forward, self._backward(frame, run, a, q[:, :, 2 * u :]) if frame.gradient else nothing

    def _backward(self, frame: Frame, run: Unrolled, a: Array, q: Array) -> Pass:
        u, dh, UT, b = self.units, run.dh, run.UT, frame.grads.get("b")
        # dp and dq, the gradients of the sums, differ in the columns of n alone.
        dp, dq, share, one = run.block(3 * u), run.block(3 * u), frame.scratch(dh.shape), frame.number(1.0)
        blocks, of_p, spread = dq.reshape(*dq.shape[:2], 3, u), dp[:, :, 2 * u :], dh[:, None]
        steps = list(zip(run.arriving, dq, blocks, of_p, a[:, :, :u], strict=True))[::-1]

        def backward() -> None:
            _factors(a.reshape(blocks.shape), q, run.h[:-1], blocks, of_p, one)
            run.arrive()
            for arriving, now, by_gate, of_new, z in steps:
                if arriving is not None:
                    np.add(dh, arriving, dh)
                np.multiply(by_gate, spread, by_gate)
                np.multiply(of_new, dh, of_new)
                np.multiply(dh, z, dh)
                now.dot(UT, share)
                np.add(dh, share, dh)
            np.copyto(dp[:, :, : 2 * u], dq[:, :, : 2 * u])
            run.inward(dp, None if b is None else b[0])
            run.recurrent(dq)
            if b is not None:
                run.ones.dot(rows(dq), b[1])

        return backward


def _split(a: Array, units: int) -> tuple[Array, Array, Array, Array]:
    """The columns of z and r together, of z, of r and of n."""
    return a[:, :, : 2 * units], a[:, :, :units], a[:, :, units : 2 * units], a[:, :, 2 * units :]


def _factors(gates: Array, q: Array, before: Array, of_q: Array, of_p: Array, one: Array) -> None:
    """What dh is multiplied with to give dq (by gates, on the third axis) and, for n, dp. All steps at once."""
    z, r, new = (gates[:, :, k] for k in range(3))
    of_z, of_r, of_new = (of_q[:, :, k] for k in range(3))
    np.multiply(new, new, of_p)
    np.subtract(one, of_p, of_p)
    np.subtract(one, z, of_r)
    np.multiply(of_p, of_r, of_p)
    np.multiply(of_r, z, of_r)
    np.subtract(before, new, of_z)
    np.multiply(of_z, of_r, of_z)
    np.multiply(of_p, r, of_new)
    np.subtract(one, r, of_r)
    np.multiply(of_r, of_new, of_r)
    np.multiply(of_r, q, of_r)
