"""Binds the nodes of a network to arrays: one `Plan` for one number of samples."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.engine.parameters import Parameters
from core.engine.plan import Plan, Unit
from core.engine.workspace import Allocator
from core.layers import Array, Frame, Pass, Shape
from core.losses import Loss, LossFrame

NO_ARRAY: Array = np.empty(0)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What all plans of a network are made from. `units` stand in order, the Output last."""

    units: tuple[Unit, ...]
    loss: Loss
    encoding: str
    dtype: np.dtype[Any]
    parameters: Parameters
    gradients: Parameters
    state: Parameters
    rng: np.random.Generator


class Compiler:
    """Builds one plan. Walks backwards once, so that each gradient array can be reused behind its last reader."""

    def __init__(self, recipe: Recipe, memory: Allocator, n: int, train: bool):
        self.recipe, self.memory, self.n, self.train = recipe, memory, n, train
        self.inner, self.output = recipe.units[:-1], recipe.units[-1]
        self.units = {unit.id: unit for unit in recipe.units}
        self.values: dict[str, Array] = {}
        self.slopes: dict[str, Array] = {}
        self.learning = _learning(recipe) if train else frozenset()

    def build(self) -> Plan:
        """The plan."""
        x = self._place_values()
        z, activate, start = self._before_loss()
        p = self.values[self.output.id]
        t = self._take((self.n,), np.intp) if self.recipe.encoding == "label" else self._take(p.shape)
        d = self._place_first_slope(start)
        value, gradient = self.recipe.loss.bind(LossFrame(p, z, t, d, self._take))
        backward: list[Pass] = [gradient] if self.train else []
        runs: dict[str, Pass] = {}
        for unit in reversed(self.inner):
            if self._copies(unit):
                backward += self._hand_down(unit)
            elif unit.layer.role != "input":
                runs[unit.id], behind = self._bind(unit)
                backward += behind
        forward = (*(runs[unit.id] for unit in self.inner if unit.id in runs), *activate)
        correct = counter(self.recipe.encoding, p, t)
        return Plan(self.n, x, t, p, self.values, forward, value, correct, tuple(backward))

    def _take(self, shape: Shape, dtype: Any = None, *, reuse: bool = False) -> Array:
        return self.memory.take(shape, np.dtype(dtype or self.recipe.dtype), reuse=reuse)

    def _copies(self, unit: Unit) -> bool:
        return unit.layer.role != "input" and unit.layer.passes_through(self.train)

    def _place_values(self) -> Array:
        first = next(unit for unit in self.inner if unit.layer.role == "input")
        x = self._take((self.n, *first.shape))
        for unit in self.inner:
            if unit.layer.role == "input":
                self.values[unit.id] = x
            elif self._copies(unit):
                self.values[unit.id] = self.values[unit.sources[0]].reshape(self.n, *unit.shape)
            else:
                self.values[unit.id] = self._take((self.n, *unit.shape))
        return x

    def _before_loss(self) -> tuple[Array | None, list[Pass], str]:
        """The scores, what makes predictions of them, and the node whose gradient the loss gives."""
        loss, last = self.recipe.loss, self.units[self.output.sources[0]]
        p = self.values[last.id]
        self.values[self.output.id] = p
        if loss.activation and loss.activation != last.layer.info.kind:
            scores, p = p, self._take((self.n, *last.shape))
            self.values[self.output.id] = p
            return scores, [_activation(loss, scores, p)], last.id
        readers = sum(unit.sources.count(last.id) for unit in self.recipe.units)
        if loss.activation and readers == 1:
            return self.values[last.sources[0]], [], last.sources[0]
        return None, [], last.id

    def _place_first_slope(self, start: str) -> Array:
        if not self.train:
            return NO_ARRAY
        d = self._take((self.n, *self.units[start].shape))
        if start in self.learning:
            self.slopes[start] = d
        return d

    def _bind(self, unit: Unit) -> tuple[Pass, list[Pass]]:
        dy = self.slopes.pop(unit.id, None)
        sums: list[Pass] = []
        spare: list[Array] = []
        dxs = tuple(None if dy is None else self._slope_of(source, sums, spare) for source in unit.sources)
        frame = self._frame(unit, dy, dxs)
        run, back = unit.layer.bind(frame)
        if dy is None:
            return run, []
        for array in (dy, *spare):
            self.memory.give_back(array)
        return run, [back, *sums]

    def _frame(self, unit: Unit, dy: Array | None, dxs: tuple[Array | None, ...]) -> Frame:
        recipe = self.recipe
        trained = dy is not None and not unit.frozen
        state = recipe.state[unit.id]
        # A frozen layer that remembers goes by what it remembers, as in evaluation, and remembers nothing new.
        train = self.train and not (unit.frozen and state)
        return Frame(
            xs=tuple(self.values[source] for source in unit.sources), y=self.values[unit.id], dxs=dxs,
            dy=NO_ARRAY if dy is None else dy, gradient=dy is not None, weights=recipe.parameters[unit.id],
            grads=recipe.gradients[unit.id] if trained else {}, state=state,
            train=train, rng=recipe.rng, scratch=self._take,
        )

    def _slope_of(self, source: str, sums: list[Pass], spare: list[Array]) -> Array | None:
        """Where a reader of `source` writes its share of the gradient; several shares are added up."""
        if source not in self.learning:
            return None
        share = self._take(self.values[source].shape, reuse=True)
        if source in self.slopes:
            sums.append(_addition(self.slopes[source], share))
            spare.append(share)
        else:
            self.slopes[source] = share
        return share

    def _hand_down(self, unit: Unit) -> list[Pass]:
        """The gradient of a node that only passes its input on, in the shape of that input."""
        dy, source = self.slopes.pop(unit.id, None), unit.sources[0]
        if dy is None or source not in self.learning:
            return []
        dy = self.memory.view(dy, self.values[source].shape)
        if source in self.slopes:
            return [_addition(self.slopes[source], dy)]
        self.slopes[source] = dy
        return []


def _learning(recipe: Recipe) -> frozenset[str]:
    """The nodes whose output depends on weights that are trained."""
    found: set[str] = set()
    for unit in recipe.units:
        own = bool(recipe.parameters[unit.id]) and not unit.frozen
        if own or any(source in found for source in unit.sources):
            found.add(unit.id)
    return frozenset(found)


def _addition(total: Array, share: Array) -> Pass:
    def add() -> None:
        np.add(total, share, total)

    return add


def _activation(loss: Loss, z: Array, p: Array) -> Pass:
    def activate() -> None:
        loss.activate(z, p)

    return activate


def counter(encoding: str, p: Array, t: Array) -> Callable[[], float]:
    """A function that counts the samples whose class is predicted: the largest of several, or above a half."""
    if encoding == "number":
        return lambda: math.nan
    if encoding == "label":
        return lambda: int(np.count_nonzero(p.argmax(1) == t))
    if encoding == "one_hot":
        return lambda: int(np.count_nonzero(p.argmax(1) == t.argmax(1)))
    half, hit, truth = np.asarray(0.5, p.dtype), np.empty(p.shape, np.bool_), np.empty(p.shape, np.bool_)

    def count() -> float:
        np.greater(p, half, hit)
        np.greater(t, half, truth)
        np.equal(hit, truth, hit)
        return int(np.count_nonzero(hit))

    return count
