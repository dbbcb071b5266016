"""Simple recurrent layer."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass
from core.layers._recurrent import Recurrent, Unrolled, nothing
from core.params import Choice


class SimpleRNN(Recurrent):
    """h[t] = f(x[t] @ W + h[t-1] @ U + b), with h = 0 before the first step and f the activation.

    Shapes: x (n, time, features) -> y (n, units), or (n, time, units) with `return_sequences`;
    W (features, units), U (units, units), b (units,).
    Keras calls W `kernel`, U `recurrent_kernel` and b `bias`. PyTorch's RNN stores W and U transposed
    (weight_ih_l0, weight_hh_l0), has two biases of which b is the sum, and starts all of them uniform in
    ±1 / sqrt(units), where W here starts as in Keras and U orthogonal.
    Source: Elman 1990, Finding structure in time.
    """

    info = Info("simple_rnn", "SimpleRNN", "A state that is carried along a sequence", "Sequence", "simple_rnn",
                keywords=("rnn", "recurrent", "elman", "time"))
    activation = Choice(default="tanh", options={"tanh": "Tanh", "relu": "ReLU"},
                        doc="What is applied to the state at every step.")
    examples = (
        Example({"units": 3}, ((4, 2),)),
        Example({"units": 3, "return_sequences": True}, ((4, 2),)),
        Example({"units": 2, "activation": "relu", "return_sequences": True}, ((5, 3),)),
        Example({"units": 1}, ((1, 1),)),
    )

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        run, share = Unrolled(frame, self.units, self.return_sequences), frame.scratch((len(frame.x), self.units))
        W, U, b, zero = frame.weights["W"], frame.weights["U"], frame.weights["b"], frame.number(0.0)
        steps, states, smooth = list(zip(run.h[:-1], run.h[1:], strict=True)), run.h[1:], self.activation == "tanh"

        def forward() -> None:
            run.start(W, b, states)
            for before, now in steps:
                before.dot(U, share)
                np.add(now, share, now)
                if smooth:
                    np.tanh(now, now)
                else:
                    np.maximum(now, zero, out=now)
            run.deliver()

        return forward, self._backward(frame, run) if frame.gradient else nothing

    def _backward(self, frame: Frame, run: Unrolled) -> Pass:
        dz, dh, UT, db = run.block(self.units), run.dh, run.UT, frame.grads.get("b")
        steps = list(zip(dz, run.arriving, strict=True))[::-1]

        def backward() -> None:
            self._slopes(run.h[1:], dz, frame)
            run.arrive()
            for now, arriving in steps:
                if arriving is not None:
                    np.add(dh, arriving, dh)
                np.multiply(now, dh, now)
                now.dot(UT, dh)
            run.inward(dz, db)
            run.recurrent(dz)

        return backward

    def _slopes(self, h: Array, slope: Array, frame: Frame) -> None:
        if self.activation == "tanh":
            np.multiply(h, h, slope)
            np.subtract(frame.number(1.0), slope, slope)
        else:
            # The states are 0 or more, so that their sign is the slope.
            np.sign(h, slope)
