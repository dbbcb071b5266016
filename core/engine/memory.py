"""How much memory a training will take, told before any of it is taken."""
from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.datasets import DataSpec
from core.engine.counting import count_weights
from core.engine.machine import free_memory
from core.engine.network import Network
from core.engine.parts import chunk_size
from core.errors import CoreError, Problem
from core.graph.active import active
from core.graph.check import Report
from core.graph.document import Document
from core.graph.settings import DataSettings, TrainingSettings
from core.optimizers import OPTIMIZERS

# Taken for the number of samples where a data set cannot tell it.
UNKNOWN = 1024
FLOAT32 = 4
# Of one value of a column; of a text its place, as its length is not known.
BYTES = {"number": FLOAT32, "category": 4, "text": 8, "date": 8}
UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB")


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes that a training takes at least.

    `weights`: with their gradients, what the optimizer remembers, and a copy to fall back on. `activations`: the
    outputs of all nodes and their gradients, for a batch, and once more to evaluate. `data`: the samples. Temporary
    arrays within layers come on top. `heaviest` is the node with most weights, `widest` the one with most outputs.
    """

    activations: int
    data: int
    weights: int = 0
    widest: str = ""
    heaviest: str = ""

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.activations + self.data


def enough_memory(doc: Document, report: Report, *, dtype: Any = np.float32, free: int | None = None) -> Problem | None:
    """What there is to say if training `doc`, which `check` found to be in order, takes more memory than there is.

    Takes next to none itself. `free` is the number of bytes to go by instead of what the machine has left.
    """
    doc, free = active(doc), free_memory() if free is None else free
    if free is None:
        return None
    need = _passes(doc, report, np.dtype(dtype).itemsize)
    if need.total <= free:
        # Only now: a layer may make biases as long as its input, which fits in here.
        need = estimate(doc, report, dtype=dtype)
    return None if need.total <= free else _short(need, free)


def room_to_work(network: Network, *, free: int | None = None) -> Problem | None:
    """What there is to say if the arrays of the passes that are compiled take more than the memory that is left.

    This counts what layers keep for themselves (every step of a sequence, say), which `enough_memory` cannot know. The
    arrays are there, but the system gives memory only to what is written to, and nothing was.
    """
    free = free_memory() if free is None else free
    if free is None or network.working_bytes <= free:
        return None
    message = f"A step of training needs {_bytes(network.working_bytes)} of memory, but only {_bytes(free)} are free."
    hint = "Take smaller batches, shorter sequences or smaller layers."
    return Problem("memory.short", message, param="batch_size", hint=hint)


def estimate(doc: Document, report: Report, *, dtype: Any = np.float32) -> Need:
    """What training `doc` takes. `report` is that of `check`, without problems that block."""
    size, training = np.dtype(dtype).itemsize, TrainingSettings.known(doc.training)
    copies = 3 + len(OPTIMIZERS[training.optimizer.kind].slots)
    weights = _weights(doc, report)
    return replace(_passes(doc, report, size), weights=copies * size * sum(weights.values()),
                   heaviest=max(weights, key=lambda name: weights[name], default=""))


def _passes(doc: Document, report: Report, size: int) -> Need:
    """All but the weights, of numbers that have `size` bytes."""
    training, data = TrainingSettings.known(doc.training), DataSettings.known(doc.data)
    assert report.spec is not None
    outputs, samples = _outputs(report), report.spec.samples
    learning = max(1, round(samples * data.kept)) if samples else training.batch_size or UNKNOWN
    batch = min(training.batch_size or learning, learning)
    values = sum(outputs.values())
    # Gradients lie where others of their size were before; two at a time are in use.
    slopes = sum(one * min(count, 2) for one, count in Counter(outputs.values()).items())
    return Need(activations=size * (batch * (values + slopes) + min(chunk_size(values), samples or UNKNOWN) * values),
                data=_data(data, report.spec), widest=max(outputs, key=lambda name: outputs[name], default=""))


def _data(data: DataSettings, spec: DataSpec) -> int:
    """Bytes of the samples: as the data set gives them, once more where they are cut, and as the steps leave them."""
    samples, cut = spec.samples + spec.held_out, bool(data.watched or data.test)
    ready = samples * math.prod(spec.shape) * FLOAT32
    if not (data.steps or data.roles):
        return 2 * ready if cut else ready
    try:
        columns = data.dataset.columns()
    except CoreError:
        return 2 * ready
    given = samples * sum(BYTES[column.kind] * column.width for column in columns if column.role != "target")
    return ready + (2 * given if cut else given)


def _short(need: Need, free: int) -> Problem:
    largest = max(("weights", "activations", "data"), key=lambda part: getattr(need, part))
    taken = _bytes(getattr(need, largest))
    node, hint = {
        "weights": (need.heaviest, f"Make {need.heaviest} smaller: all weights together take {taken}."),
        "activations": (need.widest, f"Take smaller batches or make {need.widest} smaller: what the layers give takes "
                        f"{taken}."),
        "data": (None, f"Take fewer samples: the data take {taken}."),
    }[largest]
    message = f"Training needs at least {_bytes(need.total)} of memory, but only {_bytes(free)} are free."
    return Problem("memory.short", message, node=node, hint=hint)


def _bytes(count: int) -> str:
    """A number of bytes as a person reads it: 3.2 GB."""
    size, unit = float(count), 0
    while size >= 1000.0 and unit < len(UNITS) - 1:
        size, unit = size / 1000.0, unit + 1
    return f"{size:.3g} {UNITS[unit]}" if size < 1000.0 else f"{size:.3e} {UNITS[unit]}"


def _outputs(report: Report) -> dict[str, int]:
    """How many numbers every node gives for a sample, without those that hand on what they get."""
    layers = report.layers
    return {name: math.prod(report.shapes[name]) for name in report.live
            if layers[name].role != "output" and not layers[name].passes_through(True)}


def _weights(doc: Document, report: Report) -> dict[str, int]:
    """How many weights every node has that has any."""
    sources = {(edge.target, edge.port): edge.source for edge in doc.edges}
    counts = {}
    for name in report.live:
        layer = report.layers[name]
        if layer.trainable:
            counts[name] = count_weights(layer, *(report.shapes[sources[name, port.name]] for port in layer.inputs))
    return counts
