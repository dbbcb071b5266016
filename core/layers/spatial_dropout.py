"""Spatial dropout."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Shape, show
from core.layers._dropping import mask
from core.params import Float


class SpatialDropout(Layer):
    """While training, zero whole channels of a sample with probability `rate` and scale the others by 1 / (1 - rate).

    Neighbours in a picture or a sequence say much the same, so that silencing single numbers hides little.
    Shapes: x (n, ..., c) -> y (n, ..., c), at least one axis of positions before the channels. In evaluation the
    input passes unchanged. Keras's SpatialDropout1D and 2D, PyTorch's Dropout1d and 2d (channels on axis 1).
    Source: Tompson et al. 2014, arXiv:1411.4280.
    """

    info = Info("spatial_dropout", "Spatial dropout", "Silences random channels in training", "Regularisation",
                "spatial_dropout", keywords=("regularisation", "overfitting", "dropout2d", "channels"))
    badges = ("rate",)
    rate = Float(default=0.5, low=0.0, high=0.95, doc="Share of the channels that are set to zero.")
    examples = (Example({"rate": 0.3}, ((4, 5),)), Example({"rate": 0.5}, ((3, 2, 6),)),
                Example({"rate": 0.0}, ((3, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(len(shapes[0]) > 1, "shape.rank",
                  f"needs positions and channels, but gets {show(shapes[0])}.",
                  "Use Dropout for a row of features.")
        return shapes[0]

    def passes_through(self, train: bool) -> bool:
        return not train or self.rate == 0.0

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        factor, renew = mask(frame, (len(x), *(1,) * (x.ndim - 2), x.shape[-1]), self.rate)

        def forward() -> None:
            renew()
            np.multiply(x, factor, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(dy, factor, dx)

        return forward, backward
