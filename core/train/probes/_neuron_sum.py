"""The forward side of a neuron: inputs times weights, added up."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.engine.plan import Unit
from core.engine.tape import Tape
from core.layers import Array
from core.layers._windows import Axis
from core.train.references import NeuronRef
from core.train.tracing import Named, Tracing

if TYPE_CHECKING:
    from core.train.session import Session

# So many contributions are named; of more the largest, in falling order.
MOST = 12
KINDS = ("dense", "conv1d", "conv2d")


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


def weighted_sum(session: Session, trace: Tracing, tape: Tape, unit: Unit, number: int, place: tuple[int, ...],
                 ) -> Sum | None:
    """How the number of a neuron at a place is added up; None for a node that does something else."""
    weights, slopes = session.network.weights[unit.id], _slopes(tape, unit)
    kind = unit.layer.info.kind
    if kind not in KINDS:
        return None
    bias = float(weights["b"][number]) if "b" in weights else None
    W, dW = weights["W"][..., number], None if slopes is None else slopes["W"][..., number]
    db = math.nan if slopes is None or bias is None else float(slopes["b"][number])
    x = tape.values[unit.sources[0]][0]
    uses = math.prod(unit.shape[:-1])
    if kind == "dense":
        row = int(np.ravel_multi_index(place, unit.shape[:-1])) if place else 0
        places: Array = row * x.shape[-1] + np.arange(x.shape[-1])
        terms, others, rest = _terms(trace, unit, x.reshape(-1), places, W, dW)
        return Sum(terms, others, rest, bias, db, uses)
    window = _window(unit, x, W, place, number)
    terms, others, rest = _terms(trace, unit, x.reshape(-1), window.reshape(-1), W.reshape(-1),
                                 None if dW is None else dW.reshape(-1))
    patch = np.where(window < 0, 0.0, x.reshape(-1)[window])
    series = W.ndim == 2
    pictures = [None if a is None else (a[None] if series else a).copy() for a in (patch, W, dW)]
    return Sum(terms, others, rest, bias, db, uses, *pictures)


def _slopes(tape: Tape, unit: Unit) -> dict[str, Array] | None:
    """The gradients of the weights of a node; None if it has none."""
    return None if unit.frozen or unit.id not in tape.slopes else dict(tape.gradients[unit.id].items())


def _terms(trace: Tracing, unit: Unit, x: Array, places: Array, W: Array, dW: Array | None,
           ) -> tuple[tuple[Term, ...], int, float]:
    """Numbers at `places` of the flat x (-1: a zero of the border) with their weights: the largest, and the rest."""
    values = np.where(places < 0, 0.0, x[places])
    products = values * W
    order = np.arange(len(W))
    if len(W) > MOST:
        order = np.argsort(-np.abs(np.nan_to_num(products, posinf=np.inf)), kind="stable")
    source = unit.sources[0]
    terms = []
    for i in order[:MOST]:
        named = Named("border") if places[i] < 0 else trace.name(source, int(places[i]))
        slope = math.nan if dW is None else float(dW[i])
        terms.append(Term(named.name, float(values[i]), float(W[i]), slope, named.neuron))
    left = order[MOST:]
    return tuple(terms), len(left), float(products[left].sum(dtype=np.float64))


def _window(unit: Unit, x: Array, W: Array, place: tuple[int, ...], number: int) -> Array:
    """For every weight of a filter, at which place of the flat x its input stands; -1 beyond the border."""
    settings = unit.layer.config()
    kernel, strides, apart = (_each(settings[name], x.ndim - 1) for name in ("kernel_size", "stride", "dilation"))
    axes = [Axis(size, places, step, distance, str(settings["padding"]))
            for size, places, step, distance in zip(x.shape[:-1], kernel, strides, apart, strict=True)]
    lines = [at * axis.stride - axis.before + axis.dilation * np.arange(axis.kernel)
             for at, axis in zip(place, axes, strict=True)]
    inside = [(line >= 0) & (line < axis.size) for line, axis in zip(lines, axes, strict=True)]
    channels = W.shape[-1]
    groups = x.shape[-1] // channels
    first = number // (unit.shape[-1] // groups) * channels
    grid = np.meshgrid(*lines, first + np.arange(channels), indexing="ij")
    there = np.meshgrid(*inside, np.ones(channels, bool), indexing="ij")
    flat = np.ravel_multi_index(grid, x.shape, mode="clip")
    return np.asarray(np.where(np.logical_and.reduce(there), flat, -1))


def _each(value: int | tuple[int, ...], axes: int) -> tuple[int, ...]:
    """A number for each axis, of one for all of them or one for each."""
    numbers = value if isinstance(value, tuple) else (value,)
    return tuple(numbers[min(axis, len(numbers) - 1)] for axis in range(axes))
