"""How much memory a training will take, told before any of it is taken."""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.engine.machine import free_memory
from core.errors import Problem
from core.graph.check import Report
from core.graph.document import Document
from core.graph.settings import DataSettings, TrainingSettings
from core.layers import Array, Shape
from core.optimizers import OPTIMIZERS

# As `core.engine.network` evaluates.
CHUNK = 1024
SMALL = 4096
UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes that a training takes at least.

    `weights`: with their gradients, what the optimizer remembers, and a copy to fall back on. `activations`: the
    outputs of all nodes and their gradients, for a batch, and once more to evaluate. `data`: the samples. Temporary
    arrays within layers come on top.
    """

    weights: int
    activations: int
    data: int
    heaviest: str
    widest: str

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.activations + self.data


def enough_memory(doc: Document, report: Report, *, dtype: Any = np.float32, free: int | None = None) -> Problem | None:
    """What there is to say if training `doc`, which `check` found to be in order, takes more memory than there is.

    Takes next to none itself. `free` is the number of bytes to go by instead of what the machine has left.
    """
    free = free_memory() if free is None else free
    need = estimate(doc, report, dtype=dtype)
    if free is None or need.total <= free:
        return None
    largest = max(("weights", "activations", "data"), key=lambda part: getattr(need, part))
    node, hint = {
        "weights": (need.heaviest, "Make this layer smaller: the weights of the network take {}."),
        "activations": (need.widest, "Take smaller batches, or make this layer smaller: the outputs of all layers take "
                                     "{}."),
        "data": (None, "Take fewer samples: the data take {}."),
    }[largest]
    message = f"Training needs about {_size(need.total)} of memory, but {_size(free)} are free."
    return Problem("memory.short", message, node=node, hint=hint.format(_size(getattr(need, largest))))


def estimate(doc: Document, report: Report, *, dtype: Any = np.float32) -> Need:
    """What training `doc` takes. `report` is that of `check`, without problems that block."""
    size, outputs = np.dtype(dtype).itemsize, _outputs(report)
    training, data = _known(TrainingSettings, doc.training), _known(DataSettings, doc.data)
    assert report.spec is not None
    samples = report.spec.samples
    learning = max(1, round(samples * (1.0 - data.validation - data.test))) if samples else training.batch_size or CHUNK
    batch = min(training.batch_size or learning, learning)
    values = sum(outputs.values())
    slopes = sum(one * min(count, 2) for one, count in Counter(outputs.values()).items())
    weights = _weights(doc, report)
    copies = 3 + len(OPTIMIZERS[training.optimizer.kind].slots)
    twice = data.validation or data.test or data.scaling != "none"
    loaded = (samples + report.spec.held_out) * math.prod(report.spec.shape) * 4
    return Need(weights=copies * size * sum(weights.values()),
                activations=size * (batch * (values + slopes) + min(CHUNK, samples or CHUNK) * values),
                data=2 * loaded if twice else loaded,
                heaviest=max(weights, key=lambda name: weights[name], default=""),
                widest=max(outputs, key=lambda name: outputs[name], default=""))


def _known(kind: Any, values: Mapping[str, Any]) -> Any:
    return kind(**{name: value for name, value in values.items() if name in kind.params})


def _outputs(report: Report) -> dict[str, int]:
    """How many numbers every node gives for a sample, without those that hand on what they get."""
    layers = report.layers
    return {name: math.prod(report.shapes[name]) for name in report.live
            if layers[name].role != "output" and not layers[name].passes_through(True)}


def _weights(doc: Document, report: Report) -> dict[str, int]:
    """How many weights every node has."""
    counts = {}
    for name in report.live:
        layer, sources = report.layers[name], doc.sources(name)
        counts[name] = count_weights(layer, *(report.shapes[sources[port.name]] for port in layer.inputs))
    return counts


def count_weights(layer: Any, *shapes: Shape) -> int:
    """The number of weights of a layer for inputs of these shapes, found without drawing them.

    The layer is built, but what it draws at random takes no memory. A layer that goes on computing with what it drew
    is stopped there; then what it asked for counts, which leaves out no more than its biases.
    """
    meter = _Meter()
    try:
        return sum(array.size for array in layer.build(meter, *shapes).values())
    except _StoppedError:
        return meter.drawn


class _StoppedError(Exception):
    """Somebody computes with numbers that are not there."""


class _Unmade(np.ndarray[Any, Any]):
    """An array that takes no memory: a single 0, seen at every place. Nothing can be computed with it."""

    def __array_ufunc__(self, *_: Any, **__: Any) -> Any:
        raise _StoppedError

    def __array_function__(self, *_: Any, **__: Any) -> Any:
        raise _StoppedError

    def __setitem__(self, *_: Any) -> None:
        """Nothing is kept."""


class _Meter(np.random.Generator):
    """Counts what is drawn, and draws only few numbers in fact."""

    def __init__(self) -> None:
        super().__init__(np.random.PCG64(0))
        self.drawn = 0

    def _draw(self, size: Any) -> Array:
        shape = (size,) if isinstance(size, int) else tuple(size or ())
        self.drawn += math.prod(shape)
        if math.prod(shape) <= SMALL:
            return self.spawn_small(shape)
        return np.broadcast_to(np.zeros(()), shape).view(_Unmade)
