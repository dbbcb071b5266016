"""Arrays in files of NumPy."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from core.datasets._array_pairs import Pairs, pairs
from core.datasets._array_targets import AUTO, TARGETS, Meaning, meaning
from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._files import expanded
from core.datasets._npy import Header, Place, read_array, read_header, refusal
from core.datasets._survey import at_work, known
from core.datasets._task import Task
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Choice, Path, Text

ENDINGS = (".npz", ".npy")
PARTNERS = {"x": "y", "data": "labels", "inputs": "targets", "features": "labels", "images": "labels",
            "x_train": "y_train", "train_images": "train_labels"}


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What the files hold, as far as that has to be known before samples are read."""

    pairs: Pairs
    shape: tuple[int, ...]
    samples: int
    held_out: int
    target: Meaning


class Arrays(Dataset):
    """Samples and targets in a .npz file, or in two .npy files.

    Arrays: samples x (n, ...) of any numbers; targets y (n,), which are class numbers or names, or numbers to predict,
    or y (n, k): k numbers, or a one-hot row, for each sample. Classes are called by their values, so they need not
    begin at 0. In a .npz file the arrays are found by usual names (x and y, data and labels, x_train and y_train),
    where x_test and y_test, if there, are the test part. Errors: DataError if a file is damaged, holds objects, records
    or complex numbers, or if arrays do not belong together.
    Source: NumPy Enhancement Proposal 1, A simple file format for NumPy arrays.
    """

    info = Info("arrays", "Arrays (NumPy)", "Your own arrays from .npz or .npy files", category="Your own",
                icon="table", keywords=("numpy", "npz", "npy", "array", "tensor", "matrix"))
    path = Path(label="File", endings=ENDINGS, doc="The .npz file, or the .npy file with the samples.")
    labels_path = Path(label="Targets file", endings=ENDINGS, special="the same file",
                       doc="The file with the targets, if they have one of their own.")
    x_name = Text(label="Inputs", special="found by name", doc="Which array holds the samples.")
    y_name = Text(label="Targets", special="found by name", doc="Which array holds the targets.")
    target = Choice(default=AUTO, options=TARGETS, label="Predict",
                    doc="Whether the targets are classes or numbers; few different whole numbers are taken as classes.")

    @classmethod
    def takes(cls, path: FilePath) -> Mapping[str, Any] | None:
        if path.suffix.lower() == ENDINGS[0]:
            return {"path": str(path)}
        if path.suffix.lower() != ENDINGS[1]:
            return None
        partner = PARTNERS.get(path.stem.lower())
        try:
            beside = [other for other in path.parent.glob("*.npy") if partner and other.stem.lower() == partner]
        except OSError:
            beside = []
        return {"path": str(path), "labels_path": str(beside[0])} if beside else {"path": str(path)}

    def spec(self) -> DataSpec:
        found = self._found()
        return DataSpec(found.shape, classes=found.target.classes, targets=found.target.width, samples=found.samples,
                        held_out=found.held_out, multi_label=found.target.yes_or_no)

    def load(self, seed: int) -> Samples:
        found = self._found()
        return _read(found, found.pairs.x, found.pairs.y)

    def held_out(self, seed: int) -> Samples | None:
        found = self._found()
        return None if found.pairs.test is None else _read(found, *found.pairs.test)

    def _found(self) -> _Found:
        if not self.path:
            raise DataError(Problem("data.choose", f"{self.info.title}: no file is chosen yet.", param="source",
                                    hint="Choose a .npz file, or two .npy files with samples and targets."))
        path, labels = expanded(self.path), expanded(self.labels_path) if self.labels_path else None
        key = ("arrays", self.path, self.labels_path, self.x_name, self.y_name, self.target)
        return known(path.name, key, tuple(str(file) for file in (path, labels) if file),
                     lambda task: self._look(path, labels, task))

    def _look(self, path: FilePath, labels: FilePath | None, task: Task) -> _Found:
        chosen = pairs(path, labels, self.x_name, self.y_name)
        samples, count = _alike(chosen.x, chosen.y), 0
        target = meaning(read_array(chosen.y, task), self.target, chosen.y)
        if chosen.test:
            test = _alike(*chosen.test)
            if test.shape[1:] != samples.shape[1:]:
                raise refusal(chosen.test[0], f"holds samples of shape {test.shape[1:]}, but those to train on have "
                              f"{samples.shape[1:]}", "Bring both to the same shape.")
            target.encode(read_array(chosen.test[1], task), chosen.test[1])
            count = test.shape[0]
        return _Found(chosen, samples.shape[1:] or (1,), samples.shape[0], count, target)


def _alike(x: Place, y: Place) -> Header:
    """The header of the samples. Raises DataError if these are no numbers, or if there are not as many targets."""
    samples, targets = read_header(x), read_header(y)
    if samples.dtype.kind in "US":
        raise refusal(x, "holds words instead of numbers", "Choose another array for the samples.")
    if not samples.shape:
        raise refusal(x, "holds a single number instead of samples", "Choose another array for the samples.")
    if samples.shape[:1] != targets.shape[:1]:
        many = f"{targets.shape[0]:,} targets" if targets.shape else "a single number"
        raise refusal(x, f"holds {samples.shape[0]:,} samples, but {y} holds {many}",
                      "Give one target for each sample.")
    return samples


def _read(found: _Found, x: Place, y: Place) -> Samples:
    task = at_work()
    targets = found.target.encode(read_array(y, task), y)
    values = read_array(x, task, np.float32)
    return Samples(values.reshape(len(values), *(values.shape[1:] or (1,))), targets)
