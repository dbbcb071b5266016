"""Binds an Output: its prediction, its loss, and where the gradient sets out from."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.engine.plan import End
from core.graph.goal import Goal
from core.layers import Array, Pass
from core.losses import Loss, LossFrame


@dataclass(frozen=True, slots=True)
class Start:
    """Where a loss takes hold of the network: of the prediction p, or of the scores z that p is made from.

    The gradient belongs to the node `node`. `activate` makes p of z where no node does.
    """

    node: str
    p: Array
    z: Array | None
    activate: tuple[Pass, ...] = ()


def bind_end(goal: Goal, start: Start, t: Array, d: Array, scratch: Callable[..., Array],
             count: int) -> tuple[End, Pass]:
    """The End, and the function that fills d (n, ...) with the gradient of the loss of a batch of `count` samples."""
    n = len(start.p)
    z = None if start.z is None else start.z.reshape(n, -1)
    slope = d.reshape(n, -1) if d.size else d
    frame = LossFrame(start.p.reshape(n, -1), z, t, slope, scratch, count=count, weight=goal.weight)
    value, gradient, each = goal.loss.bind(frame)
    return End(goal, t, start.p, value, counter(goal.encoding, frame.p, t), each), gradient


def activation(loss: Loss, z: Array, p: Array) -> Pass:
    """Makes predictions p of scores z."""
    z, p = z.reshape(len(z), -1), p.reshape(len(p), -1)

    def activate() -> None:
        loss.activate(z, p)

    return activate


def total(ends: Sequence[End]) -> Callable[[], float]:
    """The whole loss. Every part of it must be computed: gradients rely on it."""
    if len(ends) == 1:
        return ends[0].loss
    losses = [end.loss for end in ends]
    return lambda: sum([loss() for loss in losses])


def counter(encoding: str, p: Array, t: Array) -> Callable[[], float]:
    """A function that counts the samples whose class is predicted: the largest of several, or above a half."""
    if encoding in ("number", "input"):
        return lambda: math.nan
    if encoding == "label":
        return lambda: int(np.count_nonzero(p.argmax(1) == t))
    if encoding == "one_hot":
        return lambda: int(np.count_nonzero(p.argmax(1) == t.argmax(1)))
    return _halves(p, t)


def _halves(p: Array, t: Array) -> Callable[[], float]:
    half: Any = np.asarray(0.5, p.dtype)
    hit, truth = np.empty(p.shape, np.bool_), np.empty(p.shape, np.bool_)

    def count() -> float:
        np.greater(p, half, hit)
        np.greater(t, half, truth)
        np.equal(hit, truth, hit)
        return int(np.count_nonzero(hit))

    return count
