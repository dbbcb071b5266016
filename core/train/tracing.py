"""Where a single number of a pass comes from and goes to, past all nodes that only hand it on."""
from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from core.engine.plan import Unit
from core.layers import LAYERS
from core.train.references import NeuronRef
from core.train.session import Session

ACTIVATION = "Activation"
# Activations that look at all numbers of a row together.
JOINT = frozenset({"softmax", "log_softmax"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a person calls a number, and the neuron that it comes from, if it is one's."""

    name: str
    neuron: NeuronRef | None = None


class Tracing:
    """Names and neighbours of numbers. A number is a place in the flat output of a node, for one sample."""

    def __init__(self, session: Session, units: Mapping[str, Unit]):
        self.units, self._session = units, session

    def plain(self, unit: Unit) -> bool:
        """True if a node hands on what it gets, at most in another shape."""
        return unit.layer.role == "output" or (bool(unit.sources) and unit.layer.passes_through(True))

    def weighted(self, node: str) -> str:
        """The node whose neurons are meant by those of `node`: before an activation, the one that it belongs to."""
        unit = self.units[node]
        while unit.sources and (self.plain(unit) or unit.layer.info.category == ACTIVATION):
            before = self.units[unit.sources[0]]
            if before.layer.role == "input" or before.shape[-1:] != unit.shape[-1:]:
                break
            unit = before
        return unit.id

    def readers(self, node: str) -> Iterator[Unit]:
        """The nodes that compute something from the output of `node`, and the Outputs that take it."""
        for unit in self.units.values():
            for _ in range(unit.sources.count(node)):
                if self.plain(unit) and unit.layer.role != "output":
                    yield from self.readers(unit.id)
                else:
                    yield unit

    def answering(self, unit: Unit) -> Unit:
        """The node whose output counts as the answer of the neurons of `unit`: the activation behind it, if any."""
        behind = [reader for reader in self.readers(unit.id) if reader.layer.info.category == ACTIVATION]
        return behind[0] if len(behind) == 1 and behind[0].shape == unit.shape else unit

    def origin(self, node: str) -> Unit:
        """The node that computed what `node` gives."""
        unit = self.units[node]
        while self.plain(unit):
            unit = self.units[unit.sources[0]]
        return unit

    def name(self, node: str, place: int) -> Named:
        """The number at `place` of the output of `node`: a feature, a pixel, or a neuron of a layer before."""
        unit = self.origin(node)
        if unit.layer.role == "input":
            return Named(self._feature(unit, place))
        owner = self.weighted(unit.id)
        index = np.unravel_index(place, unit.shape)
        where = "" if len(index) < 2 else " at " + ", ".join(str(int(axis) + 1) for axis in index[:-1])
        number = int(index[-1])
        return Named(f"{self.title(owner)} #{number + 1}{where}", NeuronRef(owner, number))

    def title(self, node: str) -> str:
        """What a person calls a node."""
        return self._session.document.nodes[node].title or node

    def _feature(self, unit: Unit, place: int) -> str:
        spec = self._session.parts.spec
        if len(spec.features) == math.prod(unit.shape):
            return spec.features[place]
        pixels = spec.pixels
        shape = pixels if pixels and math.prod(pixels) == math.prod(unit.shape) else unit.shape
        if len(shape) == 1:
            return f"x{place + 1}"
        index = [int(axis) + 1 for axis in np.unravel_index(place, shape)]
        if pixels is None:
            return "x " + ", ".join(map(str, index))
        return f"pixel {index[0]}, {index[1]}" + (f", {index[2]}" if shape[-1] > 1 else "")


def rule_of(unit: Unit) -> str:
    """The formula of a layer, in the first sentence of what is said about it."""
    text = " ".join((type(unit.layer).__doc__ or "").split("\n\n")[0].split())
    return text or LAYERS[unit.layer.info.kind].info.summary
