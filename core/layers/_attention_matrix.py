"""Attention weights by themselves, for whoever wants to look at them: nothing of a pass is kept for that."""
from __future__ import annotations

import math

import numpy as np

from core.layers._attention import Heads
from core.layers._base import Array
from core.layers._parts import split


def attention_matrix(heads: Heads, q: Array, k: Array, padded: tuple[Array, Array] | None = None) -> Array:
    """softmax(q @ k^T / sqrt(key_dim)) by heads: q (n, time, width), k (n, steps, width) -> (n, heads, time, steps).

    Each row sums to 1, or to 0 where there is nothing to look at. `padded` are the two sequences if their padding
    (time steps of zeros) shall neither look nor be looked at.
    """
    scores = split(q, heads.count) @ split(k, heads.count).swapaxes(2, 3) / math.sqrt(heads.key_dim)
    seen: Array = np.ones(scores.shape, np.bool_)
    if heads.causal:
        seen = np.tril(seen)
    if padded is not None:
        asking, known = ((x != 0.0).any(2) for x in padded)
        seen = seen & asking[:, None, :, None] & known[:, None, None]
    peak = scores.max(3, keepdims=True, where=seen, initial=-np.inf)
    exps = np.exp(scores - np.where(np.isfinite(peak), peak, 0.0), where=seen, out=np.zeros_like(scores))
    sums = exps.sum(3, keepdims=True)
    found: Array = exps / np.where(sums > 0.0, sums, 1.0)
    return found
