"""A pass that can be watched: the outputs and the gradients of every node stay, and nothing of the network changes."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.engine.compiler import Compiler, Part, Recipe
from core.engine.parameters import Parameters
from core.engine.plan import Plan, Unit
from core.engine.workspace import Allocator, Workspace
from core.layers import Array, Pass

if TYPE_CHECKING:
    from core.engine.network import Network


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of a pass: the way "forward" or "backward" through `node`."""

    way: str
    node: str


class Tape:
    """A pass over n samples in training, with chance of its own, so that watching changes no bit of a run.

    After `run`, `values` holds the output of every node (n, ...), `slopes` the gradient of the mean loss with respect
    to it, for those that have one (a node whose activation is part of the loss, such as the Softmax before a
    cross-entropy, has none, nor has what lies before all trained weights); `gradients` that of the weights, `shown`
    what layers have to show of their inside by node and name, such as the weights of an attention. All of them are
    overwritten by the next pass: copy what is to last.

    With `live` chance, gradients and running means are those of the network: such a pass is a step of training but for
    the update.
    """

    def __init__(self, network: Network, n: int, *, seed: int = 0, live: bool = False, units: Sequence[Unit] = ()):
        self.network, self.n = network, n
        self.gradients: Parameters = network.gradients if live else network.weights.like()
        rng = network.rng if live else np.random.default_rng([seed, 4])
        recipe = Recipe(tuple(units) or network.units, network.goals, network.dtype, network.weights, network.state)
        self._seed, self._rng, self._live = seed, rng, live
        self._compiler = _Watched(recipe, Workspace().allocator(), Part(n, n, self.gradients, rng, first=live))
        self.plan: Plan = self._compiler.build()
        self.slopes: Mapping[str, Array] = self._compiler.kept
        self.shown: Mapping[str, Mapping[str, Array]] = self._compiler.shown
        self.loss = float("nan")

    @property
    def values(self) -> Mapping[str, Array]:
        """The output of every node."""
        return self.plan.values

    def fill(self, x: Array, targets: Sequence[Array]) -> None:
        """Take in samples (n, ...) and their targets, as `Network.targets` gives them."""
        self.plan.fill(x, targets)

    def run(self) -> float:
        """The whole pass, and its loss."""
        if not self._live:
            # The same chance each time: what differs between two looks is the network.
            self._rng.bit_generator.state = np.random.default_rng([self._seed, 4]).bit_generator.state
        for _ in self.stops():
            pass
        return self.loss

    def stops(self) -> Iterator[Stop]:
        """The pass node by node, each told as soon as it is computed. The loss is known before the way back."""
        for node, passes in self.ways():
            with np.errstate(all="ignore"):
                for each in passes:
                    each()
            yield node

    def ways(self) -> Iterator[tuple[Stop, Sequence[Callable[[], object]]]]:
        """What there is to compute, in order, by place."""
        made, inner = self._compiler, self._compiler.inner
        for unit in inner:
            run = made.runs.get(unit.id)
            yield Stop("forward", unit.id), () if run is None else (run,)
        first, *others = (goal.output for goal in made.recipe.goals)
        yield Stop("forward", first), (*made.last, self._take_loss)
        for output in others:
            yield Stop("forward", output), ()
        yield Stop("backward", first), made.first
        for unit in reversed(inner):
            yield Stop("backward", unit.id), made.behind[unit.id]

    def times(self, rounds: int = 5) -> dict[str, tuple[float, float]]:
        """Seconds that each node takes forward and backward in the pass: medians of some rounds."""
        seconds: dict[Stop, list[float]] = {}
        with np.errstate(all="ignore"):
            for _ in range(rounds):
                for stop, passes in self.ways():
                    started = time.perf_counter()
                    for each in passes:
                        each()
                    seconds.setdefault(stop, []).append(time.perf_counter() - started)
        middle = {stop: float(np.median(found)) for stop, found in seconds.items()}
        return {unit.id: (middle.get(Stop("forward", unit.id), 0.0), middle.get(Stop("backward", unit.id), 0.0))
                for unit in self._compiler.recipe.units}

    def _take_loss(self) -> None:
        self.loss = self.plan.loss()


class _Watched(Compiler):
    """Keeps a copy of every gradient before it goes through its node, where its memory is used again."""

    def __init__(self, recipe: Recipe, memory: Allocator, part: Part):
        super().__init__(recipe, memory, part, True)
        self.kept: dict[str, Array] = {}
        self.shown: dict[str, dict[str, Array]] = {}

    def _before(self, unit: Unit) -> list[Pass]:
        dy = self.slopes.get(unit.id)
        if dy is None:
            return []
        kept = self.kept[unit.id] = np.zeros((self.n, *unit.shape), dy.dtype)

        def keep() -> None:
            kept[...] = dy.reshape(kept.shape)

        return [keep]

    def _show(self, unit: Unit) -> Callable[[str, Array], None]:
        def show(name: str, array: Array) -> None:
            self.shown.setdefault(unit.id, {})[name] = array

        return show
