"""A neuron as rows of a ledger: forward, backward, and what the update does."""
from __future__ import annotations

import math

from core.train.probes.neuron import Neuron
from gui.neuron import inside
from gui.neuron.ledger import Row
from gui.neuron.words import call, factor, number, place, short, symbol

PARTS = {"train": "training", "validation": "validation", "test": "test"}


def forward(found: Neuron) -> list[Row]:
    """Inputs times weights, the sum, the activation."""
    added, behind = found.sum, found.behind
    rows = []
    if found.inside is not None:
        rows += inside.rows(found.inside.forward)
    elif added is None:
        rows += [Row("reads", ", ".join(found.inputs) or "the data"), Row("output y", number(found.z), strong=True)]
    else:
        rows += [Row(term.name, number(term.product), f"{short(term.value)} × {factor(term.weight)}", term.product,
                     term.neuron) for term in added.terms]
        if added.others:
            rows.append(Row(f"{added.others:,} more", number(added.rest), "sum to", added.rest))
        if added.bias is not None:
            rows.append(Row("bias", number(added.bias), "b", added.bias))
        rows.append(Row("Sum z", number(found.z), strong=True))
    if not found.steps and (where := place(found)):
        rows.append(Row("place", where, muted=True, tip=f"The largest number of its map stands {where}."))
    if behind.activation:
        rows.append(Row(call(found), number(behind.a), strong=True))
    return rows


def back(found: Neuron) -> list[Row]:
    """The chain rule from the readers to the sum."""
    behind = found.behind
    if math.isnan(behind.slope_z):
        return [Row("No gradient comes here: nothing that is trained lies at or before it.", muted=True)]
    if behind.joint:
        return [*_joint(found), Row(f"dL/d{symbol(found)}", number(behind.slope_z), strong=True), *_within(found)]
    own = symbol(found)
    within = _within(found)
    if found.inside is not None and not found.inside.delivered:
        return within
    name = "a" if behind.activation else own
    rows = [Row(share.name, number(share.product), f"{short(share.weight)} × {factor(share.slope)}", share.product,
                share.neuron, tip=f"weight {number(share.weight)} × its dL/dz {number(share.slope)} = "
                                  f"{number(share.product)}") for share in behind.shares]
    if behind.others:
        rows.append(Row(f"{behind.others:,} more", number(behind.rest), "sum to", behind.rest))
    if behind.by:
        rows.append(Row("through " + ", ".join(behind.by), number(behind.through), "", behind.through))
    joined = found.inside is not None and bool(found.inside.joined) and not behind.activation
    rows.append(Row("from the readers" if joined else f"Sum dL/d{name}", number(behind.slope_a), strong=True))
    if behind.activation:
        rows.append(Row(f"da/d{own}, slope", number(behind.steepness)))
        rows.append(Row(f"dL/d{own} = dL/da · da/d{own}", number(behind.slope_z), strong=True))
    return rows + within


def _within(found: Neuron) -> list[Row]:
    """The way back through the inside of a layer."""
    return [] if found.inside is None else inside.rows((*found.inside.joined, *found.inside.back))


def _joint(found: Neuron) -> list[Row]:
    behind = found.behind
    if behind.target is None:
        return [Row(f"{behind.activation} and the loss are taken together.", muted=True)]
    return [Row("target", number(behind.target)),
            Row(f"dL/d{symbol(found)} = a − target", f"{number(behind.a)} − {number(behind.target)}", muted=True,
                tip=f"{behind.activation} and the loss together have this simple gradient.")]


def weights(found: Neuron) -> list[Row]:
    """The gradient of every weight."""
    added, slope = found.sum, found.behind.slope_z
    if added is None or math.isnan(slope) or all(math.isnan(term.slope) for term in added.terms):
        return []
    once = added.uses == 1
    rows = [Row(term.name, number(term.slope), f"{short(slope)} × {factor(term.value)}" if once else "", term.slope,
                term.neuron) for term in added.terms]
    if added.bias is not None:
        rows.append(Row("bias", number(added.bias_slope), "dL/dz" if once else "", added.bias_slope))
    return rows


def update(found: Neuron) -> list[Row]:
    """What the optimizer makes of the gradient."""
    added = found.sum
    if added is None or math.isnan(found.behind.slope_z):
        return []
    if all(math.isnan(term.slope) for term in added.terms):
        return [Row("This node is frozen: its weights stay as they are.", muted=True)]
    rate = Row("learning rate", number(found.rate), muted=True)
    if not found.plain:
        return [Row("optimizer", found.optimizer, tip=f"{found.optimizer} makes the step from this and earlier "
                                                      "gradients."), rate]
    largest = max(added.terms, key=lambda term: abs(term.slope))
    change = -found.rate * largest.slope
    rows = [rate, Row(f"change of {largest.name}", number(change), f"−{number(found.rate)} × {factor(largest.slope)}",
                      tip="What this sample alone would change; a batch takes the mean.")]
    if added.bias is not None:
        rows.append(Row("change of bias", number(-found.rate * added.bias_slope)))
    return rows
