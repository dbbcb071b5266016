"""Cosine similarity."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, Loss, LossFrame

EPSILON = 1e-12


class CosineSimilarity(Loss):
    """1 - mean over samples of p.t / sqrt((|p|^2 + 1e-12) (|t|^2 + 1e-12)): only the direction of p counts.

    PyTorch calls it CosineEmbeddingLoss (with every target 1); Keras leaves the 1 out and gives -1 for a perfect
    prediction. Of a single output nothing can be learned: it has no direction but its sign.
    Shapes: p (n, k), t (n, k), one-hot for classes. Source: Salton & McGill 1983, section 6.
    """

    info = Info("cosine_similarity", "Cosine similarity", "Compares directions, not lengths", "Regression",
                keywords=("angle", "embedding", "direction"))
    encoding = "one_hot"

    def bind(self, frame: LossFrame) -> Bound:
        p, t, d, n, share = frame.p, frame.t, frame.d, len(frame.p), frame.per_sample
        work, tiny, scale = frame.scratch(p.shape), frame.number(EPSILON), frame.number(-share)
        inner, squares, lengths = frame.scratch((n, 1)), frame.scratch((n, 1)), frame.scratch((n, 1))

        def products(a: Array, b: Array, out: Array) -> None:
            np.multiply(a, b, work)
            np.add.reduce(work, 1, out=out, keepdims=True)

        def value() -> float:
            products(p, p, squares)
            np.add(squares, tiny, squares)
            products(t, t, lengths)
            np.add(lengths, tiny, lengths)
            np.multiply(lengths, squares, lengths)
            np.sqrt(lengths, lengths)
            products(p, t, inner)
            np.divide(inner, squares, squares)
            np.divide(inner, lengths, inner)
            return (n - float(np.add.reduce(inner, axis=None))) * share

        def gradient() -> None:
            np.multiply(p, squares, work)
            np.subtract(t, work, d)
            np.divide(d, lengths, d)
            np.multiply(d, scale, d)

        def each() -> Array:
            value()
            return frame.sums(1.0 - inner[:, 0].astype(np.float64))

        return Bound(value, gradient, each)
