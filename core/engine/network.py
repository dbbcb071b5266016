"""A valid document, compiled: weights in one flat vector, passes bound to arrays that are reused."""
from __future__ import annotations

import math
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from core.datasets import DataSpec, Samples, one_hot
from core.engine.batch import Batch
from core.engine.compiler import Compiler, Part, Recipe
from core.engine.parameters import Parameters
from core.engine.parts import chunk_size, cut
from core.engine.plan import Plan, Unit
from core.engine.team import Meeting, Team, available
from core.engine.workspace import Workspace
from core.errors import GraphError
from core.graph.active import active
from core.graph.check import Report
from core.graph.document import Document
from core.graph.goal import Goal, first_of, goal_of
from core.graph.weighing import weigh
from core.layers import Array, Shape

PLANS = 12
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Network:
    """The network of a document that `check` found to be in order. Raises GraphError otherwise.

    The same seed gives the same first weights; each node draws its own, so that adding one leaves the others alone.
    With `class_weights`, one for each class, these count instead of those of the losses.
    Not to be used from two threads at once.
    """

    def __init__(self, doc: Document, report: Report, *, seed: int = 0, dtype: Any = np.float32,
                 threads: int | None = None, class_weights: Sequence[float] = ()):
        doc = active(doc)
        for problem in report.problems:
            if problem.blocks:
                raise GraphError(problem)
        assert report.spec is not None
        self.spec: DataSpec = report.spec
        self.dtype = np.dtype(dtype)
        self.goals = weigh(_goals(doc, report, report.spec), class_weights)
        self.units = _units(doc, report, self.goals)
        self.output = self.goals[0].output
        self.loss = self.goals[0].loss
        self.weights = _draw(self.units, seed, self.dtype)
        self.gradients = self.weights.like()
        self.state = _remembered(self.units, self.dtype)
        self.team = Team(available() if threads is None else threads)
        # One stream of chance for each part that a batch may be cut into.
        self.rngs = tuple(np.random.default_rng([seed, 1, *([i] if i else [])]) for i in range(self.team.size))
        self._recipe = Recipe(self.units, self.goals, self.dtype, self.weights, self.state)
        self._spaces: dict[Any, Workspace] = {}
        self._others: list[Parameters] = []
        self._plans: OrderedDict[tuple[int, bool], Plan] = OrderedDict()
        self._batches: OrderedDict[int, Batch] = OrderedDict()

    @property
    def rng(self) -> np.random.Generator:
        """The chance of a batch that is not cut."""
        return self.rngs[0]

    @property
    def parameters(self) -> int:
        """The number of weights."""
        return self.weights.flat.size

    def copies(self) -> dict[str, Array]:
        """All weights, and what nodes remember (a running mean), by "node.name", copied, as files hold them."""
        return {**self.weights.copies(), **self.state.copies()}

    def shapes(self) -> dict[str, Shape]:
        """The shapes of what `copies` gives."""
        return {f"{node}.{name}": array.shape for held in (self.weights, self.state) for node in held
                for name, array in held[node].items()}

    def load(self, arrays: Mapping[str, Array]) -> tuple[list[str], list[str]]:
        """Take over the arrays whose "node.name" and shape fit. Gives the names that were taken, and those missing."""
        (taken, missing), (more, lacking) = self.weights.load(arrays), self.state.load(arrays)
        return taken + more, missing + lacking

    @property
    def flops(self) -> int:
        """Multiply-adds of one forward pass of one sample."""
        shapes = {unit.id: unit.shape for unit in self.units}
        return sum(u.layer.cost(*(shapes[s] for s in u.sources)) for u in self.units if u.sources)

    @property
    def working_bytes(self) -> int:
        """Bytes of the arrays that passes work on, as far as passes are compiled."""
        return sum(space.nbytes for space in self._spaces.values())

    def plan(self, n: int, *, train: bool) -> Plan:
        """The compiled pass for n samples. Plans of the same mode share their memory: finish with one at a time."""
        return _kept(self._plans, (n, train), lambda: self._compile(Part(n, n, self.gradients, self.rng), train, 0))

    def batch(self, n: int) -> Batch:
        """n samples in training, cut into parts for several threads where that pays off."""
        return _kept(self._batches, n, lambda: self._batch(n))

    def parts_of(self, n: int) -> tuple[list[Part], Meeting | None]:
        """The parts that a batch of n samples is cut into in training, and where they meet if there are several."""
        largest = max((array.size for node in self.weights for array in self.weights[node].values()), default=0)
        sizes = cut(n, largest, self.team.size)
        meeting = Meeting(len(sizes)) if len(sizes) > 1 else None
        while len(self._others) < len(sizes) - 1:
            self._others.append(self.weights.like())
        gradients = [self.gradients, *self._others]
        return [Part(size, n, gradients[i], self.rngs[i], i == 0, meeting.of(i) if meeting else None)
                for i, size in enumerate(sizes)], meeting

    def _batch(self, n: int) -> Batch:
        parts, meeting = self.parts_of(n)
        plans = [self._compile(part, True, i) for i, part in enumerate(parts)]
        return Batch(plans, [part.gradients.flat for part in parts[1:]], self.team, meeting)

    def _compile(self, part: Part, train: bool, index: int) -> Plan:
        memory = self._spaces.setdefault((train, index), Workspace()).allocator()
        return Compiler(self._recipe, memory, part, train).build()

    def targets(self, y: Array) -> tuple[Array, ...]:
        """Targets as the outputs that look at the data's want them: y (n,) class numbers or (n, k) numbers."""
        return tuple(self._encoded(y, goal.encoding) for goal in self.goals if goal.from_data)

    def _encoded(self, y: Array, encoding: str) -> Array:
        if encoding == "label":
            return y
        if encoding == "real":
            return np.ones((len(y), 1), self.dtype)
        if encoding == "one_hot":
            return one_hot(y, len(self.spec.classes)).astype(self.dtype, copy=False)
        return np.ascontiguousarray(y, self.dtype).reshape(len(y), y.shape[1] if y.ndim > 1 else 1)

    def predict(self, x: Array, node: str | None = None) -> Array:
        """Output of `node` (by default the prediction) in evaluation mode: x (n, ...) -> (n, ...), a fresh array."""
        name = node or self.output
        return self.outputs(x, [name])[name]

    def predict_all(self, x: Array) -> dict[str, Array]:
        """Output of every node in evaluation mode, fresh arrays."""
        return self.outputs(x, [unit.id for unit in self.units])

    def outputs(self, x: Array, names: Sequence[str]) -> dict[str, Array]:
        """Output of each of these nodes in evaluation mode, in one pass, fresh arrays."""
        shapes = {unit.id: unit.shape for unit in self.units}
        found = {name: np.empty((len(x), *shapes[name]), self.dtype) for name in names}
        start = 0
        for plan in self._chunks(x):
            for name, output in found.items():
                output[start : start + plan.n] = plan.values[name]
            start += plan.n
        return found

    def evaluate(self, samples: Samples, targets: Sequence[Array]) -> tuple[float, float]:
        """Mean loss, and share of samples whose class is right (NaN without classes). `targets` from `targets`."""
        if not len(samples):
            return np.nan, np.nan
        loss = right = 0.0
        for plan in self._chunks(samples.x, targets):
            loss += plan.loss() * plan.n
            right += plan.correct()
        return loss / len(samples), right / len(samples)

    def judge(self, samples: Samples) -> tuple[Array, Array]:
        """The prediction (n, ...) for samples, and the loss of each (n,) float64 at the Output that it is of."""
        outputs, losses = [], []
        for plan in self._chunks(samples.x, self.targets(samples.y)):
            outputs.append(plan.values[self.output].copy())
            losses.append(plan.ends[0].each())
        return np.concatenate(outputs), np.concatenate(losses)

    def _chunks(self, x: Array, targets: Sequence[Array] = ()) -> Iterator[Plan]:
        size = chunk_size(sum(math.prod(unit.shape) for unit in self.units))
        with np.errstate(all="ignore"):
            for start in range(0, len(x), size):
                chunk = slice(start, min(start + size, len(x)))
                plan = self.plan(chunk.stop - chunk.start, train=False)
                plan.x[...] = x[chunk]
                for place, t in zip(plan.targets, targets, strict=bool(targets)):
                    place[...] = t[chunk]
                for run in plan.forward:
                    run()
                yield plan


