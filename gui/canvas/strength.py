"""How strong a line between neurons looks: colour by sign, width and clearness by size. Pure functions."""
from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from gui.theme.tokens import Tokens, mix

LEVELS = 24
THIN, THICK = 1.0, 6.0
# A weight of this share of the scale or less is as thin as a line can be: the thinnest are much the fastest to draw.
FAINT = 0.12
PALEST = 0.25
HALO = 1.5

Pens = tuple[tuple[QPen, ...], tuple[QPen, ...]]


def level(share: float) -> int:
    """The pen for a weight of this share of the scale, from 0; what is no number gets the thinnest."""
    return round(min(1.0, abs(share)) * (LEVELS - 1)) if math.isfinite(share) else 0


def width(share: float, widest: float = THICK) -> float:
    """How wide the line of a weight is."""
    size = min(1.0, abs(share)) if math.isfinite(share) else 0.0
    return THIN + (widest - THIN) * max(0.0, size - FAINT) / (1 - FAINT)


def pens(tokens: Tokens, widest: float = THICK) -> Pens:
    """Pens for negative and for positive weights, each from weak to strong.

    They are opaque, which is much faster to draw: weak ones are close to the canvas, and the strong are to be drawn
    above them.
    """
    return _ramp(tokens.canvas, tokens.negative, widest), _ramp(tokens.canvas, tokens.positive, widest)


def strong_colour(tokens: Tokens, share: float) -> str:
    """The colour of a mark: neutral for 0, full for a weight as large as the scale."""
    return tokens.signed(share if math.isfinite(share) else 0.0)


@lru_cache(maxsize=8)
def _ramp(paper: str, colour: str, widest: float) -> tuple[QPen, ...]:
    return tuple(_pen(paper, colour, place / (LEVELS - 1), widest) for place in range(LEVELS))


def _pen(paper: str, colour: str, share: float, widest: float) -> QPen:
    pen = QPen(QColor(mix(paper, colour, PALEST + (1 - PALEST) * min(1.0, 1.4 * share))), width(share, widest))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
