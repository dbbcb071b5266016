"""What a loss is: a number to make small, and its gradient."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

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

    def bind(self, frame: LossFrame) -> tuple[Callable[[], float], Callable[[], None]]:
        """Two functions: the mean loss over the samples, and its gradient into frame.d.

        The mean is taken by `frame.per_sample` or `frame.per_number`, so that parts of a batch add up.
        """
        raise NotImplementedError

    def each(self, frame: LossFrame) -> Array:
        """The loss of every sample as if it were alone, (n,) float64; their mean is that of a batch of them all."""
        rows = [frame.p, frame.t] if frame.z is None else [frame.p, frame.t, frame.z]
        ones = [np.empty((1, *row.shape[1:]), row.dtype) for row in rows]
        z = None if frame.z is None else ones[2]
        value, _ = self.bind(LossFrame(ones[0], z, ones[1], np.empty(0), _fresh(frame.p.dtype), weight=frame.weight))
        found = np.empty(len(frame.p))
        for place in range(len(found)):
            for one, row in zip(ones, rows, strict=True):
                one[0] = row[place]
            found[place] = value()
        return found


def _fresh(dtype: Any) -> Callable[..., Array]:
    """Gives arrays that nobody else works on."""
    def take(shape: tuple[int, ...], wanted: Any = None, *, reuse: bool = False) -> Array:
        return np.empty(shape, wanted or dtype)

    return take
