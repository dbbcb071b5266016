"""From a data set to what training takes: checked, split and scaled."""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._scaling import Scaler, fit_scaler
from core.datasets._split import split
from core.errors import DataError, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A data set made ready. The three parts are disjoint, scaled alike, and in the data set's order.

    `validation` and `test` may be empty, `train` never is. `title` is what people call the data set.
    """

    spec: DataSpec
    train: Samples
    validation: Samples
    test: Samples
    scaler: Scaler
    title: str = "Data"


def prepare(
    dataset: Dataset, *, scaling: str = "none", validation: float = 0.0, test: float = 0.0, seed: int = 0,
    stratify: bool = True,
) -> Parts:
    """Load `dataset`, check it, split it and scale it by what its training part shows.

    `scaling` is one of SCALINGS; `validation` and `test` are shares of all samples; `stratify` keeps the
    proportion of the classes in every part. The same seed gives the same parts. Raises DataError.
    """
    title, spec, samples = dataset.info.title, dataset.spec(), dataset.load(seed)
    _check(title, spec, samples)
    labels = samples.y if stratify and spec.classification else None
    # A stream of its own: the data set may have drawn its points from the plain seed.
    rng = np.random.default_rng((seed, 1))
    index = split(len(samples), validation, test, rng, labels)
    learn, watch, judge = (samples.take(part) for part in index)
    scaler = fit_scaler(scaling, learn.x)
    return Parts(spec, _scaled(scaler, learn), _scaled(scaler, watch), _scaled(scaler, judge), scaler, title)


def _scaled(scaler: Scaler, part: Samples) -> Samples:
    return Samples(scaler.apply(part.x), part.y)


def one_hot(y: np.ndarray, classes: int) -> np.ndarray:
    """Class numbers (n,) as rows (n, classes) float32 with a single 1. DataError if one is out of range."""
    _check_labels("One-hot", y, classes)
    rows = np.zeros((len(y), classes), np.float32)
    rows[np.arange(len(y)), y] = 1.0
    return rows


def describe(parts: Parts) -> str:
    """What there is, in one line: "Iris: 150 samples, 4 features, 3 classes; 120 train, 30 test"."""
    spec = parts.spec
    sizes = {"train": len(parts.train), "validation": len(parts.validation), "test": len(parts.test)}
    target = _count(len(spec.classes), "class", "classes") if spec.classification \
        else _count(spec.targets, "target", "targets")
    if len(spec.shape) == 1:
        features = _count(spec.shape[0], "feature", "features")
    else:
        features = "shape " + " × ".join(map(str, spec.shape))
    samples = _count(sum(sizes.values()), "sample", "samples")
    used = ", ".join(f"{size:,} {name}" for name, size in sizes.items() if size)
    return f"{parts.title}: {samples}, {features}, {target}; {used}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _check(title: str, spec: DataSpec, samples: Samples) -> None:
    count = len(samples)
    if not count:
        raise DataError(Problem("data.empty", f"{title}: there are no samples.", hint="Choose other data."))
    wanted = (count,) if spec.classification else (count, spec.targets)
    if samples.x.shape[1:] != spec.shape or samples.y.shape != wanted:
        message = (f"{title}: expected samples of shape {spec.shape} and targets of shape {wanted}, "
                   f"got {samples.x.shape[1:]} and {samples.y.shape}.")
        raise DataError(Problem("data.shape", message, hint="Load the data again."))
    _check_finite(title, spec, samples)
    if spec.classification:
        _check_labels(title, samples.y, len(spec.classes))


def _check_finite(title: str, spec: DataSpec, samples: Samples) -> None:
    values = ~np.isfinite(samples.x.reshape(len(samples), -1))
    targets = ~np.isfinite(samples.y.reshape(len(samples), -1))
    bad = values.any(axis=1) | targets.any(axis=1)
    count = int(bad.sum())
    if count:
        row = int(bad.argmax())
        where = _column(spec, int(values[row].argmax())) if values[row].any() else "the target"
        verb = "holds" if count == 1 else "hold"
        message = (f"{title}: {count} of {len(bad)} samples {verb} NaN or infinity, "
                   f"first in {where} of sample {row + 1}.")
        raise DataError(Problem("data.finite", message, hint="Fill in or remove these samples."))


def _column(spec: DataSpec, flat: int) -> str:
    if len(spec.features) == math.prod(spec.shape):
        return f'column "{spec.features[flat]}"'
    place = np.unravel_index(flat, spec.shape)
    return "column " + ", ".join(str(index + 1) for index in place)


def _check_labels(title: str, y: np.ndarray, classes: int) -> None:
    if y.dtype.kind not in "iu":
        message = f"{title}: class numbers must be whole numbers, got {y.dtype}."
        raise DataError(Problem("data.labels", message, hint="Number the classes from 0."))
    outside = (y < 0) | (y >= classes)
    if outside.any():
        first = int(outside.argmax())
        message = f"{title}: class number {y[first]} of sample {first + 1} is not from 0 to {classes - 1}."
        raise DataError(Problem("data.labels", message, hint="Name more classes or mend the target."))
