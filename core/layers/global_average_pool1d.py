"""Mean over time."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._padding import padding
from core.layers._recurrent import need_sequence
from core.params import Bool


class GlobalAveragePool1D(Layer):
    """y = the mean of x over time: one number for each feature.

    Shapes: x (n, time, features) -> y (n, features), as Keras's GlobalAveragePooling1D; PyTorch's
    AdaptiveAvgPool1d(1) has features before time and gives (n, features, 1). With `masked` the mean is that of the
    steps whose features are not all 0, as in Keras behind a mask, and 0 where there is none.
    Source: Lin, Chen & Yan 2013, arXiv:1312.4400.
    """

    info = Info("global_average_pool1d", "GlobalAvgPool1D", "The mean over time", "Pooling",
                "global_average_pool1d", keywords=("gap", "pooling", "mean", "average", "sequence", "time"))
    inputs = (Port("x", "a sequence: time, features"),)
    masked = Bool(default=False, doc="Skip padding: time steps whose features are all 0.")
    examples = (Example(shapes=((4, 2),)), Example({"masked": True}, ((4, 2),)), Example(shapes=((1, 3),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_sequence(self, shapes[0])
        return shapes[0][1:]

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        flags, look = padding(frame)
        share, masked = frame.scratch((len(y), 1)), self.masked
        rows, one, time = share[:, None], frame.number(1.0), frame.number(x.shape[1])

        def forward() -> None:
            if masked:
                look()
                np.add.reduce(flags, 1, out=share)
                np.subtract(time, share, share)
                np.maximum(share, one, out=share)
                np.divide(one, share, share)
            else:
                share.fill(1.0 / x.shape[1])
            np.add.reduce(x, 1, out=y)
            np.multiply(y, share, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(dy[:, None], rows, dx)
                if masked:
                    np.copyto(dx, 0.0, where=flags)

        return forward, backward
