"""An optimizer bound to the flat vectors of a network, in pieces that fit the processor's cache."""
from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from core.engine.plan import Weighted
from core.engine.regularise import Penalty, limits
from core.engine.team import Team
from core.engine.workspace import zeros
from core.layers import Array, Pass
from core.optimizers import Optimizer, Update

PIECE = 1 << 15
# What comes before the optimizer, piece by piece, in this order.
BEFORE = ("sum", "l1", "l2", "clip_value")


class Updater:
    """Changes the weights of `network` by its gradients. `rate` may change at any time between steps.

    L2 adds l2 * sum(w^2) to what is made small: 2 * l2 * w to the gradient of every weight that decays; a layer may
    add more, and L1, of its own. After that, `clip_value` bounds every number of the gradient to
    [-clip_value, clip_value], and `clip_norm` scales the gradient of all weights together to that length if it is
    longer; 0 turns either off. After the step, layers with a max-norm shorten their weights. Frozen weights are left
    alone. Source: Pascanu et al. 2012, arXiv:1211.5063, algorithm 1; torch.nn.utils.clip_grad_norm_.

    A step is `prepare`, then each of `pieces` with the number of the step, then `finish`. No two pieces write the same
    weights, so that `threads` threads may work at once: thread i on `pieces[i::threads]`, which share memory.
    `learning` names the nodes that are not frozen.
    """

    def __init__(self, network: Weighted, optimizer: Optimizer, rate: float, l2: float = 0.0, *,
                 clip_norm: float = 0.0, clip_value: float = 0.0, threads: int = 1):
        w, g = network.weights.flat, network.gradients.flat
        self.t = 0
        self.optimizer = optimizer
        self.learning = frozenset(unit.id for unit in network.units if not unit.frozen)
        self.rate = np.asarray(rate, w.dtype)
        self.slots: dict[str, Array] = {name: zeros(len(w), w.dtype) for name in optimizer.slots}
        self._g, self._clip_norm = g, clip_norm
        self._stretches = [g[start:end] for start, end in _learning(network)]
        self._others: Sequence[Array] = ()
        self._limits = limits(network)
        self._early: list[Pass] = []
        self._before: list[Mapping[str, Pass]] = []
        self._steps: list[Update] = []
        self.pieces: list[Update] = []
        penalty = Penalty(network, l2)
        scratch = [zeros(min(len(w), PIECE), w.dtype) for _ in range(threads)]
        for i, p in enumerate(_pieces(network)):
            own = scratch[i % threads][: p.stop - p.start]
            before = {"sum": self._addition(p)} if threads > 1 else {}
            before |= penalty.bind(p, w[p], g[p], own)
            before |= {"clip_value": _bound(g[p], clip_value)} if clip_value > 0.0 else {}
            step = optimizer.bind(w[p], g[p], _cut(self.slots, p), self.rate, own)
            if clip_norm > 0.0:
                self._early += before.values()
            self._before.append(before)
            self._steps.append(step)
            self.pieces.append(_in_turn([*before.values()], step) if before and not clip_norm > 0.0 else step)
        self._jobs = [self._job(self.pieces[i::threads]) for i in range(min(threads, len(self.pieces)))]

    def update(self, others: Sequence[Array] = (), team: Team | None = None) -> None:
        """One step, in this thread, or with a team of as many threads as the updater is made for."""
        self.prepare(others)
        if team is None or len(self.pieces) == 1:
            for piece in self.pieces:
                piece(self.t)
        else:
            team.run(self._jobs)
        if self._limits:
            self.finish()

    def prepare(self, others: Sequence[Array] = ()) -> None:
        """What comes before the pieces: a new number of the step, and clipping by the norm over all weights.

        `others` are the gradients of other parts of the batch, vectors that the pieces will add to those of the
        network; only an updater for several threads takes them.
        """
        self.t += 1
        self._others = others
        if self._clip_norm > 0.0:
            for run in self._early:
                run()
            shorten(self._stretches, self._clip_norm)

    def stages(self, others: Sequence[Array] = ()) -> Iterator[str]:
        """The same step as `update` does, to the bit, in this thread, told stage by stage as soon as one is done.

        "sum", "l1", "l2", "clip_value" and "clip_norm" change the gradient, as far as there are such; then comes
        "step", and "max_norm" if there is one.
        """
        self.t += 1
        self._others = others
        for stage in BEFORE:
            runs = [before[stage] for before in self._before if stage in before]
            for run in runs:
                run()
            if runs:
                yield stage
        if self._clip_norm > 0.0:
            shorten(self._stretches, self._clip_norm)
            yield "clip_norm"
        for step in self._steps:
            step(self.t)
        yield "step"
        if self._limits:
            self.finish()
            yield "max_norm"

    def length(self) -> float:
        """Of the gradient of all weights that learn here."""
        return _length(self._stretches)

    def finish(self) -> None:
        """What comes after the pieces: max-norm, since several pieces may hold the weights of one unit."""
        for limit in self._limits:
            limit()

    def forget(self) -> None:
        """Be as at the start."""
        self.t = 0
        for slot in self.slots.values():
            slot.fill(0.0)

    def go_on(self, old: Updater, moves: Sequence[tuple[slice, slice]]) -> None:
        """Remember what `old`, with an equal optimizer, does: at each of `moves`, places there and here."""
        self.t = old.t
        for name, slot in self.slots.items():
            for there, here in moves:
                slot[here] = old.slots[name][there]

    def _job(self, pieces: Sequence[Update]) -> Pass:
        def job() -> None:
            for piece in pieces:
                piece(self.t)

        return job

    def _addition(self, p: slice) -> Pass:
        g = self._g[p]

        def add() -> None:
            for other in self._others:
                np.add(g, other[p], g)

        return add


def shorten(gradient: Sequence[Array], longest: float) -> None:
    """Scale a gradient, in stretches, in place to the length `longest` if it is longer."""
    length = _length(gradient)
    if length > longest:
        for g in gradient:
            np.multiply(g, np.asarray(longest / length, g.dtype), g)


def _length(gradient: Sequence[Array]) -> float:
    length = math.sqrt(sum([float(g.dot(g)) for g in gradient]))
    if math.isinf(length):
        length = math.sqrt(sum([float(np.linalg.norm(g.astype(np.float64))) ** 2 for g in gradient]))
    return length


def _bound(g: Array, most: float) -> Pass:
    high, low = np.asarray(most, g.dtype), np.asarray(-most, g.dtype)

    def bound() -> None:
        np.clip(g, low, high, out=g)

    return bound


def _in_turn(before: Sequence[Pass], step: Update) -> Update:
    def piece(t: int) -> None:
        for run in before:
            run()
        step(t)

    return piece


def _pieces(network: Weighted) -> list[slice]:
    """The flat vector without what is frozen, cut into pieces."""
    return [slice(a, min(a + PIECE, end)) for start, end in _learning(network) for a in range(start, end, PIECE)]


def _learning(network: Weighted) -> list[tuple[int, int]]:
    """Start and end of every stretch of the flat vector without frozen weights."""
    frozen = {unit.id for unit in network.units if unit.frozen}
    spans: list[tuple[int, int]] = []
    end = 0
    for node in network.weights:
        start, end = end, end + sum(array.size for array in network.weights[node].values())
        if node in frozen:
            continue
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _cut(slots: Mapping[str, Array], piece: slice) -> dict[str, Array]:
    return {name: array[piece] for name, array in slots.items()}
