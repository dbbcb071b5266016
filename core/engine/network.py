"""A valid document, compiled: weights in one flat vector, passes bound to arrays that are reused."""
from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.datasets import DataSpec, Samples, one_hot
from core.engine.compiler import Compiler, Recipe
from core.engine.parameters import Parameters
from core.engine.plan import Plan, Unit
from core.engine.workspace import Workspace
from core.errors import GraphError
from core.graph.check import Report
from core.graph.document import Document
from core.graph.target import encoding_of, output_loss
from core.layers import Array

CHUNK = 1024
PLANS = 12


class Network:
    """The network of a document that `check` found to be in order. Raises GraphError otherwise.

    The same seed gives the same first weights; each node draws its own, so that adding one leaves the others alone.
    Not to be used from two threads at once.
    """

    def __init__(self, doc: Document, report: Report, *, seed: int = 0, dtype: Any = np.float32):
        for problem in report.problems:
            if problem.blocks:
                raise GraphError(problem)
        assert report.spec is not None
        self.spec: DataSpec = report.spec
        self.units = _units(doc, report)
        self.output = self.units[-1].id
        self.loss = output_loss(self.units[-1].layer)
        self.encoding = encoding_of(self.loss, self.spec)
        self.weights = _draw(self.units, seed, np.dtype(dtype))
        self.gradients = self.weights.like()
        self.rng = np.random.default_rng([seed, 1])
        self.state = _remembered(self.units, np.dtype(dtype))
        self._recipe = Recipe(self.units, self.loss, self.encoding, np.dtype(dtype), self.weights, self.gradients,
                              self.state, self.rng)
        self._memory = {True: Workspace(), False: Workspace()}
        self._plans: OrderedDict[tuple[int, bool], Plan] = OrderedDict()

    @property
    def parameters(self) -> int:
        """The number of weights."""
        return self.weights.flat.size

    def copies(self) -> dict[str, Array]:
        """All weights, and what nodes remember (a running mean), by "node.name", copied, as files hold them."""
        return {**self.weights.copies(), **self.state.copies()}

    def load(self, arrays: Mapping[str, Array]) -> tuple[list[str], list[str]]:
        """Take over the arrays whose "node.name" and shape fit. Gives the names that were taken, and those missing."""
        (taken, missing), (more, lacking) = self.weights.load(arrays), self.state.load(arrays)
        return taken + more, missing + lacking

    @property
    def flops(self) -> int:
        """Multiply-adds of one forward pass of one sample."""
        return sum(self._costs())

    @property
    def largest_product(self) -> int:
        """Multiply-adds of the costliest node for one sample."""
        return max(self._costs(), default=0)

    def _costs(self) -> Iterator[int]:
        shapes = {unit.id: unit.shape for unit in self.units}
        return (u.layer.cost(*(shapes[s] for s in u.sources)) for u in self.units if u.sources)

    def plan(self, n: int, *, train: bool) -> Plan:
        """The compiled pass for n samples. Plans of the same mode share their memory: finish with one at a time."""
        key = (n, train)
        if key not in self._plans:
            self._plans[key] = Compiler(self._recipe, self._memory[train].allocator(), n, train).build()
            if len(self._plans) > PLANS:
                self._plans.popitem(last=False)
        self._plans.move_to_end(key)
        return self._plans[key]

    def targets(self, y: Array) -> Array:
        """Targets as the loss wants them: y (n,) class numbers or (n, k) numbers."""
        if self.encoding == "label":
            return y
        if self.encoding == "one_hot":
            return one_hot(y, len(self.spec.classes)).astype(self._recipe.dtype, copy=False)
        width = self.units[-1].shape[0]
        return np.ascontiguousarray(y, self._recipe.dtype).reshape(len(y), width)

    def predict(self, x: Array, node: str | None = None) -> Array:
        """Output of `node` (by default the prediction) in evaluation mode: x (n, ...) -> (n, ...), a fresh array."""
        name = node or self.output
        if not len(x):
            return np.empty((0, *self._shape(name)), self._recipe.dtype)
        parts = [plan.values[name].copy() for plan, _ in self._chunks(x)]
        return np.concatenate(parts) if len(parts) > 1 else parts[0]

    def predict_all(self, x: Array) -> dict[str, Array]:
        """Output of every node in evaluation mode, fresh arrays."""
        if not len(x):
            return {unit.id: self.predict(x, unit.id) for unit in self.units}
        parts = [{k: v.copy() for k, v in plan.values.items()} for plan, _ in self._chunks(x)]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def evaluate(self, samples: Samples, targets: Array) -> tuple[float, float]:
        """Mean loss, and share of samples whose class is right (NaN without classes). `targets` as the loss wants."""
        if not len(samples):
            return np.nan, np.nan
        loss = right = 0.0
        for plan, chunk in self._chunks(samples.x):
            plan.t[...] = targets[chunk]
            loss += plan.loss() * plan.n
            right += plan.correct()
        return loss / len(samples), right / len(samples)

    def _shape(self, node: str) -> tuple[int, ...]:
        return {unit.id: unit.shape for unit in self.units}[node]

    def _chunks(self, x: Array) -> Iterator[tuple[Plan, slice]]:
        with np.errstate(all="ignore"):
            for start in range(0, len(x), CHUNK):
                chunk = slice(start, min(start + CHUNK, len(x)))
                plan = self.plan(chunk.stop - chunk.start, train=False)
                plan.x[...] = x[chunk]
                for run in plan.forward:
                    run()
                yield plan, chunk


def _units(doc: Document, report: Report) -> tuple[Unit, ...]:
    sources = {name: doc.sources(name) for name in report.live}
    units = [Unit(name, report.layers[name], tuple(sources[name][p.name] for p in report.layers[name].inputs),
                  report.shapes[name], doc.nodes[name].frozen) for name in report.live]
    return tuple(sorted(units, key=lambda unit: unit.layer.role == "output"))


def _draw(units: tuple[Unit, ...], seed: int, dtype: np.dtype[Any]) -> Parameters:
    shapes = {unit.id: unit.shape for unit in units}
    drawn: dict[tuple[str, str], Array] = {}
    for unit in units:
        rng = np.random.default_rng([seed, 0, zlib.crc32(unit.id.encode())])
        arrays: Mapping[str, Array] = unit.layer.build(rng, *(shapes[s] for s in unit.sources))
        drawn |= {(unit.id, name): array for name, array in arrays.items()}
    return _flat(drawn, dtype)


def _remembered(units: tuple[Unit, ...], dtype: np.dtype[Any]) -> Parameters:
    shapes = {unit.id: unit.shape for unit in units}
    return _flat({(unit.id, name): array for unit in units if unit.sources
                  for name, array in unit.layer.state(*(shapes[s] for s in unit.sources)).items()}, dtype)


def _flat(arrays: Mapping[tuple[str, str], Array], dtype: np.dtype[Any]) -> Parameters:
    parameters = Parameters({key: array.shape for key, array in arrays.items()}, dtype)
    for (node, name), array in arrays.items():
        parameters[node][name][...] = array
    return parameters
