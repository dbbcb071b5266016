"""A normalised number: mean, variance, and the chain rule back through them."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.layers import Array
from core.train.probes._neuron_inside import RESULT, Inside, Line, product, result, term, title
from core.train.probes._neuron_place import Place

FORMULAS = {
    "batch_norm": "y = (x − mean) / √(variance + ε) · γ + β",
    "layer_norm": "y = (x − mean) / √(variance + ε) · γ + β",
    "group_norm": "y = (x − mean) / √(variance + ε) · γ + β",
    "rms_norm": "y = x / √(mean of x² + ε) · γ",
}


@dataclass(frozen=True)
class Normal:
    """What one number is normalised with: `group` is what its mean is taken over (None: what was remembered), `hats`
    the normalised numbers of the group and `slopes` the gradients by them."""

    x: float
    mean: float
    variance: float
    deviation: float
    group: int
    hats: Array | None = None
    slopes: Array | None = None

    @property
    def hat(self) -> float:
        """The normalised number."""
        return (self.x - self.mean) / self.deviation


def normalised(place: Place) -> Inside:
    """How a normalisation computes one number."""
    found = _remembered(place) if place.kind == "batch_norm" else _grouped(place)
    gamma = float(place.weights["gamma"][place.number])
    named = place.trace.name(place.unit.sources[0], place.flat)
    over = Line("over", text=f"{found.group:,} numbers" if found.group else "all batches so far")
    scaled = [term("γ · x̂", gamma * found.hat, gamma, found.hat)]
    if "beta" in place.weights:
        scaled.append(term("β", place.weights["beta"][place.number]))
    forward = (Line(f"x, {named.name}", found.x, neuron=named.neuron), over, *_measured(place, found), *scaled,
               result("y", place.y))
    return Inside("y", FORMULAS[place.kind], forward, _back(place, found, gamma), place.y)


def _measured(place: Place, found: Normal) -> tuple[Line, ...]:
    if place.kind == "rms_norm":
        return (Line("mean of x²", found.variance), Line("root", found.deviation, "√(mean of x² + ε)"),
                result("x̂", found.hat, "x / root"))
    return (Line("mean", found.mean), Line("variance", found.variance),
            Line("deviation", found.deviation, "√(variance + ε)"), Line("x − mean", found.x - found.mean),
            result("x̂", found.hat, "(x − mean) / deviation"))


def _back(place: Place, found: Normal, gamma: float) -> tuple[Line, ...]:
    """From the gradient by the output to that by the input, and those of γ and β for this sample."""
    if math.isnan(place.slope):
        return ()
    hat, root = product("dL/dx̂", "dL/dy · γ", place.slope, gamma, role=RESULT), place.kind == "rms_norm"
    by = "root" if root else "deviation"
    if found.hats is None or found.slopes is None:
        return (title("To the input"), hat,
                product("dL/dx", f"dL/dx̂ / {by}", hat.value, 1.0 / found.deviation, role=RESULT))
    middle, along = float(found.slopes.mean()), float((found.slopes * found.hats).mean())
    shares = [term("dL/dx̂", hat.value), term("− mean of dL/dx̂", -middle, brief="− mean"),
              term("− x̂ · mean of x̂ · dL/dx̂", -found.hat * along, -found.hat, along, brief="− x̂ · mean")]
    if root:
        shares.pop(1)
    total = math.fsum(share.value for share in shares)
    return (title("To the input"), hat, *shares,
            product("dL/dx", f"sum / {by}", total, 1.0 / found.deviation, role=RESULT), *_learned(place))


def _learned(place: Place) -> tuple[Line, ...]:
    """The gradients of γ and β, added up over all places."""
    slopes = place.gradients
    if slopes is None:
        return ()
    return (title("Scale and shift"), *(Line(f"dL/d{sign}", float(slopes[name][place.number]))
                                        for name, sign in (("gamma", "γ"), ("beta", "β")) if name in slopes))


def _remembered(place: Place) -> Normal:
    """By the running mean and variance, as in evaluation."""
    state = place.session.network.state[place.unit.id]
    mean, variance = (float(state[name][place.number]) for name in ("mean", "variance"))
    epsilon = float(place.unit.layer.config()["epsilon"])
    return Normal(float(place.x[(*place.place, place.number)]), mean, variance, math.sqrt(variance + epsilon), 0)


def _grouped(place: Place) -> Normal:
    """By the other numbers of the sample: those of the same row, or those of a group of channels."""
    config = place.unit.layer.config()
    epsilon, gamma = float(config["epsilon"]), place.weights["gamma"].astype(np.float64)
    x = place.x.astype(np.float64)
    slope = place.tape.slopes.get(place.unit.id)
    slopes = np.full(x.shape, np.nan) if slope is None else slope[0] * gamma
    own: tuple[Any, ...] = place.place
    if place.kind == "group_norm":
        each = x.shape[-1] // int(config["groups"])
        first = place.number // each * each
        own = (..., slice(first, first + each))
    group = x[own]
    centre = 0.0 if place.kind == "rms_norm" else float(group.mean())
    variance = float(((group - centre) ** 2).mean())
    deviation = math.sqrt(variance + epsilon)
    return Normal(float(x[(*place.place, place.number)]), centre, variance, deviation, group.size,
                  (group - centre) / deviation, slopes[own])
