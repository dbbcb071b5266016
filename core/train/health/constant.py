"""Layers that answer the same to every sample."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.errors import Problem
from core.layers import Array
from core.train.health._base import Checkup, Rule, finding

# Differences between samples that are smaller than this share of the numbers are rounding: float32 has seven digits.
ROUNDING = 1e-6


def constant(values: Array) -> bool:
    """True if all samples give the same numbers (n, ...)."""
    flat = values.reshape(len(values), -1).astype(np.float64)
    return bool((flat.std(axis=0) <= ROUNDING * np.maximum(np.abs(flat).max(axis=0), 1e-30)).all())


def find(checkup: Checkup) -> Iterator[Problem]:
    """The first node after which samples cannot be told apart any more. Weights that start at 0 are given time."""
    if checkup.session.seen.step == 0 or len(checkup.samples) < 2:
        return
    same = {unit.id: constant(checkup.values[unit.id]) for unit in checkup.network.units if unit.layer.role != "output"}
    for unit in checkup.network.units:
        varied = any(not same[source] for source in unit.sources if source in same)
        if same.get(unit.id) and varied and unit.layer.differentiable:
            yield finding("constant", unit.id, f"{checkup.title(unit.id)} gives the same numbers for all "
                          f"{len(checkup.samples):,} samples that were looked at: what comes after it cannot tell them "
                          "apart.", "Reset with a lower learning rate or another seed, or scale the inputs.")
            return


RULE = Rule("constant", 7, find)
