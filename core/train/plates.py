"""What there is to see at one place of a slow step: tables of numbers in the order in which they are computed."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.layers import Array, Shape
from core.statistics import evenly

if TYPE_CHECKING:
    from core.train.slow import Place, SlowStep

Role = Literal["value", "weight", "gradient", "change", "target"]
# Rows and columns of a table, and pictures side by side.
MOST = 96
TILES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """An array as a table (rows, columns), NaN between pictures that stand side by side.

    `caption` says what it is, `node` whose, `shape` is that of the whole array; `cut` says that the table holds only
    part of it. `sign` stands between it and the one before: "×", "∗" (a convolution), "+", "=", "→", "↔".
    """

    role: Role
    caption: str
    node: str
    table: Array
    shape: Shape
    cut: bool
    sign: str = "→"


def plates(told: SlowStep, place: Place, sample: int, pixels: Shape | None = None) -> list[Plate]:
    """What is read, and what comes of it, for kept sample number `sample`. Flat samples that are pictures of the shape
    `pixels` are shown as such."""
    makers: dict[str, Callable[[], list[Plate]]] = {
        "forward": lambda: _forward(told, place.node, sample, pixels), "loss": lambda: _loss(told, sample, pixels),
        "backward": lambda: _backward(told, place.node, sample, pixels), "update": lambda: _update(told, place.node)}
    return makers[place.way]()


def _forward(told: SlowStep, node: str, sample: int, pixels: Shape | None) -> list[Plate]:
    found = [_plate("value", "in", source, told.values[source][sample], _of(told, source, pixels))
             for source in told.sources[node]]
    held = told.before.get(node, {})
    plain = bool(held) and held.keys() <= {"W", "b"}
    signs = {"W": "×" if plain and held["W"].ndim == 2 else "∗", "b": "+"} if plain else {}
    found += [replace(_plate("weight", name, node, array), sign=signs.get(name, "→"))
              for name, array in held.items()]
    out = _plate("value", "out", node, told.values[node][sample], _of(told, node, pixels))
    return [*found, replace(out, sign="=" if plain else "→")]


def _loss(told: SlowStep, sample: int, pixels: Shape | None) -> list[Plate]:
    pixels = _of(told, told.output, pixels)
    found = [_plate("value", "prediction", told.output, told.values[told.output][sample], pixels)]
    if len(told.targets):
        target = np.atleast_1d(told.targets[sample]).astype(float)
        found.append(replace(_plate("target", "target", told.output, target, pixels), sign="↔"))
    return found


def _backward(told: SlowStep, node: str, sample: int, pixels: Shape | None) -> list[Plate]:
    found = [_plate("gradient", "dL/d out", node, told.slopes[node][sample], _of(told, node, pixels))]
    found += [_plate("gradient", f"dL/d {name}", node, array) for name, array in told.gradients.get(node, {}).items()]
    return found + [_plate("gradient", "dL/d in", source, told.slopes[source][sample], _of(told, source, pixels))
                    for source in told.sources[node] if source in told.slopes]


def _update(told: SlowStep, node: str) -> list[Plate]:
    found = []
    for name, before in told.before[node].items():
        after = told.after[node][name]
        found += [_plate("weight", f"{name} before", node, before),
                  replace(_plate("change", f"change of {name}", node, after - before), sign="+"),
                  replace(_plate("weight", f"{name} after", node, after), sign="=")]
    return found


def _of(told: SlowStep, node: str, pixels: Shape | None) -> Shape | None:
    """The shape of pictures, for nodes whose outputs are such: what comes in, and what gives it back."""
    ends = {told.output, *told.sources[told.output], *(name for last in told.sources[told.output]
                                                      for name in told.sources[last])}
    given_back = told.targets.ndim > 1 and pixels is not None and told.targets[0].size == math.prod(pixels)
    return pixels if not told.sources[node] or (given_back and node in ends) else None


def _plate(role: Role, caption: str, node: str, array: Array, pixels: Shape | None = None) -> Plate:
    if pixels is not None and array.ndim == 1 and array.size == math.prod(pixels):
        array = array.reshape(pixels)
    table = _table(array)
    short = np.ascontiguousarray(table[np.ix_(evenly(table.shape[0], MOST), evenly(table.shape[1], MOST * 2))])
    return Plate(role, caption, node, short, array.shape, int(np.isfinite(short).sum()) < int(np.isfinite(array).sum()))


def _table(array: Array) -> Array:
    """Rows and columns: vectors lie, pictures (height, width, channels) and kernels (height, width, in, out) stand side
    by side."""
    if array.ndim < 2:
        return array.reshape(1, -1)
    if array.ndim == 2:
        return array
    tiles = array.reshape(*array.shape[:2], -1)
    if tiles.shape[2] == 1:
        return np.asarray(tiles[:, :, 0])
    height = tiles.shape[0]
    gap = np.full((height, 1), np.nan, array.dtype)
    parts = [part for number in range(min(TILES, tiles.shape[2])) for part in (tiles[:, :, number], gap)]
    return np.hstack(parts[:-1])
