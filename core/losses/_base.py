"""What a loss is: a number to make small, and its gradient."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np

from core.errors import Problem
from core.kinds import Catalogued
from core.registry import Registry

Array = np.ndarray[Any, Any]
Encoding = Literal["number", "one_hot", "label"]

LOSSES: Registry[type[Loss]] = Registry("loss")


@dataclass(slots=True)
class LossFrame:
    """The arrays that a loss works on, over n samples.

    p (n, k): the prediction. z (n, k): the scores that p was made from by the loss's `activation`, or None where
    there are none. t: the targets, (n, k) numbers or (n,) class numbers. d: where the gradient goes, with respect
    to z if there is one, else to p; empty if no gradient is wanted.

    The n samples may be a part of a batch of `count` (0: they are all of it): what the parts give adds up to the loss
    and the gradient of the batch. `weight` is what this loss counts among several: it multiplies both.
    """

    p: Array
    z: Array | None
    t: Array
    d: Array
    scratch: Callable[..., Array]
    count: int = 0
    weight: float = 1.0

    @property
    def per_sample(self) -> float:
        """What the loss of one sample is multiplied with."""
        return self.weight / (self.count or len(self.p))

    @property
    def per_number(self) -> float:
        """What the loss of one of the k numbers of a sample is multiplied with, where it is a mean over them too."""
        numbers: int = self.p[0].size
        return self.per_sample / numbers

    def number(self, value: float) -> Array:
        """A constant in the precision of the pass."""
        return np.asarray(value, dtype=self.p.dtype)

    def sums(self, found: Array) -> Array:
        """The loss of each sample alone, (n,) float64, of what its numbers add up to (n,)."""
        alone: Array = np.asarray(found, np.float64) * self.weight
        return alone

    def means(self, found: Array) -> Array:
        """The same where the loss is a mean over the numbers of a sample too."""
        numbers: int = self.p.shape[1]
        return self.sums(found) / numbers


class Bound(NamedTuple):
    """What works on the arrays of a frame.

    `value` gives the mean loss over the samples; `gradient`, to be called after it, puts its gradient into frame.d.
    `each` gives the loss of every sample as if it were alone, (n,) float64: their mean is that of a batch of them all.
    """

    value: Callable[[], float]
    gradient: Callable[[], None]
    each: Callable[[], Array]


class Loss(Catalogued):
    """A loss, averaged over the samples.

    `activation` names the layer that belongs before it: where that stands, value and gradient are computed
    together with it, from its scores, which neither overflows nor loses digits.
    """

    catalogue: ClassVar[Registry[type[Loss]]] = LOSSES
    activation: ClassVar[str] = ""
    encoding: ClassVar[Encoding] = "number"
    task: ClassVar[Literal["classification", "regression", "any"]] = "any"

    def problems(self, classes: int) -> list[Problem]:
        """What does not fit between the parameters and data of this number of classes (0: numbers to predict)."""
        return []

    def activate(self, z: Array, p: Array) -> None:
        """Fill p with the predictions that belong to the scores z. Only for losses with an `activation`."""
        raise NotImplementedError

    def bind(self, frame: LossFrame) -> Bound:
        """The functions that work on these arrays.

        The mean is taken by `frame.per_sample` or `frame.per_number`, so that parts of a batch add up.
        """
        raise NotImplementedError
