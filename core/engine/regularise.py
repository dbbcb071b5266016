"""What keeps weights small beside the gradient: L1, L2 and max-norm."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.engine.plan import Weighted
from core.layers import Array, Layer, Pass, Regularised


class Penalty:
    """The slope of l1 * sum(|w|) + l2 * sum(w^2) over the weights that decay and are trained.

    `l2` is that of the whole training; a layer that is `Regularised` adds its own. The slope of |w| at 0 is 0, as in
    Keras and PyTorch. Source: Goodfellow, Bengio & Courville 2016, Deep learning, section 7.1.
    """

    def __init__(self, network: Weighted, l2: float):
        self._spans: list[tuple[slice, float, float]] = []
        for layer, span, _ in _decaying(network):
            own = (layer.l1, layer.l2) if isinstance(layer, Regularised) else (0.0, 0.0)
            if own[0] or own[1] or l2:
                self._spans.append((span, own[0], 2.0 * (own[1] + l2)))

    def bind(self, p: slice, w: Array, g: Array, scratch: Array) -> dict[str, Pass]:
        """Functions, "l1" and "l2", that add the slope to g, the piece p of the gradient; none where nothing decays."""
        found: dict[str, Pass] = {}
        if self._spans:
            l1, l2 = self._strengths(p, w)
            if l1.any():
                found["l1"] = _constant(w, g, l1, scratch)
            if l2.any():
                found["l2"] = _proportional(w, g, l2, scratch)
        return found

    def _strengths(self, p: slice, w: Array) -> tuple[Array, Array]:
        first, second = np.zeros_like(w), np.zeros_like(w)
        for span, l1, l2 in self._spans:
            common = slice(max(span.start - p.start, 0), max(span.stop - p.start, 0))
            first[common], second[common] = l1, l2
        return _even(first), _even(second)


def limits(network: Weighted) -> list[Pass]:
    """Functions that apply the max-norm of every trained layer that has one."""
    return [_limit(w, layer.max_norm) for layer, _, w in _decaying(network)
            if isinstance(layer, Regularised) and layer.max_norm > 0.0]


def _constant(w: Array, g: Array, l1: Array, scratch: Array) -> Pass:
    def add() -> None:
        np.sign(w, scratch)
        np.multiply(scratch, l1, scratch)
        np.add(g, scratch, g)

    return add


def _proportional(w: Array, g: Array, l2: Array, scratch: Array) -> Pass:
    def add() -> None:
        np.multiply(w, l2, scratch)
        np.add(g, scratch, g)

    return add


def _limit(w: Array, longest: float) -> Pass:
    rows = w.reshape(-1, w.shape[-1])
    lengths, most = np.empty(w.shape[-1], w.dtype), np.asarray(longest, w.dtype)

    def limit() -> None:
        np.einsum("ij,ij->j", rows, rows, out=lengths)
        np.sqrt(lengths, lengths)
        if lengths.max() > most:
            np.maximum(lengths, most, out=lengths)
            np.divide(most, lengths, lengths)
            np.multiply(rows, lengths, rows)

    return limit


def _decaying(network: Weighted) -> Iterator[tuple[Layer, slice, Array]]:
    """Every trained array of weights that decays: its layer, its place in the flat vector, and itself."""
    units = {unit.id: unit for unit in network.units if not unit.frozen}
    end = 0
    for node in network.weights:
        for name, array in network.weights[node].items():
            start, end = end, end + array.size
            if node in units and name in units[node].layer.decays():
                yield units[node].layer, slice(start, end), array


def _even(values: Array) -> Array:
    """One number where all are the same: that is faster to work with."""
    return np.asarray(values[0]) if (values == values[0]).all() else values
