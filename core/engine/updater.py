"""An optimizer bound to the flat vectors of a network, in pieces that fit the processor's cache."""
from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from core.engine.network import Network
from core.layers import Array
from core.optimizers import Optimizer, Update

PIECE = 1 << 15


class Updater:
    """Changes the weights of `network` by its gradients. `rate` may change at any time between steps.

    L2 adds l2 * sum(w^2) to what is made small: 2 * l2 * w to the gradient of every weight that decays. After that,
    `clip_value` bounds every number of the gradient to [-clip_value, clip_value], and `clip_norm` scales the gradient
    of all weights together to that length if it is longer; 0 turns either off. Frozen weights are left alone.
    Source: Pascanu et al. 2012, arXiv:1211.5063, algorithm 1; torch.nn.utils.clip_grad_norm_.
    """

    def __init__(self, network: Network, optimizer: Optimizer, rate: float, l2: float = 0.0, *,
                 clip_norm: float = 0.0, clip_value: float = 0.0):
        w, g = network.weights.flat, network.gradients.flat
        self.t = 0
        self.rate = np.asarray(rate, w.dtype)
        self.slots: dict[str, Array] = {name: np.zeros_like(w) for name in optimizer.slots}
        scratch = np.empty(min(len(w), PIECE), w.dtype)
        self._updates: list[Update] = [
            optimizer.bind(w[p], g[p], _cut(self.slots, p), self.rate, scratch[: p.stop - p.start])
            for p in _pieces(network)
        ]
        self._decay = _decay(network, 2.0 * l2) if l2 > 0.0 else None
        self._clip_norm, self._clip_value = clip_norm, clip_value
        self._w, self._g = w, g

    def update(self) -> None:
        """One step."""
        self.t += 1
        if self._decay is not None:
            np.add(self._g, self._decay * self._w, self._g)
        if self._clip_value > 0.0:
            np.clip(self._g, -self._clip_value, self._clip_value, out=self._g)
        if self._clip_norm > 0.0:
            shorten(self._g, self._clip_norm)
        for update in self._updates:
            update(self.t)


def shorten(g: Array, longest: float) -> None:
    """Scale g in place to the length `longest` if it is longer."""
    length = math.sqrt(float(g.dot(g)))
    if math.isinf(length):
        length = float(np.linalg.norm(g.astype(np.float64)))
    if length > longest:
        np.multiply(g, np.asarray(longest / length, g.dtype), g)


def _pieces(network: Network) -> list[slice]:
    """The flat vector without what is frozen, cut into pieces."""
    return [slice(a, min(a + PIECE, end)) for start, end in _learning(network) for a in range(start, end, PIECE)]


def _learning(network: Network) -> list[tuple[int, int]]:
    """Start and end of every stretch of the flat vector without frozen weights."""
    frozen = {unit.id for unit in network.units if unit.frozen}
    spans: list[tuple[int, int]] = []
    end = 0
    for node in network.weights:
        start, end = end, end + sum(array.size for array in network.weights[node].values())
        if node in frozen:
            continue
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _cut(slots: Mapping[str, Array], piece: slice) -> dict[str, Array]:
    return {name: array[piece] for name, array in slots.items()}


def _decay(network: Network, strength: float) -> Array:
    parameters = network.weights.like()
    for unit in network.units:
        for name in unit.layer.decays() if not unit.frozen else ():
            parameters[unit.id][name].fill(strength)
    return parameters.flat
