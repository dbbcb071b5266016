"""Batch normalisation."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
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
        x, y, wide = long(frame.x), long(frame.y), widener(frame)
        gamma, beta, rows = frame.weights["gamma"], frame.weights["beta"], _rows(frame.x)
        hat, product = frame.scratch(x.shape), frame.scratch(x.shape)
        mean, variance, scale = (frame.scratch(gamma.shape) for _ in range(3))
        one, eps, part = frame.number(1.0), frame.number(self.epsilon), np.full(len(rows), 1.0 / len(rows), x.dtype)
        squares, remember = product.reshape(rows.shape), self._remember(frame, mean, variance)

        def forward() -> None:
            part.dot(rows, mean)
            np.subtract(x, wide(mean), hat)
            np.multiply(hat, hat, product)
            part.dot(squares, variance)
            np.add(variance, eps, scale)
            np.sqrt(scale, scale)
            np.divide(one, scale, scale)
            np.multiply(hat, wide(scale), hat)
            np.multiply(hat, wide(gamma), y)
            np.add(y, wide(beta), y)
            remember()

        if not frame.gradient:
            return forward, forward
        dy, dx, count = long(frame.dy), None if frame.dx is None else long(frame.dx), frame.number(len(rows))
        along, shift = frame.scratch(gamma.shape), frame.scratch(gamma.shape)
        learn = _learning(frame, hat, product, along, shift)

        def backward() -> None:
            learn()
            if dx is not None:
                np.divide(along, count, along)
                np.divide(shift, count, shift)
                np.multiply(hat, wide(along), product)
                np.subtract(dy, product, dx)
                np.subtract(dx, wide(shift), dx)
                np.multiply(scale, gamma, along)
                np.multiply(dx, wide(along), dx)

        return forward, backward

    def _remember(self, frame: Frame, mean: Array, variance: Array) -> Pass:
        kept, taken = frame.number(self.momentum), frame.number(1.0 - self.momentum)
        pairs, step = [(frame.state["mean"], mean), (frame.state["variance"], variance)], frame.scratch(mean.shape)

        def remember() -> None:
            for running, batch in pairs:
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
        learn = _learning(frame, hat, product, frame.scratch(gamma.shape), frame.scratch(gamma.shape))

        def backward() -> None:
            if frame.grads:
                np.subtract(x, wide(mean), hat)
                np.multiply(hat, wide(scale), hat)
                learn()
            if dx is not None:
                np.multiply(dy, wide(factor), dx)

        return forward, backward

    def cost(self, *shapes: Shape) -> int:
        return 4 * math.prod(shapes[0])


def _learning(frame: Frame, hat: Array, product: Array, along: Array, shift: Array) -> Pass:
    """Fills `along` with the sums of dy * hat and `shift` with those of dy: the gradients of gamma and of beta."""
    dy, rows, dgamma, dbeta = long(frame.dy), _rows(frame.dy), frame.grads.get("gamma"), frame.grads.get("beta")
    products, ones = product.reshape(rows.shape), np.ones(len(rows), rows.dtype)

    def learn() -> None:
        np.multiply(dy, hat, product)
        ones.dot(products, along)
        ones.dot(rows, shift)
        if dgamma is not None:
            np.copyto(dgamma, along)
        if dbeta is not None:
            np.copyto(dbeta, shift)

    return learn


def _rows(a: Array) -> Array:
    return a.reshape(-1, a.shape[-1])
