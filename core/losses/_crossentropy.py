"""What both categorical cross-entropies share: softmax and log-softmax over the last axis."""
from __future__ import annotations

import numpy as np

from core.losses._base import Array

TINY = 1e-7


def softmax(z: Array, p: Array) -> None:
    """Fill p (n, k) with exp(z) / sum(exp(z)) over the last axis, without overflow."""
    np.subtract(z, z.max(-1, keepdims=True), p)
    np.exp(p, p)
    np.divide(p, p.sum(-1, keepdims=True), p)


def log_softmax(z: Array, out: Array) -> None:
    """Fill out (n, k) with z - log(sum(exp(z))) over the last axis, without overflow."""
    np.subtract(z, z.max(-1, keepdims=True), out)
    np.subtract(out, np.log(np.exp(out).sum(-1, keepdims=True)), out)
