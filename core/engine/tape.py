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
from core.layers import Array, Frame, Pass

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
    overwritten by the next pass: copy what is to last. `losses` are those of the outputs, by name.

    With a `part` that says so, chance, gradients and running means are those of a step of training: such a pass is all
    of it but the update. `shares`, kept then, holds the gradient by the input at each port of a node, (n, ...), where
    several nodes read what arrives there: the slope of the source is their sum.
    """

    def __init__(self, network: Network, n: int, *, seed: int = 0, part: Part | None = None,
                 units: Sequence[Unit] = ()):
        self.network, self.n = network, n
        self.gradients: Parameters = part.gradients if part else network.weights.like()
        self.units = tuple(units) or network.units
        rng = part.rng if part else np.random.default_rng([seed, 4])
        recipe = Recipe(self.units, network.goals, network.dtype, network.weights, network.state)
        self._seed, self._rng, self._live = seed, rng, part is not None
        self._compiler = _Watched(recipe, Workspace().allocator(),
                                  part or Part(n, n, self.gradients, rng, first=False), shares=self._live)
        self.plan: Plan = self._compiler.build()
        self.slopes: Mapping[str, Array] = self._compiler.kept
        self.shares: Mapping[tuple[str, int], Array] = self._compiler.shares
        self.shown: Mapping[str, Mapping[str, Array]] = self._compiler.shown
        self.loss = float("nan")
        self.losses: dict[str, float] = {}

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
        self.losses = {end.goal.output: end.loss() for end in self.plan.ends}
        losses = [*self.losses.values()]
        self.loss = losses[0] if len(losses) == 1 else sum(losses)


class _Watched(Compiler):
    """Keeps a copy of every gradient before it goes through its node, where its memory is used again."""

    def __init__(self, recipe: Recipe, memory: Allocator, part: Part, *, shares: bool):
        super().__init__(recipe, memory, part, True)
        self.kept: dict[str, Array] = {}
        self.shares: dict[tuple[str, int], Array] = {}
        self.shown: dict[str, dict[str, Array]] = {}
        read = [source for unit in recipe.units for source in unit.sources]
        self._shared = {source for source in read if read.count(source) > 1} if shares else set()
        self._dxs: tuple[Array | None, ...] = ()

    def _before(self, unit: Unit) -> list[Pass]:
        dy = self.slopes.get(unit.id)
        if dy is None:
            return []
        kept = self.kept[unit.id] = np.zeros((self.n, *unit.shape), dy.dtype)

        def keep() -> None:
            kept[...] = dy.reshape(kept.shape)

        return [keep]

    def _frame(self, unit: Unit, dy: Array | None, dxs: tuple[Array | None, ...]) -> Frame:
        self._dxs = dxs
        return super()._frame(unit, dy, dxs)

    def _bind(self, unit: Unit) -> tuple[Pass, list[Pass]]:
        run, behind = super()._bind(unit)
        keep = [self._keep_share(unit.id, port, dx) for port, (source, dx) in enumerate(zip(
            unit.sources, self._dxs, strict=True)) if dx is not None and source in self._shared]
        # Before the shares of others are added to it.
        return run, [*behind[:1], *keep, *behind[1:]]

    def _hand_down(self, unit: Unit) -> list[Pass]:
        dy, source = self.slopes.get(unit.id), unit.sources[0]
        behind = super()._hand_down(unit)
        if dy is None or source not in self._shared or source not in self.learning:
            return behind
        return [self._keep_share(unit.id, 0, dy.reshape(self.values[source].shape)), *behind]

    def _keep_share(self, node: str, port: int, dx: Array) -> Pass:
        kept = self.shares[node, port] = np.zeros_like(dx)
        return lambda: np.copyto(kept, dx)

    def _show(self, unit: Unit) -> Callable[[str, Array], None]:
        def show(name: str, array: Array) -> None:
            self.shown.setdefault(unit.id, {})[name] = array

        return show
