"""Learned positional encoding."""
from __future__ import annotations

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._padding import padding
from core.layers._recurrent import need_sequence
from core.layers._regularised import Regularised
from core.params import Bool, KindOf


class PositionEmbedding(Regularised):
    """y = x + W: a learned row of numbers for each place in the sequence.

    Shapes: x (n, time, features) -> y (n, time, features); W (time, features).
    KerasHub's PositionEmbedding calls W `position_embeddings`, starts it as here, and gives it without adding it; its
    `sequence_length` is here the length of the sequence that arrives. PyTorch has no such layer: there people add the
    weight of an nn.Embedding. With `masked`, steps whose features are all 0 stay 0.
    Source: Gehring et al. 2017, Convolutional sequence to sequence learning, arXiv:1705.03122, section 3.1.
    """

    info = Info("position_embedding", "Position emb.", "Adds a learned vector for each place", "Sequence",
                "position_embedding", keywords=("learned", "positional", "encoding", "transformer", "time", "bert"))
    inputs = (Port("x", "a sequence: time, features"),)
    masked = Bool(default=False, doc="Leave padding at 0: time steps whose features are all 0.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the vectors start.", advanced=True)
    examples = (Example(shapes=((4, 6),)), Example({"masked": True}, ((5, 3),)), Example(shapes=((1, 1),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_sequence(self, shapes[0])
        return shapes[0]

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        return {"W": draw(rng, shapes[0], *shapes[0])}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, W, dW = frame.x, frame.y, frame.dx, frame.dy, frame.weights["W"], frame.grads.get("W")
        masked, (flags, look) = self.masked, padding(frame)
        behind = frame.scratch(y.shape) if masked and frame.gradient else dy

        def forward() -> None:
            np.add(x, W, y)
            if masked:
                look()
                np.copyto(y, 0.0, where=flags)

        def backward() -> None:
            if masked:
                np.copyto(behind, dy)
                np.copyto(behind, 0.0, where=flags)
            if dx is not None:
                np.copyto(dx, behind)
            if dW is not None:
                np.add.reduce(behind, 0, out=dW)

        return forward, backward

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
