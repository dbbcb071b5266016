"""A batch in training that can be watched: cut into parts as it is always cut, and the same to the bit."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np

from core.engine.tape import Stop, Tape
from core.engine.team import Job, Meeting, Team
from core.layers import Array, Pass

if TYPE_CHECKING:
    from core.engine.network import Network

K = TypeVar("K")


class WatchedBatch:
    """n samples, on one tape for each part, in order. `fill` them, then go through `stops`.

    The gradients of part 0 are those that the update starts from, and `others` are to be added to them, as in `Batch`.
    `losses` are the weighted mean losses of the outputs, by name, and `loss` is their sum.
    """

    def __init__(self, tapes: Sequence[Tape], team: Team, meeting: Meeting | None = None):
        self.tapes, self.n = tuple(tapes), sum(tape.n for tape in tapes)
        self._team, self._meeting = team, meeting

    @classmethod
    def of(cls, network: Network, n: int) -> Self:
        """The batch that `network.batch(n)` is, over arrays of its own."""
        parts, meeting = network.parts_of(n)
        return cls([Tape(network, part.n, part=part) for part in parts], network.team, meeting)

    @property
    def others(self) -> list[Array]:
        """The gradients of the parts behind the first."""
        return [tape.gradients.flat for tape in self.tapes[1:]]

    @property
    def loss(self) -> float:
        """The mean over the batch."""
        return self.tapes[0].loss if len(self.tapes) == 1 else sum([tape.loss for tape in self.tapes])

    @property
    def losses(self) -> dict[str, float]:
        """The loss at each output."""
        return {output: sum([tape.losses[output] for tape in self.tapes]) for output in self.tapes[0].losses}

    def fill(self, x: Array, targets: Sequence[Array]) -> None:
        """Take in samples (n, ...) and their targets, as `Network.targets` gives them."""
        start = 0
        for tape in self.tapes:
            here = slice(start, start + tape.n)
            tape.fill(x[here], [t[here] for t in targets])
            start = here.stop

    def correct(self) -> float:
        """How many samples are right at the first output; NaN without classes."""
        return sum([tape.plan.correct() for tape in self.tapes])

    def stops(self) -> Iterator[Stop]:
        """The pass node by node, all parts at once, each told as soon as it is computed."""
        if self._meeting is not None:
            self._meeting.begin()
        for places in zip(*(tape.ways() for tape in self.tapes), strict=True):
            with np.errstate(all="ignore"):
                self._team.run([self._job(passes) for _, passes in places])
            yield places[0][0]

    def rows(self, of: Callable[[Tape], Mapping[K, Array]], k: int) -> dict[K, Array]:
        """The first k rows of arrays that each tape has, by the same names: copies."""
        return {key: np.concatenate([of(tape)[key][:k] for tape in self.tapes])[:k] for key in of(self.tapes[0])}

    def gradients(self) -> dict[str, dict[str, Array]]:
        """The gradients of the whole batch by the weights of every node that has any: copies."""
        found = {node: {name: array.copy() for name, array in self.tapes[0].gradients[node].items()}
                 for node in self.tapes[0].gradients}
        for tape in self.tapes[1:]:
            for node, held in found.items():
                for name, array in held.items():
                    np.add(array, tape.gradients[node][name], array)
        return found

    def _job(self, passes: Sequence[Pass]) -> Job:
        def job() -> None:
            try:
                for each in passes:
                    each()
            except BaseException:
                if self._meeting is not None:
                    self._meeting.leave()
                raise

        return job
