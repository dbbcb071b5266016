"""Bringing every feature to a like range."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets._blocks import blocks
from core.errors import DataError, Problem

SCALINGS: dict[str, str] = {
    "none": "As it is",
    "standardise": "Standardise (mean 0, deviation 1)",
    "min_max": "Min-max (0 to 1)",
}


@dataclass(frozen=True, slots=True, eq=False)
class Scaler:
    """(x - shift) / scale, feature by feature; `shift` and `scale` are float64 in the shape of one sample."""

    kind: str
    shift: np.ndarray
    scale: np.ndarray

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Samples (n, *shape) in the scaled range, float32."""
        if self.kind == "none":
            return np.asarray(x, np.float32)
        scaled = np.empty(x.shape, np.float32)
        for part in blocks(x):
            scaled[part] = (x[part] - self.shift) / self.scale
        return scaled

    def undo(self, x: np.ndarray) -> np.ndarray:
        """Scaled samples (n, *shape) in their own units again, float32."""
        if self.kind == "none":
            return np.asarray(x, np.float32)
        own: np.ndarray = x * self.scale + self.shift
        return own.astype(np.float32)


def fit_scaler(kind: str, x: np.ndarray) -> Scaler:
    """The scaler of one of the SCALINGS that fits samples x (n, *shape), n at least 1. Raises DataError.

    standardise: shift is the mean, scale the standard deviation (of the population). min_max: shift is the
    smallest value, scale the range. A feature that never changes is shifted to 0 and not scaled.
    """
    if kind not in SCALINGS:
        known = ", ".join(SCALINGS)
        raise DataError(Problem("data.scaling", f"scaling: one of {known}, got {kind!r}.", param="scaling"))
    shift, scale = np.zeros(x.shape[1:]), np.ones(x.shape[1:])
    if kind != "none":
        low, high = x.min(axis=0).astype(np.float64), x.max(axis=0).astype(np.float64)
        constant = low == high
        if kind == "standardise":
            shift = x.mean(axis=0, dtype=np.float64)
            scale = np.sqrt(sum(np.square(x[part] - shift).sum(axis=0) for part in blocks(x)) / len(x))
        else:
            shift, scale = low, high - low
        # The deviation of equal numbers is rarely exactly 0, because their mean is rounded.
        shift, scale = np.where(constant, low, shift), np.where(constant, 1.0, scale)
    return Scaler(kind, shift, scale)
