"""The colours of what a network says about a plane, and of the points in it."""
from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from core.train.probes.boundary import Boundary, discrete
from gui.plots import picture
from gui.plots.picture import Colours
from gui.theme.diverging import diverging_lut, sequential_lut
from gui.theme.tokens import Tokens

SOFTEN = 0.34


def colours_of(found: Boundary, tokens: Tokens) -> Colours:
    """The colours of the map; softened, so that the points stand out."""
    if found.kind == "value":
        return picture.with_gap(sequential_lut("viridis", picture.LEVELS), tokens.plot_grid)
    if found.kind == "probability":
        table = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot_grid)
        return picture.blend(table, tokens.plot, SOFTEN)
    steps = np.linspace(0.0, 1.0 - SOFTEN, picture.LEVELS)
    classes = (found.label,) if found.kind == "chance" else range(len(found.classes))
    ramps = [picture.ramp(tokens.plot, tokens.class_colour(index), steps) for index in classes]
    return np.concatenate([picture.with_gap(table, tokens.plot_grid) for table in ramps])


def codes_of(found: Boundary, *, shades: bool = True) -> np.ndarray:
    """The place of every cell of the map among those colours; without shades that of what is decided."""
    levels = picture.levels(found.values if shades else discrete(found), *found.limits)
    return levels if found.winners is None else np.asarray(levels + found.winners * (picture.LEVELS + 1))


def image_of(found: Boundary, tokens: Tokens) -> QImage:
    """The map as an image that stands upright."""
    pixels = np.ascontiguousarray(colours_of(found, tokens).take(codes_of(found), mode="clip")[::-1])
    rows, columns = pixels.shape
    # The image does not own its pixels, its copy does.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
