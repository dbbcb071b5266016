"""The forward side of a neuron: inputs times weights, added up."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.layers import Array
from core.train.probes._neuron_place import Place
from core.train.probes._neuron_windows import met
from core.train.references import NeuronRef
from core.train.tracing import Named

# So many contributions are named; of more the largest, in falling order.
MOST = 12
CONVOLUTIONS = ("conv1d", "conv2d")
TRANSPOSED = ("conv1d_transpose", "conv2d_transpose")
DEPTHWISE = ("depthwise_conv1d", "depthwise_conv2d")
SEPARABLE = ("separable_conv1d", "separable_conv2d")
KINDS = ("dense", *CONVOLUTIONS, *TRANSPOSED, *DEPTHWISE, *SEPARABLE)


@dataclass(frozen=True, slots=True)
class Term:
    """One input with its weight. `slope` is the gradient of the loss by the weight, for this sample; NaN if the node is
    frozen. `neuron` is where the input comes from, if that is a neuron."""

    name: str
    value: float
    weight: float
    slope: float
    neuron: NeuronRef | None = None

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """z = the products of `terms` + `rest`, of `others` that are not named, + `bias`.

    For a window of a convolution, `patch` is what lies under it, `kernel` its weights and `slopes` their gradients,
    each (height, width, channels). Then a weight is used at `uses` places, and its gradient is the sum over them.
    """

    terms: tuple[Term, ...]
    others: int
    rest: float
    bias: float | None
    bias_slope: float
    uses: int = 1
    patch: Array | None = None
    kernel: Array | None = None
    slopes: Array | None = None


def weighted_sum(place: Place) -> Sum | None:
    """How the number of a neuron at a place is added up; None for a node that does something else."""
    if place.kind not in KINDS:
        return None
    if place.kind == "dense":
        row = int(np.ravel_multi_index(place.place, place.unit.shape[:-1])) if place.place else 0
        width = place.x.shape[-1]
        return _sum(place, _terms(place, row * width + np.arange(width), *_filter(place, "W")))
    return _separable(place) if place.kind in SEPARABLE else _convolved(place)


def _sum(place: Place, found: tuple[tuple[Term, ...], int, float], *pictures: Array | None) -> Sum:
    """The sum with its bias; `pictures` are patch, kernel and slopes."""
    bias = float(place.weights["b"][place.number]) if "b" in place.weights else None
    slopes = place.gradients
    slope = math.nan if slopes is None or bias is None else float(slopes["b"][place.number])
    return Sum(*found, bias, slope, math.prod(place.unit.shape[:-1]), *map(_pictured, pictures))


def _filter(place: Place, name: str, which: int | None = None) -> tuple[Array, Array | None]:
    """The weights of the neuron and their gradients; `which` are those of the last axis, if not those of its number."""
    slopes, last = place.gradients, place.number if which is None else which
    return place.weights[name][..., last], None if slopes is None else slopes[name][..., last]


def _convolved(place: Place) -> Sum:
    """A window, or what was laid down at a place, with the weights of one filter."""
    W, dW, channels = _one_filter(place)
    window = met(place.unit, place.x.shape, place.place, channels)
    there = np.flatnonzero(window >= 0) if place.kind in TRANSPOSED else np.arange(window.size)
    terms = _terms(place, window.reshape(-1)[there], W.reshape(-1)[there],
                   None if dW is None else dW.reshape(-1)[there])
    return _sum(place, terms, _under(place, window), W, dW)


def _one_filter(place: Place) -> tuple[Array, Array | None, range]:
    """Weights and gradients (..., channels) of one filter, and which channels of the input it sees."""
    if place.kind in DEPTHWISE:
        channel, which = divmod(place.number, place.weights["W"].shape[-1])
        W, dW = _filter(place, "W", which)
        own = slice(channel, channel + 1)
        return W[..., own], None if dW is None else dW[..., own], range(channel, channel + 1)
    W, dW = _filter(place, "W")
    groups = place.x.shape[-1] // W.shape[-1]
    first = place.number // (place.unit.shape[-1] // groups) * W.shape[-1]
    return W, dW, range(first, first + W.shape[-1])


def _separable(place: Place) -> Sum:
    """The mixture of the channels that were filtered each by itself; pictured is what those filters saw."""
    deep, (mixed, slopes) = place.weights["depthwise"], _filter(place, "pointwise")
    values = place.tape.shown[place.unit.id]["between"][0].reshape(*place.unit.shape[:-1], -1)[place.place]
    terms = _largest(lambda number: Named(f"filter {number + 1}"), values, mixed, slopes)
    channels = np.repeat(np.arange(deep.shape[-2]), deep.shape[-1])
    window = met(place.unit, place.x.shape, place.place, channels.tolist())
    return _sum(place, terms, _under(place, window), deep.reshape(*deep.shape[:-2], -1) * mixed)


def _under(place: Place, window: Array) -> Array:
    return np.asarray(np.where(window < 0, 0.0, place.x.reshape(-1)[window]))


def _pictured(array: Array | None) -> Array | None:
    """A copy as (height, width, channels): of a series the only row."""
    return None if array is None else (array[None] if array.ndim == 2 else array).copy()


def _terms(place: Place, places: Array, W: Array, dW: Array | None) -> tuple[tuple[Term, ...], int, float]:
    """Numbers at `places` of the flat input (-1: a zero of the border) with their weights."""
    source = place.unit.sources[0]

    def name(number: int) -> Named:
        at = int(places[number])
        return Named("border") if at < 0 else place.trace.name(source, at)

    return _largest(name, np.where(places < 0, 0.0, place.x.reshape(-1)[places]), W, dW)


def _largest(name: Callable[[int], Named], values: Array, W: Array, dW: Array | None,
             ) -> tuple[tuple[Term, ...], int, float]:
    """The largest products, how many more there are, and their sum."""
    products, order = values * W, np.arange(len(W))
    if len(W) > MOST:
        order = np.argsort(-np.abs(np.nan_to_num(products, posinf=np.inf)), kind="stable")
    terms = []
    for i in order[:MOST]:
        named, slope = name(int(i)), math.nan if dW is None else float(dW[i])
        terms.append(Term(named.name, float(values[i]), float(W[i]), slope, named.neuron))
    left = order[MOST:]
    return tuple(terms), len(left), float(products[left].sum(dtype=np.float64))
