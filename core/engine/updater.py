"""An optimizer bound to the flat vectors of a network, in pieces that fit the processor's cache."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.engine.network import Network
from core.layers import Array
from core.optimizers import Optimizer, Update

PIECE = 1 << 15


class Updater:
    """Changes the weights of `network` by its gradients. `rate` may change at any time between steps.

    L2 adds l2 * sum(w^2) to what is made small: 2 * l2 * w to the gradient of every weight that decays.
    """

    def __init__(self, network: Network, optimizer: Optimizer, rate: float, l2: float = 0.0):
        w, g = network.weights.flat, network.gradients.flat
        self.t = 0
        self.rate = np.asarray(rate, w.dtype)
        self.slots: dict[str, Array] = {name: np.zeros_like(w) for name in optimizer.slots}
        scratch = np.empty(min(len(w), PIECE), w.dtype)
        pieces = [slice(a, min(a + PIECE, len(w))) for a in range(0, len(w), PIECE)]
        self._updates: list[Update] = [
            optimizer.bind(w[p], g[p], _cut(self.slots, p), self.rate, scratch[: p.stop - p.start]) for p in pieces
        ]
        self._decay = _decay(network, 2.0 * l2) if l2 > 0.0 else None
        self._w, self._g = w, g

    def update(self) -> None:
        """One step."""
        self.t += 1
        if self._decay is not None:
            np.add(self._g, self._decay * self._w, self._g)
        for update in self._updates:
            update(self.t)


def _cut(slots: Mapping[str, Array], piece: slice) -> dict[str, Array]:
    return {name: array[piece] for name, array in slots.items()}


def _decay(network: Network, strength: float) -> Array:
    parameters = network.weights.like()
    for unit in network.units:
        for name in unit.layer.decays() if not unit.frozen else ():
            parameters[unit.id][name].fill(strength)
    return parameters.flat
