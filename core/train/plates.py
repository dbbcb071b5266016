"""What there is to see at one place of a slow step: tables of numbers in the order in which they are computed."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.layers import Array, Shape
from core.statistics import evenly

if TYPE_CHECKING:
    from core.train.told import Place, SlowStep, Turn

Role = Literal["value", "weight", "gradient", "change", "target"]
# Rows and columns of a table, and pictures side by side.
MOST = 96
TILES = 8
# What the gradient is behind each stage of an update.
STAGES = {"sum": "of both passes", "l1": "with L1", "l2": "with L2", "clip_value": "clipped",
          "clip_norm": "shortened"}


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """An array as a table (rows, columns), NaN between pictures that stand side by side.

    `caption` says what it is, `node` whose, `shape` is that of the whole array; `cut` says that the table holds only
    part of it. `sign` stands between it and the one before: "×", "∗" (a convolution), "+", "=", "→", "↔", ","; with ""
    it begins anew.
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
    turn = told.turn(place)
    makers: dict[str, Callable[[], list[Plate]]] = {
        "forward": lambda: _forward(turn, place.node, sample, pixels),
        "loss": lambda: _loss(turn, place.node, sample, pixels),
        "backward": lambda: _backward(turn, place.node, sample, pixels),
        "correction": lambda: _correction(turn, place.node, sample, told.rate),
        "gradient": lambda: _gradient(turn, place.node), "memory": lambda: _memory(turn, place.node),
        "update": lambda: _update(turn, place.node), "limit": lambda: _limit(turn, place.node)}
    return makers[place.way]()


def _forward(turn: Turn, node: str, sample: int, pixels: Shape | None) -> list[Plate]:
    found = [_plate("value", "in", source, turn.values[source][sample], _of(turn, source, pixels), ",")
             for source in turn.sources[node]]
    held = turn.held(node, sample)
    plain = "W" in held and held.keys() <= {"W", "b"}
    if plain and held["W"].ndim == 2:
        # A table to look things up in is none to multiply with.
        given, out = (turn.values[name][sample].shape for name in (turn.sources[node][0], node))
        plain = bool(given) and (*given[:-1], held["W"].shape[1]) == out
    signs = {"W": "×" if held["W"].ndim == 2 else "∗", "b": "+"} if plain else {}
    found += [_plate("weight", name, node, array, sign=signs.get(name, "→")) for name, array in held.items()]
    return [*found, _plate("value", "out", node, turn.values[node][sample], _of(turn, node, pixels),
                           "=" if plain else "→")]


def _loss(turn: Turn, output: str, sample: int, pixels: Shape | None) -> list[Plate]:
    pixels = _of(turn, output, pixels)
    target = np.atleast_1d(turn.targets[output][sample]).astype(float)
    found = [_plate("value", "prediction", output, turn.values[output][sample], pixels),
             _plate("target", "target", output, target, pixels, "↔")]
    if last := turn.joined(output):
        source = turn.sources[last][0]
        found.append(_plate("gradient", "dL/d in", source, turn.slopes[source][sample], _of(turn, source, pixels)))
    if turn.errors is not None:
        found.append(_plate("target", "target − prediction, all samples", output, turn.errors.astype(float), sign=""))
    return found


def _backward(turn: Turn, node: str, sample: int, pixels: Shape | None) -> list[Plate]:
    found = [_plate("gradient", "dL/d out", node, turn.slopes[node][sample], _of(turn, node, pixels))]
    found += [_plate("gradient", f"dL/d {name}", node, array) for name, array in turn.gradients.get(node, {}).items()]
    for port, source in enumerate(turn.sources[node]):
        if source in turn.slopes:
            share = turn.shares.get((node, port), turn.slopes[source])
            found.append(_plate("gradient", "dL/d in", source, share[sample], _of(turn, source, pixels)))
    return found


