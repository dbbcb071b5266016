"""What a data set is: it says cheaply what it will give, and gives it when asked."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from core.datasets._notes import Note
from core.errors import Problem
from core.kinds import Catalogued
from core.params import Kind
from core.preprocessing import Column, Columns, ColumnSpec, Specs
from core.registry import Registry

DATASETS: Registry[type[Dataset]] = Registry("data set")


@dataclass(frozen=True, slots=True)
class DataSpec:
    """What samples look like, known without reading any.

    `shape` is that of one sample; `features` names its columns (empty if they have no names); `classes` names
    the classes and is empty for regression, where `targets` counts the numbers to predict. `picture` gives
    the rows and columns of a flat sample that is really a grey picture. `samples` says how many `load` will give,
    and `held_out` how many the test part that comes with the data has; 0 where that is not known, or none comes.
    `target_names` are the columns to predict, if they have names. With `multi_label` the numbers to predict are yes (1)
    or no (0), each for itself. `tokens` is how many words the numbers of a sample stand for, 0 if for none;
    `words` is what the numbers stand for, from 0, if they have names.
    """

    shape: tuple[int, ...]
    features: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    targets: int = 1
    picture: tuple[int, int] | None = None
    samples: int = 0
    held_out: int = 0
    target_names: tuple[str, ...] = ()
    multi_label: bool = False
    tokens: int = 0
    words: tuple[str, ...] = ()

    @property
    def classification(self) -> bool:
        """True if the target is a class."""
        return bool(self.classes)

    @property
    def pixels(self) -> tuple[int, int, int] | None:
        """Height, width and channels of a sample that is a picture, flat or not; None if it is none."""
        if self.picture is not None:
            return (*self.picture, 1)
        return (self.shape[0], self.shape[1], self.shape[2]) if len(self.shape) == 3 else None


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
    # Samples that lie close to each other resemble each other: they are best split in their order.
    ordered: ClassVar[bool] = False
    # Parameters that are samples themselves: where only these change, what was learned still means something.
    edited: ClassVar[tuple[str, ...]] = ()
    # Pictures whose ink fills this share of them, centred by its mass; 0 where ink may be anywhere.
    centred: ClassVar[float] = 0.0

    @classmethod
    def takes(cls, path: Path) -> Mapping[str, Any] | None:
        """Parameters that make a data set of the file or folder `path`, or None if it is nothing for this kind.

        Looks at the name, and at no more than the first bytes. Never raises.
        """
        return None

    @property
    def title(self) -> str:
        """What people call these data: the name of their file, if they come from one, else that of the kind."""
        return title_of(Kind(self.info.kind, self.config())) if "path" in self.params else self.info.title

    def missing(self) -> Problem | None:
        """Why samples cannot be had, if files that they are read from are not there; looked for at every call."""
        return None

    def notes(self) -> tuple[Note, ...]:
        """What there is to know about single columns, known as cheaply as `columns` is. Raises DataError."""
        return ()

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

    def from_pixels(self, pixels: np.ndarray) -> np.ndarray:
        """A sample, in the shape of `spec`, of a picture (height, width, channels) with values from 0 to 1."""
        return np.asarray(pixels, np.float32).reshape(self.spec().shape)

    def count(self) -> int:
        """How many samples `load` gives. Raises DataError."""
        return self.spec().samples

    def columns(self) -> Specs:
        """The columns of `table`, known as cheaply as `spec` is. Raises DataError."""
        return columns_of(self.spec())

    def table(self, seed: int) -> Columns:
        """What `load` gives as columns, without copying the numbers. Raises DataError."""
        return table_of(self.spec(), self.load(seed))

    def held_out_table(self, seed: int) -> Columns | None:
        """What `held_out` gives as columns."""
        own = self.held_out(seed)
        return None if own is None else table_of(self.spec(), own)


def title_of(source: Kind) -> str:
    """What people call a data set: the name of the file or folder in its parameter `path`, else that of its kind."""
    path = source.params.get("path")
    # A document may come from another system, with other slashes.
    if isinstance(path, str) and (name := re.split(r"[\\/]", path.rstrip("\\/"))[-1]):
        return name
    return DATASETS[source.kind].info.title if source.kind in DATASETS else source.kind


def columns_of(spec: DataSpec) -> Specs:
    """Samples of this form as columns: all inputs are one of them, and so is the class; each number to predict."""
    inputs = ColumnSpec("x", shape=spec.shape, parts=spec.features, tokens=spec.tokens, words=spec.words)
    if spec.classification:
        name = next(iter(spec.target_names), "class")
        return inputs, ColumnSpec(name, "category", "target", spec.classes)
    names = spec.target_names or (("y",) if spec.targets == 1 else tuple(f"y{i + 1}" for i in range(spec.targets)))
    return inputs, *(ColumnSpec(name, role="target") for name in names)


def table_of(spec: DataSpec, samples: Samples) -> Columns:
    """Samples of this form with their columns."""
    inputs, *targets = columns_of(spec)
    values = [samples.y] if spec.classification else list(samples.y.T)
    return Column(inputs, samples.x), *map(Column, targets, values)
