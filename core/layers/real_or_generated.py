"""Where generated samples take the place of real ones."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass, Port
from core.layers._merge import Merge


class RealOrGenerated(Merge):
    """y = real; by the adversarial rule in turn y = real and y = generated.

    What leads to `generated` is the generator, what follows is the discriminator, which is to tell the two apart.
    Everywhere else, and in prediction, the real samples pass, and no gradient reaches the generator.

    Shapes: real, generated (n, ...) -> y (n, ...).
    Source: Goodfellow et al. 2014, arXiv:1406.2661.
    """

    info = Info("real_or_generated", "Real or generated", "Shows the discriminator real or generated samples",
                "Merge", "real_or_generated", keywords=("gan", "adversarial", "discriminator", "generator", "fake"))
    inputs = (Port("real", "samples of the data"), Port("generated", "what the generator makes of noise"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, (dx, *others), dy = frame.xs[0], frame.y, frame.dxs, frame.dy

        def forward() -> None:
            np.copyto(y, x)

        def backward() -> None:
            if dx is not None:
                np.copyto(dx, dy)
            for other in others:
                if other is not None:
                    other.fill(0.0)

        return forward, backward
