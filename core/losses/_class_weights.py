"""Class weights: some classes count more than others."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.errors import Problem
from core.losses._base import Array, Loss, LossFrame
from core.params import FloatTuple

Weigh = Callable[[Array], None]


class ClassWeighted(Loss):
    """A loss that multiplies what each sample adds to it by the weight of the sample's true class.

    The mean is still taken over the number of samples, as Keras's class_weight has it; PyTorch's `weight` divides by
    the sum of the weights in the batch instead, and weighs smoothed targets term by term. A target that is a mixture
    of classes has the mixture of their weights. The weights act wherever the loss is computed, while Keras leaves
    them out of validation. Source: King & Zeng 2001, Logistic regression in rare events data, section 4.2.
    """

    class_weights = FloatTuple(default=(), longest=1000, special="all 1", advanced=True,
                               doc="How much each class counts, in the order of the classes; empty counts all alike.")

    def problems(self, classes: int) -> list[Problem]:
        return self._unless_as_many_as(classes, "one for each class")

    def _unless_as_many_as(self, wanted: int, what: str) -> list[Problem]:
        given = len(self.class_weights)
        if given in (0, wanted):
            return []
        return [Problem("loss.class_weights", f"{self.info.title}: needs {wanted} class weights, but has {given}.",
                        param="class_weights", hint=f"Give {wanted} numbers, {what}, or none.")]

    def weigh(self, frame: LossFrame) -> Weigh | None:
        """A function that multiplies the rows of an array (n, ...) by the weights of the samples; None without any.

        It goes by frame.t as it is then: class numbers (n,), or shares of the classes (n, k).
        """
        if not self.class_weights:
            return None
        t, weights, table = frame.t, frame.scratch((len(frame.p),)), np.asarray(self.class_weights, frame.p.dtype)

        def weigh(values: Array) -> None:
            if t.ndim == 1:
                table.take(t, 0, weights, "clip")
            else:
                np.matmul(t, table, out=weights)
            np.multiply(values.T, weights, values.T)

        return weigh


def weighed(gradient: Callable[[], None], weigh: Weigh | None, d: Array) -> Callable[[], None]:
    """The gradient of a loss that was written for weights of 1, with the weights."""
    if weigh is None:
        return gradient

    def both() -> None:
        gradient()
        weigh(d)

    return both
