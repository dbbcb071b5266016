"""Binds the nodes of a network to arrays: one `Plan` for one number of samples."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.engine.ends import Start, activation, bind_end, total
from core.engine.parameters import Parameters
from core.engine.plan import End, Plan, Unit
from core.engine.workspace import Allocator
from core.graph.goal import Goal
from core.layers import Array, Frame, Pass, Shape, ignore

NO_ARRAY: Array = np.empty(0)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What all plans of a network are made from. `units` stand in order, the Outputs last; goals in their order."""

    units: tuple[Unit, ...]
    goals: tuple[Goal, ...]
    dtype: np.dtype[Any]
    parameters: Parameters
    state: Parameters


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a batch of `count` samples a plan is for, with what the parts do not share.

    Part 0 is the one that remembers running means for all. `all_reduce` adds an array up over all parts.
    """

    n: int
    count: int
    gradients: Parameters
    rng: np.random.Generator
    first: bool = True
    all_reduce: Callable[[Array], None] | None = None


class Compiler:
    """Builds one plan. Walks backwards once, so that each gradient array can be reused behind its last reader.

    Once built, `runs` and `behind` hold the passes of each node, `last` what makes predictions of scores after all
    nodes, and `first` what begins the way back.
    """

    def __init__(self, recipe: Recipe, memory: Allocator, part: Part, train: bool):
        self.recipe, self.memory, self.part, self.n, self.train = recipe, memory, part, part.n, train
        self.inner = tuple(unit for unit in recipe.units if unit.layer.role != "output")
        self.units = {unit.id: unit for unit in recipe.units}
        self.values: dict[str, Array] = {}
        self.slopes: dict[str, Array] = {}
        self.runs: dict[str, Pass] = {}
        self.behind: dict[str, tuple[Pass, ...]] = {}
        self.first: tuple[Pass, ...] = ()
        self.last: tuple[Pass, ...] = ()
        self.learning = _learning(recipe) if train else frozenset()

    def build(self) -> Plan:
        """The plan."""
        x = self._place_values()
        starts = [self._start(goal) for goal in self.recipe.goals]
        ends, backward = self._ends(starts, x)
        self.first = tuple(backward)
        for unit in reversed(self.inner):
            before = self._before(unit)
            if self._copies(unit):
                behind = self._hand_down(unit)
            elif unit.layer.role != "input":
                self.runs[unit.id], behind = self._bind(unit)
            else:
                behind = []
            self.behind[unit.id] = (*before, *behind)
            backward += self.behind[unit.id]
        forward = [self.runs[unit.id] for unit in self.inner if unit.id in self.runs]
        self.last = tuple(run for start in starts for run in start.activate)
        return Plan(self.n, x, ends, self.values, (*forward, *self.last), total(ends), ends[0].correct,
                    tuple(backward))

    def _before(self, unit: Unit) -> list[Pass]:
        """What is to be done before the gradient goes through a node; for whoever watches a pass."""
        return []

    def _show(self, unit: Unit) -> Callable[[str, Array], None]:
        """Where a layer puts arrays that are worth a look; for whoever watches a pass."""
        return ignore

    def _take(self, shape: Shape, dtype: Any = None, *, reuse: bool = False) -> Array:
        return self.memory.take(shape, np.dtype(dtype or self.recipe.dtype), reuse=reuse)

    def _copies(self, unit: Unit) -> bool:
        return unit.layer.role != "input" and unit.layer.passes_through(self.train)

    def _place_values(self) -> Array:
        first = next((unit for unit in self.inner if unit.layer.role == "input"), None)
        x = NO_ARRAY if first is None else self._take((self.n, *first.shape))
        for unit in self.inner:
            if unit.layer.role == "input":
                self.values[unit.id] = x
            elif self._copies(unit):
                self.values[unit.id] = self.values[unit.sources[0]].reshape(self.n, *unit.shape)
            else:
                self.values[unit.id] = self._take((self.n, *unit.shape))
        return x

    def _start(self, goal: Goal) -> Start:
        """What the loss of an Output works on."""
        last, loss = self.units[self.units[goal.output].sources[0]], goal.loss
        p = self.values[last.id]
        self.values[goal.output] = p
        if loss.activation and loss.activation != last.layer.info.kind:
            z, p = p, self._take((self.n, *last.shape))
            self.values[goal.output] = p
            return Start(last.id, p, z, (activation(loss, z, p),))
        readers = sum(unit.sources.count(last.id) for unit in self.recipe.units)
        if loss.activation and readers == 1:
            return Start(last.sources[0], p, self.values[last.sources[0]])
        return Start(last.id, p, None)

    def _ends(self, starts: list[Start], x: Array) -> tuple[tuple[End, ...], list[Pass]]:
        """The Outputs bound, and what fills the first gradients."""
        ends, backward, spare = [], [], []
        for goal, start in zip(self.recipe.goals, starts, strict=True):
            d, sums = self._first_slope(start.node)
            end, gradient = bind_end(goal, start, self._target(goal, start.p, x), d, self._take, self.part.count)
            ends.append(end)
            if self.train:
                backward += [gradient, *sums]
                spare += [d] if sums else []
        for array in spare:
            self.memory.give_back(array)
        return tuple(ends), backward

    def _target(self, goal: Goal, p: Array, x: Array) -> Array:
        """Where targets are put; what is to be given back is the input itself."""
        if goal.encoding == "input":
            return x.reshape(self.n, -1)
        return self._take((self.n,), np.intp) if goal.encoding == "label" else self._take((self.n, p[0].size))

    def _first_slope(self, node: str) -> tuple[Array, list[Pass]]:
        if not self.train:
            return NO_ARRAY, []
        d = self._take((self.n, *self.units[node].shape))
        if node in self.slopes:
            return d, [_addition(self.slopes[node], d)]
        if node in self.learning:
            self.slopes[node] = d
        return d, []

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
        recipe, part = self.recipe, self.part
        trained = dy is not None and not (unit.frozen or unit.held)
        state = recipe.state[unit.id]
        # A frozen layer that remembers goes by what it remembers, as in evaluation, and remembers nothing new.
        train = self.train and not (unit.frozen and state)
        shared = {} if part.all_reduce is None else {"all_reduce": part.all_reduce}
        first = part.first and not unit.held
        return Frame(
            xs=tuple(self.values[source] for source in unit.sources), y=self.values[unit.id], dxs=dxs,
            dy=NO_ARRAY if dy is None else dy, gradient=dy is not None, weights=recipe.parameters[unit.id],
            grads=part.gradients[unit.id] if trained else {}, state=state,
            train=train, rng=part.rng, scratch=self._take, count=part.count, first=first,
            show=self._show(unit), **shared,
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
        own = bool(recipe.parameters[unit.id]) and not (unit.frozen or unit.held)
        if own or any(source in found for source in unit.sources):
            found.add(unit.id)
    return frozenset(found)


def _addition(total: Array, share: Array) -> Pass:
    def add() -> None:
        np.add(total, share, total)

    return add
