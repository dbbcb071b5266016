"""What a data set is: it says cheaply what it will give, and gives it when asked."""
from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.kinds import Catalogued
from core.registry import Registry

DATASETS: Registry[type[Dataset]] = Registry("data set")


@dataclass(frozen=True, slots=True)
class DataSpec:
    """What samples look like, known without reading any.

    `shape` is that of one sample; `features` names its columns (empty if they have no names); `classes` names
    the classes and is empty for regression, where `targets` counts the numbers to predict. `picture` gives
    the rows and columns of a flat sample that is really a grey picture. `samples` says how many `load` will give,
    and `held_out` how many the test part that comes with the data has; 0 where that is not known, or none comes.
    """

    shape: tuple[int, ...]
    features: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    targets: int = 1
    picture: tuple[int, int] | None = None
    samples: int = 0
    held_out: int = 0

    @property
    def classification(self) -> bool:
        """True if the target is a class."""
        return bool(self.classes)


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples with their targets.

    x (n, *shape) float32; y (n,) intp class numbers from 0, or (n, targets) float32 for regression.
    """

    x: np.ndarray
    y: np.ndarray

    def __len__(self) -> int:
        return len(self.x)

    def take(self, index: np.ndarray) -> Samples:
        """The samples at `index`, copied."""
        return Samples(self.x[index], self.y[index])


class Dataset(Catalogued):
    """A source of samples."""

    catalogue: ClassVar[Registry[type[Dataset]]] = DATASETS

    def spec(self) -> DataSpec:
        """What `load` will give. Fast; reads nothing large. Raises DataError."""
        raise NotImplementedError

    def load(self, seed: int) -> Samples:
        """All samples but those of `held_out`; the same seed gives the same ones. Raises DataError.

        The arrays belong to the caller.
        """
        raise NotImplementedError

    def held_out(self, seed: int) -> Samples | None:
        """The test part that comes with the data, of the same form, or None if there is none. Raises DataError."""
        return None
