"""From a data set to what training takes: checked, split and scaled."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._check import check_labels, check_samples
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

    `scaling` is one of SCALINGS; `validation` and `test` are shares of the samples that the data set loads;
    `stratify` keeps the proportion of the classes in every part. Where a data set brings a test part of its own, that
    is the test part, and `test` has to be 0. The same seed gives the same parts. What is neither split nor scaled is
    not copied. Raises DataError.
    """
    title, spec = dataset.info.title, dataset.spec()
    if problem := needless_test(title, spec, test):
        raise DataError(problem)
    learn, watch, judge = _cut(dataset, spec, validation, test, seed, stratify)
    scaler = fit_scaler(scaling, learn.x)
    return Parts(spec, _scaled(scaler, learn), _scaled(scaler, watch), _scaled(scaler, judge), scaler, title)


def needless_test(title: str, spec: DataSpec, test: float) -> Problem | None:
    """Why no share `test` of the samples of the data set `title` can be held back, or None if it can."""
    if not test or not spec.held_out:
        return None
    return Problem("data.share", f"{title} brings a test part of its own, so no share of its samples can be held back "
                   "as one.", param="test", hint="Set the test share to 0.")


def _cut(dataset: Dataset, spec: DataSpec, validation: float, test: float, seed: int,
         stratify: bool) -> tuple[Samples, Samples, Samples]:
    """Training, validation and test part, checked."""
    samples, own = dataset.load(seed), dataset.held_out(seed)
    check_samples(dataset.info.title, spec, samples)
    labels = samples.y if stratify and spec.classification else None
    # A stream of its own: the data set may have drawn its points from the plain seed.
    rng = np.random.default_rng((seed, 1))
    index = split(len(samples), validation, test, rng, labels)
    learn, watch, judge = (samples.take(part) if len(part) < len(samples) else samples for part in index)
    if own is not None:
        check_samples(f"{dataset.info.title}, test part", spec, own)
        judge = own
    return learn, watch, judge


def _scaled(scaler: Scaler, part: Samples) -> Samples:
    return Samples(scaler.apply(part.x), part.y)


def one_hot(y: np.ndarray, classes: int) -> np.ndarray:
    """Class numbers (n,) as rows (n, classes) float32 with a single 1. DataError if one is out of range."""
    check_labels("One-hot", y, classes)
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
