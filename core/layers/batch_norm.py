"""Batch normalisation."""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
from core.layers._slices import nothing
from core.layers._standardise import long, widener
from core.params import Float


class BatchNorm(Layer):
    """Brings each feature to mean 0 and variance 1 over the batch, then to a learned scale gamma and shift beta.

    y = (x - mean) / sqrt(variance + epsilon) * gamma + beta. In training mean and variance (divided by the count)
    are those of the batch and of all positions; in evaluation, and where the node is frozen, the running ones:
    running = momentum * running + (1 - momentum) * of the batch.
    Shapes: x (n, ..., f) -> y (n, ..., f); gamma, beta, mean, variance (f,).
    Momentum is the share that is kept, as in Keras (default 0.99); PyTorch gives the share that is taken (default
    0.1, so 0.9 here) and divides the running variance by the count less 1. Keras's epsilon is 1e-3, PyTorch's 1e-5
    as here.
    Source: Ioffe & Szegedy 2015, arXiv:1502.03167.
    """

    info = Info("batch_norm", "Batch norm", "Each feature to mean 0 and variance 1", "Normalisation", "batch_norm",
                keywords=("batch normalization", "batchnorm", "bn", "standardise"))
    momentum = Float(default=0.9, low=0.0, high=0.9999, doc="Share of the running averages that a batch keeps.")
    epsilon = Float(default=1e-5, low=1e-12, high=1.0, log=True, advanced=True,
                    doc="Added to the variance, so that a constant feature does not divide by 0.")
    examples = (Example({}, ((4,),)), Example({"momentum": 0.5, "epsilon": 0.1}, ((3, 2, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        return {"gamma": np.ones(shapes[0][-1]), "beta": np.zeros(shapes[0][-1])}

    def state(self, *shapes: Shape) -> dict[str, Array]:
        return {"mean": np.zeros(shapes[0][-1]), "variance": np.ones(shapes[0][-1])}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return (self._by_batch if frame.train else self._by_memory)(frame)

    def _by_batch(self, frame: Frame) -> tuple[Pass, Pass]:
        gamma, beta, wide = frame.weights["gamma"], frame.weights["beta"], widener(frame)
        x, y = long(frame.x), long(frame.y)
        found = _Found(*(frame.scratch(shape) for shape in (x.shape, x.shape, *4 * [gamma.shape])))
        centred, off, scale, factor = found.centred, found.off, found.scale, frame.scratch(gamma.shape)
        one, eps, measure = frame.number(1.0), frame.number(self.epsilon), _measuring(frame, found)
        remember = self._remember(frame, found) if frame.first else nothing

        def forward() -> None:
            measure()
            remember()
            np.add(found.variance, eps, scale)
            np.sqrt(scale, scale)
            np.divide(one, scale, scale)
            np.multiply(scale, gamma, factor)
            np.multiply(centred, wide(factor), y)
            np.multiply(factor, off, factor)
            np.subtract(beta, factor, factor)
            np.add(y, wide(factor), y)

        return forward, _by_batch_back(frame, found) if frame.gradient else nothing

    def _remember(self, frame: Frame, found: _Found) -> Pass:
        kept, taken = frame.number(self.momentum), frame.number(1.0 - self.momentum)
        mean, variance, step = frame.state["mean"], frame.state["variance"], frame.scratch(found.mean.shape)

        def remember() -> None:
            np.add(found.mean, found.off, step)
            for running, batch in ((mean, step), (variance, found.variance)):
                np.multiply(running, kept, running)
                np.multiply(batch, taken, step)
                np.add(running, step, running)

        return remember

    def _by_memory(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, wide = long(frame.x), long(frame.y), widener(frame)
        gamma, beta = frame.weights["gamma"], frame.weights["beta"]
        mean, variance = frame.state["mean"], frame.state["variance"]
        scale, factor = frame.scratch(gamma.shape), frame.scratch(gamma.shape)
        one, eps = frame.number(1.0), frame.number(self.epsilon)

        def forward() -> None:
            np.add(variance, eps, scale)
            np.sqrt(scale, scale)
            np.divide(one, scale, scale)
            np.multiply(scale, gamma, factor)
            np.subtract(x, wide(mean), y)
            np.multiply(y, wide(factor), y)
            np.add(y, wide(beta), y)

        if not frame.gradient:
            return forward, forward
        dy, dx = long(frame.dy), None if frame.dx is None else long(frame.dx)
        hat, product = frame.scratch(x.shape), frame.scratch(x.shape)
        along, shift = frame.scratch(gamma.shape), frame.scratch(gamma.shape)
        add_up, learn = _adding_up(frame, hat, product, along, shift), _learning(frame, along, shift)

        def backward() -> None:
            if frame.grads:
                np.subtract(x, wide(mean), hat)
                np.multiply(hat, wide(scale), hat)
                add_up()
                learn()
            if dx is not None:
                np.multiply(dy, wide(factor), dx)

        return forward, backward

    def cost(self, *shapes: Shape) -> int:
        return 4 * math.prod(shapes[0])


@dataclass(frozen=True, slots=True)
class _Found:
    """What forward leaves for backward. The mean of the whole batch is `mean` + `off`; `centred` is x - `mean`.

    `scale` is 1 / the standard deviation; `product` has room for as many numbers as x.
    """

    centred: Array
    product: Array
    mean: Array
    off: Array
    variance: Array
    scale: Array


def _measuring(frame: Frame, found: _Found) -> Pass:
    """Fills `found` with mean and variance.

    Numbers are squared after a mean is taken away, and what rounding left of that is put right: no digits are lost
    where the mean is far from 0.
    """
    x, rows, wide, product = long(frame.x), _rows(frame.x), widener(frame), found.product
    part, step = np.full(len(rows), 1.0 / len(rows), x.dtype), frame.scratch(found.off.shape)
    centred, squares = found.centred.reshape(rows.shape), product.reshape(rows.shape)
    join = _joining(frame, found) if frame.count > len(frame.y) else nothing

    def measure() -> None:
        part.dot(rows, found.mean)
        np.subtract(x, wide(found.mean), found.centred)
        part.dot(centred, found.off)
        np.multiply(found.centred, found.centred, product)
        part.dot(squares, found.variance)
        np.multiply(found.off, found.off, step)
        np.subtract(found.variance, step, found.variance)
        join()

    return measure


def _joining(frame: Frame, found: _Found) -> Pass:
    """Makes mean and variance of a part those of the batch: from means of x and x^2, summed in double precision."""
    sums, part = frame.scratch((2, *found.mean.shape), np.float64), len(frame.y) / frame.count
    mean, square = sums

    def join() -> None:
        np.add(found.mean, found.off, mean, dtype=np.float64)
        np.multiply(mean, mean, square)
        np.add(square, found.variance, square)
        np.multiply(sums, part, sums)
        frame.all_reduce(sums)
        np.subtract(mean, found.mean, found.off, casting="same_kind")
        np.multiply(mean, mean, mean)
        np.subtract(square, mean, found.variance, casting="same_kind")
        np.maximum(found.variance, 0.0, out=found.variance)

    return join


def _by_batch_back(frame: Frame, found: _Found) -> Pass:
    dy, dx, wide, gamma = long(frame.dy), frame.dx, widener(frame), frame.weights["gamma"]
    centred, product, off, scale = found.centred, found.product, found.off, found.scale
    sums, factor, step = frame.scratch((2, *gamma.shape)), frame.scratch(gamma.shape), frame.scratch(gamma.shape)
    (along, shift), slope = sums, dy if dx is None else long(dx)
    add_up, learn = _adding_up(frame, centred, product, along, shift), _learning(frame, along, shift)
    part = frame.number(len(gamma) * len(dy) / (dy.size * frame.count))

    def backward() -> None:
        add_up()
        np.multiply(off, shift, step)
        np.subtract(along, step, along)
        np.multiply(along, scale, along)
        learn()
        if dx is not None:
            frame.all_reduce(sums)
            np.multiply(sums, part, sums)
            np.multiply(scale, gamma, factor)
            np.multiply(dy, wide(factor), slope)
            np.multiply(sums, factor, sums)
            np.multiply(along, scale, along)
            np.multiply(centred, wide(along), product)
            np.subtract(slope, product, slope)
            np.multiply(along, off, along)
            np.subtract(shift, along, shift)
            np.subtract(slope, wide(shift), slope)

    return backward


def _adding_up(frame: Frame, about: Array, product: Array, along: Array, shift: Array) -> Pass:
    """Fills `along` with the sums of dy * about and `shift` with those of dy. `product` is overwritten."""
    dy, rows, products = long(frame.dy), _rows(frame.dy), product.reshape(-1, frame.dy.shape[-1])
    ones = np.ones(len(rows), rows.dtype)

    def add_up() -> None:
        np.multiply(dy, about, product)
        ones.dot(products, along)
        ones.dot(rows, shift)

    return add_up


def _learning(frame: Frame, along: Array, shift: Array) -> Pass:
    """Hands over the gradients of gamma and beta: the sums of dy * normalised x, and of dy."""
    dgamma, dbeta = frame.grads.get("gamma"), frame.grads.get("beta")

    def learn() -> None:
        if dgamma is not None:
            np.copyto(dgamma, along)
        if dbeta is not None:
            np.copyto(dbeta, shift)

    return learn


def _rows(a: Array) -> Array:
    return a.reshape(-1, a.shape[-1])
