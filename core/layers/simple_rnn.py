"""Simple recurrent layer."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass
from core.layers._recurrent import Recurrent
from core.layers._walk import Walk, nothing
from core.params import Choice


class SimpleRNN(Recurrent):
    """h[t] = f(x[t] @ W + h[t-1] @ U + b), with h = 0 before the first step and f the activation.

    Shapes: x (n, time, features) -> y (n, units), or (n, time, units) with `return_sequences`;
    W (features, units), U (units, units), b (units,).
    Keras calls W `kernel`, U `recurrent_kernel` and b `bias`. PyTorch's RNN stores W and U transposed
    (weight_ih_l0, weight_hh_l0), has two biases of which b is the sum, and starts all of them uniform in
    ±1 / sqrt(units), where W here starts as in Keras and U orthogonal.
    With `bidirectional`, W_back, U_back and b_back (PyTorch: weight_ih_l0_reverse, weight_hh_l0_reverse and so on) read
    from the end, and y is twice as wide: the state of either direction, as in Keras's Bidirectional with concat. Where
    only the last output is given, that of the second direction is its state after the first step of the sequence, as
    h_n of PyTorch and as in Keras; PyTorch's output[:, -1] holds its state after one step. With `masked`, steps whose
    features are all 0 leave the state alone and give 0, as packed sequences in PyTorch if padding is at the end; Keras
    repeats the output of the step before, unless zero_output_for_mask is set. The last output is then that of the last
    step that is not padding, and 0 if there is none.
    Source: Elman 1990, Finding structure in time.
    """

    info = Info("simple_rnn", "SimpleRNN", "A state that is carried along a sequence", "Sequence", "simple_rnn",
                keywords=("rnn", "recurrent", "elman", "time"))
    leading = ("units", "activation")
    activation = Choice(default="tanh", options={"tanh": "Tanh", "relu": "ReLU"},
                        doc="What is applied to the state at every step.")
    examples = (*Recurrent.examples, Example({"units": 2, "activation": "relu", "return_sequences": True}, ((5, 3),)))

    def walk(self, frame: Frame, *, back: bool) -> tuple[Pass, Pass]:
        way, zero, smooth = self.path(frame, back, (0,)), frame.number(0.0), self.activation == "tanh"
        z, V = way.step(), way.V[0]
        self.reveal(frame, way, back=back)
        steps = list(zip(way.a[:-1], way.h[:-1], way.h[1:], way.skips, strict=True))

        def forward() -> None:
            way.start()
            for given, before, now, skip in steps:
                given.dot(V, z)
                if smooth:
                    np.tanh(z, now)
                else:
                    np.maximum(z, zero, out=now)
                if skip is not None:
                    np.copyto(now, before, where=skip)
            way.deliver()

        return forward, self._backward(frame, way, back=back) if frame.gradient else nothing

    def _backward(self, frame: Frame, way: Walk, *, back: bool) -> Pass:
        dz, dh, kept, UT = way.block(1), way.dh, way.step(), way.UT[0]
        self.reveal(frame, way, back=back, slopes=dz)
        pieces = way.pieces(zip(way.arriving, dz[0], way.skips, way.fading(dh), strict=True))

        def backward() -> None:
            way.arrive()
            for piece, steps in pieces:
                self._slopes(way.h[1:][piece], dz[0, piece], frame)
                for arriving, now, skip, fade in steps:
                    if fade is not None:
                        fade()
                    if arriving is not None:
                        np.add(dh, arriving, dh)
                    np.multiply(now, dh, now)
                    if skip is not None:
                        np.copyto(now, 0.0, where=skip)
                        np.copyto(kept, dh)
                    now.dot(UT, dh)
                    if skip is not None:
                        np.copyto(dh, kept, where=skip)
            way.learn(dz)
            way.inward(dz)

        return backward

    def _slopes(self, h: Array, slope: Array, frame: Frame) -> None:
        if self.activation == "tanh":
            np.multiply(h, h, slope)
            np.subtract(frame.number(1.0), slope, slope)
        else:
            # The states are 0 or more, so that their sign is the slope.
            np.sign(h, slope)