def _kept(cache: OrderedDict[K, V], key: K, make: Callable[[], V]) -> V:
    """What was made before, or is made now; the oldest beyond PLANS is dropped."""
    if key not in cache:
        cache[key] = make()
        if len(cache) > PLANS:
            cache.popitem(last=False)
    cache.move_to_end(key)
    return cache[key]


def _goals(doc: Document, report: Report, spec: DataSpec) -> tuple[Goal, ...]:
    """What the Outputs are for, the first one first."""
    rule = str(doc.training.get("rule", ""))
    names = sorted(name for name in report.live if report.layers[name].role == "output")
    goals = tuple(goal_of(name, report.layers[name], spec, rule) for name in names)
    first = first_of(goals)
    return (first, *(goal for goal in goals if goal is not first))


def _units(doc: Document, report: Report, goals: Sequence[Goal]) -> tuple[Unit, ...]:
    sources = {name: doc.sources(name) for name in report.live}
    units = [Unit(name, report.layers[name], tuple(sources[name][p.name] for p in report.layers[name].inputs),
                  report.shapes[name], doc.nodes[name].frozen) for name in report.live]
    last = {goal.output: place for place, goal in enumerate(goals, 1)}
    return tuple(sorted(units, key=lambda unit: last.get(unit.id, 0)))


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
