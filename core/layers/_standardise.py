"""What the normalisations that look at one sample at a time share: mean 0 and variance 1 over groups of numbers."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.layers._base import Array, Frame, Pass, Shape

Average = Callable[[Array, Array], None]


def standardise(frame: Frame, shape: Shape, groups: Shape, average: Average, epsilon: float) -> tuple[Pass, Pass]:
    """Forward and backward of y = (x - mean) / sqrt(variance + epsilon) * gamma + beta.

    x is seen in `shape`, means and variances in `groups`, which broadcasts to it; `average` takes an array of
    `shape` and fills one of `groups` with the means. gamma and beta (features,) act on the last axis of x itself.
    """
    x, hat, product = frame.x.reshape(shape), frame.scratch(shape), frame.scratch(shape)
    mean, spread, one, eps = frame.scratch(groups), frame.scratch(groups), frame.number(1.0), frame.number(epsilon)
    y, wide, gamma, beta = long(frame.y), widener(frame), frame.weights["gamma"], frame.weights["beta"]
    whole = hat.reshape(y.shape)

    def forward() -> None:
        average(x, mean)
        np.subtract(x, mean, hat)
        np.multiply(hat, hat, product)
        average(product, spread)
        np.add(spread, eps, spread)
        np.sqrt(spread, spread)
        np.divide(one, spread, spread)
        np.multiply(hat, spread, hat)
        np.multiply(whole, wide(gamma), y)
        np.add(y, wide(beta), y)

    if not frame.gradient:
        return forward, forward
    learn, dy, share = learning(frame, whole, product.reshape(whole.shape)), long(frame.dy), frame.scratch(groups)
    dx = None if frame.dx is None else frame.dx.reshape(shape)
    slope = None if frame.dx is None else long(frame.dx)

    def backward() -> None:
        learn()
        if dx is not None:
            np.multiply(dy, wide(gamma), slope)
            np.multiply(dx, hat, product)
            average(product, share)
            average(dx, mean)
            np.subtract(dx, mean, dx)
            np.multiply(hat, share, product)
            np.subtract(dx, product, dx)
            np.multiply(dx, spread, dx)

    return forward, backward


def standardise_rows(frame: Frame, epsilon: float) -> tuple[Pass, Pass]:
    """`standardise` of every row of features; the gradient that arrives and the one of the input may be one array."""
    features = frame.x.shape[-1]
    rows, part = frame.x.size // features, np.full(features, 1.0 / features, frame.x.dtype)

    def average(x: Array, mean: Array) -> None:
        x.dot(part, mean[:, 0])

    return standardise(frame, (rows, features), (rows, 1), average, epsilon)


def long(a: Array) -> Array:
    """a (n, ...) as (n, product of ...)."""
    return a.reshape(len(a), -1)


def widener(frame: Frame) -> Callable[[Array], Array]:
    """A function that repeats a row of features for every position of a sample, to meet `long` arrays.

    NumPy adds and multiplies few long rows several times faster than many short ones. What one call gives holds
    until the next.
    """
    features = frame.y.shape[-1]
    places = frame.y.size // (len(frame.y) * features)
    if places == 1:
        return lambda row: row
    tile = frame.scratch((places, features))
    repeated = tile.reshape(-1)

    def widen(row: Array) -> Array:
        np.copyto(tile, row)
        return repeated

    return widen


def learning(frame: Frame, hat: Array, product: Array) -> Pass:
    """Fills the gradients of gamma and beta: the sums of dy * hat and of dy. `product` is overwritten."""
    dy, slope = frame.dy.reshape(-1, frame.dy.shape[-1]), frame.dy.reshape(hat.shape)
    dgamma, dbeta, rows = frame.grads.get("gamma"), frame.grads.get("beta"), product.reshape(dy.shape)
    ones = np.ones(len(dy), dy.dtype)

    def learn() -> None:
        if dgamma is not None:
            np.multiply(slope, hat, product)
            ones.dot(rows, dgamma)
        if dbeta is not None:
            ones.dot(dy, dbeta)

    return learn
