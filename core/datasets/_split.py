"""Cutting samples into a part to learn from, one to watch with and one to judge by."""
from __future__ import annotations

import math

import numpy as np

from core.errors import DataError, Problem

Cuts = tuple[np.ndarray, np.ndarray, np.ndarray]


def split(
    count: int, validation: float, test: float, rng: np.random.Generator, labels: np.ndarray | None = None,
) -> Cuts:
    """Indices of the training, validation and test part of `count` samples; each part is in ascending order.

    `validation` and `test` are shares of all samples; a share above 0 gets one sample at least. With `labels`
    (count,) every class is spread evenly over the parts. Raises DataError if nothing is left for training.
    """
    held = _sizes(count, validation, test)
    order = rng.permutation(count) if labels is None else _spread(labels, rng)
    test_part, validation_part, train_part = np.split(order, np.cumsum(held))
    return np.sort(train_part), np.sort(validation_part), np.sort(test_part)


def split_in_order(count: int, validation: float, test: float, keys: np.ndarray | None = None) -> Cuts:
    """As `split`, but the test part is the last samples, and validation those before them.

    With `keys` (count,), numbers or dates of which none is missing, "last" means those with the largest; equal ones
    stay in their order.
    """
    test_size, validation_size = _sizes(count, validation, test)
    order = np.arange(count) if keys is None else np.argsort(keys, kind="stable")
    bounds = (count - test_size - validation_size, count - test_size)
    train_part, validation_part, test_part = np.split(order, bounds)
    return np.sort(train_part), np.sort(validation_part), np.sort(test_part)


def split_in_folds(
    count: int, folds: int, fold: int, test: float, rng: np.random.Generator, labels: np.ndarray | None = None,
) -> Cuts:
    """As `split`: after the test part, number `fold` (from 1) of `folds` parts of what is left is for validation.

    With the same generator every sample that is not in the test part is in the validation part of exactly one fold.
    Folds differ by one sample at most, and so do the numbers of samples that they have of each class.
    Source: Kohavi 1995, A study of cross-validation and bootstrap for accuracy estimation and model selection.
    """
    rest, _, test_part = split(count, 0.0, test, rng, labels)
    if len(rest) < folds:
        message = f"There are too few samples for {folds} folds: {len(rest)} are left beside the test part."
        raise DataError(Problem("data.folds", message, param="folds", hint="Take fewer folds or more samples."))
    order = rng.permutation(rest)
    if labels is not None:
        order = order[np.argsort(labels[order], kind="stable")]
    # Dealt out one by one: a class of n samples gives n / folds of them to every fold, rounded up or down.
    chosen = np.arange(len(order)) % folds == fold - 1
    return np.sort(order[~chosen]), np.sort(order[chosen]), test_part


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
