"""Scaled dot-product attention with several heads, as all layers share it that attend.

Source: Vaswani et al. 2017, Attention is all you need, arXiv:1706.03762, section 3.2.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.layers._base import Array, Frame
from core.layers._dropping import mask
from core.layers._padding_mask import Padding
from core.layers._parts import Parts, rows, split

# Scores up to this size need no maximum taken off: exp(40), and sums of it, lie far inside single precision.
CALM = 40.0


@dataclass(frozen=True, slots=True)
class Heads:
    """How a layer attends: `causal` hides later steps, `rate` is the dropout of the attention weights."""

    count: int
    key_dim: int
    causal: bool = False
    rate: float = 0.0


class Attention:
    """context = softmax(q @ k^T / sqrt(key_dim)) @ v for every head, group by group.

    q, k and v hold a view (m, heads, time, key_dim) for each group of `parts`; `context` holds the results as
    (m, time of q, heads * key_dim). A row whose keys are all hidden gets 0. Backward asks for `dcontext`.

    The softmax is never written out: it is `exps` times `shares`, and those go into the much smaller context.
    """

    def __init__(self, frame: Frame, heads: Heads, parts: Parts, padding: Padding | None, q: list[Array],
                 k: list[Array], v: list[Array]):
        self.q, self.k, self.v, self.heads = q, k, v, heads
        (_, h, asked, width), known = q[0].shape, k[0].shape[2]
        self.absent = None if padding is None else parts.of(padding.absent)
        self.later = _later(frame, asked, known) if heads.causal else None
        self.scale, self.calm, self.one = (frame.number(v) for v in (1.0 / math.sqrt(width), CALM, 1.0))
        self.tiny, self.lowest = frame.number(np.finfo(frame.y.dtype).tiny), frame.number(np.finfo(frame.y.dtype).min)
        self.turned = parts.passing(h, width, known)
        self.exps, self.context = parts.kept(h, asked, known), parts.kept(asked, h * width)
        self.sums, self.shares = parts.passing(h, asked), parts.kept(asked, h, 1)
        self.drops = frame.train and heads.rate > 0.0
        self.factors = [mask(frame, exps.shape, heads.rate) for exps in self.exps] if self.drops else []
        self.pairs = parts.passing(h, asked, known) if self.drops or frame.gradient else []
        self.ones = np.ones(known, frame.y.dtype)
        if frame.gradient:
            self.dcontext, self.products = parts.passing(asked, h * width), parts.passing(asked, h * width)
            self.meant = parts.passing(asked, h)
            self.by_head = np.kron(np.eye(h), np.ones((width, 1))).astype(frame.y.dtype)

    def forward(self, i: int) -> None:
        """Fill context[i]."""
        scores, turned, context = self.exps[i], self.turned[i], self.context[i]
        np.multiply(self.k[i].swapaxes(2, 3), self.scale, turned)
        np.matmul(self.q[i], turned, scores)
        self._exponentiate(i)
        weights = scores
        if self.drops:
            factor, renew = self.factors[i]
            renew()
            weights = self.pairs[i]
            np.multiply(scores, factor, weights)
        np.matmul(weights, self.v[i], split(context, self.heads.count))
        by_head = context.reshape(*self.shares[i].shape[:3], -1)
        np.multiply(by_head, self.shares[i], by_head)

    def _exponentiate(self, i: int) -> None:
        """From scores to numbers in the proportions of the softmax, and to what brings the sum of each row to 1."""
        scores, sums, shares = self.exps[i], self.sums[i], self.shares[i][..., 0].transpose(0, 2, 1)
        calm = scores.max() <= self.calm and scores.min() >= -self.calm
        if self.later is not None:
            np.add(scores, self.later, scores)
        if self.absent is not None:
            np.add(scores, self.absent[i], scores)
        if not calm:
            peak = sums[..., None]
            np.maximum.reduce(scores, -1, out=peak, keepdims=True)
            np.maximum(peak, self.lowest, out=peak)
            np.subtract(scores, peak, scores)
        np.exp(scores, scores)
        scores.reshape(-1, scores.shape[-1]).dot(self.ones, sums.reshape(-1))
        if self.absent is None:
            np.divide(self.one, sums, shares)
        else:
            # The sum of a row without any key is 0, and so is its share.
            np.sign(sums, shares)
            np.maximum(sums, self.tiny, out=sums)
            np.divide(shares, sums, shares)

    def backward(self, i: int, dq: Array, dk: Array, dv: Array) -> None:
        """From dcontext[i], which is overwritten, the gradients of q, k and v (views as those are)."""
        exps, pairs, d, meant = self.exps[i], self.pairs[i], self.dcontext[i], self.meant[i]
        by_head = d.reshape(*self.shares[i].shape[:3], -1)
        np.multiply(by_head, self.shares[i], by_head)
        # The mean slope of a row, weighted by its attention, is the product of its context and the gradient of that.
        np.multiply(d, self.context[i], self.products[i])
        rows(self.products[i]).dot(self.by_head, rows(meant))
        np.multiply(meant, self.scale, meant)
        arriving, weights = split(d, self.heads.count), exps
        if self.drops:
            np.multiply(exps, self.factors[i][0], pairs)
            weights = pairs
        np.matmul(weights.swapaxes(2, 3), arriving, dv)
        np.multiply(self.v[i].swapaxes(2, 3), self.scale, self.turned[i])
        np.matmul(arriving, self.turned[i], pairs)
        if self.drops:
            np.multiply(pairs, self.factors[i][0], pairs)
        np.subtract(pairs, meant.transpose(0, 2, 1)[..., None], pairs)
        np.multiply(pairs, exps, pairs)
        np.matmul(pairs, self.k[i], dq)
        np.matmul(pairs.swapaxes(2, 3), self.q[i], dk)


def _later(frame: Frame, asked: int, known: int) -> Array:
    """-inf where the key comes after the query, else 0."""
    return np.where(np.tri(asked, known, dtype=np.bool_), 0.0, -np.inf).astype(frame.y.dtype)
