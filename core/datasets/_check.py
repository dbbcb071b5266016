"""Are the samples what their description says, and fit to be computed with?"""
from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np

from core.datasets._base import DataSpec, Samples
from core.errors import DataError, Problem
from core.preprocessing import Columns, blocks


def check_samples(title: str, spec: DataSpec, samples: Samples) -> None:
    """Raises DataError naming `title`, the place and a way out if `samples` cannot be trained with."""
    if 0 in spec.shape or not (spec.classification or spec.targets):
        what = f"a sample of shape {spec.shape} holds no numbers" if 0 in spec.shape else "there is nothing to predict"
        raise DataError(Problem("data.empty", f"{title}: {what}.", hint="Choose other data."))
    if not len(samples):
        raise DataError(Problem("data.empty", f"{title}: there are no samples.", hint="Choose other data."))
    count = len(samples)
    wanted = (count,) if spec.classification else (count, spec.targets)
    if samples.x.shape[1:] != spec.shape or samples.y.shape != wanted:
        message = (f"{title}: expected samples of shape {spec.shape} and targets of shape {wanted}, "
                   f"got {samples.x.shape[1:]} and {samples.y.shape}.")
        raise DataError(Problem("data.shape", message, hint="Load the data again."))
    _check_finite(title, spec, samples)
    if spec.classification:
        check_labels(title, samples.y, len(spec.classes))


def check_columns(title: str, inputs: Columns, y: np.ndarray, spec: DataSpec, *, unmended: Collection[str]) -> None:
    """Raises DataError naming `title`, the place and a way out if columns cannot be preprocessed and trained with.

    `unmended` names the inputs of whose missing values no step takes care.
    """
    if not len(y):
        raise DataError(Problem("data.empty", f"{title}: there are no samples.", hint="Choose other data."))
    missing = y < 0 if spec.classification else np.isnan(y).any(axis=1)
    if missing.any():
        _lacking(title, "the target", missing, "Fill in the targets, or add the step Drop rows.", "target")
    if spec.classification:
        check_labels(title, y, len(spec.classes))
    for column in inputs:
        if column.spec.kind != "number":
            continue
        flat = column.values.reshape(len(y), -1)
        if (infinite := np.isinf(flat).any(axis=1)).any():
            _lacking(title, f'column "{column.spec.name}"', infinite, "Mend these values, or ignore the column.", "inf")
        if column.spec.name in unmended and (missing := np.isnan(flat).any(axis=1)).any():
            _lacking(title, f'column "{column.spec.name}"', missing,
                     "Add the step Fill missing or Drop rows, or ignore the column.", "missing")


def _lacking(title: str, where: str, bad: np.ndarray, hint: str, what: str) -> None:
    count, first = int(bad.sum()), int(bad.argmax()) + 1
    verb = "is" if count == 1 else "are"
    kind = "infinite" if what == "inf" else "missing"
    raise DataError(Problem(f"data.{what}", f"{title}: {count:,} of {len(bad):,} values of {where} {verb} {kind}, "
                            f"first in row {first:,}.", param="steps", hint=hint))


def check_labels(title: str, y: np.ndarray, classes: int) -> None:
    """Raises DataError unless y (n,) holds class numbers from 0 to classes - 1."""
    if y.dtype.kind not in "iu":
        message = f"{title}: class numbers must be whole numbers, got {y.dtype}."
        raise DataError(Problem("data.labels", message, hint="Number the classes from 0."))
    outside = (y < 0) | (y >= classes)
    if outside.any():
        first = int(outside.argmax())
        message = f"{title}: class number {y[first]} of sample {first + 1} is not from 0 to {classes - 1}."
        raise DataError(Problem("data.labels", message, hint="Name more classes or mend the target."))


def _check_finite(title: str, spec: DataSpec, samples: Samples) -> None:
    count, where = 0, ""
    for part in blocks(samples.x):
        values = ~np.isfinite(samples.x[part].reshape(part.stop - part.start, -1))
        bad = values.any(axis=1) | ~np.isfinite(samples.y[part].reshape(len(values), -1)).all(axis=1)
        if not bad.any():
            continue
        if not count:
            row = int(bad.argmax())
            place = _column(spec, int(values[row].argmax())) if values[row].any() else "the target"
            where = f"{place} of sample {part.start + row + 1}"
        count += int(bad.sum())
    if count:
        verb = "holds" if count == 1 else "hold"
        message = f"{title}: {count} of {len(samples)} samples {verb} NaN or infinity, first in {where}."
        raise DataError(Problem("data.finite", message, hint="Fill in or remove these samples."))


def _column(spec: DataSpec, flat: int) -> str:
    if len(spec.features) == math.prod(spec.shape):
        return f'column "{spec.features[flat]}"'
    place = np.unravel_index(flat, spec.shape)
    return "column " + ", ".join(str(index + 1) for index in place)
