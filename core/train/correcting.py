"""What there is to tell of a step that corrects samples one by one."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.train.slow import SHOWN, copied
from core.train.told import Change, Place, Turn

if TYPE_CHECKING:
    from core.train.slow import Recorder


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """A sample at its turn: what the network makes of it, the weights that it finds, and what is added to them."""

    rank: int
    number: int
    values: Mapping[str, Array]
    own: Mapping[str, Array]
    correction: Mapping[str, Array]


class Diary:
    """Takes the notes of a step over n samples that corrects the weights of `node`, sample by sample.

    Of the samples it keeps as many as a Recorder does, those that are wrong first.
    """

    def __init__(self, recorder: Recorder, node: str, n: int):
        self.recorder, self.node = recorder, node
        self.network = recorder.session.network
        self.before = copied(self.network.weights)
        self.errors = np.zeros(n, np.int8)
        self.kept: list[_Sample] = []

    def note(self, rank: int, number: int, error: int, correction: Mapping[str, Array]) -> None:
        """The sample whose turn comes as number `rank`, before its correction; `error` is its target - prediction."""
        self.errors[rank] = error
        if not self._room(error):
            return
        values = self.network.predict_all(self.recorder.session.parts.train.x[number : number + 1])
        own = {name: array.copy() for name, array in self.network.weights[self.node].items()}
        self.kept.append(_Sample(rank, number, values, own, {
            name: np.reshape(correction[name], array.shape) for name, array in own.items()}))

    def end(self, loss: float) -> None:
        """All samples had their turn."""
        recorder, kept, after = self.recorder, self.kept, copied(self.network.weights)
        y, numbers, output = recorder.session.parts.train.y, [one.number for one in kept], self.network.output
        units, number = self.network.units, len(recorder.turns)
        recorder.places += [Place("forward", unit.id, number) for unit in units]
        recorder.places += [Place("loss", output, number), Place("correction", self.node, number)]
        recorder.turns.append(Turn(
            "", len(self.errors), tuple(one.rank for one in kept), tuple(numbers), {output: loss},
            {unit.id: np.concatenate([one.values[unit.id] for one in kept]) for unit in units},
            {output: y[numbers].reshape(-1, 1)}, self.before, {unit.id: unit.sources for unit in units},
            errors=self.errors, own={self.node: _stacked([one.own for one in kept])},
            corrections={self.node: _stacked([one.correction for one in kept])}))
        recorder.change(Change(self.before, after, after), frozenset((self.node,)))

    def _room(self, error: int) -> bool:
        """True if a sample with this error is to be kept; one that is right gives way to one that is wrong."""
        if len(self.kept) < SHOWN:
            return True
        right = next((one for one in reversed(self.kept) if not self.errors[one.rank]), None) if error else None
        if right is not None:
            self.kept.remove(right)
        return right is not None


def _stacked(samples: list[Mapping[str, Array]]) -> dict[str, Array]:
    return {name: np.stack([one[name] for one in samples]) for name in samples[0]}
