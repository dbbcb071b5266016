"""A prediction in bars, or as a picture."""
from __future__ import annotations

import math

from PySide6.QtGui import QImage

from core.train.prediction import Prediction
from gui.plots import numbers
from gui.theme.tokens import Tokens
from gui.trying.bars import Bar
from gui.trying.sketch import as_image


def bars_of(found: Prediction, tokens: Tokens) -> list[Bar]:
    """A bar for every class, question or number of the first sample."""
    values = [float(value) for value in found.values[0]]
    if found.kind == "numbers":
        return [Bar(name, None, _figure(value), strong=True) for name, value in zip(found.names, values, strict=True)]
    best = None if found.best is None else int(found.best[0])
    low, high = _range(values, found)
    # More classes than there are colours to tell apart get none.
    coloured = len(values) <= len(tokens.classes)
    return [Bar(name, (value - low) / (high - low), _share(value) if found.probabilities else _figure(value),
                strong=number == best or (found.kind == "labels" and value > 0.5),
                colour=tokens.label_colour(number, len(values)) if coloured else "")
            for number, (name, value) in enumerate(zip(found.names, values, strict=True))]


def picture_of(found: Prediction) -> QImage | None:
    """What the network gives back, if that is a picture."""
    if found.kind != "values":
        return None
    shape = found.shape
    if len(shape) == 3 and shape[2] in (1, 3):
        return as_image(found.values[0].reshape(shape))
    side = math.isqrt(shape[0]) if len(shape) == 1 else 0
    return as_image(found.values[0].reshape(side, side, 1)) if side >= 8 and side * side == shape[0] else None


def _range(values: list[float], found: Prediction) -> tuple[float, float]:
    if found.probabilities:
        return 0.0, 1.0
    finite = [value for value in values if math.isfinite(value)] or [0.0]
    low, high = min(0.0, *finite), max(*finite, 0.0)
    return low, high if high > low else low + 1.0


def _share(value: float) -> str:
    return f"{100 * value:.1f} %" if math.isfinite(value) else "–"


def _figure(value: float) -> str:
    return numbers.with_minus(f"{value:.4g}") if math.isfinite(value) else "–"
