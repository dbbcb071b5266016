"""Pictures and labels in files like those of MNIST: KMNIST, EMNIST, or one's own."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._files import expanded
from core.datasets._four import SPOKEN, TEST, TRAINING, both, candidates, files_in, names_in
from core.datasets._idx import read_idx, read_lengths
from core.datasets._survey import known
from core.datasets._task import Task
from core.errors import CoreError, DataError, Problem
from core.kinds import Info
from core.params import Bool, Int, Names, Path

WHITE = 255.0


@dataclass(frozen=True, slots=True)
class _Found:
    """What headers and labels tell. `shape` is that of one picture, as it is stored."""

    shape: tuple[int, ...]
    samples: int
    held_out: int
    labels: tuple[int, ...]


class IdxFiles(Dataset):
    """Pictures with labels from two IDX files of unsigned bytes, plain or gzip, and a test part from two more.

    Shapes: pictures (n, h, w) or (n, h, w, c) become x (n, h * w * c), or (n, h, w, c) unless `flatten`, from 0 to 1;
    y (n,), the classes being the labels that occur. Errors: DataError if a file is missing, is damaged, or does not
    belong to the others.
    """

    info = Info("idx", "IDX files (MNIST-like)", "Your own pictures in the format of MNIST", category="Your own",
                icon="image", keywords=("mnist", "kmnist", "emnist", "ubyte", "images", "pictures", "files"))
    path = Path(what="folder", label="Folder", doc="The folder with the files; what each holds is told by its name.")
    pictures = Path(label="Training pictures", advanced=True,
                    doc="The file of training pictures, if no folder is chosen.")
    labels = Path(label="Training labels", advanced=True, doc="The file of training labels, if no folder is chosen.")
    test_pictures = Path(advanced=True, doc="The file of test pictures, if there is one and no folder is chosen.")
    test_labels = Path(advanced=True, doc="The file of test labels, if there is one and no folder is chosen.")
    names = Names(special="the labels", label="Class names",
                  doc="What the classes are called, in the order of their labels.")
    flatten = Bool(default=True, doc="Give each picture as one row of numbers.")
    transposed = Bool(default=False, doc="Turn rows into columns, as the pictures of EMNIST need it.")
    samples = Int(default=0, low=0, high=2**31 - 1, special="all",
                  doc="Takes only the first ones of the training part; 0 takes all.")

    @classmethod
    def takes(cls, path: FilePath) -> Mapping[str, Any] | None:
        try:
            folder = path if path.is_dir() else path.parent
            found = candidates(names_in(folder)) if path.is_dir() or candidates([path.name]) else {}
        except (CoreError, OSError):
            return None
        return {"path": str(folder)} if all(len(found.get(role, ())) == 1 for role in TRAINING) else None

    def spec(self) -> DataSpec:
        found = self._found()
        h, w, *rest = found.shape
        shape = (w, h, *(rest or (1,))) if self.transposed else (h, w, *(rest or (1,)))
        samples = min(self.samples or found.samples, found.samples)
        classes = self._classes(found)
        if not self.flatten:
            return DataSpec(shape, classes=classes, samples=samples, held_out=found.held_out)
        picture = shape[:2] if shape[2] == 1 else None
        return DataSpec((int(np.prod(shape)),), classes=classes, picture=picture, samples=samples,
                        held_out=found.held_out)

    def load(self, seed: int) -> Samples:
        return self._read(TRAINING, self.samples)

    def held_out(self, seed: int) -> Samples | None:
        return self._read(TEST) if self._found().held_out else None

    def _files(self) -> dict[str, FilePath]:
        """The chosen files by what they hold. Raises DataError."""
        if self.path:
            return known(self.title, ("idx folder", self.path), (str(expanded(self.path)),),
                         lambda task: files_in(expanded(self.path)))
        files = {role: expanded(getattr(self, role)) for role in SPOKEN if getattr(self, role)}
        if not files:
            raise DataError(Problem("data.choose", f"{self.info.title}: no files are chosen yet.", param="source",
                                    hint="Choose the folder that holds them, or the files one by one."))
        return files

    def _found(self) -> _Found:
        files = self._files()
        key = ("idx", *sorted(files.items()))
        return known(self.title, key, tuple(map(str, files.values())), lambda task: _look(files, task))

    def _classes(self, found: _Found) -> tuple[str, ...]:
        if not self.names:
            return tuple(map(str, found.labels))
        if len(self.names) != len(found.labels):
            raise DataError(Problem("data.names", f"{self.info.title}: there are {len(self.names):,} names, but "
                                    f"{len(found.labels):,} different labels.", param="source",
                                    hint="Give a name for every label, or none."))
        return self.names

    def _read(self, part: tuple[str, str], count: int = 0) -> Samples:
        found, files = self._found(), self._files()
        x = read_idx(files[part[0]], found.shape, count)
        y = read_idx(files[part[1]], (), count)
        _check_labels(files[part[1]], y, found.labels)
        if len(x) != len(y):
            raise _unequal(files, part, len(x), len(y))
        x = x.swapaxes(1, 2) if self.transposed else x
        numbers = np.empty((len(x), *self.spec().shape), np.float32)
        np.multiply(x, np.float32(1.0 / WHITE), out=numbers.reshape(x.shape), casting="unsafe")
        return Samples(numbers, np.searchsorted(found.labels, y).astype(np.intp))


def _look(files: Mapping[str, FilePath], task: Task) -> _Found:
    """Read headers and labels. Raises DataError."""
    for role, path in files.items():
        if not path.is_file():
            raise DataError(Problem("data.missing", f"The file of {SPOKEN[role]}, {path}, was not found.",
                                    param="source", hint="Choose it anew."))
    tested = both(files)
    shape, samples, labels = _part(files, TRAINING)
    task.tell()
    if len(labels) < 2:
        what = "one label only" if labels else "no labels"
        raise DataError(Problem("data.classes", f"The file {files['labels']} holds {what}.", param="source",
                                hint="Choose files with at least two classes."))
    if not tested:
        return _Found(shape, samples, 0, labels)
    other, held_out, _ = _part(files, TEST)
    if other != shape:
        raise DataError(Problem("data.shape", f"Training pictures have {_size(shape)} pixels, but test pictures "
                                f"{_size(other)}.", param="source", hint="Choose files that belong together."))
    _check_labels(files["test_labels"], read_idx(files["test_labels"], ()), labels)
    return _Found(shape, samples, held_out, labels)


def _part(files: Mapping[str, FilePath], part: tuple[str, str]) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """The shape of a picture, how many there are, and the labels that occur."""
    pictures = files[part[0]]
    count, *shape = read_lengths(pictures)
    if len(shape) not in (2, 3):
        raise DataError(Problem("data.file", f"The file {pictures} does not hold pictures: its header tells of "
                                f"{len(shape) + 1} axes instead of 3 or 4.", param="source",
                                hint=f"Choose the file of {SPOKEN[part[0]]}."))
    labels = read_idx(files[part[1]], ())
    if len(labels) != count:
        raise _unequal(files, part, count, len(labels))
    return tuple(shape), count, tuple(np.unique(labels).tolist())


def _unequal(files: Mapping[str, FilePath], part: tuple[str, str], pictures: int, labels: int) -> DataError:
    message = f"{files[part[0]].name} holds {pictures:,} pictures, but {files[part[1]].name} {labels:,} labels."
    return DataError(Problem("data.file", message, param="source", hint="Choose files that belong together."))


def _check_labels(path: FilePath, y: np.ndarray, labels: tuple[int, ...]) -> None:
    strange = ~np.isin(y, labels)
    if strange.any():
        first = int(strange.argmax())
        raise DataError(Problem("data.labels", f"The file {path} holds the label {y[first]} (item {first + 1:,}), "
                                "which no training picture has.", param="source",
                                hint="Choose files that belong together."))


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
