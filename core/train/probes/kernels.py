"""Weights as pictures: the kernels of a convolution, or what each unit of a first layer looks for."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics import evenly
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._nearest import nearest
from core.train.probes._pictures import kind_of_pictures, pictured, stacked
from core.train.probes._quantity import largest, measure

if TYPE_CHECKING:
    from core.train.session import Session

# More pixels than this, and more pictures, nobody can see at once.
PIXELS, PICTURES = 1 << 18, 1024
MEAN, COLOUR = -1, -2


@dataclass(frozen=True, slots=True, eq=False)
class Kernels:
    """The weights `name` of `node` as pictures (n, height, width), or (n, height, width, 3) in colour.

    `kind` is "kernels" or "fields". The pictures have the numbers `numbers` (n,), evenly chosen of `total`; if `inner`,
    these are no numbers of neurons of the node. Of `inputs` input channels a picture shows number `channel`, or MEAN
    or COLOUR. `scale` is the largest finite size of a number that is shown. `quantity`, `since` and `ratio` are those
    of the probe "weights".
    """

    node: str
    name: str
    kind: str
    pictures: np.ndarray
    numbers: np.ndarray
    total: int
    inputs: int
    channel: int
    scale: float
    quantity: str = "now"
    since: int = 0
    ratio: float = 0.0
    inner: bool = False
    nodes: tuple[str, ...] = ()

    @property
    def pictured(self) -> str:
        """As that of the probe "weights"."""
        return self.kind


class NoPictures(NotApplicable):
    """The node has weights, but none that are pictures."""


def compute(session: Session, node: str = "", quantity: str = "now", channel: int = MEAN) -> Kernels | NotApplicable:
    """The kernels of `node`, or of the nearest node that has weights, in one input channel or in the mean of all."""
    found = nearest(session, node)
    kind = kind_of_pictures(session, found) if found is not None else ""
    if found is None or not kind:
        return NoPictures("Only convolutions, and Dense layers that see the pixels of a picture, have weights that "
                          "are pictures. Choose such a layer, or look at the matrix.")
    measured = measure(session, found, quantity)
    if isinstance(measured, NotApplicable):
        return measured
    name = pictured(session, found)
    pictures = stacked(session, found, measured.values[name])
    total, height, width, inputs = pictures.shape
    numbers = evenly(total, max(1, min(PICTURES, PIXELS // (height * width))))
    if not (channel < inputs if channel >= 0 else channel == COLOUR and inputs == 3 and quantity != "step"):
        channel = 0 if inputs == 1 else MEAN
    seen = _seen(pictures[numbers], channel)
    held, inner = session.network.weights, name == "depthwise"
    return Kernels(found, name, kind, seen, numbers, total, inputs, channel, largest({name: seen}), quantity,
                   measured.since, (measured.ratios or {}).get(name, 0.0), inner,
                   tuple(name for name in held if held[name]))


def _seen(pictures: np.ndarray, channel: int) -> np.ndarray:
    if channel == COLOUR:
        return np.ascontiguousarray(pictures)
    seen = pictures.mean(axis=-1) if channel == MEAN else pictures[..., channel]
    return np.ascontiguousarray(seen)


PROBE = Probe("kernels", compute)