def _correction(turn: Turn, node: str, sample: int, rate: float) -> list[Plate]:
    """rate * (target - prediction) * x, and the same for the bias with x = 1."""
    assert turn.errors is not None
    source, factor = turn.sources[node][0], np.atleast_1d(rate * float(turn.errors[turn.ranks[sample]]))
    found = [_plate("value", "in", source, turn.values[source][sample].reshape(-1, 1)),
             _plate("target", "rate × (target − prediction)", node, factor, sign="×")]
    signs = {"W": "="}
    return found + [_plate("change", f"correction of {name}", node, array[sample], sign=signs.get(name, ""))
                    for name, array in turn.corrections[node].items()]


def _gradient(turn: Turn, node: str) -> list[Plate]:
    """What each stage made of the gradient, where it made something of it."""
    assert turn.change is not None
    found = []
    for name in turn.weights[node]:
        last = turn.gradients.get(node, {}).get(name)
        group = [] if last is None else [_plate("gradient", f"dL/d {name}", node, last, sign="")]
        for stage in turn.change.stages:
            array = stage.gradients[node][name]
            if last is None or not np.array_equal(array, last):
                group.append(_plate("gradient", STAGES[stage.name], node, array, sign="→" if group else ""))
            last = array
        found += group if len(group) > 1 else []
    return found


def _memory(turn: Turn, node: str) -> list[Plate]:
    """The gradient that the optimizer was given, and what it remembers before and after."""
    assert turn.change is not None
    stages, (old, new) = turn.change.stages, turn.change.memory
    found = []
    for name in turn.weights[node]:
        gradient = stages[-1].gradients[node][name] if stages else turn.gradients[node][name]
        found.append(_plate("gradient", f"gradient of {name}", node, gradient, sign=""))
        for slot in new:
            found += [_plate("value", f"{slot} of {name} before", node, old[slot][node][name], sign=","),
                      _plate("value", f"{slot} of {name}", node, new[slot][node][name])]
    return found


def _update(turn: Turn, node: str) -> list[Plate]:
    assert turn.change is not None
    found = []
    for name, before in turn.change.before[node].items():
        stepped, fading = turn.change.stepped[node][name], before * (turn.change.keeps - 1.0)
        found.append(_plate("weight", f"{name} before", node, before, sign=""))
        if turn.change.keeps != 1.0:
            found.append(_plate("change", f"decay of {name}", node, fading, sign="+"))
        moved = stepped - before if turn.change.keeps == 1.0 else stepped - before - fading
        found += [_plate("change", f"change of {name}", node, moved, sign="+"),
                  _plate("weight", f"{name} after", node, stepped, sign="=")]
    return found


def _limit(turn: Turn, node: str) -> list[Plate]:
    assert turn.change is not None
    stepped, after = turn.change.stepped[node], turn.change.after[node]
    return [plate for name in after if not np.array_equal(after[name], stepped[name])
            for plate in (_plate("weight", f"{name} after the step", node, stepped[name], sign=""),
                          _plate("weight", f"{name} shortened", node, after[name]))]


def _of(turn: Turn, node: str, pixels: Shape | None) -> Shape | None:
    """The shape of pictures, for nodes whose outputs are such: what comes in, and what gives it back."""
    if pixels is None or not turn.sources[node]:
        return pixels
    for output, targets in turn.targets.items():
        lasts = turn.sources[output]
        if targets.ndim > 1 and targets[0].size == math.prod(pixels) and node in (
                output, *lasts, *(name for last in lasts for name in turn.sources[last])):
            return pixels
    return None


def _plate(role: Role, caption: str, node: str, array: Array, pixels: Shape | None = None,
           sign: str = "→") -> Plate:
    if pixels is not None and array.ndim == 1 and array.size == math.prod(pixels):
        array = array.reshape(pixels)
    table = _table(array)
    short = np.ascontiguousarray(table[np.ix_(evenly(table.shape[0], MOST), evenly(table.shape[1], MOST * 2))])
    cut = int(np.isfinite(short).sum()) < int(np.isfinite(array).sum())
    return Plate(role, caption, node, short, array.shape, cut, sign)


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
