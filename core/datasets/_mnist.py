"""What MNIST and the sets made in its likeness share."""
from __future__ import annotations

from pathlib import Path as FilePath
from typing import ClassVar

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._files import find_all
from core.datasets._idx import read_idx
from core.errors import DataError, Problem
from core.params import Bool, Choice, Int, Path

SIDE = 28
WHITE = 255.0
TRAINING, TEST = 60_000, 10_000
PARTS = {"train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
         "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")}


class MnistLike(Dataset):
    """60,000 grey pictures of 28 x 28 pixels in ten classes to learn from, and 10,000 as the test part.

    Shapes: x (n, 784) row by row, or (n, 28, 28, 1) unless `flatten`; y (n,). Pixels x from 0 to 255 become x / 255,
    or, with scale "normal", (x / 255 - mean) / deviation of all pixels of the training part, as is customary with
    PyTorch. Errors: DataError if one of the four original files is not there or is damaged.
    """

    mean: ClassVar[float]
    deviation: ClassVar[float]
    names: ClassVar[tuple[str, ...]]
    scale = Choice(default="unit", options={"unit": "0 to 1", "normal": "Mean 0, deviation 1"},
                   doc="The range of the pixels, the same for all of them.")
    folder = Path(what="folder", special="the usual places",
                  doc="The folder with the four original files, plain or .gz; empty looks for them in LAYERLOOM_DATA "
                  "and among what was downloaded.")
    flatten = Bool(default=True, doc="Give each picture as a row of 784 numbers instead of 28 × 28 × 1.")
    samples = Int(default=0, low=0, high=TRAINING, special="all",
                  doc="Takes only the first ones of the training part; 0 takes all 60,000.")

    def spec(self) -> DataSpec:
        count = self.samples or TRAINING
        if self.flatten:
            return DataSpec((SIDE * SIDE,), classes=self.names, picture=(SIDE, SIDE), samples=count, held_out=TEST)
        return DataSpec((SIDE, SIDE, 1), classes=self.names, samples=count, held_out=TEST)

    def missing(self) -> Problem | None:
        try:
            self._paths()
        except DataError as error:
            return error.problem
        return None

    def load(self, seed: int) -> Samples:
        return self._read("train", self.samples)

    def held_out(self, seed: int) -> Samples:
        return self._read("test")

    def _read(self, part: str, count: int = 0) -> Samples:
        title = self.info.title
        paths = self._paths()
        pictures, labels = (paths[name] for name in PARTS[part])
        x, y = read_idx(pictures, (SIDE, SIDE), count), read_idx(labels, (), count)
        if len(x) != len(y):
            message = f"{title}: {pictures.name} holds {len(x):,} pictures, but {labels.name} {len(y):,} labels."
            raise DataError(Problem("data.file", message, param="source",
                                    hint=f"Replace the files in {pictures.parent} by the original ones."))
        return Samples(self._scaled(x), y.astype(np.intp))

    def _paths(self) -> dict[str, FilePath]:
        names = tuple(name for pair in PARTS.values() for name in pair)
        return find_all(self.info.kind, self.info.title, names, self.folder)

    def from_pixels(self, pixels: np.ndarray) -> np.ndarray:
        return self._scaled(np.rint(WHITE * np.asarray(pixels))[None]).reshape(self.spec().shape)

    def _scaled(self, pixels: np.ndarray) -> np.ndarray:
        shift, divisor = (self.mean, self.deviation) if self.scale == "normal" else (0.0, 1.0)
        x = np.empty((len(pixels), *self.spec().shape), np.float32)
        np.multiply(pixels.reshape(x.shape), np.float32(1.0 / (WHITE * divisor)), out=x)
        if shift:
            np.subtract(x, np.float32(shift / divisor), out=x)
        return x
