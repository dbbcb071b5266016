"""Sinusoidal positional encoding."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Port, Shape
from core.layers._padding import padding
from core.layers._recurrent import need_sequence
from core.params import Bool, Float


class PositionalEncoding(Layer):
    """y = x + p with p[t, 2k] = sin(t / w) and p[t, 2k + 1] = cos(t / w), w = wavelength^(2k / features).

    Shapes: x (n, time, features) -> y (n, time, features). Tells a layer that sees all steps at once which is which.
    Sines and cosines alternate as in the paper; KerasHub's SinePositionEncoding alternates too, and gives p without
    adding it. x is not scaled by sqrt(features). PyTorch has no such layer. With `masked`, steps whose features are
    all 0 stay 0.
    Source: Vaswani et al. 2017, Attention is all you need, section 3.5.
    """

    info = Info("positional_encoding", "Positional enc.", "Adds the place in the sequence", "Sequence",
                "positional_encoding", keywords=("sinusoidal", "position", "transformer", "attention", "time"))
    inputs = (Port("x", "a sequence: time, features"),)
    masked = Bool(default=False, doc="Leave padding at 0: time steps whose features are all 0.")
    wavelength = Float(default=10_000.0, low=1.0, high=1e9, log=True, advanced=True,
                       doc="Ratio of the longest wave to the shortest one.")
    examples = (Example(shapes=((4, 6),)), Example({"wavelength": 100.0}, ((5, 3),)),
                Example({"masked": True}, ((5, 3),)), Example(shapes=((1, 1),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_sequence(self, shapes[0])
        return shapes[0]

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        waves, masked = _waves(x.shape[1], x.shape[2], self.wavelength).astype(y.dtype), self.masked
        flags, look = padding(frame)

        def forward() -> None:
            np.add(x, waves, y)
            if masked:
                look()
                np.copyto(y, 0.0, where=flags)

        def backward() -> None:
            if dx is not None:
                np.copyto(dx, dy)
                if masked:
                    np.copyto(dx, 0.0, where=flags)

        return forward, backward


def _waves(time: int, features: int, wavelength: float) -> Array:
    column = np.arange(features)
    angle = np.arange(time)[:, None] / wavelength ** (column // 2 * 2 / features)
    return np.where(column % 2 == 0, np.sin(angle), np.cos(angle))
