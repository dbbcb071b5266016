"""What the panel of activations says."""
from __future__ import annotations

import math

from gui.plots import numbers

# What is looked at, by the word that is chosen.
WORDS = {"Activations": "activations", "Gradients": "gradients", "Updates": "updates"}
FLAT = "Flat units"
AXES = {"activations": "output", "gradients": "size of gradient", "updates": "relative change per step"}
TRENDS = {"activations": "size of outputs", "gradients": "size of gradient", "updates": "relative change per step",
          "flat": "dead or saturated, %"}

# A finding in a word or two.
ILLS = {"health.dead": "dead units", "health.saturated": "saturated", "health.gates": "saturated",
        "health.vanishing": "vanishing", "health.exploding": "exploding", "health.outputs": "too large",
        "health.idle": "not learning", "health.constant": "constant", "health.worse": "loss grows"}


def numbered(number: int, title: str) -> str:
    """What a layer is called where several may have the same title."""
    return f"{number} {title}"


def many(layers: int, samples: int) -> str:
    """What is looked at."""
    return f"{layers:,} layer{'s' if layers != 1 else ''}, {samples:,} sample{'s' if samples != 1 else ''}"


def written(value: float) -> str:
    """A number of any size in a few characters."""
    if value == 0.0 or 0.01 <= abs(value) < 1e4 or not math.isfinite(value):
        return numbers.fixed(value, 3)
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}e{int(power)}".replace("-", numbers.MINUS)


def power(exponent: float) -> str:
    """A power of ten on an axis, or twice or five times one."""
    value = 10.0**exponent
    if value >= 0.009:
        return numbers.tick(value, value)
    digit, whole = f"{value:.0e}".split("e")
    return f"{digit}e{int(whole)}".replace("-", numbers.MINUS)
