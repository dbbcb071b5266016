"""What the panel of activations says."""
from __future__ import annotations

import math

from gui.plots import numbers

# What is looked at, by the word that is chosen.
WORDS = {"Activations": "activations", "Gradients": "gradients", "Updates": "updates"}
FLAT = "Flat units"
AXES = {"activations": "output", "gradients": "size of gradient", "updates": "change in a step / weights"}
TRENDS = {"activations": "size of outputs", "gradients": "size of gradient", "updates": "change in a step / weights",
          "flat": "dead or saturated units"}


def written(value: float) -> str:
    """A number of any size in a few characters."""
    return numbers.fixed(value, 3) if value == 0.0 or 0.01 <= abs(value) < 1e4 or not math.isfinite(value) \
        else f"{value:.1e}".replace("-", numbers.MINUS)
