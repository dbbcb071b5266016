"""A place of a slow step in words, and arrays in a few numbers."""
from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.graph.document import Document
from core.graph.naming import title_of
from core.layers import LAYERS, show
from core.optimizers import OPTIMIZERS
from core.train.plates import Plate
from gui.plots import numbers
from gui.slow.written import significant

if TYPE_CHECKING:
    from core.train.told import Place, SlowStep, Turn

FEW = 4
NAMES = {"gradient": "before the update", "limit": "max-norm"}
# What a stage of an update is called.
CHANGES = {"sum": "the other pass", "l1": "L1", "l2": "L2", "clip_value": "clipping", "clip_norm": "clipping"}


def heading(document: Document, told: SlowStep, number: int) -> str:
    """Where in the step this is: "3 of 11, forward: Hidden"."""
    place, turn = told.places[number], told.turn(told.places[number])
    title, name = title_of(document, place.node), NAMES.get(place.way, place.way)
    if place.way == "loss":
        what = f"the loss of {title}" if len(turn.losses) > 1 else "the loss"
    else:
        what = f"{name}: {title}"
    return f"{number + 1} of {len(told.places)}, {f'{turn.title}, ' if turn.title else ''}{what}"


def sentence(document: Document, told: SlowStep, place: Place, sample: int = 0) -> str:
    """What happens there."""
    title, turn, rate = title_of(document, place.node), told.turn(place), f"learning rate {told.rate:g}"
    if place.way == "loss":
        return _of_loss(document, turn, place.node)
    if place.way == "forward":
        return _of_forward(document, turn, place.node)
    if place.way == "backward":
        return _of_backward(document, turn, place.node)
    if place.way == "correction":
        return _of_correction(turn, sample)
    if place.way == "gradient":
        return _of_gradient(turn)
    if place.way == "memory":
        return f"{_optimizer(told)} takes the gradient into what it remembers of {title}."
    if place.way == "limit":
        return f"Weights of {title} that were longer than its max-norm are shortened to it."
    if turn.errors is not None:
        return f"{title} behind the last sample: all corrections together, {rate}, and no gradient."
    if not OPTIMIZERS[told.optimizer].slots:
        return f"{title} learns: every weight moves against its gradient, {rate}."
    return f"{title} learns: {_optimizer(told)} moves every weight by what it remembers, {rate}."


def _of_loss(document: Document, turn: Turn, output: str) -> str:
    loss = turn.losses[output]
    if turn.errors is not None:
        wrong = int(np.count_nonzero(turn.errors))
        return f"Predictions against targets: {wrong:,} of {_many(turn)} wrong."
    sentence = f"A loss of {numbers.measured(loss)} over {_many(turn)}"
    if len(turn.losses) > 1:
        sentence += f", {numbers.measured(sum(turn.losses.values()))} at all outputs together"
    if last := turn.joined(output):
        share = turn.share(output)
        formula = f"dL/d in = (prediction − target) / {share:,}" if share else "dL/d in follows from both at once"
        return f"{sentence}, derived together with {title_of(document, last)}: {formula}."
    return f"{sentence}."


def _of_forward(document: Document, turn: Turn, node: str) -> str:
    found, title = document.nodes.get(node), title_of(document, node)
    if found is not None and found.bypassed:
        return f"{title} is bypassed: it hands its first input on as it is."
    summary = LAYERS[found.kind].info.summary if found is not None and found.kind in LAYERS else ""
    summary = numbers.with_minus(summary)
    return f"{title} computes its output. {summary}." if summary else f"{title} computes its output."


def _of_backward(document: Document, turn: Turn, node: str) -> str:
    """Whose gradient it is, and why there is none by the weights if there is none."""
    said = f"How the loss changes with the output of {title_of(document, node)}"
    readers = sum(sources.count(node) for sources in turn.sources.values())
    if readers > 1:
        said += f", added up over the {readers} places that read it"
    if turn.gradients.get(node):
        return f"{said}, and with its weights, over {_many(turn)}."
    return f"{said}. Its weights stay as they are." if turn.weights.get(node) else f"{said}."


def _of_correction(turn: Turn, sample: int) -> str:
    error = int(turn.errors[turn.ranks[sample]]) if turn.errors is not None else 0
    if not error:
        return "No gradient in this rule: this sample is right and changes nothing."
    return "No gradient in this rule: a wrong sample adds rate × (target − prediction) × its input."


def _of_gradient(turn: Turn) -> str:
    """What changes it, and how long it is then: "L2 and clipping change the gradient before the step"."""
    stages = turn.change.stages if turn.change else ()
    *names, last = dict.fromkeys(CHANGES[stage.name] for stage in stages)
    listed = f"{', '.join(names)} and {last} change" if names else f"{last} changes"
    listed = listed[0].upper() + listed[1:]
    return f"{listed} the gradient before the step; over all nodes it is {numbers.measured(stages[-1].length)} long."


def _optimizer(told: SlowStep) -> str:
    return OPTIMIZERS[told.optimizer].info.title


def caption(document: Document, plate: Plate) -> str:
    """What a table holds: "in from x1 (4)"."""
    source = f" · {title_of(document, plate.node)}" if plate.caption in ("in", "dL/d in") else ""
    return f"{plate.caption}{source}  {show(plate.shape)}{' in part' if plate.cut else ''}"


def brief(array: np.ndarray) -> str:
    """The numbers of a sample: all of them if they are few, else how large they are."""
    flat = array.ravel()
    if len(flat) <= FEW:
        return "  ".join(_short(float(value)) for value in flat)
    finite = flat[np.isfinite(flat)]
    if len(finite) < len(flat):
        return "not a number"
    return f"{_short(float(finite.min()))} to {_short(float(finite.max()))}"


def _short(value: float) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞"
    if value == 0 or 0.01 <= abs(value) < 1000:
        return numbers.fixed(value, 2)
    return significant(value, 2)


def _many(turn: Turn) -> str:
    return "1 sample" if turn.n == 1 else f"{turn.n:,} samples"
