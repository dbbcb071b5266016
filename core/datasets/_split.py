"""Cutting samples into a part to learn from, one to watch with and one to judge by."""
from __future__ import annotations

import math

import numpy as np

from core.errors import DataError, Problem


def split(
    count: int, validation: float, test: float, rng: np.random.Generator, labels: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Indices of the training, validation and test part of `count` samples; each part is in ascending order.

    `validation` and `test` are shares of all samples; a share above 0 gets one sample at least. With `labels`
    (count,) every class is spread evenly over the parts. Raises DataError if nothing is left for training.
    """
    held = _sizes(count, validation, test)
    order = rng.permutation(count) if labels is None else _spread(labels, rng)
    test_part, validation_part, train_part = np.split(order, np.cumsum(held))
    return np.sort(train_part), np.sort(validation_part), np.sort(test_part)


def _sizes(count: int, validation: float, test: float) -> tuple[int, int]:
    for name, share in (("validation", validation), ("test", test)):
        if not 0.0 <= share < 1.0:
            message = f"The {name} share must be at least 0 and less than 1, got {share:g}."
            raise DataError(Problem("data.share", message, param=name))
    if validation + test >= 1.0:
        message = f"The shares for validation, {validation:g}, and test, {test:g}, leave nothing to train on."
        raise DataError(Problem("data.share", message, param="validation",
                                hint="Lower them until they add up to less than 1."))
    held = _size(count, test), _size(count, validation)
    if sum(held) >= count:
        message = f"There are too few samples to split: of {count}, none would be left to train on."
        raise DataError(Problem("data.few", message, hint="Take more samples or hold back a smaller share."))
    return held


def _size(count: int, share: float) -> int:
    return max(1, math.floor(count * share + 0.5)) if share else 0


def _spread(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random order in which every stretch holds the classes in their proportion.

    The i-th of n samples of a class, shuffled, stands at (i + 1/2) / n of the way; chance breaks ties.
    """
    place = np.empty(len(labels))
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    return np.lexsort((rng.random(len(labels)), place))
