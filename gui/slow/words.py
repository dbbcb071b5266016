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

if TYPE_CHECKING:
    from core.train.told import Place, SlowStep, Turn

FEW = 4
# What a stage of an update is called.
CHANGES = {"sum": "the other pass", "l1": "L1", "l2": "L2", "clip_value": "clipping", "clip_norm": "clipping"}


def heading(document: Document, told: SlowStep, number: int) -> str:
    """Where in the step this is: "3 of 11, forward: Hidden"."""
    place, several = told.places[number], len(told.turn(told.places[number]).targets) > 1
    title, turn = title_of(document, place.node), told.turn(place).title
    name = f"{place.way}: {title}" if place.way != "loss" else f"the loss of {title}" if several else "the loss"
    return f"{number + 1} of {len(told.places)}, {f'{turn}, ' if turn else ''}{name}"


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
        lengths = [stage.length for stage in turn.change.stages] if turn.change else []
        return (f"Before the step, {_listed(turn)} the gradient of {title}; "
                f"that of all weights together is {numbers.measured(lengths[-1])} long then.")
    if place.way == "memory":
        return f"{_optimizer(told)} takes the gradient into what it remembers of {title}."
    if place.way == "limit":
        return f"The weights that lead to one unit of {title} were longer than its max-norm allows, and are shortened."
    if turn.errors is not None:
        return f"{title} after all {_many(turn)}: the corrections add up, {rate}."
    if told.optimizer == "sgd":
        return f"{title} learns: every weight moves against its gradient, {rate}."
    return f"{title} learns: {_optimizer(told)} moves every weight by what it remembers, {rate}."


def _of_loss(document: Document, turn: Turn, output: str) -> str:
    loss = turn.losses[output]
    if turn.errors is not None:
        wrong = int(np.count_nonzero(turn.errors))
        return f"Predictions are compared with targets, {wrong:,} of {_many(turn)} {'is' if wrong == 1 else 'are'} wrong."
    sentence = f"Predictions are compared with targets: a loss of {numbers.measured(loss)} over {_many(turn)}"
    if len(turn.losses) > 1:
        sentence += f", {numbers.measured(sum(turn.losses.values()))} at all outputs together"
    last = turn.sources[output][0]
    if last not in turn.slopes and any(source in turn.slopes for source in turn.sources[last]):
        return f"{sentence}. Loss and {title_of(document, last)} are differentiated in one."
    return f"{sentence}."


def _of_forward(document: Document, turn: Turn, node: str) -> str:
    kind = document.nodes[node].kind if node in document.nodes else ""
    summary = LAYERS[kind].info.summary if kind in LAYERS else ""
    said = f"{title_of(document, node)} computes its output."
    return f"{said} {summary}." if summary else said


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
        return "This sample is right, so nothing is corrected. The perceptron rule knows no gradient."
    return ("This sample is wrong: each weight changes by rate × (target − prediction) × its input. "
            "The perceptron rule knows no gradient.")


def _listed(turn: Turn) -> str:
    """What changes a gradient: "L2 and clipping change"."""
    stages = turn.change.stages if turn.change else ()
    names = list(dict.fromkeys(CHANGES[stage.name] for stage in stages))
    return f"{' and '.join([', '.join(names[:-1]), names[-1]]) if names[1:] else names[0]} " \
           f"{'change' if names[1:] else 'changes'}"


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
    return f"{value:.0e}".replace("-", numbers.MINUS)


def _many(turn: Turn) -> str:
    return "1 sample" if turn.n == 1 else f"{turn.n:,} samples"
