"""Training batches changed at random, by the steps of preprocessing that do so."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np

from core.datasets import Parts
from core.engine.batch import Batch
from core.layers import Array
from core.train.memory import Memory, generator_memory, recall_generator

Gather = Callable[[Array, Sequence[Array], Array], None]
STREAM = 3


class Augmenter:
    """Changes every batch anew, after all other steps; nothing but the training part. It has a generator of its own.

    Flat samples that are pictures are changed as pictures. Where the samples are what is to be given back, the changed
    ones are.
    """

    def __init__(self, parts: Parts, seed: int):
        self._steps = tuple(step for step in parts.steps if step.augments)
        self._pixels = parts.spec.pixels
        self._rng = np.random.default_rng([seed, STREAM])

    @classmethod
    def of(cls, parts: Parts, seed: int) -> Self | None:
        """None if no step augments."""
        return cls(parts, seed) if any(step.augments for step in parts.steps) else None

    def change(self, x: Array) -> Array:
        """Samples (n, *shape), changed: a new array."""
        pictures = x if self._pixels is None else x.reshape(len(x), *self._pixels)
        for step in self._steps:
            pictures = step.augment(pictures, self._rng)
        return pictures.reshape(x.shape)

    def gather(self, batch: Batch) -> Gather:
        """As `batch.gather`, changed."""

        def gather(x: Array, targets: Sequence[Array], chosen: Array) -> None:
            batch.fill(self.change(x[chosen]), [t[chosen] for t in targets])

        return gather

    def memory(self) -> Memory:
        """Where its generator stands."""
        return generator_memory(self._rng)

    def recall(self, memory: Memory) -> None:
        """Go on from what `memory` gave. Raises FormatError."""
        recall_generator(self._rng, memory)

    def go_on(self, old: Self) -> None:
        """Draw on where `old` stands."""
        self._rng.bit_generator.state = old._rng.bit_generator.state
