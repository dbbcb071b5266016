"""Precision, recall and F1 of every class, and what they are on average."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.metrics._base import Array


@dataclass(frozen=True, slots=True, eq=False)
class ByClass:
    """A number for each of k classes: precision, recall and f1 (k,) float64, 0 where they would divide by 0.

    `support` (k,) counts the samples that belong to a class, `taken` (k,) those that are taken for it.
    """

    precision: Array
    recall: Array
    f1: Array
    support: Array
    taken: Array

    @property
    def occurs(self) -> Array:
        """(k,) bool: which classes some sample belongs to or is taken for; averages are over these."""
        return np.asarray(self.support + self.taken > 0)

    def macro(self) -> tuple[float, float, float]:
        """Mean precision, recall and F1 over the classes that occur; 0 if none does."""
        # What does not occur has 0 of everything.
        count = max(1, int(self.occurs.sum()))
        precision, recall, f1 = (float(row.sum() / count) for row in (self.precision, self.recall, self.f1))
        return precision, recall, f1

    def weighted(self) -> tuple[float, float, float]:
        """The same, each class weighted by the samples that belong to it; 0 if none belongs to any."""
        whole = max(1, int(self.support.sum()))
        precision, recall, f1 = (float(row @ self.support / whole) for row in (self.precision, self.recall, self.f1))
        return precision, recall, f1


def by_class(hits: Array, taken: Array, support: Array) -> ByClass:
    """From counts (k,): samples that are rightly taken for a class, taken for it, and belong to it.

    precision = hits / taken, recall = hits / support, F1 = 2 hits / (taken + support).
    Source: Sokolova & Lapalme 2009, A systematic analysis of performance measures for classification tasks.
    """
    return ByClass(_ratio(hits, taken), _ratio(hits, support), _ratio(2 * hits, taken + support), support, taken)


def _ratio(part: Array, whole: Array) -> Array:
    return np.asarray(part / np.maximum(whole, 1))
