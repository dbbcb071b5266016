"""How the numbers of every layer are distributed: what it gives, the gradients at it, the updates of its weights."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import NotApplicable, Probe
from core.train.probes._layerwise import TAIL, nothing, numbers_in, numbers_of, placed
from core.train.sampling import look

if TYPE_CHECKING:
    from core.train.session import Session

BINS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """The numbers of one node: counts (bins,), and without the tails being cut: mean, standard deviation, the share
    that is exactly 0, and how many there are. On a logarithmic axis zeros are in no bin."""

    node: str
    counts: np.ndarray
    mean: float
    deviation: float
    zeros: float
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """One spread for each layer, in the order of the network, over the same bins: edges (bins + 1,).

    With `log`, edges are powers of ten of the size of a number. `samples` were looked at. `numbers` are the places of
    the layers in the network, among all of them but outputs, from 1.
    """

    what: str
    edges: np.ndarray
    log: bool
    spreads: tuple[Spread, ...]
    samples: int
    numbers: tuple[int, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Whose spreads these are."""
        return tuple(spread.node for spread in self.spreads)


def compute(session: Session, what: str = "activations") -> Activity | NotApplicable:
    """`what`: "activations", as predictions have them, "gradients" of the mean loss by these, or "updates": the change
    of each weight in a step, since a moment that was kept at least STEPS ago, as a share of the size of the layer's
    weights."""
    with np.errstate(all="ignore"):
        numbers = {node: array.ravel() for node, array in numbers_of(session, what, look(session)).items()}
    if not numbers:
        return NotApplicable(nothing(what))
    log = what != "activations"
    edges = _edges(list(numbers.values()), log)
    spreads = tuple(_spread(node, array, edges, log) for node, array in numbers.items())
    return Activity(what, edges, log, spreads, len(look(session)), numbers_in(session, list(numbers)))


def _edges(arrays: list[np.ndarray], log: bool) -> np.ndarray:
    """Bins around nearly all numbers of all layers, each layer counting alike."""
    ends = [np.quantile(found, (TAIL, 1.0 - TAIL)) for array in arrays if len(found := placed(array, log))]
    low, high = (min(e[0] for e in ends), max(e[1] for e in ends)) if ends else (0.0, 1.0)
    if log:
        low, high = np.floor(low), np.ceil(high)
    if high <= low:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, BINS + 1)


def _spread(node: str, array: np.ndarray, edges: np.ndarray, log: bool) -> Spread:
    counts = np.histogram(np.clip(placed(array, log), edges[0], edges[-1]), edges)[0]
    finite = array[np.isfinite(array)].astype(np.float64)
    mean, deviation = (float(finite.mean()), float(finite.std())) if len(finite) else (np.nan, np.nan)
    return Spread(node, counts, mean, deviation, float((array == 0.0).mean()), len(array))


PROBE = Probe("activity", compute)
