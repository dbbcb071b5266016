"""A place of a slow step in words, and arrays in a few numbers."""
from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.graph.document import Document
from core.graph.naming import title_of
from core.layers import LAYERS, show
from core.train.plates import Plate
from gui.plots import numbers

if TYPE_CHECKING:
    from core.train.slow import Place, SlowStep

FEW = 4


def heading(document: Document, told: SlowStep, number: int) -> str:
    """Where in the step this is: "3 of 11, forward: Hidden"."""
    place = told.places[number]
    name = "the loss" if place.way == "loss" else title_of(document, place.node)
    return f"{number + 1} of {len(told.places)}, {place.way}: {name}" if place.way != "loss" else \
        f"{number + 1} of {len(told.places)}: {name}"


def sentence(document: Document, told: SlowStep, place: Place) -> str:
    """What happens there."""
    node = document.nodes.get(place.node)
    title = title_of(document, place.node)
    if place.way == "loss":
        return f"Predictions are compared with targets: a loss of {numbers.measured(told.loss)} over {_many(told)}."
    if place.way == "forward":
        summary = LAYERS[node.kind].info.summary if node is not None and node.kind in LAYERS else ""
        return f"{title} computes its output. {summary}." if summary else f"{title} computes its output."
    if place.way == "backward":
        own = f" and with its weights, over {_many(told)}" if told.gradients.get(place.node) else ""
        return f"How the loss changes with the output of {title}{own}."
    if told.optimizer == "sgd":
        return f"{title} learns: every weight moves against its gradient, learning rate {told.rate:g}."
    return f"{title} learns: {told.optimizer} moves every weight against its gradient, learning rate {told.rate:g}."


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


def _many(told: SlowStep) -> str:
    return "1 sample" if told.n == 1 else f"{told.n:,} samples"
